"""Which messages a page of bounded size shows in full, which as a row, and which it only counts."""

from __future__ import annotations

import heapq
from typing import Generic, NamedTuple, TypeVar

PUSHING = 500
"""Messages with the lowest scores that are shown in full."""

CARING = 100
"""Messages with the highest scores that are shown in full."""

ROWS = 1_000
"""Further messages, the lowest scores first, that have a row each; the rest is only counted."""

Kept = TypeVar("Kept")


class _Entry(NamedTuple, Generic[Kept]):
    """What a heap holds: its smallest goes first, so ties are settled for the message that came first."""

    rank: float
    order: int
    score: float
    item: Kept


class Selection(Generic[Kept]):
    """Keeps the ends of the scale while messages pass by, in constant memory.

    Parameters
    ----------
    pushing, caring, rows : int
        How many are shown in full from each end, and how many more have a row.

    Examples
    --------
    >>> seen = Selection(pushing=1, caring=1, rows=1)
    >>> for score in (40.0, 10.0, 90.0, 50.0, 60.0):
    ...     seen.add(score, f"scores {score:.0f}")
    >>> seen.full, seen.rows, seen.left
    (['scores 10', 'scores 90'], ['scores 40'], 2)
    """

    def __init__(self, pushing: int = PUSHING, caring: int = CARING, rows: int = ROWS) -> None:
        self._sizes = (pushing, caring, rows)
        self._lowest: list[_Entry[Kept]] = []
        self._highest: list[_Entry[Kept]] = []
        self._rows: list[_Entry[Kept]] = []
        self.seen = 0

    def wants(self, score: float) -> bool:
        """Tell whether the next message, with this score, would be shown in full as things stand."""
        pushing, caring, _ = self._sizes
        return _takes(self._lowest, -score, pushing) or _takes(self._highest, score, caring)

    def add(self, score: float, item: Kept) -> None:
        """Take in the next message."""
        self.seen += 1
        pushing, caring, rows = self._sizes
        # What one heap lets go, the next may keep.
        left = _pushed(self._lowest, _Entry(-score, -self.seen, score, item), pushing)
        if left is not None:
            left = _pushed(self._highest, left._replace(rank=left.score), caring)
        if left is not None:
            _pushed(self._rows, left._replace(rank=-left.score), rows)

    @property
    def full(self) -> list[Kept]:
        """What is shown in full, the lowest score first."""
        return _in_order([*self._lowest, *self._highest])

    @property
    def rows(self) -> list[Kept]:
        """What has a row, the lowest score first."""
        return _in_order(self._rows)

    @property
    def left(self) -> int:
        """How many are only counted."""
        return self.seen - len(self._lowest) - len(self._highest) - len(self._rows)


def _takes(heap: list[_Entry[Kept]], rank: float, size: int) -> bool:
    return len(heap) < size or (size > 0 and rank > heap[0].rank)


def _pushed(heap: list[_Entry[Kept]], entry: _Entry[Kept], size: int) -> _Entry[Kept] | None:
    """Put an entry into a heap and return the one that has no place left, if any."""
    if len(heap) < size:
        heapq.heappush(heap, entry)
        return None
    return heapq.heappushpop(heap, entry)


def _in_order(entries: list[_Entry[Kept]]) -> list[Kept]:
    return [entry.item for entry in sorted(entries, key=lambda entry: (entry.score, -entry.order))]
