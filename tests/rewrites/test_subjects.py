"""A second verb keeps its subject, a person whom they belong to, and a request its object."""

from __future__ import annotations

import pytest

from clientvoice.rewrites.guards.subjects import owner_slips
from clientvoice.rewrites.guards.verdict import guard


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Rent is required in advance and is paid weekly.", "You need rent in advance and is paid weekly."),
        ("Payment is required early and must clear.", "You need to pay early and must clear."),
        ("A £50 deposit is required and isn't returned.", "You need a £50 deposit and isn't returned."),
        ("Photo ID is needed here but will be returned.", "Please bring photo ID but will be returned."),
    ],
)
def test_a_second_verb_is_not_left_alone(before: str, after: str) -> None:
    assert any(told.endswith("without its subject.") for told in owner_slips(before, after))
    assert not guard(before, after).ok


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("As a guest, your card is free and is sent to you.", "Your card is free and is sent to you."),
        ("Our café is open and is warm!", "If you like, our café is open and is warm."),
        ("Rent is due and is paid weekly.", "You need to pay the rent weekly."),
        ("We are open, and are you coming?", "The shop is open, and are you coming?"),
        ("Tickets must be shown.", "Please show your ticket."),
    ],
)
def test_a_verb_with_its_subject_may_stay(before: str, after: str) -> None:
    assert not list(owner_slips(before, after))


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        ("Book your child's swim.", "If a child's swim would help you, book one.", True),
        ("Book your elderly mother's stay.", "You can book a mother's stay.", True),
        ("Wash your children's coats.", "You can wash children's coats.", True),
        ("Book your child's swim.", "You can book your child's swim.", False),
        ("Book your child's swim.", "You can book a swim.", False),
        ("Shop our children's books.", "You can see our books.", False),
    ],
)
def test_nobody_is_anybodys(before: str, after: str, lost: bool) -> None:
    assert any(told.startswith("Loses whose") for told in owner_slips(before, after)) is lost


@pytest.mark.parametrize("asked", ["do so", "do this", "do it"])
def test_a_request_names_what_it_asks_for(asked: str) -> None:
    verdict = guard(
        f"Failure to {asked} may result in closure of your account.",
        f"Please {asked}; not doing so may result in closure of your account.",
    )
    assert not verdict.ok and any(why.startswith("Asks for what it does not name") for why in verdict.why)
