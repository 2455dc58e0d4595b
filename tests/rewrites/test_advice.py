from __future__ import annotations

from pathlib import Path

import pytest

from clientvoice.records import Cue
from clientvoice.rewrites.advice import AdviceBook
from clientvoice.rules import RuleBook

BOOK = RuleBook.load()
ADVICE = AdviceBook.load()


@pytest.mark.parametrize("cue", [name for name in BOOK.cues if BOOK.frame_of(name) == "customer"])
def test_every_pushing_cue_and_each_of_its_kinds_has_advice(cue: str) -> None:
    kinds = {kind or "default" for kind in BOOK[cue].margin} | {"unquoted"}
    assert kinds <= set(ADVICE.by_cue[cue])
    for kind, told in ADVICE.by_cue[cue].items():
        assert ("{words}" in told) is (kind != "unquoted")


@pytest.mark.parametrize(
    ("text", "words", "source", "quoted"),
    [
        ("Order your lamp in oak.", "your", "model", False),
        ("Order your lamp in oak.", "in", "model", False),
        ("It’s for you and the lamp.", "for you", "model", False),
        ("It’s for you and the lamp.", "It’s", "model", False),
        ("Order your lamp in oak.", "Order your", "model", True),
        ("Guests must sign.", "must", "model", True),
        ("It is for you and the lamp.", "for you and", "model", True),
        ("Order your lamp in oak.", "your", "rule", True),
    ],
)
def test_empty_words_of_the_model_are_not_quoted(text: str, words: str, source: str, quoted: bool) -> None:
    start = text.index(words)
    for name in ("pressure", "price", "sales_push", "self_promotion", "solicitation", "conditions"):
        told = ADVICE.advise(text, [Cue(name, start, start + len(words), source)], 0, BOOK)
        assert (f"“{words}”" in told) is quoted
        assert told and "{" not in told and ("“" in told) is quoted


def test_advice_quotes_the_words_and_knows_their_kind() -> None:
    text = "Order now, the sale ends tonight!"
    start = text.index("ends tonight")
    told = ADVICE.advise(text, [Cue("pressure", start, start + 12)], 0, BOOK)
    assert "“ends tonight”" in told
    assert "Keep the date" in told


def test_offsets_are_those_of_the_message() -> None:
    told = ADVICE.advise("Only 3 left!", [Cue("pressure", 100, 111)], 100, BOOK)
    assert "Only 3 left" in told


def test_no_cue_and_odd_cues_still_get_advice() -> None:
    assert ADVICE.advise("Something.", [], 0, BOOK)
    assert ADVICE.advise("x" * 500, [Cue("unheard_of", 0, 1)], 0, BOOK)


def test_a_cue_of_the_house_without_words_of_its_own_gets_advice_as_well(tmp_path: Path) -> None:
    rules = tmp_path / "funnel.toml"
    rules.write_text(
        'frame = "customer"\nsummary = "Speaks of the reader as a lead."\nphrases = ["warm lead"]\n'
        '[examples]\nflag = ["You are a warm lead."]\npass = ["The pipe is made of lead."]\n',
        "utf-8",
    )
    book = RuleBook.load(rules)
    assert "warm lead" in ADVICE.advise("You are a warm lead.", [Cue("funnel", 10, 19)], 0, book)


@pytest.mark.parametrize(
    ("text", "legal"),
    [
        ("You hereby indemnify the Company.", True),
        ("This agreement is governed by the laws of Ohio.", True),
        ("Our house rules are governed by common sense.", False),
        ("Herein the wine tastes best.", True),
    ],
)
def test_contract_language_is_known(text: str, legal: bool) -> None:
    assert ADVICE.is_legal(text) is legal
    assert ADVICE.allows_rewriting(text, BOOK) is not legal
