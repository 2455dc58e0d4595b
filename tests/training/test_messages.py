from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from clientvoice.corpora.messages import read_natural_messages
from clientvoice.framing.model import HEADS, Scores, SentenceModel
from clientvoice.training.messages import ScoredMessage, fit_messages, framed
from clientvoice.voice import ClientVoice


@pytest.fixture(scope="module")
def model(accurate: ClientVoice) -> SentenceModel:
    return replace(accurate.model.sentences, second=None)


@pytest.fixture(scope="module")
def scored(model: SentenceModel, corpus: Path) -> list[ScoredMessage]:
    return [ScoredMessage(one, model.score(list(one.texts))) for one in read_natural_messages(corpus)[:60]]


def test_a_message_is_read_in_training_as_it_will_be_read(
    model: SentenceModel, scored: list[ScoredMessage]
) -> None:
    """Wording and gist, pooled for the heads, are what the sentences' takeaways add up to."""
    views = {branch.name: branch.vectorizer for branch in model.branches}
    messages, weights, kept = fit_messages(scored[:40], scored[40:45], views)
    assert len(kept) == 40
    assert {name: found.shape[0] for name, found in weights.items()} == {"ngrams": HEADS, "encoder": HEADS}
    serving = replace(
        model,
        branches=tuple(replace(one, takeaway_weights=weights[one.name]) for one in model.branches),
    )
    for item in scored[50:]:
        served = messages.frame(item.message.sentences, serving.score(list(item.message.texts)))
        trained = framed(item, messages, weights, views)
        assert served.label == trained.label
        assert served.score == pytest.approx(trained.score, abs=0.02)
        for name, share in served.parts.items():
            assert share == pytest.approx(trained.parts[name], abs=1e-6)


def test_the_gist_moves_a_message(accurate: ClientVoice, scored: list[ScoredMessage]) -> None:
    item = scored[0]
    scores = accurate.model.sentences.score(list(item.message.texts))
    blank = Scores(scores.frames, scores.cues, np.where(np.arange(2 * HEADS) < HEADS, scores.takeaways, 0.0))
    read, unread = (accurate.model.messages.frame(item.message.sentences, one) for one in (scores, blank))
    assert read.score != unread.score
    assert read.parts["score gist"] != unread.parts["score gist"]
    assert read.parts["score wording"] == unread.parts["score wording"]
