from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.explain import explain
from clientvoice.framing.model import SentenceModel
from clientvoice.framing.second import SecondReading
from clientvoice.house import HouseStyle
from clientvoice.house.adapted import adapted
from clientvoice.records import FRAMES
from clientvoice.store import load_model
from clientvoice.voice import ClientVoice

CLIENT, CUSTOMER = FRAMES.index("client"), FRAMES.index("customer")
PLAIN = "Order now and save 50% today only!"
DOUBTFUL = "Our team can look at your figures and tell you what to expect."


@pytest.fixture(scope="module")
def model(accurate: ClientVoice) -> SentenceModel:
    return accurate.model.sentences


@pytest.fixture(scope="module")
def second(model: SentenceModel) -> SecondReading:
    assert model.second
    return model.second


def first_only(model: SentenceModel) -> SentenceModel:
    return replace(model, second=None)


def test_only_what_is_in_doubt_is_read_again(model: SentenceModel, second: SecondReading) -> None:
    first = first_only(model).score([PLAIN, DOUBTFUL])
    assert second.in_doubt(first.frames).tolist() == [False, True]
    settled = model.score([PLAIN, DOUBTFUL])
    np.testing.assert_allclose(settled.frames[0], first.frames[0], atol=1e-9)
    np.testing.assert_allclose(settled.cues[0], first.cues[0], atol=1e-9)
    frames, cues = second.logits([DOUBTFUL])
    np.testing.assert_allclose(settled.frames[1], second.trust * first.frames[1] + frames[0])
    np.testing.assert_allclose(settled.cues[1], second.cue_trust * first.cues[1] + cues[0])


def test_a_sentence_is_read_the_same_alone_and_among_others(model: SentenceModel) -> None:
    many = [DOUBTFUL, PLAIN, "Doors open at seven.", "We would love to see you there."]
    together = model.score(many)
    for row, sentence in enumerate(many):
        alone = model.score([sentence])
        np.testing.assert_allclose(alone.frames[0], together.frames[row], atol=1e-9)
        np.testing.assert_allclose(alone.cues[0], together.cues[row], atol=1e-9)


def test_takeaways_are_those_of_the_first_reading(model: SentenceModel) -> None:
    one, other = model.score([DOUBTFUL]), first_only(model).score([DOUBTFUL])
    np.testing.assert_array_equal(one.takeaways, other.takeaways)


@given(st.text(max_size=60))
def test_words_sum_to_the_settled_decision(accurate: ClientVoice, text: str) -> None:
    for sentence in (text, f"{DOUBTFUL} {text}"):
        frames = accurate.model.sentences.score([sentence]).frames[0]
        found = explain(accurate.model.sentences, sentence)
        total = found.bias + sum(part.log_odds for part in found.contributions)
        assert total == pytest.approx(frames[CLIENT] - frames[CUSTOMER], abs=1e-6)


def test_a_house_masks_its_nouns_for_both_readings(model: SentenceModel) -> None:
    housed = adapted(model, HouseStyle(reader_nouns=("maker",)))
    texts = [DOUBTFUL.replace("Our team", one) for one in ("Makers", "Customers")]
    scores = housed.score(texts)
    np.testing.assert_allclose(scores.frames[0], scores.frames[1], atol=1e-9)
    np.testing.assert_allclose(scores.cues[0], scores.cues[1], atol=1e-9)


def test_the_fast_model_reads_once() -> None:
    assert load_model("fast").sentences.second is None
