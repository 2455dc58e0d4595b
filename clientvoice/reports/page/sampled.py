"""The readings of a long run in little memory: an even sample of each sender's messages."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import isnan

from clientvoice.care import History, Reading, histories

SAMPLE = 1_000
"""Messages of one sender that are kept; of more, every second, then every fourth, and so on."""

SENDERS = 2_000
"""Senders whose messages are followed; a page tells of a dozen."""

LONGEST = 300
"""Characters of a key, name or date that are kept."""


@dataclass
class _Sender:
    """A sample of the messages of one sender, and exact counts of all of them."""

    days: array[float] = field(default_factory=lambda: array("d"))
    values: array[float] = field(default_factory=lambda: array("d"))
    stride: int = 1
    seen: int = 0
    dated: int = 0
    last: str = ""
    oldest: Reading | None = None
    newest: Reading | None = None
    folder: bool = False

    def add(self, reading: Reading, sample: int) -> None:
        if self.seen % self.stride == 0:
            self.days.append(float("nan") if reading.day is None else reading.day)
            self.values.extend(reading.values)
        self.seen += 1
        self.last, self.folder = reading.name, reading.folder
        if reading.day is not None:
            self.dated += 1
            if self.oldest is None or reading.day < (self.oldest.day or 0.0):
                self.oldest = reading
            if self.newest is None or reading.day >= (self.newest.day or 0.0):
                self.newest = reading
        if len(self.days) > sample:
            self._halve(len(reading.values))

    def _halve(self, width: int) -> None:
        rows = range(0, len(self.days), 2)
        self.values = array("d", (it for at in rows for it in self.values[at * width : (at + 1) * width]))
        self.days = self.days[::2]
        self.stride *= 2

    def history(self, key: str) -> History:
        """Return what the sample tells, with the counts and ends of all messages."""
        (found,) = histories(self._sampled(key))
        return replace(
            found,
            name=self.newest.name if self.newest else self.last,
            messages=self.dated,
            undated=self.seen - self.dated,
            since=self.oldest.date[:10] if self.oldest else "",
            until=self.newest.date[:10] if self.newest else "",
            folder=self.folder,
        )

    def _sampled(self, key: str) -> Iterator[Reading]:
        width = len(self.values) // len(self.days)
        for at, day in enumerate(self.days):
            values = tuple(self.values[at * width : (at + 1) * width])
            yield Reading(key, "", "", None if isnan(day) else day, values)


class Sampled:
    """Takes readings one at a time; tells what :func:`clientvoice.care.histories` tells of them.

    Up to :data:`SAMPLE` messages of a sender the two are the same.

    Examples
    --------
    >>> sampled = Sampled()
    >>> sampled.add(Reading("a@oak.example", "Oak", "2026-03-10", 20522.0, (0.5,) * 15))
    >>> [(history.name, history.since) for history in sampled.histories()]
    [('Oak', '2026-03-10')]
    """

    def __init__(self, *, sample: int = SAMPLE, senders: int = SENDERS) -> None:
        self._sample = sample
        self._most = senders
        self._senders: dict[str, _Sender] = {}
        self.left = 0
        """Messages of senders beyond those that are followed."""

    def add(self, reading: Reading) -> None:
        """Take in one reading."""
        key = reading.key[:LONGEST]
        if key not in self._senders and len(self._senders) >= self._most:
            self.left += 1
            return
        short = replace(reading, key=key, name=reading.name[:LONGEST], date=reading.date[:LONGEST])
        self._senders.setdefault(key, _Sender()).add(short, self._sample)

    def histories(self) -> tuple[History, ...]:
        """Return the history of each sender, those with the most messages first."""
        found = [sender.history(key) for key, sender in self._senders.items()]
        return tuple(sorted(found, key=lambda it: (-it.messages, it.name.casefold())))
