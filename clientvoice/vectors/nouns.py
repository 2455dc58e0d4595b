"""A house's own nouns for its readers, masked in front of any vectoriser."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clientvoice.vectors.masking import mask_nouns
from clientvoice.vectors.shares import Shares


@dataclass(frozen=True, slots=True)
class NounVectorizer:
    """Hands sentences on with the house's nouns replaced, and leads every span back.

    Parameters
    ----------
    inner : vectorizer
        Fitted; has ``transform`` and ``shares``.
    nouns : tuple of str
        See :func:`clientvoice.vectors.masking.mask_nouns`.

    Examples
    --------
    >>> from clientvoice.vectors.ngrams import NgramVectorizer
    >>> inner = NgramVectorizer(min_df=1).fit(["Dear customers", "Dear all"])
    >>> rows = NounVectorizer(inner, ("maker",)).transform(["Dear makers", "Dear customers"])
    >>> (rows[0] != rows[1]).nnz
    0
    """

    inner: Any
    nouns: tuple[str, ...]

    def transform(self, X: Iterable[str], /) -> Any:  # noqa: N803
        """Return the rows of the inner vectoriser."""
        return self.inner.transform([mask_nouns(text, self.nouns).text for text in X])

    def shares(
        self, sentence: str, weights: NDArray[np.float64], columns: Sequence[int] | None = None
    ) -> Shares:
        """Return the shares of the inner vectoriser at their places in the user's sentence."""
        masked = mask_nouns(sentence, self.nouns)
        values, starts, ends = self.inner.shares(masked.text, weights, columns)
        placed = ends > starts
        first, last = masked.spans_to_original(starts, np.maximum(ends, starts + 1))
        return Shares(values, np.where(placed, first, 0), np.where(placed, last, 0))
