"""What a rewrite may do to a negation: nothing."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from clientvoice.rewrites.facts.finding import compare_facts, find_facts

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
MOST_OVERLOOKED = 0.025
"""Of all changes of a negation; ``python tests/benchmarks/negations.py`` prints 1.1 %."""

TURNED = [
    ("We no longer store your card.", "We store your card."),
    ("The tea is shipped without plastic.", "The tea is shipped with plastic."),
    ("Drivers who fail to stop are fined.", "Drivers who stop are fined."),
    ("Failure to sign delays your parcel.", "Please sign; it delays your parcel."),
    ("We repair the lamp rather than replace it.", "We repair the lamp and replace it."),
    ("The visit costs £9 instead of £12.", "The visit costs £9 and £12."),
    ("Your plan renews unless you cancel.", "Your plan renews if you cancel."),
    ("Nobody but you can read the file.", "Everybody but you can read the file."),
    ("No one else reads your notes.", "Someone else reads your notes."),
    ("We hardly ever raise our fees.", "We raise our fees."),
    ("Spaces rarely come free in spring.", "Spaces come free in spring."),
    ("The soap is free of perfume.", "The soap has perfume."),
    ("A gluten-free loaf is £4.", "A gluten loaf is £4."),
    ("Mileage is unlimited on this plan.", "Mileage is limited on this plan."),
    ("There is no entry without a helmet.", "There is no entry with a helmet."),
    ("Vouchers are non-refundable and non-transferable.", "Vouchers are non-refundable and transferable."),
    ("Without a badge you cannot park here.", "Without a badge you can park here."),
    ("Don't forget your key.", "Forget your key."),
    ("It is not only the glaze that cracks.", "It is only the glaze that cracks."),
    ("We can't thank you enough.", "We thank you enough."),
    ("If you order by noon, it comes on Monday.", "If you do not order by noon, it comes on Monday."),
    ("Please ask if you need a ramp.", "Please ask unless you need a ramp."),
    ("We ship with a receipt.", "We ship without a receipt."),
    ("You can pay by card or cash.", "You can pay by card instead of cash."),
]
FAIR = [
    ("We no longer take cheques.", "We do not take cheques any more."),
    ("Failure to pay by 3 May ends your plan.", "Please pay by 3 May; otherwise your plan ends."),
    ("If you don't sign the form, we cannot start.", "Please sign the form; otherwise we cannot start."),
    ("Your plan renews unless you cancel.", "Your plan renews if you do not cancel."),
    ("The visit costs £9 instead of £12.", "The visit costs £9; it was £12."),
    ("The soap is free of perfume.", "The soap has no perfume."),
    ("Spaces rarely come free in spring.", "Spaces do not often come free in spring."),
    ("We can't thank you enough for the cake.", "Thank you for the cake."),
    ("Don't miss our fair on Sunday!", "Our fair is on Sunday."),
    ("No matter what you bake, this tin fits.", "Whatever you bake, this tin fits."),
    ("It is not only light but also strong.", "It is light and strong."),
    ("A hassle-free move.", "A move."),
    ("We are not liable for coats.", "We cannot be liable for coats."),
    ("Did you know the mill is open?", "In case you did not know: the mill is open."),
    ("Unlimited tea for guests!", "Guests have unlimited tea."),
]


@pytest.mark.parametrize(("before", "after"), TURNED)
def test_a_turned_negation_is_seen(before: str, after: str) -> None:
    assert not compare_facts(before, after).kept


@pytest.mark.parametrize(("before", "after"), FAIR)
def test_a_negation_may_be_told_in_other_words(before: str, after: str) -> None:
    check = compare_facts(before, after)
    assert check.kept, check


def test_free_of_a_thing_is_no_price() -> None:
    assert [(fact.kind, fact.text) for fact in find_facts("It is free of salt.")] == [("negation", "free of")]
    assert [fact.kind for fact in find_facts("It is free of charge.")] == ["amount"]
    assert find_facts("A risk-free, hassle-free visit.") == ()


def test_few_changes_of_a_negation_are_overlooked() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        negations = import_module("negations")
    tried, missed, _ = negations.measure(negations.sentences()[::8])
    assert tried.total() > 1_000
    assert missed.total() / tried.total() <= MOST_OVERLOOKED
