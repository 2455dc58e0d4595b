"""What presses stays with no rewrite that makes a choice of the command."""

from __future__ import annotations

import pytest

import clientvoice
from clientvoice.rewrites.guards.pressing import pressing_slips
from clientvoice.rewrites.guards.verdict import guard

OPENINGS = ("You are welcome to", "If you like, you can", "Should you wish to, you can", "Feel free to")
FEARS = (
    "to avoid disappointment",
    "to avoid missing out",
    "so you don’t miss out",
    "before it’s too late",
    "before they are gone",
    "or miss out",
    "or lose your seat",
)


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("fear", FEARS)
def test_no_choice_ends_with_a_fear(opening: str, fear: str) -> None:
    before, after = f"Book your seat today {fear}.", f"{opening} book your seat {fear}."
    assert list(pressing_slips(before, after))
    assert not guard(before, after).ok


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Book early to avoid the queues.", "If you wish, you can book early to avoid the queues."),
        (
            "Renew soon so that you don't miss out on our walks!",
            "If you would rather not miss out on our walks, you can renew soon.",
        ),
        (
            "Book today to avoid disappointment.",
            "Please book to avoid disappointment.",
        ),  # no choice is made of it
        ("If you like, book now to avoid disappointment.", "If you like, book to avoid disappointment."),
        ("Visit our mill to see the wheel turn.", "You are welcome to visit our mill to see the wheel turn."),
    ],
)
def test_a_purpose_that_fits_may_stay(before: str, after: str) -> None:
    assert not list(pressing_slips(before, after))


def test_a_welcome_is_no_means_to_an_end() -> None:
    before = "Call us today to avoid a surcharge."
    assert list(pressing_slips(before, "You are welcome to call us to avoid a surcharge."))
    assert not list(pressing_slips(before, "If you would like to avoid a surcharge, you can call us."))


@pytest.mark.parametrize(
    "text",
    [
        "Book now to avoid disappointment.",
        "Register now to avoid missing out.",
        "Sign up today so you don't miss out!",
    ],
)
def test_such_a_command_gets_advice_and_no_broken_rewrite(text: str) -> None:
    (found,) = clientvoice.load("fast").analyze(text).sentences
    assert found.suggestions is not None and found.suggestions.advice
    assert not [one.text for one in found.rewrites if "disappoint" in one.text or "miss" in one.text]
