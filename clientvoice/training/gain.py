"""What labels brought: the change of macro-F1, with its interval, in one sentence a person can trust."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clientvoice.evaluation.measures import FEW

ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Gain:
    """The change of macro-F1 and its 95 % interval, by resampling whole groups (and rows of few).

    Of groups fewer than :data:`~clientvoice.evaluation.measures.FEW`, rows are drawn within them, too.
    """

    value: float
    low: float
    high: float

    @property
    def is_sure(self) -> bool:
        """Whether the interval lies above zero."""
        return self.low > 0


def gain_of(
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    labels: NDArray[np.int64],
    groups: NDArray[np.int64],
    *,
    seed: int = 0,
) -> Gain:
    """Return by how much macro-F1 is higher with the logits ``after`` than ``before``.

    On both sides, and in each draw, it is the mean over the labels that occur in
    ``labels``: a side that names another one misses rows by it, and is not divided by more.

    Examples
    --------
    >>> logits = np.eye(3)
    >>> gain_of(logits, logits, np.arange(3), np.arange(3))
    Gain(value=0.0, low=0.0, high=0.0)
    """
    size = labels.max() + 1 if len(labels) else 1
    size = max(size, before.shape[1])
    counts = [_counts(logits.argmax(axis=1), labels, groups, size) for logits in (before, after)]
    rng = np.random.default_rng(seed)
    total = len(counts[0])
    few, by_row = total < FEW, counts
    if few:
        rows = np.arange(len(labels))
        by_row = [_counts(logits.argmax(axis=1), labels, rows, size) for logits in (before, after)]
    there = np.bincount(labels, minlength=size) > 0
    changes = []
    for _ in range(ROUNDS):
        drawn = np.bincount(rng.integers(total, size=total), minlength=total)
        if few:
            drawn = drawn[groups] * rng.poisson(1.0, size=len(labels))
        old, new = (_macro_f1(np.tensordot(drawn, part, axes=1), there) for part in by_row)
        changes.append(new - old)
    old, new = (_macro_f1(part.sum(axis=0), there) for part in counts)
    low, high = np.percentile(changes, [2.5, 97.5])
    return Gain(round(new - old, 4), round(float(low), 3), round(float(high), 3))


def _counts(
    named: NDArray[np.int64], labels: NDArray[np.int64], groups: NDArray[np.int64], size: int
) -> NDArray[np.int64]:
    """Return hits, named and present per group and label: all that F1 needs."""
    counts = np.zeros((int(groups.max()) + 1, 3, size), dtype=np.int64)
    right = named == labels
    for at, (rows, column) in enumerate([(groups[right], labels[right]), (groups, named), (groups, labels)]):
        counts[:, at] = np.bincount(rows * size + column, minlength=len(counts) * size).reshape(-1, size)
    return counts


def _macro_f1(counts: NDArray[np.int64], there: NDArray[np.bool_]) -> float:
    """Return macro-F1 over the labels that are there; one that a draw missed counts as 0."""
    hits, named, present = counts[:, there]
    return float((2 * hits / np.maximum(named + present, 1)).mean()) if there.any() else 0.0
