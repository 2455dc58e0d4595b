"""Word and character n-grams of masked sentences, as a scikit-learn transformer.

Every feature knows the characters it came from, so a linear head's decision can
be handed out to words without remainder (see :mod:`clientvoice.explain`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted

from clientvoice.arguments import checked_sentences
from clientvoice.vectors.features import (
    Feature,
    char_names,
    cut_words,
    placed_words,
    spelled,
    word_features,
    word_names,
)
from clientvoice.vectors.forgetful import Forgetful
from clientvoice.vectors.masking import mask
from clientvoice.vectors.shares import Shares

_REMEMBERED = 16_384
"""Words whose columns are kept: one takes under 1 kB, so these stay under 16 MB."""


class NgramVectorizer(Forgetful, TransformerMixin, BaseEstimator):
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
        words, chars = self.parts_
        known, spelling = words.vocabulary_, self._spelling()
        by_word = [
            [column for name in word_names(text) if (column := known.get(name)) is not None] for text in texts
        ]
        by_char = [list(chain.from_iterable(map(spelling.columns, cut_words(text)))) for text in texts]
        rows = [_rows(by_word, words), _rows(by_char, chars)]
        return hstack(rows, format="csr", dtype=np.float32)

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
        words, chars = self.parts_
        picked = np.arange(weights.shape[1]) if columns is None else np.array(columns, dtype=np.intp)
        found = (
            (words, 0, _placed(word_features(masked.text), words.vocabulary_)),
            (chars, len(words.vocabulary_), self._spelling().placed(masked.text)),
        )
        values, starts, ends = Shares.joined(
            [
                Shares(
                    _row_parts(terms, part.idf_)[:, None] * weights[np.ix_(terms + offset, picked)],
                    starts,
                    ends,
                )
                for part, offset, (terms, starts, ends) in found
            ]
        )
        return Shares(values, *masked.spans_to_original(starts, np.maximum(ends, starts + 1)))

    def _spelling(self) -> _Spelling:
        spelling: _Spelling | None = getattr(self, "_live_spelling", None)
        if spelling is None or spelling.part is not self.parts_[1]:
            self._live_spelling = spelling = _Spelling(self.parts_[1])
        return spelling

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


class _Spelling:
    """The columns of words' character n-grams: words repeat, so each is cut up and looked up once."""

    def __init__(self, part: TfidfVectorizer) -> None:
        self.part = part
        self.columns = lru_cache(_REMEMBERED)(self._columns)
        self._places = lru_cache(_REMEMBERED)(self._placed_columns)

    def placed(self, text: str) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
        """Return the columns of a text's n-grams with their spans."""
        words = placed_words(text)
        found = [self._places(word) for word, _ in words]
        if not found:
            return _placed([], {})
        terms, starts, ends = np.concatenate(found, axis=1)
        begins = np.repeat([start for _, start in words], [places.shape[1] for places in found])
        return terms, starts + begins, ends + begins

    def _columns(self, word: str) -> tuple[int, ...]:
        known = self.part.vocabulary_
        return tuple(column for name, _, _ in spelled(word) if (column := known.get(name)) is not None)

    def _placed_columns(self, word: str) -> NDArray[np.intp]:
        return np.array(_placed(spelled(word), self.part.vocabulary_))


def _placed(
    features: Iterable[Feature], vocabulary: Mapping[str, int]
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return the columns of the features that are known, with their spans."""
    known = [
        (column, start, end) for name, start, end in features if (column := vocabulary.get(name)) is not None
    ]
    columns, starts, ends = np.array(known, dtype=np.intp).reshape(-1, 3).T
    return columns, starts, ends


def _rows(columns: Sequence[Sequence[int]], part: TfidfVectorizer) -> csr_matrix:
    """Return what ``part.transform`` gives for texts with these columns; its own counting is slow."""
    bounds = [0, *accumulate(map(len, columns))]
    indices = np.fromiter(chain.from_iterable(columns), np.int32, bounds[-1])
    ones = np.ones(bounds[-1], np.float32)
    rows = csr_matrix((ones, indices, bounds), shape=(len(columns), len(part.vocabulary_)))
    rows.sum_duplicates()
    np.log(rows.data, rows.data)
    rows.data += 1
    rows.data *= part.idf_[rows.indices]
    return normalize(rows, copy=False) if columns else rows  # scikit-learn refuses to normalise no rows


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
