from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from clientvoice.errors import RuleError
from clientvoice.rewrites.guards.commitments import new_promises
from clientvoice.rewrites.pairs import Pair, Pairs, carried_over, read_pairs

DATA = Path(__file__).resolve().parents[2] / "data" / "rewrites"


def test_the_shipped_pairs_are_enough_distinct_and_whole() -> None:
    pairs = list(read_pairs(DATA))
    assert len(pairs) >= 2500
    assert len({pair.id for pair in pairs}) == len(pairs)
    assert len({pair.customer for pair in pairs}) == len(pairs)
    assert min(Counter(pair.act for pair in pairs).values()) >= 25
    assert not [pair.id for pair in pairs if pair.customer == pair.client]


def test_digits_and_new_promises_of_the_shipped_pairs() -> None:
    pairs = list(read_pairs(DATA))

    def digits(text: str) -> Counter[str]:
        return Counter(character for character in text if character.isdigit())

    changed = [pair.id for pair in pairs if digits(pair.customer) != digits(pair.client)]
    assert len(changed) <= 0.02 * len(pairs), changed
    promised = [pair.id for pair in pairs if new_promises(pair.customer, pair.client)]
    assert len(promised) <= 0.03 * len(pairs), promised


def test_rare_words_decide_what_is_near() -> None:
    pairs = Pairs(
        (
            Pair("1", "Order your wine today!", "You can order your wine here.", "call_to_action"),
            Pair("2", "Order your concert tickets today!", "Concert tickets are here.", "call_to_action"),
        )
    )
    assert pairs.near("Get concert tickets now!")[0][1].id == "2"
    assert pairs.nearest("Xyzzy plugh.") is None
    assert pairs.near("") == []


def test_an_encoder_decides_among_the_nearest() -> None:
    pairs = Pairs((Pair("a", "Buy shoes now!", "A", "x"), Pair("b", "Buy boots now!", "B", "x")))

    def encode(texts: list[str]) -> np.ndarray:
        return np.array([[1.0, 0.0] if "boots" in text or "Buy it" in text else [0.0, 1.0] for text in texts])

    assert pairs.near("Buy it now!", encode)[0][1].id == "b"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hurry up and book your table!", "If it suits you, book your table."),
        ("Hurry up and book your table", None),  # the edit at the end does not fit
        ("Do hurry up and book your table!", None),  # the edit is not at the start
        ("Nothing of the kind.", None),
    ],
)
def test_edits_are_carried_over_where_all_fit(sentence: str, expected: str | None) -> None:
    pair = Pair("1", "Hurry up and book your seat!", "If it suits you, book your seat.", "pressure")
    assert carried_over(sentence, pair) == expected


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "1", "customer": "a"}', "3"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    good = json.dumps({"id": "1", "customer": "a", "client": "b", "act": "x"})
    (tmp_path / "p.jsonl").write_text(f"{good}\n\n{line}\n", "utf-8")
    with pytest.raises(RuleError, match=r"p\.jsonl:3: not a pair"):
        list(read_pairs(tmp_path))
