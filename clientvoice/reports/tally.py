"""What many rows come to: counts, the spread of scores, and who is on which end."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import Counter
from itertools import accumulate

from clientvoice.records import Frame, MessageLabel
from clientvoice.reports.rows import Row, Status

BINS = 10
"""Bars of the distribution, each of ten points."""


class Tally:
    """Counts rows as they come, and keeps the lowest and highest scores with their rows.

    A message in another language is counted as such and nowhere else.

    Parameters
    ----------
    shown : int
        How many rows of each end to keep.

    Examples
    --------
    >>> tally = Tally()
    >>> tally.add(Row("a", None, "scored", label="client", score=81.0, counts={"client": 3}))
    >>> tally.messages, tally.labels["client"], tally.middle
    (1, 1, 81.0)
    """

    def __init__(self, shown: int = 10) -> None:
        self.shown = shown
        self.statuses: Counter[Status] = Counter()
        self.labels: Counter[MessageLabel] = Counter()
        self.sentences: Counter[Frame] = Counter()
        # A score has two digits: however long the run, there are no more than 10,001 of them.
        self._scores: Counter[float] = Counter()
        self.messages = 0
        """Messages that were scored."""
        self.foreign = 0
        """Those of them in another language, which are left out of all that follows."""
        self._lowest: list[tuple[float, int, Row]] = []
        self._highest: list[tuple[float, int, Row]] = []

    def add(self, row: Row) -> None:
        """Count one more row."""
        self.statuses[row.status] += 1
        if row.label is None or row.score is None:
            return
        self.messages += 1
        if row.foreign:
            self.foreign += 1
            return
        self.labels[row.label] += 1
        self.sentences.update(row.counts or {})
        self._scores[round(row.score, 2)] += 1
        # The running number settles ties in favour of the row that came first.
        order = -self.messages
        self._keep(self._lowest, (-row.score, order, row))
        self._keep(self._highest, (row.score, order, row))

    def _keep(self, heap: list[tuple[float, int, Row]], entry: tuple[float, int, Row]) -> None:
        heapq.heappush(heap, entry)
        if len(heap) > self.shown:
            heapq.heappop(heap)

    @property
    def judged(self) -> int:
        """Messages whose scores say something: those in English."""
        return self.messages - self.foreign

    @property
    def middle(self) -> float | None:
        """The median score, None without any."""
        if not self.judged:
            return None
        scores = sorted(self._scores)
        ends = list(accumulate(self._scores[score] for score in scores))
        low, high = (scores[bisect_right(ends, at)] for at in ((self.judged - 1) // 2, self.judged // 2))
        return low if low == high else (low + high) / 2

    @property
    def transactional(self) -> list[Row]:
        """The rows with the lowest scores, lowest first."""
        return [row for _, _, row in sorted(self._lowest, reverse=True)]

    @property
    def caring(self) -> list[Row]:
        """The rows with the highest scores, highest first."""
        return [row for _, _, row in sorted(self._highest, reverse=True)]

    @property
    def bins(self) -> list[int]:
        """How many scores lie in [0, 10), [10, 20) … [90, 100]."""
        counts = [0] * BINS
        for score, number in self._scores.items():
            counts[max(0, min(BINS - 1, int(score * BINS / 100)))] += number
        return counts
