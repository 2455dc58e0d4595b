"""The scores of all dated messages over time: one point a day, week, month or year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

FEWEST = 3
"""Days with a message, without which there is nothing to draw."""

WIDTH, HEIGHT = 600, 150

_MOST_POINTS = 31
_MOST_DAYS = 40_000
_EDGE = 8
_UNITS = ("day", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Point:
    """The messages of one stretch of time: its name, how many, their mean score, the place to draw."""

    name: str
    messages: int
    score: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The points in order, of a ``unit`` of time each."""

    unit: str
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The line through the points, for SVG."""
        return "M" + "L".join(f"{point.x:g} {point.y:g}" for point in self.points)

    def dots(self, frame: str) -> str:
        """Return the points on one side of the middle as an SVG path of dots."""
        some = [point for point in self.points if (point.score < 50) == (frame == "customer")]
        return "".join(f"M{point.x:g} {point.y:g}h0" for point in some)


class Timeline:
    """Gathers dates and scores while messages pass by, in memory bounded by the number of days.

    Examples
    --------
    >>> line = Timeline()
    >>> for day, score in (("2026-03-01", 20.0), ("2026-03-02T07:00", 40.0), ("2026-03-05", 90.0)):
    ...     line.add(day, score)
    >>> curve = line.curve()
    >>> curve.unit, [point.score for point in curve.points]
    ('day', [20.0, 40.0, 90.0])
    """

    def __init__(self) -> None:
        self._days: dict[date, tuple[int, float]] = {}

    def add(self, told: str | None, score: float) -> None:
        """Take in a message, by its date as ISO 8601; without one it has no place in time."""
        try:
            day = date.fromisoformat((told or "")[:10])
        except ValueError:
            return
        if day in self._days or len(self._days) < _MOST_DAYS:
            number, total = self._days.get(day, (0, 0.0))
            self._days[day] = (number + 1, total + score)

    def curve(self) -> Curve | None:
        """Return what to draw, None where there are too few days."""
        if len(self._days) < FEWEST:
            return None
        unit, parts = self._cut()
        first, last = min(parts), max(parts)
        span = (last - first).days or 1
        points = tuple(
            _point(_name(start, unit), some, (start - first).days / span) for start, some in parts.items()
        )
        return Curve(unit, points)

    def _cut(self) -> tuple[str, dict[date, list[tuple[int, float]]]]:
        """Cut time into the shortest stretches that are few and hold two messages or more on average."""
        cuts = []
        for unit in _UNITS:
            parts: dict[date, list[tuple[int, float]]] = {}
            for day in sorted(self._days):
                parts.setdefault(_start(day, unit), []).append(self._days[day])
            cuts.append((unit, parts))
        few = [cut for cut in cuts if FEWEST <= len(cut[1]) <= _MOST_POINTS]
        messages = sum(number for number, _ in self._days.values())
        full = [cut for cut in few if messages >= 2 * len(cut[1])]
        if not few:  # more years than can be drawn: the last that can; or all in two or three stretches
            unit, parts = cuts[-1] if len(cuts[-1][1]) > _MOST_POINTS else cuts[0]
            return unit, dict(list(parts.items())[-_MOST_POINTS:])
        return (full or few)[0]


def _point(name: str, days: list[tuple[int, float]], share: float) -> Point:
    number = sum(count for count, _ in days)
    score = sum(total for _, total in days) / number
    x = _EDGE + share * (WIDTH - 2 * _EDGE)
    y = HEIGHT - _EDGE - score / 100 * (HEIGHT - 2 * _EDGE)
    return Point(name, number, score, round(x, 1), round(y, 1))


def _start(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _name(start: date, unit: str) -> str:
    told = start.isoformat()
    return {"day": told, "week": f"week of {told}", "month": told[:7], "year": told[:4]}[unit]
