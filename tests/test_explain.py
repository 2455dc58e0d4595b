from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientvoice.explain import cue_spans, explain
from clientvoice.framing.model import CUES
from clientvoice.records import FRAMES
from clientvoice.voice import ClientVoice, load

SENTENCES = [
    "Hurry, only 3 left – order before midnight!",
    "Take your time, {{first_name}}: we’ll ring you before anything changes.",
    "Doors open at 7pm.",
    "BUY",
    "  spaces   around  ",
    "",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("name", ["fast", "accurate"])
def test_contributions_sum_to_the_decision_of_the_model(name: str, sentence: str) -> None:
    model = load(name).model.sentences
    found = explain(model, sentence)
    logits = model.score([sentence]).frames[0]
    decision = logits[FRAMES.index("client")] - logits[FRAMES.index("customer")]
    total = found.bias + sum(part.log_odds for part in found.contributions)
    assert total == pytest.approx(decision, rel=1e-6, abs=1e-9)
    assert found.decision == pytest.approx(decision, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_contributions_are_the_words_of_the_user(fast: ClientVoice, sentence: str) -> None:
    found = explain(fast.model.sentences, sentence)
    assert [part.text for part in found.contributions] == sentence.split()
    assert all(sentence[part.start : part.end] == part.text for part in found.contributions)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_explained_without_remainder(sentence: str) -> None:
    model = load("fast").model.sentences if not _CACHE else _CACHE[0]
    _CACHE[:] = [model]
    found = explain(model, sentence)
    logits = model.score([sentence]).frames[0]
    assert found.decision == pytest.approx(logits[0] - logits[1], rel=1e-6, abs=1e-9)


_CACHE: list = []


def test_pressing_words_speak_for_customer(fast: ClientVoice) -> None:
    found = explain(fast.model.sentences, "Hurry, buy now before this offer ends tonight!")
    assert found.decision < 0
    assert min(found.contributions, key=lambda part: part.log_odds).log_odds < 0


def test_the_span_of_a_cue_is_where_it_speaks(fast: ClientVoice) -> None:
    sentence = "The meeting is on Monday and you must hurry because this offer ends tonight."
    start, end = cue_spans(fast.model.sentences, sentence, ["pressure"])["pressure"]
    assert start > sentence.index("Monday")
    assert sentence[start:end]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_one_pass_finds_the_words_that_each_cue_alone_has(fast: ClientVoice, sentence: str) -> None:
    model = fast.model.sentences
    for cue, (start, end) in cue_spans(model, sentence, CUES).items():
        assert cue_spans(model, sentence, [cue]) == {cue: (start, end)}
        assert 0 <= start <= end <= len(sentence)


def test_a_cue_points_at_words_without_the_punctuation_around_them(fast: ClientVoice) -> None:
    sentence = "(Hurry!)"
    start, end = cue_spans(fast.model.sentences, sentence, ["pressure"])["pressure"]
    assert sentence[start:end] == "Hurry"


def test_the_words_sum_to_every_cue_of_the_first_reading(fast: ClientVoice) -> None:
    model = fast.model.sentences
    shares = model.first_cue_shares("Save 20% today")
    assert shares.values.sum(axis=0) == pytest.approx(model.score(["Save 20% today"]).cues[0])
