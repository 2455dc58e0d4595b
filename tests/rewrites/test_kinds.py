"""What kind of word each is, told by its neighbours."""

from __future__ import annotations

import pytest

from clientvoice.rewrites.advice import AdviceBook
from clientvoice.rewrites.tokens import words_of

KINDS = AdviceBook.load().quoting.joints


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [("the mill grinds our rye", "grinds", True), ("the mill of all mills", "mills", False)],
)
def test_a_verb_stands_between_its_subject_and_its_object(text: str, word: str, told: bool) -> None:
    words = words_of(text)
    assert KINDS.does(words, [one.key for one in words].index(word)) is told


def test_whose_a_thing_is_and_what_only_looks_like_it() -> None:
    words = words_of("the mill's rye here's it's")
    assert [KINDS.owns(words, row) for row in range(len(words))] == [False, True, False, False, False]


def test_may_is_a_month_behind_its_day() -> None:
    assert KINDS.dated(words_of("by 3 May"), 2)
    assert not KINDS.dated(words_of("you may"), 1)
