from __future__ import annotations

import pytest

from clientvoice.records import Cue
from clientvoice.rewrites.advice import AdviceBook
from clientvoice.rules import RuleBook

BOOK = RuleBook.load()
ADVICE = AdviceBook.load()


@pytest.mark.parametrize("cue", [name for name in BOOK.cues if BOOK.frame_of(name) == "customer"])
def test_every_pushing_cue_and_each_of_its_kinds_has_advice(cue: str) -> None:
    kinds = {kind or "default" for kind in BOOK[cue].margin}
    assert kinds <= set(ADVICE.by_cue[cue])
    for told in ADVICE.by_cue[cue].values():
        assert "{words}" in told


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
