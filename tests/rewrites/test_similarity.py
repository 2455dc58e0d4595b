from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.corpora.sentences import read_contrast
from clientvoice.rewrites.guards.similarity import similarity, stem
from clientvoice.rewrites.guards.verdict import FLOOR


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("refunded", "refund"),
        ("orders", "ordering"),
        ("delivered", "delivery"),
        ("planning", "plan"),
        ("cancellation", "cancel"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_pressure_and_praise_count_nothing() -> None:
    assert similarity("Hurry, our amazing kettle is mended today!", "The kettle is mended.") == 1.0


def test_another_subject_is_far() -> None:
    assert similarity("The kettle is mended.", "Parking costs a pound.") < FLOOR


@given(st.text(max_size=80), st.text(max_size=80))
def test_it_is_a_share(before: str, after: str) -> None:
    assert 0.0 <= similarity(before, after) <= 1.0
    assert similarity(before, before) == pytest.approx(1.0)


def test_neighbours_in_a_contrast_group_are_nearer_than_strangers(corpus: Path) -> None:
    examples = read_contrast(corpus)[:600]
    near = [
        similarity(a.text, b.text) for a, b in zip(examples, examples[2:], strict=False) if a.group == b.group
    ]
    far = [similarity(a.text, b.text) for a, b in zip(examples, examples[300:], strict=False)]
    assert sum(near) / len(near) > 2 * sum(far) / len(far)
