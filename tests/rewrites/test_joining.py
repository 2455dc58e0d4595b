"""A clause stays out of another's condition, a verb beside a verb, and a thing has its article."""

from __future__ import annotations

import pytest

from clientvoice.rewrites.guards.joining import joining_slips
from clientvoice.rewrites.guards.openings import opening_slips
from clientvoice.rewrites.guards.verdict import guard


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Fill in our form and we will post you a map today!",
            "If you would like to fill in our form and we will post you a map, you can do so here.",
        ),
        (
            "The barn is perfect for a dance, and we lend out 90 chairs.",
            "If you are thinking of a dance, and we lend out 90 chairs, the barn may suit you.",
        ),
        (
            "Bake a loaf or we bake it for you.",
            "This may suit you if you want to bake a loaf or we bake it for you.",
        ),
        (
            "Come to the fair and it costs you nothing.",
            "If you want to come to the fair and it costs you nothing, the Mill may help.",
        ),
        (
            "Come to our hill fair and get a map of the hills.",
            "If our hill fair and get a map of the hills would be of use to you, you can come.",
        ),
    ],
)
def test_what_is_swallowed_is_seen(before: str, after: str) -> None:
    assert list(joining_slips(before, after))
    assert not guard(before, after).ok


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Fill in our form and we will post you a map today!",
            "If you would like to, you can fill in our form, and we will post you a map.",
        ),
        ("Come in and we will show you round.", "You can come in if you like, and we will show you round."),
        (
            "If you book and we cancel, we refund you.",
            "If you book and we cancel, you are refunded.",
        ),
        (
            "See how we bake and they rise.",
            "If you would like to see how we bake and they rise, you can do so here.",
        ),
        (
            "Come to our hill fair and get a map.",
            "If you would like to, you can come to our hill fair and get a map.",
        ),
        (
            "Bring a friend and you'll both get a map.",
            "If a friend would like it, bring them, and you'll both get a map.",
        ),
        ("Relax and enjoy the view.", "If you would like to relax and enjoy the view, you can."),
        ("Members and guests get a map.", "If members and guests come, they get a map."),
    ],
)
def test_what_is_joined_rightly_stays(before: str, after: str) -> None:
    assert not list(joining_slips(before, after))


@pytest.mark.parametrize(
    ("before", "after", "slips"),
    [
        ("New app lets you plan meals.", "If you want to plan meals, new app may help.", True),
        ("Guide of herbs helps you sow.", "If you want to sow, guide of herbs may help.", True),
        ("New app lets you plan meals.", "If you want to plan meals, a new app may help.", False),
        ("New apps let you plan meals.", "If you want to plan meals, new apps may help.", False),
        ("Our app lets you plan meals.", "If you want to plan meals, our app may help.", False),
        ("Yoga helps you sleep.", "If you want to sleep, yoga may help.", False),
        ("If it rains, guide may help.", "If it rains, guide may help.", False),
        ("For cooks our pan is right.", "If you bake, for cooks our pan may suit you.", True),
        ("Every May our walk is right.", "If you walk, every May our walk may be of use to you.", True),
        ("Our pan is right.", "If you bake, in May you may help.", False),
    ],
)
def test_what_opens_a_headline_does_not_stand_bare(before: str, after: str, slips: bool) -> None:
    assert bool(list(opening_slips(before, after))) is slips


@pytest.mark.parametrize(
    ("before", "after", "ok"),
    [
        ("Use the code to claim your lamp. {{", "You can use the code to claim your lamp.", False),
        ("Use the code to claim your lamp. {{", "You can use the code to claim your lamp. {{", True),
        ("Call us for a lamp! (", "If you would like a lamp, you can call us.", False),
        ("a) Call us for a lamp!", "If you would like a lamp, you can call us.", False),
        ("Call us for a lamp! :)", "If you would like a lamp, you can call us.", True),
        ("Call us (or write) for a lamp!", "If you would like a lamp, you can call us (or write).", True),
    ],
)
def test_no_half_of_a_pair_is_taken(before: str, after: str, ok: bool) -> None:
    assert guard(before, after).ok is ok, guard(before, after).why
