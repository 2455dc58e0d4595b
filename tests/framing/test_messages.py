from __future__ import annotations

import numpy as np
import pytest

from clientvoice.framing.messages import MessageModel, message_features
from clientvoice.framing.model import CUES, TAKEAWAYS, Scores
from clientvoice.records import Sentence
from clientvoice.voice import ClientVoice


def scores(rows: list[tuple[float, float, float]]) -> Scores:
    return Scores(
        np.array(rows, dtype=float), np.full((len(rows), len(CUES)), -3.0), np.zeros((len(rows), TAKEAWAYS))
    )


def sentences(*kinds: str) -> list[Sentence]:
    return [Sentence(0, 9, "some text", kind) for kind in kinds]  # type: ignore[arg-type]


def test_every_feature_has_a_name() -> None:
    found = message_features(sentences("subject", "sentence"), scores([(1, 0, 0), (0, 1, 0)]), [0, 1])
    assert len(found) == len(MessageModel.feature_names()) == len(set(MessageModel.feature_names()))


def test_parts_sum_to_the_score(fast: ClientVoice) -> None:
    rows = sentences("subject", "sentence", "sentence")
    framing = fast.model.messages.frame(rows, scores([(0, 1, 0), (0, 2, 1), (1, 0, 0)]))
    assert framing.score == pytest.approx(np.clip(sum(framing.parts.values()), 0, 100), abs=0.01)
    assert sum(framing.probabilities.values()) == pytest.approx(1)


def test_footers_and_quotes_do_not_count(fast: ClientVoice) -> None:
    rows = [(3.0, 0.0, 0.0), (0.0, 5.0, 0.0)]
    alone = fast.model.messages.frame(sentences("sentence"), scores(rows[:1]))
    for kind in ("footer", "quote"):
        assert fast.model.messages.frame(sentences("sentence", kind), scores(rows)) == alone


def test_nothing_counted_is_neutral(fast: ClientVoice) -> None:
    framing = fast.model.messages.frame(sentences("footer"), scores([(9.0, 0.0, 0.0)]))
    assert (framing.label, framing.score) == ("neutral", 50.0)
