from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from clientvoice.errors import RuleError
from clientvoice.records import Precedent
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


def test_nothing_is_carried_over_into_capitals() -> None:
    pair = Pair("1", "Last chance to book your stand", "How to book your stand", "deadline", ("pressure",))
    pairs = Pairs((pair,))
    (found,) = pairs.candidates("Last chance to book your table", ["pressure"])
    assert found.text == "How to book your table"
    assert pairs.candidates("LAST CHANCE TO BOOK YOUR TABLE", ["pressure"]) == []


def test_rare_words_decide_what_is_near() -> None:
    pairs = Pairs(
        (
            Pair("1", "Order your wine today!", "You can order your wine here.", "call_to_action"),
            Pair("2", "Order your concert tickets today!", "Concert tickets are here.", "call_to_action"),
        )
    )
    assert pairs.near("Get concert tickets now!")[0].id == "2"
    assert pairs.near("") == pairs.near("Xyzzy plugh.") == []


HASTE = Pair("h", "Hurry, book your seat today!", "You can book your seat here.", "hurry", ("pressure",))
PRAISE = Pair("p", "Book our award-winning seats!", "Our seats won an award.", "praise", ("self_promotion",))


def test_an_example_does_what_the_sentence_does() -> None:
    pairs = Pairs((PRAISE, HASTE))
    for cue, pair in (("pressure", HASTE), ("self_promotion", PRAISE)):
        found = pairs.example("Hurry and book our award-winning seats!", [cue])
        assert found == Precedent(pair.customer, pair.client)
    assert pairs.example("Hurry and book your seat!", ["conditions"]) is None
    assert pairs.example("Hurry and book your seat!", []) is None


def test_an_example_that_is_hardly_like_the_sentence_is_none() -> None:
    assert Pairs((HASTE,)).example("Xyzzy plugh.", ["pressure"]) is None
    long = "The trustees regret to tell you that nobody can come in who applied after the last day of May."
    assert Pairs((HASTE,)).example(long, ["pressure"]) is None
    assert Pairs((HASTE,)).example(HASTE.customer, ["pressure"]) is None  # it teaches nothing about itself


def test_the_words_of_the_cue_weigh_most() -> None:
    seat = Pair("s", "Only three seats left at the theatre!", "Three are free.", "scarcity", ("pressure",))
    pairs = Pairs((seat, HASTE))
    sentence = "Hurry, book three theatre seats!"
    for evidence, pair in (("Hurry, book", HASTE), ("three theatre seats", seat)):
        found = pairs.example(sentence, ["pressure"], evidence)
        assert found == Precedent(pair.customer, pair.client)


def test_an_encoder_decides_among_the_nearest() -> None:
    shoes, boots = (
        Pair(name, f"Buy {name} now!", name, "call_to_action", ("sales_push",)) for name in ("shoes", "boots")
    )

    def encode(texts: list[str]) -> np.ndarray:
        return np.array([[1.0, 0.0] if "boots" in text or "Buy it" in text else [0.0, 1.0] for text in texts])

    found = Pairs((shoes, boots)).example("Buy it now!", ["sales_push"], encode=encode)
    assert found == Precedent(boots.customer, boots.client)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hurry up and book your table!", "If it suits you, book your table."),
        ("Hurry up and book your table", None),  # the edit at the end does not fit
        ("Do hurry up and book your table!", None),  # the edit is not at the start
        ("Hurry up and book a tour of the whole house!", None),  # too much is said besides
        ("Hurry up and book!", None),  # too little is left to know the case by
        ("Nothing of the kind.", None),
    ],
)
def test_edits_are_carried_over_where_all_fit(sentence: str, expected: str | None) -> None:
    pair = Pair("1", "Hurry up and book your seat!", "If it suits you, book your seat.", "pressure")
    assert carried_over(sentence, pair) == expected


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "1", "customer": "a"}', "3"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    good = json.dumps({"id": "1", "customer": "a", "client": "b", "act": "x", "cues": []})
    (tmp_path / "p.jsonl").write_text(f"{good}\n\n{line}\n", "utf-8")
    with pytest.raises(RuleError, match=r"p\.jsonl:3: not a pair"):
        list(read_pairs(tmp_path))
