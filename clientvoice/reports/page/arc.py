"""The arc of a message: the balance of client and customer from opening to close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby

from clientvoice.records import SentenceAnalysis

WIDTH, HEIGHT = 240, 56
_MIDDLE = HEIGHT / 2
_MOST_BARS = 120
_LEANS = 0.15
_FLAT = 0.7
"""What a stretch without bars counts to the eye, beside one whose bars are as high as may be."""

_SEEN = 0.06
"""The share of the picture below which a stretch is not told."""

_MOST_TOLD = 5
_BOTH = 0.25
"""The share of the smaller side from which a stretch has bars both ways."""

_OPENS = {
    "customer": "Opens with a push",
    "neutral": "Opens neutral",
    "client": "Opens with care",
    "both": "Opens with care and push by turns",
}
_THEN = {
    "customer": "then pushes",
    "neutral": "then stays neutral",
    "client": "then cares",
    "both": "then goes back and forth between care and push",
}
_CLOSES = {
    "customer": "closes with a push",
    "neutral": "closes neutral",
    "client": "closes with care",
    "both": "closes with care and push by turns",
}
_THROUGHOUT = {
    "customer": "Pushes from opening to close",
    "neutral": "Neutral from opening to close",
    "client": "Cares from opening to close",
    "both": "Goes back and forth between care and push",
}


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


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Neighbouring bars: how much of the picture stands above the line, below it, and at it."""

    client: float = 0.0
    customer: float = 0.0
    flat: float = 0.0

    @classmethod
    def of(cls, step: _Step) -> _Stretch:
        if abs(step.balance) < _LEANS:
            return cls(flat=_FLAT * step.weight)
        area = step.weight * abs(step.balance)
        return cls(client=area) if step.balance > 0 else cls(customer=area)

    def __add__(self, other: _Stretch) -> _Stretch:
        return _Stretch(self.client + other.client, self.customer + other.customer, self.flat + other.flat)

    @property
    def area(self) -> float:
        return self.client + self.customer + self.flat

    @property
    def frame(self) -> str:
        bars = self.client + self.customer
        if self.flat > bars:
            return "neutral"
        if min(self.client, self.customer) >= _BOTH * bars:
            return "both"
        return "client" if self.client > self.customer else "customer"


def arc(sentences: Sequence[SentenceAnalysis]) -> Arc | None:
    """Return the arc of a message, None where fewer than three sentences count.

    A bar is as wide as its sentence is long, and as high as the probability of
    client is above that of customer. The words tell what the bars show.
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
    return Arc("".join(client), "".join(customer), _caption(bars))


def _merged(steps: list[_Step]) -> list[_Step]:
    """Join neighbours until a long message has no more bars than can be seen."""
    size = -(-len(steps) // _MOST_BARS)
    chunks = [steps[i : i + size] for i in range(0, len(steps), size)]
    return [_Step(sum(step.weight for step in chunk), _mean(chunk)) for chunk in chunks]


def _mean(steps: Sequence[_Step]) -> float:
    return sum(step.weight * step.balance for step in steps) / sum(step.weight for step in steps)


def _caption(bars: Sequence[_Step]) -> str:
    """Say what the picture shows from left to right, but for stretches too small to be seen."""
    stretches = _joined([_Stretch.of(bar) for bar in bars])
    least = _SEEN * sum(one.area for one in stretches)
    while len(stretches) > 1:
        at = min(range(len(stretches)), key=lambda at: stretches[at].area)
        if stretches[at].area >= least and len(stretches) <= _MOST_TOLD:
            break
        stretches = _joined(_absorbed(stretches, at))
    frames = [one.frame for one in stretches]
    if len(frames) == 1:
        return f"{_THROUGHOUT[frames[0]]}."
    return (
        ", ".join([_OPENS[frames[0]], *(_THEN[frame] for frame in frames[1:-1]), _CLOSES[frames[-1]]]) + "."
    )


def _joined(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Join neighbours that read alike."""
    runs = groupby(stretches, key=lambda one: one.frame)
    return [reduce(_Stretch.__add__, run) for _, run in runs]


def _absorbed(stretches: Sequence[_Stretch], at: int) -> list[_Stretch]:
    """Give a stretch to those beside it: to both where they read alike, else to the larger."""
    left, right = stretches[max(0, at - 1) : at], stretches[at + 1 : at + 2]
    if left and right and left[0].frame != right[0].frame:
        left, right = ((), right) if left[0].area < right[0].area else (left, ())
    start, end = at - len(left), at + 1 + len(right)
    return [*stretches[:start], reduce(_Stretch.__add__, stretches[start:end]), *stretches[end:]]
