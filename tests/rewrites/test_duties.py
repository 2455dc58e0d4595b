"""A duty stays one, and its day stays told, whatever opens the rewrite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from clientvoice import ClientVoice
from clientvoice.records import Framing, SentenceAnalysis
from clientvoice.rewrites.guards.duties import LEANING, duty_slips

DEMANDS = (
    "Please pay the balance.",
    "Please pay in funds.",
    "Please pay up.",
    "Please send your payment.",
    "Please take your medicine.",
    "Settle your invoice.",
    "Stop taking the tablets.",
    "Collect your prescription.",
    "Renew your driving licence.",
)
OPENINGS = (
    "If it suits you,",
    "If you can spare the time,",
    "Should you wish to,",
    "If you wish,",
    "When it suits you,",
    "You can, you know:",
    "Feel free:",
)


@pytest.mark.parametrize("demand", DEMANDS)
@pytest.mark.parametrize("opening", OPENINGS)
def test_a_demand_never_becomes_optional(demand: str, opening: str) -> None:
    said = f"{opening} {demand[0].lower()}{demand[1:]}"
    assert any(told.startswith("Makes a choice of a duty") for told in duty_slips(demand, said))


@pytest.mark.parametrize("demand", DEMANDS)
@pytest.mark.parametrize("haste", ["today", "now", "immediately", "at once"])
def test_a_demand_keeps_its_day(demand: str, haste: str) -> None:
    hurried = demand.replace(".", f" {haste}.")
    assert list(duty_slips(hurried, demand)) == [f"Loses “{haste}”."]
    assert not list(duty_slips(hurried, f"Thank you: {hurried}"))


@pytest.mark.parametrize("sold", ["Order your lamp today!", "Take the balance bike for a spin now!"])
def test_a_sale_may_lose_its_hurry(sold: str) -> None:
    assert not list(duty_slips(sold, "If you wish, you can see it."))


def test_few_words_lean_on_the_sentence_before() -> None:
    said, before = "You are welcome to renew, if you wish.", "Your passport expired last month."
    assert list(duty_slips("Renew now.", said, before))
    assert not list(duty_slips("Renew now.", said, "Your pass for the pool expired."))
    longer = "Renew your pass for the swimming pool now."
    assert len(longer.split()) > LEANING
    assert not list(duty_slips(longer, said, before))


@pytest.mark.parametrize(
    ("before", "offered"), [("Your passport expired last month.", False), ("Our pool opens in May.", True)]
)
def test_the_suggestions_know_the_sentence_before(fast: ClientVoice, before: str, offered: bool) -> None:
    told = [_sold(one) for one in fast.analyze(f"{before} Register today!").sentences]
    (_, found) = fast._rewriter(told)
    assert found is not None
    assert bool(found.rewrites) is offered


def _sold(sentence: SentenceAnalysis) -> SentenceAnalysis:
    """Return a sentence as one to a customer, whatever the model thinks."""
    return replace(sentence, framing=Framing("customer", sentence.framing.probabilities))


@pytest.fixture
def best(fast: ClientVoice) -> Callable[[str], list[str]]:
    """Return what is suggested for the last sentence of a text."""
    return lambda text: [one.text for one in fast.analyze(text).sentences[-1].rewrites]


@pytest.mark.parametrize("demand", DEMANDS)
def test_no_demand_is_softened_in_the_end(best: Callable[[str], list[str]], demand: str) -> None:
    for said in best(demand.replace(".", " now!")):
        assert " now" in said and not said.startswith(("If", "Should", "When", "You can", "You are welcome"))
