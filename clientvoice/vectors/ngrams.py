"""Word and character n-grams of masked sentences, as a scikit-learn transformer.

Every feature knows the characters it came from, so a linear head's decision can
be handed out to words without remainder (see :mod:`clientvoice.explain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from clientvoice.arguments import checked_sentences
from clientvoice.vectors.masking import mask
from clientvoice.vectors.shares import Shares

WORD_ORDERS = (1, 2, 3)
CHAR_ORDERS = (3, 4, 5)
LONGEST_WORD = 40
"""Characters of a word that are read; the rest of a longer run carries no language."""

_REMEMBERED = 16_384
"""Words whose n-grams are kept: one takes about 2 kB, so these stay under 40 MB."""

_EXPLAINED = 4_096
"""The same with their places, about 5 kB each, for words of sentences that are explained."""

_WORD = re.compile(r"\w{1,60}(?:'\w{1,20})?|[!?]{1,8}|[^\w\s]")

Feature = tuple[str, int, int]
"""A feature's name and the half-open span of masked text that it was read from."""


def word_features(text: str) -> Iterator[Feature]:
    """Yield word n-grams of order 1 to 3, with sentence edges, capitals and length.

    Examples
    --------
    >>> [name for name, _, _ in word_features("Shop now")][:3]
    ['< shop', '< shop now', 'shop']
    """
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    words = [
        ("<", 0, 0),
        *((word.lower(), start, end) for word, start, end in found),
        (">", len(text), len(text)),
    ]
    last = len(words) - 1
    for first in range(last):
        name, start, _ = words[first]
        if first:
            yield name, start, words[first][2]
        for order in WORD_ORDERS[1:]:
            if first + order - 1 > last:
                break
            name = f"{name} {words[first + order - 1][0]}"
            yield name, start, words[first + order - 1][2]
    for word, start, end in found:
        if len(word) > 2 and word.isupper():
            yield "^capitals", start, end
    yield _length_name(len(found)), 0, len(text)


def _length_name(words: int) -> str:
    return f"^length {min(words, 40) // 4}"


def char_features(text: str) -> Iterator[Feature]:
    """Yield character n-grams of order 3 to 5 inside words padded by a space.

    Examples
    --------
    >>> [name for name, _, _ in char_features("now")]
    [' no', 'now', 'ow ', ' now', 'now ', ' now ']
    """
    for match in _WORD.finditer(text):
        start = match.start()
        for name, left, right in _char_features(match.group()[:LONGEST_WORD].lower()):
            yield name, start + left, start + right


def word_names(text: str) -> list[str]:
    """Return the names of :func:`word_features`, in another order and three times as fast."""
    found = _WORD.findall(text)
    words = ["<", *map(str.lower, found), ">"]
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    names = words[1:-1] + pairs + [f"{pair} {word}" for pair, word in zip(pairs, words[2:], strict=False)]
    names += ["^capitals" for word in found if len(word) > 2 and word.isupper()]
    names.append(_length_name(len(found)))
    return names


def char_names(text: str) -> list[str]:
    """Return the names of :func:`char_features`; words repeat, so each is cut up once."""
    names: list[str] = []
    for word in _WORD.findall(text):
        names += _char_names(word[:LONGEST_WORD].lower())
    return names


@lru_cache(maxsize=_REMEMBERED)
def _char_names(word: str) -> tuple[str, ...]:
    return tuple(name for name, _, _ in _char_features(word))


@lru_cache(maxsize=_EXPLAINED)
def _char_features(word: str) -> tuple[Feature, ...]:
    """Return the n-grams of one word that is cut short and in small letters."""
    if not word[0].isalnum():
        return ()
    padded = f" {word} "
    return tuple(
        (padded[first : first + order], first - 1 if first else 0, min(first + order - 1, len(word)))
        for order in CHAR_ORDERS
        for first in range(len(padded) - order + 1)
    )


class NgramVectorizer(TransformerMixin, BaseEstimator):
    """Turn sentences into tf-idf weighted word and character n-grams.

    Nouns for the reader, names, links and digits are masked first
    (:func:`clientvoice.vectors.masking.mask`). Word and character parts are
    normalised on their own and stand side by side.

    Parameters
    ----------
    word_terms, char_terms : int
        The most frequent terms kept of each part.
    min_df : int
        Sentences that must hold a term for it to be kept.

    Attributes
    ----------
    parts_ : tuple of TfidfVectorizer
        The fitted word and character vectorisers.

    Notes
    -----
    The matrix is sparse, as scikit-learn's own ``TfidfVectorizer`` gives it, and a
    frame cannot hold it: ``set_output(transform="pandas")`` makes :meth:`transform`
    raise scikit-learn's ``ValueError`` that says so. For a frame, wrap the dense array
    of a small matrix: ``pd.DataFrame(rows.toarray(), columns=v.get_feature_names_out())``.

    Examples
    --------
    >>> vectorizer = NgramVectorizer(min_df=1).fit(["Shop now", "Take your time"])
    >>> vectorizer.transform(["Take your time"]).shape[0]
    1
    """

    def __init__(self, *, word_terms: int = 60_000, char_terms: int = 60_000, min_df: int = 2) -> None:
        self.word_terms = word_terms
        self.char_terms = char_terms
        self.min_df = min_df

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array = True, False
        return tags

    def fit(self, X: Iterable[str], y: object = None) -> Self:  # noqa: N803
        """Learn the vocabulary and document frequencies of sentences ``X``."""
        texts = [mask(text).text for text in checked_sentences(X)]
        self.parts_ = tuple(
            part.fit(texts)
            for part in (
                _part(word_names, max_features=self.word_terms, min_df=self.min_df),
                _part(char_names, max_features=self.char_terms, min_df=self.min_df),
            )
        )
        return self

    def transform(self, X: Iterable[str]) -> csr_matrix:  # noqa: N803
        """Return a sparse float32 matrix of shape ``(n_sentences, n_terms)``."""
        check_is_fitted(self, "parts_")
        texts = [mask(text).text for text in checked_sentences(X)]
        return hstack([part.transform(texts) for part in self.parts_], format="csr", dtype=np.float32)

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Return the terms in column order, prefixed by ``word:`` or ``char:``.

        Examples
        --------
        >>> NgramVectorizer(min_df=1).fit(["Shop now"]).get_feature_names_out()[0]
        'word:< shop'
        """
        check_is_fitted(self, "parts_")
        words, chars = (part.get_feature_names_out() for part in self.parts_)
        return np.array([f"word:{term}" for term in words] + [f"char:{term}" for term in chars], dtype=object)

    def shares(
        self, sentence: str, weights: NDArray[np.float64], columns: Sequence[int] | None = None
    ) -> Shares:
        """Return each n-gram's part of ``row @ weights[:, columns]`` with its span in the sentence.

        A term that occurs twice hands half of its part to each place.

        Parameters
        ----------
        sentence : str
        weights : ndarray of shape (n_features, n_columns)
        columns : sequence of int, optional
            Those that are asked for, in the order of the answer; all by default.

        Examples
        --------
        >>> vectorizer = NgramVectorizer(min_df=1).fit(["Shop now"])
        >>> weights = np.ones((len(vectorizer.get_feature_names_out()), 1))
        >>> values = vectorizer.shares("Shop now", weights).values
        >>> bool(np.isclose(values.sum(), vectorizer.transform(["Shop now"]).sum()))
        True
        """
        check_is_fitted(self, "parts_")
        masked = mask(sentence)
        picked = range(weights.shape[1]) if columns is None else columns
        found: list[Shares] = []
        offset = 0
        for part, features in zip(self.parts_, (word_features, char_features), strict=True):
            known = [
                (term, start, max(end, start + 1))
                for name, start, end in features(masked.text)
                if (term := part.vocabulary_.get(name)) is not None
            ]
            if known:
                terms, starts, ends = np.array(known, dtype=np.intp).T
                values = _row_parts(terms, part.idf_)[:, None] * weights[np.ix_(terms + offset, picked)]
                found.append(Shares(values, *masked.spans_to_original(starts, ends)))
            offset += len(part.vocabulary_)
        return Shares.joined(found) if found else Shares.none(len(picked))

    def arrays(self) -> tuple[dict[str, NDArray[Any]], dict[str, list[str]]]:
        """Return what :meth:`from_arrays` needs: idf arrays and terms in column order.

        Examples
        --------
        >>> idf, terms = NgramVectorizer(min_df=1).fit(["Shop now"]).arrays()
        >>> sorted(idf), sorted(terms)
        (['char_idf', 'word_idf'], ['char', 'word'])
        """
        names = ("word", "char")
        idf = {
            f"{name}_idf": part.idf_.astype(np.float32) for name, part in zip(names, self.parts_, strict=True)
        }
        terms = {
            name: part.get_feature_names_out().tolist() for name, part in zip(names, self.parts_, strict=True)
        }
        return idf, terms

    @classmethod
    def from_arrays(cls, idf: dict[str, NDArray[Any]], terms: Mapping[str, Sequence[str]]) -> Self:
        """Rebuild a fitted vectoriser; no code is run and nothing is guessed.

        Examples
        --------
        >>> fitted = NgramVectorizer(min_df=1).fit(["Shop now"])
        >>> again = NgramVectorizer.from_arrays(*fitted.arrays())
        >>> (again.transform(["Shop now"]) != fitted.transform(["Shop now"])).nnz
        0
        """
        parts = []
        for name, names in (("word", word_names), ("char", char_names)):
            part = _part(names, vocabulary={term: column for column, term in enumerate(terms[name])})
            part.idf_ = idf[f"{name}_idf"].astype(np.float32)
            parts.append(part)
        fitted = cls(word_terms=len(terms["word"]), char_terms=len(terms["char"]))
        fitted.parts_ = tuple(parts)
        return fitted


def _row_parts(columns: NDArray[np.intp], idf: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return what each occurrence of a term has of its row.

    The row is computed as scikit-learn does, in float32, for the parts to sum to
    what :meth:`NgramVectorizer.transform` gives; its own call is a hundred times
    slower on one sentence.
    """
    terms, which, counts = np.unique(columns, return_inverse=True, return_counts=True)
    row = counts.astype(np.float32)
    np.log(row, row)
    row += 1
    row *= idf[terms]
    row /= np.sqrt(np.square(row, dtype=np.float64).sum())
    parts: NDArray[np.float64] = (row.astype(np.float64) / counts)[which]
    return parts


def _part(analyzer: Any, **options: Any) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=analyzer, sublinear_tf=True, dtype=np.float32, **options)
