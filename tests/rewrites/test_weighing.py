from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import clientvoice
from clientvoice.framing.model import CUES, TAKEAWAYS, Scores
from clientvoice.records import FRAMES, Rewrite, SentenceAnalysis, SentenceKind
from clientvoice.rewrites.candidates.source import Candidate
from clientvoice.rewrites.guards.verdict import Verdict
from clientvoice.rewrites.weighing import LEAST_GAIN, SAFE_GAIN, log_odds, weighed

SOLD = "Join our book club and save!"
SAID = "If a book club suits you, ours has a place for you."


@pytest.fixture(scope="module")
def voice() -> clientvoice.ClientVoice:
    return clientvoice.load("fast")


@pytest.fixture(scope="module")
def found(voice: clientvoice.ClientVoice) -> SentenceAnalysis:
    (found,) = next(voice.pipe([SOLD])).sentences
    return found


def scores(customer: float, other: str = "neutral") -> Scores:
    """Return the scores of one sentence that is a customer's to that degree, the rest another frame's."""
    chances = {"customer": customer, other: (1 - customer) * 0.99}
    row = np.array([[chances.get(frame, (1 - customer) * 0.01) for frame in FRAMES]])
    return Scores(np.log(row), np.full((1, len(CUES)), -5.0), np.zeros((1, TAKEAWAYS)))


def judged(
    voice: clientvoice.ClientVoice, found: SentenceAnalysis, after: float, candidate: Candidate
) -> Rewrite | None:
    return weighed(found, candidate, Verdict(), scores(0.95), scores(after), voice.book)


@pytest.mark.parametrize(
    ("gain", "shown", "safe"),
    [
        (LEAST_GAIN - 0.05, False, False),
        (LEAST_GAIN + 0.05, True, False),
        (SAFE_GAIN - 0.05, True, False),
        (SAFE_GAIN + 0.05, True, True),
        (6.0, True, True),
    ],
)
def test_for_a_proven_plan_the_fall_decides_whatever_the_sentence_then_reads_as(
    voice: clientvoice.ClientVoice, found: SentenceAnalysis, gain: float, shown: bool, safe: bool
) -> None:
    after = float(1 / (1 + np.exp(-(log_odds(0.95) - gain))))
    rewrite = judged(voice, found, after, Candidate(SAID, "plan", proven=True))
    assert (rewrite is not None) is shown
    if rewrite:
        assert rewrite.safe is safe
        assert rewrite.gain == pytest.approx(gain, abs=2e-3)
        assert rewrite.label == ("customer" if after > 0.5 else "neutral")
        assert bool(rewrite.warnings) is not safe


@pytest.mark.parametrize(("after", "safe"), [(0.6, False), (0.1, True)])
def test_any_other_plan_is_safe_only_where_another_frame_follows(
    voice: clientvoice.ClientVoice, found: SentenceAnalysis, after: float, safe: bool
) -> None:
    rewrite = judged(voice, found, after, Candidate(SAID, "plan"))
    assert rewrite is not None
    assert rewrite.safe is safe
    assert any("Still reads as selling" in warning for warning in rewrite.warnings) is not safe


@pytest.mark.parametrize(
    ("candidate", "doubt"),
    [
        (Candidate(SAID, "plan", weak=True), "A turn for want of a better one: read whether it fits here."),
        (Candidate(SAID, "pair"), "A small change: read whether it helps."),
    ],
)
def test_a_small_change_helps_only_where_the_pitch_is_gone_and_is_never_safe(
    voice: clientvoice.ClientVoice, found: SentenceAnalysis, candidate: Candidate, doubt: str
) -> None:
    assert judged(voice, found, 0.6, candidate) is None
    rewrite = judged(voice, found, 0.1, candidate)
    assert rewrite is not None and not rewrite.safe
    assert rewrite.warnings == (doubt,)


def test_of_a_sentence_that_may_be_no_push_nothing_is_applied_unread(
    voice: clientvoice.ClientVoice, found: SentenceAnalysis
) -> None:
    unsure = replace(found, framing=replace(found.framing, uncertain=True))
    candidate = Candidate(SAID, "plan", proven=True)
    rewrite = judged(voice, unsure, 0.1, candidate)
    assert rewrite is not None and not rewrite.safe
    assert rewrite.warnings == ("The sentence may be no push at all: judge for yourself.",)


@pytest.mark.parametrize(
    ("kind", "text", "fits"),
    [
        ("button", "If a visit would help you, you can arrange one", False),
        ("button", "See dates and prices for visits", True),
        ("sentence", "If a visit would help you, you can arrange one.", True),
    ],
)
def test_a_sentence_does_not_fit_on_a_button(
    voice: clientvoice.ClientVoice, kind: SentenceKind, text: str, fits: bool
) -> None:
    (found,) = next(voice.pipe(["Book a visit now"])).sentences
    found = replace(found, sentence=replace(found.sentence, kind=kind))
    assert (judged(voice, found, 0.1, Candidate(text, "plan")) is not None) is fits


def test_what_could_be_said_anew_once_more_is_left_to_a_person(voice: clientvoice.ClientVoice) -> None:
    """Applied unread, it would be rewritten again; where it reads as no customer's, it would not."""
    (found,) = next(voice.pipe(["Hurry, get your ticket for $45!"])).sentences
    rewriter = voice._rewriter
    again = "Order two cushions and get a third one free!"
    assert any(one.method == "plan" for one in rewriter.source(again, "sentence", ("sales_push", "price")))
    safe = judged(voice, found, 0.6, Candidate(SAID, "plan", proven=True))
    assert safe is not None and safe.safe
    open_ = replace(safe, text=again, cues=("sales_push", "price"))
    settled = rewriter._settled(open_, found)
    assert not settled.safe
    assert "said anew" in settled.warnings[0]
    assert rewriter._settled(safe, found) == safe
    assert rewriter._settled(replace(open_, label="neutral"), found).safe


def test_a_chance_is_told_as_the_sentence_tells_it(
    voice: clientvoice.ClientVoice, found: SentenceAnalysis
) -> None:
    """Rounded twice, 0.99496 would be 99 % beside the sentence and 100 % beside its rewrite."""
    then = scores(0.99496)
    rewrite = weighed(found, Candidate(SAID, "plan"), Verdict(), then, scores(0.05), voice.book)
    assert rewrite is not None
    assert f"{rewrite.before:.0%}" == f"{then.probabilities[0, FRAMES.index('customer')]:.0%}" == "99%"
