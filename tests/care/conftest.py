"""Sentences by hand, laid out one after the other as in a message."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clientvoice.records import Cue, Framing, Message, MessageAnalysis, Sentence, SentenceAnalysis


def say(frame: str, text: str, *cues: str, p: float = 0.9, kind: str = "sentence") -> SentenceAnalysis:
    """Return one analysed sentence; its cues stand at all of its words."""
    shares = dict.fromkeys(("client", "customer", "neutral"), (1 - p) / 2) | {frame: p}
    found = tuple(Cue(name, 0, max(1, len(text))) for name in cues)
    return SentenceAnalysis(Sentence(0, len(text), text, kind), Framing(frame, shares), found)


def message(
    sender: str | None, date: str | None, score: float, *sentences: SentenceAnalysis
) -> MessageAnalysis:
    """Return the analysis of one message."""
    told = Message("m", "", (), sender=sender, date=date, path="in/m.txt")
    return MessageAnalysis(told, "neutral", score, {"neutral": 1.0}, sentences)


@pytest.fixture(name="say", scope="session")
def _say() -> Callable[..., SentenceAnalysis]:
    return say


@pytest.fixture(name="message", scope="session")
def _message() -> Callable[..., MessageAnalysis]:
    return message
