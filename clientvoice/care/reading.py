"""What is kept of one message for its place in time: who, when, and how much of what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Literal

from clientvoice.care.assess import assess, strength
from clientvoice.care.guide import practice_rules
from clientvoice.records import CUES_OF, MessageAnalysis, SentenceAnalysis
from clientvoice.records.places import parted

Kind = Literal["score", "practice", "cue"]

CUSTOMER_CUES: tuple[str, ...] = CUES_OF["customer"]

NAMELESS = "this folder"
"""What a message without a sender and a folder is said to come from."""

_NAMED = re.compile(r"([^<>]{0,400})<([^<>\s@]{1,100}@[^<>\s@]{1,100})>\Z")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reading:
    """One message in time.

    Parameters
    ----------
    key, name : str
        Who sent it: the address, or where there is none the name or the folder.
    date : str
        As the message tells it, or ``""``.
    day : float or None
        The date in days since 1970.
    values : tuple of float
        From 0 to 1, in the order of :func:`lines`: the score (0 customer, 1
        client), the strength of each practice, and that of each customer cue.
    folder : bool
        Whether no sender is told, so that the folder stands for one.

    Examples
    --------
    >>> Reading("hello@oak.example", "Hollow Oak", "2026-03-10", 20522.0, (0.5,)).name
    'Hollow Oak'
    """

    key: str
    name: str
    date: str
    day: float | None
    values: tuple[float, ...]
    folder: bool = False


def lines() -> tuple[tuple[str, Kind], ...]:
    """Return what is followed over time, with its kind, in the order of :attr:`Reading.values`.

    Examples
    --------
    >>> lines()[0], len(lines())
    (('score', 'score'), 15)
    """
    practices: tuple[tuple[str, Kind], ...] = tuple((rule.key, "practice") for rule in practice_rules())
    return (("score", "score"), *practices, *((cue, "cue") for cue in CUSTOMER_CUES))


def reading(analysis: MessageAnalysis) -> Reading:
    """Return what is kept of one message.

    Examples
    --------
    >>> from clientvoice.records import Message
    >>> message = Message("a", "", (), sender="Hollow Oak <hello@oak.example>", date="2026-03-10")
    >>> it = reading(MessageAnalysis(message, "neutral", 50.0, {}, ()))
    >>> it.key, it.name, it.values[0]
    ('hello@oak.example', 'Hollow Oak', 0.5)
    """
    message = analysis.message
    key, name, folder = _who(message.sender, message.path)
    shown = {each.key: each.strength for each in analysis.practices or assess(analysis.sentences)}
    values = (
        min(max(analysis.score / 100, 0.0), 1.0),
        *(shown.get(rule.key, 0.0) for rule in practice_rules()),
        *_pushes(analysis.sentences),
    )
    return Reading(key, name, message.date or "", _day(message.date), values, folder)


def _pushes(sentences: Iterable[SentenceAnalysis]) -> tuple[float, ...]:
    """Return how strongly a message shows each customer cue, on the scale of the practices."""
    weights: dict[str, list[float]] = {cue: [] for cue in CUSTOMER_CUES}
    for sentence in sentences:
        if sentence.counted and sentence.label != "client":
            chances = sentence.probabilities
            belief = min(1.0, chances.get("customer", 0.0) + 0.5 * chances.get("neutral", 0.0))
            for name in {cue.name for cue in sentence.cues} & weights.keys():
                weights[name].append(belief)
    return tuple(strength(some) for some in weights.values())


def _who(sender: str | None, path: str | None) -> tuple[str, str, bool]:
    """Return who sent a message: by address, else by name, else (and ``True``) by its folder."""
    told = " ".join((sender or "")[:500].split())
    written = _NAMED.match(told)  # a comma in a name that stands without quotes misleads parseaddr
    name, address = (written[1].strip(' "'), written[2]) if written else parseaddr(told)
    if "@" in address:
        return address.casefold(), name or address, False
    if told:
        return told.casefold(), told, False
    folder, _ = parted(path or "")
    return f"folder {folder}", folder or NAMELESS, True


def _day(date: str | None) -> float | None:
    """Return a date as days since 1970, None where it is none."""
    try:
        moment = datetime.fromisoformat((date or "")[:40])
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH).total_seconds() / 86_400
