from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.rewrites.facts.claims import claims
from clientvoice.rewrites.facts.lexicon import word_lists
from clientvoice.rewrites.guards.commitments import commitments, new_promises


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The sale ends tonight.", "deadline"),
        ("Order by Friday 3 May.", "deadline"),
        ("Only 2 days left", "deadline"),
        ("TODAY ONLY: half price", "deadline"),
        ("This is your last chance.", "deadline"),
        ("Your trial ends in 2 days", "deadline"),
        ("Your trial is yours for 2 more days, then it ends.", "deadline"),
        ("Your pass lapses on Friday.", "deadline"),
        ("Your plot will be suspended in three working days.", "deadline"),
        ("Only 3 left!", "scarcity"),
        ("Just three seats remaining", "scarcity"),
        ("While stocks last", "scarcity"),
        ("They’re selling fast", "scarcity"),
    ],
)
def test_deadlines_and_scarcity_are_claims(text: str, kind: str) -> None:
    assert kind in {claim.kind for claim in claims(text)}


@pytest.mark.parametrize(
    "text", ["Your kettle is mended.", "Turn left at the mill.", "We close the file for you."]
)
def test_plain_news_claims_nothing(text: str) -> None:
    assert claims(text) == ()


def test_the_warning_quotes_the_claim() -> None:
    (claim,) = claims("Our sale ends on Friday")
    assert claim.warning == "Check that this is true: “Our sale ends on Friday”."


@given(st.text(max_size=100))
def test_claims_are_ordered_and_disjoint(text: str) -> None:
    end = 0
    for claim in claims(text):
        assert end <= claim.start < claim.end <= len(text)
        end = claim.end


def test_a_promise_in_other_words_is_no_new_one() -> None:
    assert new_promises("Money back if it breaks.", "We refund you if it breaks.") == ()
    assert new_promises("Call our support line.", "Ask us if it breaks.") == ()


def test_each_group_of_promises_shows_one() -> None:
    for name, group in word_lists("commitments").items():
        for phrase in group["phrases"]:
            assert name in {found.group for found in commitments(f"so {phrase} then")}, phrase
            assert new_promises("Tea.", f"so {phrase} then"), phrase


@given(st.text(max_size=100))
def test_a_text_promises_nothing_new_against_itself(text: str) -> None:
    assert new_promises(text, text) == ()
