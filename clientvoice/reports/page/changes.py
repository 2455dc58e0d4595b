"""How a sender's messages change over time, ready to be shown: a verdict, and a small chart a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clientvoice.care import History, Reading, Trend, histories
from clientvoice.care.reading import NAMELESS
from clientvoice.care.trend import FEWEST
from clientvoice.reports.inert import one_line
from clientvoice.reports.page.cards import Card, card
from clientvoice.reports.page.checklist import practice_titles
from clientvoice.reports.page.template import counted, not_shown

WIDTH, HEIGHT = 132, 28
SHOWN = 12
"""Senders whose history is shown; those with the most messages come first."""

_EDGE = 3
_NAMED = 4
_WORDS = {"grows": "growing", "fades": "fading", "level": "no clear move"}
_DOUBTS = {"few": "too few to tell", "chance": "may be chance"}
_ARROWS = {"grows": "↗", "fades": "↘", "level": "→"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing over time; ``side`` is the frame that its move speaks for, or ``neutral``.

    ``first`` and ``last`` are the ends of the fitted line, from 0 to 100; ``dots``
    are the messages as points of the chart.
    """

    title: str
    kind: str
    side: str
    arrow: str
    word: str
    first: int
    last: int
    dots: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """The dots as the points of an SVG polyline."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.dots)


@dataclass(frozen=True, slots=True)
class Change:
    """The history of one sender, in words and lines: what moves, and what does not clearly."""

    name: str
    span: str
    verdict: str
    moving: tuple[Line, ...]
    level: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The histories that can be told, and a sentence about those that cannot."""

    told: tuple[Change, ...]
    untold: str


def changes(readings: Iterable[Reading], cards: Mapping[str, Card]) -> Changes:
    """Return what is to be said of how senders change.

    Examples
    --------
    >>> changes([], {})
    Changes(told=(), untold='')
    """
    return changes_of(histories(readings), cards)


def changes_of(found: Sequence[History], cards: Mapping[str, Card], *, left: int = 0) -> Changes:
    """Return what is to be said of these histories; ``left`` messages are of senders not among them."""
    enough = [history for history in found if history.trends]
    told = tuple(_change(history, cards) for history in enough[:SHOWN])
    return Changes(told, _untold(enough, [it for it in found if not it.trends], left))


def _untold(enough: list[History], few: list[History], left: int) -> str:
    hidden = enough[SHOWN:]
    parts = []
    if hidden:
        alike = hidden[0].messages == enough[SHOWN - 1].messages
        parts.append(f"Over time, {not_shown(_number(hidden, 'more '), alike=alike)}")
    if few:
        who = _number(few) if len(few) > 1 else _name(few[0])
        parts.append(f"Over time, too little to tell of {who}: it takes dated messages of {FEWEST} days.")
    if left:
        parts.append(f"{counted(left, 'message')} of yet other senders not followed over time.")
    return " ".join(parts)


def _number(found: list[History], more: str = "") -> str:
    """Return how many senders, and how many folders that stand for them."""
    folders = sum(it.folder for it in found)
    kinds = ((len(found) - folders, "sender"), (folders, "folder"))
    return " and ".join(counted(number, f"{more}{kind}") for number, kind in kinds if number)


def _name(history: History) -> str:
    named = history.folder and history.name != NAMELESS
    return one_line(f"the folder {history.name}" if named else history.name, 80)


def _change(history: History, cards: Mapping[str, Card]) -> Change:
    moving = {trend.key for trend in history.changed}
    span = f"{counted(history.messages, 'message')}, {history.since} to {history.until}"
    if history.undated:
        span += f"; {history.undated:,} without a date left out"
    return Change(
        name=_name(history),
        span=one_line(span, 160),
        verdict=_verdict(history, cards),
        moving=tuple(_line(trend, history.days, cards) for trend in history.changed),
        level=tuple(_line(trend, history.days, cards) for trend in history.trends if trend.key not in moving),
    )


def _verdict(history: History, cards: Mapping[str, Card]) -> str:
    """Say in one sentence what fades, what grows and where the score goes."""
    parts = []
    for direction in ("fades", "grows"):
        moving = [it for it in history.changed if it.direction == direction and it.kind != "score"]
        names = [_title(trend, cards) for trend in moving[:_NAMED]]
        if len(moving) > _NAMED:
            names.append(f"{len(moving) - _NAMED} more")
        if names:
            parts.append(f"{_listed(names)} {_WORDS[direction]}")
    for score in (trend for trend in history.changed if trend.kind == "score"):
        verb = "rising" if score.direction == "grows" else "falling"
        parts.append(f"the score {verb} from {100 * score.first:.0f} to {100 * score.last:.0f}")
    if not parts and any(trend.doubt == "few" for trend in history.trends):
        return f"{counted(history.messages, 'message')} are too few to tell what grows or fades."
    text = "; ".join(parts) or "nothing clearly grows or fades"
    return f"{text[0].upper()}{text[1:]}."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _line(trend: Trend, days: tuple[float, ...], cards: Mapping[str, Card]) -> Line:
    title = _title(trend, cards)
    side = "neutral"
    if trend.direction != "level":
        side = "client" if (trend.direction == "grows") != (trend.kind == "cue") else "customer"
    span = days[-1] or 1.0
    dots = tuple(
        (
            round(_EDGE + day / span * (WIDTH - 2 * _EDGE), 1),
            round(HEIGHT - _EDGE - value * (HEIGHT - 2 * _EDGE), 1),
        )
        for day, value in zip(days, trend.values, strict=True)
    )
    return Line(
        title=f"{title[0].upper()}{title[1:]}",
        kind=trend.kind,
        side=side,
        arrow=_ARROWS[trend.direction],
        word=_DOUBTS.get(trend.doubt, _WORDS[trend.direction]),
        first=round(100 * trend.first),
        last=round(100 * trend.last),
        dots=dots,
    )


def _title(trend: Trend, cards: Mapping[str, Card]) -> str:
    """Return what a line is of, as it stands inside a sentence."""
    if trend.kind == "score":
        return "score"
    title = practice_titles()[trend.key] if trend.kind == "practice" else card(trend.key, cards).title
    return f"“{title}”" if trend.kind == "practice" else title.lower()
