"""What labels brought: the change of macro-F1, with its interval, in one sentence a person can trust."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS = 1000

FEW = 8
"""Fewer groups than these say little about what varies among groups: rows are drawn within them, too.

Six that all gain by chance are no rarer than one set in sixty-four, and resampling groups alone
would call them sure.
"""


@dataclass(frozen=True, slots=True)
class Gain:
    """The change of macro-F1 and its 95 % interval, by resampling whole groups (and rows of few)."""

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
    changes = []
    for _ in range(ROUNDS):
        drawn = np.bincount(rng.integers(total, size=total), minlength=total)
        if few:
            drawn = drawn[groups] * rng.poisson(1.0, size=len(labels))
        old, new = (_macro_f1(np.tensordot(drawn, part, axes=1)) for part in by_row)
        changes.append(new - old)
    old, new = (_macro_f1(part.sum(axis=0)) for part in counts)
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


def _macro_f1(counts: NDArray[np.int64]) -> float:
    """Return macro-F1 over the labels that are there or named."""
    hits, named, present = counts
    seen = named + present > 0
    return float((2 * hits[seen] / (named + present)[seen]).mean()) if seen.any() else 0.0
