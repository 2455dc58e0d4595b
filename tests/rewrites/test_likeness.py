"""An example teaches: never another command, a deal beside a gift, or a deal beside a duty."""

from __future__ import annotations

import pytest

from clientvoice.records import Cue
from clientvoice.rewrites.advice import AdviceBook
from clientvoice.rewrites.likeness import Likeness, command, is_gift, shown_for
from clientvoice.rewrites.pairs import Pair, Pairs
from clientvoice.rules import RuleBook

DEAL = Pair("d", "From only £25 for a bed per night", "A bed is £25 per night", "price", ("price",))


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("Hurry, book now!", "book"),
        ("Please pay now.", "pay"),
        ("Don't miss our fair!", "miss"),
        ("Have you booked?", ""),
        ("The room is free.", ""),
        ("Please", ""),
        ("", ""),
    ],
)
def test_the_verb_of_a_command(sentence: str, verb: str) -> None:
    assert command(sentence) == verb


@pytest.mark.parametrize(
    ("sentence", "other", "cues", "wrong"),
    [
        ("Pay now.", "Buy now, pay 2006", ["pressure"], True),
        ("Stop taking the tablets now.", "Book your next stop now.", ["sales_push"], True),
        ("Please pay your rent today.", "Pay less today!", ["price"], True),
        ("Please pay your rent today.", "Pay at once or leave!", ["pressure"], False),
        ("Order now!", "Buy today!", ["sales_push"], False),
        ("Book your seat now!", "Hurry, book your table!", ["sales_push"], False),
        ("Join the book club that meets in our library!", "Buy a book!", ["sales_push"], False),
        ("Join the book club that meets in our library!", "Buy a book", ["sales_push"], True),  # a button
        ("Join our book club", "Buy a book", ["sales_push"], True),  # another command
        ("Join our club and bring a book", "Join our reading evening", ["sales_push"], False),
        ("With a card from our library you have:", "You have books here.", ["sales_push"], True),
        ("With a card from our library you have:", "You have books here:", ["sales_push"], False),
    ],
)
def test_what_would_mislead(sentence: str, other: str, cues: list[str], wrong: bool) -> None:
    assert Likeness.of(sentence).misleads(other, cues) is wrong


@pytest.mark.parametrize(
    ("sentence", "gift"),
    [
        ("£25 pays for a bed for one night", True),
        ("£100 keeps the lights on", True),
        ("$10 a month feeds a family.", True),
        ("£5 could buy a net", True),
        ("Every gift of £10 goes far", True),
        ("£25 pays for your bed", False),
        ("From only £25 per night", False),
        ("£25 off all lights", False),
        ("", False),
    ],
)
def test_a_sum_that_does_good_is_a_gift(sentence: str, gift: bool) -> None:
    assert is_gift(sentence) is gift


def test_a_gift_has_neither_a_deal_as_example_nor_advice_on_price() -> None:
    sentence = "£25 pays for a bed for one night"
    assert shown_for(sentence, ["price"]) == {"solicitation"}
    assert Pairs((DEAL,)).example(sentence, ["price"]) is None
    assert Pairs((DEAL,)).example("Only £25 for a bed for one night", ["price"]) is not None
    told = AdviceBook.load().advise(sentence, [Cue("price", 0, len(sentence))], 0, RuleBook.load())
    assert "smaller gift" in told and "price" not in told
