from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from clientvoice.records import FRAMES, Framing, Message, MessageAnalysis, Sentence, SentenceAnalysis

WORDS = {"client": 0, "customer": 1}
"""A text with one of these words is of that frame, any other is neutral."""


class FakeVoice:
    """Answers like a voice, by a word in the text; ``panic`` in a text makes it fail."""

    name = "fake"
    classes_ = np.array(FRAMES)

    def __init__(self, error: type[BaseException] = ZeroDivisionError) -> None:
        self.error = error
        self.calls: list[int] = []

    def predict_proba(self, texts: Iterable[str]) -> np.ndarray:
        texts = list(texts)
        self.calls.append(len(texts))
        rows = np.full((len(texts), 3), 0.1)
        for row, text in zip(rows, texts, strict=True):
            if "panic" in text:
                raise self.error("the fake voice does as it is told")
            row[next((place for word, place in WORDS.items() if word in text), 2)] = 0.8
        return rows

    def pipe(self, messages: Iterable[Message], *, batch_size: int = 64) -> Iterator[MessageAnalysis]:
        messages = list(messages)
        for message, row in zip(messages, self.predict_proba([m.text for m in messages]), strict=True):
            chances = dict(zip(FRAMES, row.tolist(), strict=True))
            label = max(FRAMES, key=chances.__getitem__)
            sentence = Sentence(0, len(message.text), message.text)
            score = round(50 * (1 + chances["client"] - chances["customer"]), 2)
            yield MessageAnalysis(
                message,
                label,
                score,
                {**chances, "mixed": 0.0},
                (SentenceAnalysis(sentence, Framing(label, chances)),) if message.text else (),
            )


@dataclass(frozen=True)
class FakeSource:
    """A source whose voice is at hand."""

    voice: FakeVoice

    def load(self) -> FakeVoice:
        return self.voice


@pytest.fixture
def voice() -> FakeVoice:
    return FakeVoice()


@pytest.fixture
def source_of() -> type[FakeSource]:
    """Makes a source of a voice."""
    return FakeSource


@pytest.fixture
def source(voice: FakeVoice) -> FakeSource:
    return FakeSource(voice)


class Panic(BaseException):
    """What a compiled parser raises when it panics: no Exception."""


@pytest.fixture
def panicking_voice() -> FakeVoice:
    return FakeVoice(Panic)
