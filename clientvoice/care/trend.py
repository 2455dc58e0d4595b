"""Over time: which practices of care grow or fade across the messages of one sender.

The rule, in plain words. Messages of four different days are needed, else there
is too little to tell. Something *grows* (or *fades*) if the line through the
messages, whose slope is the middle one of all pairs, climbs (falls) by a fifth of
the scale or more, and if messages in random order would climb or fall that
steadily at most once in ten. Four messages pass only if each shows more (or less)
than the one before.

What that is worth was measured on real messages in shuffled order, where nothing
truly moves: one to three of a hundred lines were called growing or fading, so of
the fifteen lines of a sender at least one for every fourth or fifth sender. On
newsletters as different as our samples it was twice that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Literal

from clientvoice.care.reading import Kind, Reading, lines
from clientvoice.care.steadiness import chance, slope

Direction = Literal["grows", "fades", "level"]

Doubt = Literal["", "few", "chance"]
"""Why a line that is not flat is called level: too few messages, or an order as good as any."""

FEWEST = 4
"""Days with a message, without which nothing is told."""

LEAST_CHANGE = 0.2
"""The change, of a scale from 0 to 1, below which nothing is said to grow or fade."""

MOST_CHANCE = 0.1
"""How often a random order may be as steady as what is said to grow or fade."""

TELLING = 9
"""Messages from which on one that is out of place can no longer hide an otherwise steady rise.

Eight of which the newest shows the least, and that rise otherwise, pass for chance; nine do not.
"""

_MOST_POINTS = 200
"""Points of one line; the messages of a sender with more are taken together in equal stretches."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One line over time: the score, a practice of care or a customer cue.

    ``first`` and ``last`` are where the fitted line begins and ends, from 0 to 1;
    ``chance`` is how often a random order of the messages is at least as steady.

    Examples
    --------
    >>> Trend("score", "score", "grows", 0.3, 0.6, 0.02, (0.3, 0.4, 0.5, 0.6)).direction
    'grows'
    """

    key: str
    kind: Kind
    direction: Direction
    first: float
    last: float
    chance: float
    values: tuple[float, ...]

    @property
    def doubt(self) -> Doubt:
        """Why a line that is not flat is neither said to grow nor to fade; ``""`` where it is flat."""
        if self.direction != "level" or max(self.values) - min(self.values) < LEAST_CHANGE:
            return ""
        if len(self.values) < TELLING:
            return "few"
        return "chance" if abs(self.last - self.first) >= LEAST_CHANGE else ""


@dataclass(frozen=True, slots=True)
class History:
    """The dated messages of one sender, or of one folder where no sender is named.

    ``trends`` is empty where there are too few to tell. ``days`` are the places
    of the values on the line of time, in days from the first message. ``folder``
    tells that the name is a folder's.

    Examples
    --------
    >>> trend = Trend("score", "score", "grows", 0.3, 0.6, 0.02, (0.3, 0.4, 0.5, 0.6))
    >>> it = History("Hollow Oak", 4, 0, "2026-01-05", "2026-04-06", (0.0, 30.0, 60.0, 91.0), (trend,))
    >>> [moving.key for moving in it.changed]
    ['score']
    """

    name: str
    messages: int
    undated: int
    since: str
    until: str
    days: tuple[float, ...]
    trends: tuple[Trend, ...]
    folder: bool = False

    @property
    def changed(self) -> tuple[Trend, ...]:
        """The trends that grow or fade, the largest change first."""
        moving = [trend for trend in self.trends if trend.direction != "level"]
        return tuple(sorted(moving, key=lambda trend: -abs(trend.last - trend.first)))


def histories(readings: Iterable[Reading]) -> tuple[History, ...]:
    """Return the history of each sender, those with the most messages first.

    Examples
    --------
    >>> histories([])
    ()
    """
    groups: dict[str, list[Reading]] = {}
    for each in readings:
        groups.setdefault(each.key, []).append(each)
    found = [_history(group) for group in groups.values()]
    return tuple(sorted(found, key=lambda it: (-it.messages, it.name.casefold())))


def _history(group: Sequence[Reading]) -> History:
    dated = sorted(((it.day, it) for it in group if it.day is not None), key=lambda pair: pair[0])
    if not dated:
        return History(group[-1].name, 0, len(group), "", "", (), (), group[-1].folder)
    (start, oldest), (_, newest) = dated[0], dated[-1]
    days: Sequence[float] = [day - start for day, _ in dated]
    trends: tuple[Trend, ...] = ()
    if len({int(day) for day, _ in dated}) >= FEWEST:
        columns = list(zip(*(it.values for _, it in dated), strict=True))
        days, *thin = (_thinned(column) for column in (days, *columns))
        trends = tuple(
            _trend(key, kind, days, values) for (key, kind), values in zip(lines(), thin, strict=True)
        )
    return History(
        name=newest.name,
        messages=len(dated),
        undated=len(group) - len(dated),
        since=oldest.date[:10],
        until=newest.date[:10],
        days=tuple(days),
        trends=trends,
        folder=newest.folder,
    )


def _thinned(values: Sequence[float]) -> tuple[float, ...]:
    """Take neighbours together where there are more messages than a line needs."""
    size = -(-len(values) // _MOST_POINTS)
    return tuple(fmean(values[at : at + size]) for at in range(0, len(values), size))


def _trend(key: str, kind: Kind, days: Sequence[float], values: Sequence[float]) -> Trend:
    tilt = slope(days, values)
    base = median(value - tilt * day for day, value in zip(days, values, strict=True))
    first, last = (min(max(base + tilt * day, 0.0), 1.0) for day in (days[0], days[-1]))
    luck = chance(days, values)
    direction: Direction = "level"
    if abs(last - first) >= LEAST_CHANGE and luck <= MOST_CHANCE:
        direction = "grows" if last > first else "fades"
    return Trend(key, kind, direction, round(first, 4), round(last, 4), round(luck, 6), tuple(values))
