"""What the places of a sentence add to its logits: several columns of weights in one pass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Shares(NamedTuple):
    """Parts that sum to ``row @ weights``, each with the half-open span of the sentence it comes from.

    Parameters
    ----------
    values : ndarray of shape (n_parts, n_columns)
    starts, ends : ndarray of shape (n_parts,)
        An empty span belongs to no words: it is part of the bias.

    Examples
    --------
    >>> Shares.none(3).values.shape
    (0, 3)
    """

    values: NDArray[np.float64]
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]

    @classmethod
    def none(cls, columns: int) -> Shares:
        """Return no shares."""
        return cls(np.zeros((0, columns)), np.zeros(0, np.intp), np.zeros(0, np.intp))

    @classmethod
    def joined(cls, parts: list[Shares]) -> Shares:
        """Return the shares of several vectorisers as one."""
        if len(parts) == 1:
            return parts[0]
        return cls(*(np.concatenate(column) for column in zip(*parts, strict=True)))
