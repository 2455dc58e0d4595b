"""A house's own nouns for its readers, masked in front of any vectoriser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from clientvoice.vectors.masking import mask_nouns


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

    def shares(self, sentence: str, weights: Any) -> Iterator[tuple[float, int, int]]:
        """Yield the shares of the inner vectoriser at their places in the user's sentence."""
        masked = mask_nouns(sentence, self.nouns)
        for value, start, end in self.inner.shares(masked.text, weights):
            yield value, *(masked.to_original(start, end) if end > start else (0, 0))
