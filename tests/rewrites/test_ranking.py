from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import clientvoice
from clientvoice.framing.model import CUES
from clientvoice.records import Sentence, SentenceAnalysis
from clientvoice.rewrites.advice import AdviceBook
from clientvoice.rewrites.candidates.source import Candidate, CandidateSource
from clientvoice.rewrites.facts.finding import compare_facts
from clientvoice.rewrites.guards.verdict import guard
from clientvoice.rewrites.weighing import is_slight, pushes_more
from clientvoice.rules import RuleBook

TEXTS = [
    "Hurry! Our summer sale ends on Sunday 5 July, so order now before it is too late!",
    "Don't miss out: save 20% on all garden chairs with the code GARDEN20 until Friday!",
    "Members must show their card at every visit.",
    "Buy your ticket today for only $45!",
    "Our world-class, award-winning team of 12 is truly the best in Leeds.",
    "Please donate $25 now so that we can reach our goal!",
    "We meet at noon on Thursday in room 4.",
]


@pytest.fixture(scope="module")
def voice() -> clientvoice.ClientVoice:
    return clientvoice.load("fast")


def customers(voice: clientvoice.ClientVoice) -> list[SentenceAnalysis]:
    found = [one for text in TEXTS for one in voice.analyze(text).sentences]
    return [one for one in found if one.label == "customer"]


def test_every_customer_sentence_has_advice_and_no_other_has_any(voice: clientvoice.ClientVoice) -> None:
    for text in TEXTS:
        for one in voice.analyze(text).sentences:
            assert (one.suggestions is not None) == (one.label == "customer")
            if one.suggestions:
                assert one.suggestions.advice


def test_a_suggestion_keeps_facts_gains_and_passes_the_guards(voice: clientvoice.ClientVoice) -> None:
    rewrites = [rewrite for one in customers(voice) for rewrite in one.rewrites]
    assert rewrites
    column = list(voice.classes_).index("customer")
    for rewrite in rewrites:
        assert compare_facts(rewrite.original, rewrite.text).kept
        assert guard(rewrite.original, rewrite.text).ok
        assert rewrite.gain >= 0.5
        assert rewrite.after < rewrite.before
        assert voice.predict_proba([rewrite.text])[0, column] == pytest.approx(rewrite.after, abs=1e-3)
        text = rewrite.original
        for change in reversed(rewrite.changes):
            assert text[change.start : change.end] == change.before
            text = text[: change.start] + change.after + text[change.end :]
        assert text.split() == rewrite.text.split()


def test_suggestions_are_in_place_in_the_message(voice: clientvoice.ClientVoice) -> None:
    found = voice.analyze("\n\n".join(TEXTS))
    for one in found.sentences:
        for rewrite in one.rewrites:
            assert found.message.text[rewrite.start : rewrite.end] == rewrite.original


def test_a_rewritten_rewrite_is_left_alone(voice: clientvoice.ClientVoice) -> None:
    safe = [rewrite for one in customers(voice) for rewrite in one.rewrites[:1] if rewrite.safe]
    for rewrite in safe:
        again = [one for one in voice.analyze(rewrite.text).sentences if one.rewrites]
        assert not [one for one in again if one.rewrites[0].safe and one.rewrites[0].text == rewrite.original]


def test_candidates_from_outside_pass_the_same_guards(voice: clientvoice.ClientVoice) -> None:
    def from_outside(sentence: str, cues: object) -> list[Candidate]:
        return [
            Candidate("Your ticket is free and we will call you.", "llm"),
            Candidate("A ticket costs $45.", "llm", note="Plain."),
        ]

    analysis = next(voice.pipe(["Buy your ticket for $45, hurry!"]))
    found = voice.suggest(analysis, limit=9, extra=from_outside).sentences[0]
    told = {rewrite.text: rewrite for rewrite in found.rewrites}
    assert "Your ticket is free and we will call you." not in told
    if "A ticket costs $45." in told:
        assert not told["A ticket costs $45."].safe  # a person reads what a language model wrote


@pytest.mark.parametrize("text", ["You hereby indemnify us: buy now!", "Make $5,000 a week from home!"])
def test_what_words_cannot_mend_gets_advice_only(voice: clientvoice.ClientVoice, text: str) -> None:
    analysed = voice._judge([text])[0].at(Sentence(0, len(text), text))
    if analysed.label == "customer":
        (suggestions,) = voice._rewriter([analysed])
        assert suggestions is not None
        assert suggestions.rewrites == ()
        assert suggestions.advice


@pytest.mark.parametrize(
    "text",
    [
        "We reserve the right to change our charges at any time at our sole discretion.",
        "The Ferry Trust also reserves the right of refusal.",
        "The Trust retains the exclusive right to move your mooring.",
        "Orders may be declined in our absolute discretion.",
        "We remove any notice which in our sole opinion is unsuitable.",
        "Moorings may be moved without notice and without liability.",
    ],
)
def test_power_that_is_reserved_is_contract_language_with_advice_only(
    voice: clientvoice.ClientVoice, text: str
) -> None:
    found = voice._judge([text])[0].at(Sentence(0, len(text), text))
    told = voice._rewriter([replace(found, framing=replace(found.framing, label="customer"))])[0]
    assert told is not None
    assert (told.rewrites, told.example) == ((), None)
    assert told.advice == voice._rewriter.advice.legal_advice


def test_the_right_room_is_no_right() -> None:
    assert not AdviceBook.load().is_legal("Reserve the right room for your stay!")


def test_a_deadline_stays_in_the_rewrite_with_the_warning_to_check_it(voice: clientvoice.ClientVoice) -> None:
    text = "Your trial expires in 3 days!"
    found = voice._judge([text])[0].at(Sentence(0, len(text), text))
    told = voice._rewriter([replace(found, framing=replace(found.framing, label="customer"))])[0]
    assert told is not None and told.rewrites
    for rewrite in told.rewrites:
        assert "ends" in rewrite.text and any("Check that this is true" in one for one in rewrite.warnings)


def test_the_text_of_a_picture_gets_advice_and_an_example_only(voice: clientvoice.ClientVoice) -> None:
    text = "Order your copy now!"
    told = {}
    for kind in ("sentence", "picture"):
        found = voice._judge([text])[0].at(Sentence(0, len(text), text, kind))
        (told[kind],) = voice._rewriter(
            [found], extra=lambda sentence, cues: [Candidate("You can order a copy.", "llm")]
        )
    sentence, picture = told["sentence"], told["picture"]
    assert sentence is not None and picture is not None
    assert sentence.rewrites and picture.rewrites == ()
    assert (picture.advice, picture.example) == (sentence.advice, sentence.example)


def test_footers_and_quotes_are_never_rewritten(voice: clientvoice.ClientVoice) -> None:
    text = "Buy now and save!"
    analysed = voice._judge([text])[0].at(Sentence(0, len(text), text, "footer"))
    assert voice._rewriter([analysed]) == [None]


@pytest.mark.parametrize(
    ("before", "after", "rises", "pushes"),
    [
        ("Get a lamp for only £30!", "A lamp is £30.", {"price": 1.0}, False),  # it was there, and stays
        ("Hurry, this visit has no fees at all!", "This visit has no fees at all.", {"price": 1.2}, False),
        ("Get a lamp for only £30!", "A lamp is a bargain at £30.", {"price": 1.0}, True),
        ("Get a lamp for £30!", "Save money on a lamp for £30.", {"price": 1.0}, True),
        ("Get a lamp for only £30!", "A lamp is £30.", {"price": 2.0}, True),
        ("Get a lamp for only £30!", "A lamp is £30.", {"price": 1.0, "pressure": 0.5}, True),
        ("Get a lamp for only £30!", "A lamp is £30.", {"sales_push": 0.5}, True),
        ("Get a lamp for only £30!", "A lamp is £30.", {"sales_push": 0.2, "price": 0.2}, False),
    ],
)
def test_a_price_that_stays_may_speak_louder_and_no_push_may(
    voice: clientvoice.ClientVoice, before: str, after: str, rises: dict[str, float], pushes: bool
) -> None:
    rewriter = voice._rewriter
    then = rewriter.score([before])
    then = replace(then, cues=np.full_like(then.cues, 0.5))
    cues = then.cues.copy()
    for name, rise in rises.items():
        cues[0, CUES.index(name)] += rise
    assert pushes_more(before, after, then, replace(then, cues=cues), rewriter.book) is pushes


def test_a_word_that_the_plan_brings_is_no_half_way_rewrite(voice: clientvoice.ClientVoice) -> None:
    rewriter, found = voice._rewriter, customers(voice)[0]
    polite = Candidate("Please note that kites are not allowed.", "plan", ("conditions",))
    assert rewriter._at_rest("Kites are prohibited.", polite, found)
    assert not rewriter._at_rest("Please note that kites are prohibited.", polite, found)


def test_names_in_capitals_are_left_to_the_reader(voice: clientvoice.ClientVoice) -> None:
    """Nobody can tell whether SUMMIT CLUB is a name: the rewrite is shown, and not applied unread."""
    (plain,) = voice.analyze("Join Summit Club today!").sentences
    (loud,) = voice.analyze("JOIN SUMMIT CLUB TODAY!").sentences
    assert any(one.safe for one in plain.rewrites)
    assert loud.rewrites and not any(one.safe for one in loud.rewrites)
    assert any("in capitals" in warning for one in loud.rewrites for warning in one.warnings)


def test_a_weak_plan_is_shown_and_never_applied_unread(voice: clientvoice.ClientVoice) -> None:
    (found,) = voice.analyze("Order two cushions and get a third one free!").sentences
    assert found.rewrites and not any(one.safe for one in found.rewrites)
    assert "A turn for want of a better one: read whether it fits here." in found.rewrites[0].warnings


def test_a_word_less_is_no_suggestion_unless_the_house_asks_for_it(tmp_path: Path) -> None:
    text = "Our zingy team answers every letter."
    (tmp_path / "self_promotion.toml").write_text(
        'extends = true\n[[rewrites]]\nfind = ["zingy"]\nsay = [""]\nnote = "Ours."\n'
        'examples = [{before = "Our zingy cooks are here.", after = "Our cooks are here."}]\n',
        encoding="utf-8",
    )
    (less,) = CandidateSource.load(RuleBook.load(tmp_path))(text, "sentence", ["self_promotion"])
    assert less.text == "Our team answers every letter."
    assert less.house
    assert not is_slight(text, less)
    assert is_slight(text, replace(less, house=False))
    ours = [one for one in RuleBook.load(tmp_path)["self_promotion"].rewrites if not one.house]
    assert ours == list(RuleBook.load()["self_promotion"].rewrites)  # an extended cue's stay ours
    assert not is_slight("Hurry now, before it is gone: we open.", Candidate("We open.", "clause"))
    assert not is_slight(text, Candidate("Our team answers every letter.", "plan"))
