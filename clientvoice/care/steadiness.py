"""Whether numbers in an order rise or fall: the middle slope, and how easily chance does the same.

Kendall's count of pairs, with its exact distribution, asks only which of two
numbers is larger; the slope of Theil and Sen is the middle one of all pairs. So
one odd message cannot make a trend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from math import erfc, sqrt
from statistics import median

_EXACT_UP_TO = 25
"""Numbers up to which all orders are counted; beyond, the normal curve is as good."""


def slope(times: Sequence[float], values: Sequence[float]) -> float:
    """Return the middle one of the slopes through all pairs of points (Theil-Sen), 0 without any.

    Examples
    --------
    >>> slope([0, 1, 2, 3, 4], [0, 1, 2, 3, 99])
    1.0
    """
    points = sorted(zip(times, values, strict=True))
    slopes = [(w - v) / (u - t) for (t, v), (u, w) in combinations(points, 2) if u > t]
    return median(slopes) if slopes else 0.0


def balance(times: Sequence[float], values: Sequence[float]) -> int:
    """Return how many more pairs rise with time than fall (Kendall's S).

    Examples
    --------
    >>> balance([0, 1, 2], [0.5, 0.2, 0.1])
    -3
    """
    points = sorted(zip(times, values, strict=True))
    return sum((w > v) - (w < v) for (t, v), (u, w) in combinations(points, 2) if u > t)


def chance(times: Sequence[float], values: Sequence[float]) -> float:
    """Return how often the same numbers in random order rise or fall at least as steadily.

    It is the exact two-sided probability of Kendall's S given the ties in
    ``values``; from 26 numbers on, its normal approximation.

    Examples
    --------
    >>> round(chance([0, 1, 2, 3], [0.1, 0.2, 0.3, 0.4]), 3)
    0.083
    >>> chance([0, 1, 2, 3], [0.5, 0.5, 0.5, 0.5])
    1.0
    """
    ties = tuple(sorted(Counter(values).values()))
    found = abs(balance(times, values))
    if len(values) > _EXACT_UP_TO:
        return _normal(found, ties)
    counts = _orders(ties)
    # An order with k inversions has S = top - 2 k, where top is the number of pairs that differ.
    top = len(counts) - 1
    hits = sum(count for inversions, count in enumerate(counts) if abs(top - 2 * inversions) >= found)
    return hits / sum(counts)


@lru_cache(maxsize=256)
def _orders(ties: tuple[int, ...]) -> tuple[int, ...]:
    """Return how many distinct orders have 0, 1, 2 … inversions: a Gaussian multinomial coefficient."""
    total = sum(ties)
    top = (total * total - sum(size * size for size in ties)) // 2
    counts = [1] + [0] * top
    for factor in range(1, total + 1):  # times (1 - q^factor), read only up to the top power
        for power in range(top, factor - 1, -1):
            counts[power] -= counts[power - factor]
    for size in ties:
        for factor in range(1, size + 1):  # divided by (1 - q^factor)
            for power in range(factor, top + 1):
                counts[power] += counts[power - factor]
    return tuple(counts)


def _normal(found: int, ties: Sequence[int]) -> float:
    def spread(size: int) -> int:
        return size * (size - 1) * (2 * size + 5)

    variance = (spread(sum(ties)) - sum(map(spread, ties))) / 18
    return erfc(max(0, found - 1) / sqrt(2 * variance)) if variance > 0 else 1.0
