from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.rewrites.guards.verdict import guard, placeholders


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Hurry! 20% off all kettles ends Friday.", "All kettles are 20% off until Friday."),
        ("Our award-winning team guarantees a great stay.", "Our team guarantees you a good stay."),
        ("Customers must pay by 5 May.", "Please note that you must pay by 5 May."),
        ("Shop our new spring range today!", "If you would like to look, our new spring range is here."),
    ],
)
def test_a_plain_rewrite_passes(before: str, after: str) -> None:
    verdict = guard(before, after)
    assert verdict.ok and verdict.safe, verdict.why


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("Order today.", "Order today, and we'll refund you.", "refund"),
        ("Order a kettle today.", "Order a kettle today, and we will help you choose.", "help"),
        ("Order a kettle today.", "Order a kettle today; there is no obligation.", "no obligation"),
        ("Seats are going fast.", "Seats are going fast; we'll keep your place.", "keep"),
        ("Buy the kettle.", "Buy the kettle, reviewed by us at any time.", "any time"),
        ("Order the kettle.", "Hurry to order the kettle.", "hurry"),
        ("Order the kettle.", "You can order the the kettle.", "Doubles"),
        ("Order the kettle for $30.", "Order the kettle.", "$30"),
        ("Order the kettle.", "Mushrooms grow in dark woods.", "something else"),
        ("Order the kettle.", "", "Nothing is left"),
        ("Order it.", "You can order it here in the shop " + "and also there " * 5, "longer"),
    ],
)
def test_a_bad_rewrite_is_dropped_and_says_why(before: str, after: str, word: str) -> None:
    verdict = guard(before, after)
    assert not verdict.ok and not verdict.safe
    assert word in " ".join(verdict.why)


def test_a_placeholder_is_shown_but_never_applied() -> None:
    verdict = guard("Call us about your kettle.", "Call [name] on [phone] about your kettle.")
    assert verdict.ok and not verdict.safe
    assert verdict.why == ("Fill in [name] first.", "Fill in [phone] first.")


def test_a_placeholder_of_the_original_is_no_gap() -> None:
    assert placeholders("Hi [name], shop now", "Hello [name], look round") == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_get_a_verdict(before: str, after: str) -> None:
    verdict = guard(before, after)
    assert verdict.ok or verdict.why
    assert not verdict.safe or verdict.ok


def test_a_name_stands_only_where_one_can():
    verdict = guard("As a valued customer you have been selected.", "As a [name] you have been selected.")
    assert not verdict.ok and "Puts a name where none can stand." in verdict.why
    assert guard("Dear valued customer, hello.", "Dear [name], hello.").ok


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Don't forget to take your tablets!", "You may also want to take your tablets."),
        (
            "Only 3 days left to file your tax return.",
            "If you would like to file your tax return, you have 3 days left to do so.",
        ),
        ("Don't miss your vaccination.", "You may like to know about your vaccination."),
    ],
)
def test_a_duty_never_becomes_a_choice(before: str, after: str) -> None:
    told = guard(before, after)
    assert not told.ok
    assert any(why.startswith("Makes a choice of a duty") for why in told.why)


def test_what_is_a_choice_already_may_stay_one() -> None:
    before = "If you want, pay your bill by card now!"
    assert not any("duty" in why for why in guard(before, "If you want, you can pay your bill by card.").why)


@pytest.mark.parametrize("dots", ["…", "..."])
def test_dots_that_leave_something_out_stay(dots: str) -> None:
    before = f"Valued customers, come on 3 May{dots} and bring a friend."
    assert "Loses “…”." in guard(before, "Come on 3 May and bring a friend.").why
    assert "Loses “…”." not in guard(before, "Come on 3 May… and bring a friend.").why
