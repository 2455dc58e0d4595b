"""What the places of a sentence add to its logits: several columns of weights in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

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
    def unplaced(cls, values: NDArray[np.float64]) -> Shares:
        """Return one share that belongs to no words: a bias of shape (n_columns,).

        Examples
        --------
        >>> Shares.unplaced(np.array([0.5, -0.5])).values.tolist()
        [[0.5, -0.5]]
        """
        return cls(values[None], np.zeros(1, np.intp), np.zeros(1, np.intp))

    @classmethod
    def joined(cls, parts: list[Shares]) -> Shares:
        """Return the shares of several vectorisers as one."""
        if len(parts) == 1:
            return parts[0]
        return cls(*(np.concatenate(column) for column in zip(*parts, strict=True)))


class Vectorizer(Protocol):
    """What linear heads read: a matrix for many sentences, and one sentence's shares."""

    def transform(self, X: Sequence[str], /) -> Any:  # noqa: N803
        """Return one row a sentence."""

    def shares(
        self, sentence: str, weights: NDArray[np.float64], columns: Sequence[int] | None = None
    ) -> Shares:
        """Return parts that sum to ``row @ weights[:, columns]``; weights are (n_features, n_columns)."""
