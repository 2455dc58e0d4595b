"""The arc of a message: the balance of client and customer from opening to close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clientvoice.records import SentenceAnalysis

WIDTH, HEIGHT = 240, 56
_MIDDLE = HEIGHT / 2
_MOST_BARS = 120
_LEANS = 0.15
_PHRASES = {
    "customer": ("Opens with a push", "pushes in the middle", "closes with a push"),
    "neutral": ("Opens neutral", "stays neutral in the middle", "closes neutral"),
    "client": ("Opens with care", "cares in the middle", "closes with care"),
}
_THROUGHOUT = {"customer": "Pushes", "neutral": "Neutral", "client": "Cares"}


@dataclass(frozen=True, slots=True)
class Arc:
    """SVG paths of the bars above and below the middle line, and the arc in words."""

    client: str
    customer: str
    caption: str


@dataclass(frozen=True, slots=True)
class _Step:
    weight: float
    balance: float


def arc(sentences: Sequence[SentenceAnalysis]) -> Arc | None:
    """Return the arc of a message, None where fewer than three sentences count.

    A bar is as wide as its sentence is long, and as high as the probability of
    client is above that of customer. The words go by sentences, whatever their
    length: the nearer one stands to the opening or the close, the more it counts there.
    """
    steps = [
        _Step(
            max(1, sentence.end - sentence.start),
            sentence.probabilities["client"] - sentence.probabilities["customer"],
        )
        for sentence in sentences
        if sentence.counted
    ]
    if len(steps) < 3:
        return None
    words = _caption(steps)
    bars = _merged(steps)
    total = sum(step.weight for step in bars)
    client: list[str] = []
    customer: list[str] = []
    x = 0.0
    for step in bars:
        width = WIDTH * step.weight / total
        height = abs(step.balance) * (_MIDDLE - 2)
        if height >= 0.5:
            up = step.balance > 0
            bar = f"M{x:.1f} {_MIDDLE:g}h{max(width - 1, 0.6):.1f}v{-height if up else height:.1f}H{x:.1f}z"
            (client if up else customer).append(bar)
        x += width
    return Arc("".join(client), "".join(customer), words)


def _merged(steps: list[_Step]) -> list[_Step]:
    """Join neighbours until a long message has no more bars than can be seen."""
    size = -(-len(steps) // _MOST_BARS)
    chunks = [steps[i : i + size] for i in range(0, len(steps), size)]
    return [_Step(sum(step.weight for step in chunk), _mean(chunk)) for chunk in chunks]


def _mean(steps: Sequence[_Step]) -> float:
    return sum(step.weight * step.balance for step in steps) / sum(step.weight for step in steps)


def _caption(steps: list[_Step]) -> str:
    third = max(1, len(steps) // 3)
    opening, middle, close = steps[:third], steps[third:-third], steps[-third:]
    parts = (_rising(opening[::-1]), [_Step(1, step.balance) for step in middle], _rising(close))
    frames = [_lean(_mean(part)) for part in parts if part]
    if len(set(frames)) == 1:
        return f"{_THROUGHOUT[frames[0]]} from opening to close."
    return ", ".join(_PHRASES[frame][place] for place, frame in enumerate(frames)) + "."


def _rising(steps: Sequence[_Step]) -> list[_Step]:
    """Weigh sentences by place, not by length: a message ends with its last "Buy now!"."""
    return [_Step(place, step.balance) for place, step in enumerate(steps, start=1)]


def _lean(balance: float) -> str:
    if abs(balance) < _LEANS:
        return "neutral"
    return "client" if balance > 0 else "customer"
