"""Exact additive explanations: each word's share of the log-odds of client against customer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from clientvoice.framing.model import SentenceModel
from clientvoice.phrases import strongest_phrase
from clientvoice.records import Contribution, Explanation
from clientvoice.vectors.shares import Shares

_WORD = re.compile(r"\S+")
_PAIRS = (("\u201c", "\u201d"), ('"', '"'), ("(", ")"), ("[", "]"))
_EDGES = ".,;:!?()[]\"'\u201c\u201d\u2018\u2019…-–— "


def explain(model: SentenceModel, sentence: str) -> Explanation:
    """Hand out the log-odds of client against customer to the words of a sentence.

    The n-gram part of a word is exact because the model is linear; the
    encoder's is exact because pooling is a mean and the head is linear
    (contextual, as in an additive decomposition; not a surrogate model).

    Returns
    -------
    Explanation
        ``bias + sum of log_odds == decision`` up to rounding of float64;
        offsets are half-open characters of ``sentence``. Above zero speaks for
        client, below zero for customer.

    Examples
    --------
    >>> from clientvoice.store import load_model
    >>> found = explain(load_model("fast").sentences, "Hurry, buy now!")
    >>> total = found.bias + sum(part.log_odds for part in found.contributions)
    >>> abs(total - found.decision) < 1e-9
    True
    """
    placed = _Placed.read(sentence, model.frame_shares(sentence))
    return placed.explanation(sentence, 0)


def cue_spans(model: SentenceModel, sentence: str, names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return for each cue the words that speak most for it, in one pass over the sentence.

    They are those of the first reading: where a deeper one has its say, too, its words
    differ in one case of seven, and a blind reader liked these no less.

    Examples
    --------
    >>> from clientvoice.store import load_model
    >>> text = "The doors are open, but hurry, this offer ends tonight."
    >>> start, end = cue_spans(load_model("fast").sentences, text, ["pressure"])["pressure"]
    >>> start > text.index("open")
    True
    """
    if not names:
        return {}
    placed = _Placed.read(sentence, model.first_cue_shares(sentence, names))
    return {name: _bare(sentence, *placed.strongest(sentence, column)) for column, name in enumerate(names)}


@dataclass(frozen=True, slots=True)
class _Placed:
    """Shares handed out to words: ``odds`` is (n_words, n_columns), ``rest`` what no word has."""

    words: list[tuple[int, int]]
    odds: NDArray[np.float64]
    rest: NDArray[np.float64]

    @classmethod
    def read(cls, sentence: str, shares: Shares) -> Self:
        values, starts, ends = shares
        words = [match.span() for match in _WORD.finditer(sentence)]
        placed = ends > starts if words else np.zeros(len(starts), bool)
        rest = values[~placed].sum(axis=0)
        owner = _owners(words, len(sentence))
        if not placed.any():
            return cls(words, np.zeros((len(words), values.shape[1])), rest)
        first = owner[np.minimum(starts[placed], len(owner) - 1)]
        widths = owner[np.minimum(ends[placed], len(owner)) - 1] - first + 1
        columns = values.shape[1]
        # Each part in as many equal pieces as it spans words, all added up at once.
        before = np.repeat(np.cumsum(widths) - widths, widths)
        rows = np.repeat(first, widths) + np.arange(len(before)) - before
        pieces = np.repeat(values[placed] / widths[:, None], widths, axis=0)
        cells = (rows[:, None] * columns + np.arange(columns)).ravel()
        odds: NDArray[np.float64] = np.bincount(
            cells, weights=pieces.ravel(), minlength=len(words) * columns
        ).astype(np.float64, copy=False)
        return cls(words, odds.reshape(len(words), columns), rest)

    def explanation(self, sentence: str, column: int) -> Explanation:
        bias = float(self.rest[column])
        odds = self.odds[:, column].tolist()
        contributions = tuple(
            Contribution(start, end, sentence[start:end], value)
            for (start, end), value in zip(self.words, odds, strict=True)
        )
        return Explanation(bias + sum(odds), bias, contributions)

    def strongest(self, sentence: str, column: int) -> tuple[int, int]:
        """Return the span of the phrases that speak most, from the first character to the last."""
        words = [sentence[start:end] for start, end in self.words]
        first, last = strongest_phrase(words, self.odds[:, column].tolist())
        return (self.words[first][0], self.words[last - 1][1]) if words else (0, 0)


def _bare(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Leave punctuation at the ends out: a comma is no reason; a lone "!" may be.

    A mark whose other half stands among the words stays with it.
    """
    words = sentence[start:end]
    if not (bare := words.strip(_EDGES)):
        return start, end
    first = words.index(bare)
    last = first + len(bare)
    for opening, closing in _PAIRS:
        before, inside, after = words[:first], words[first:last], words[last:]
        if sum(map(inside.count, {opening, closing})) % 2:
            if opening in before:
                first = before.rindex(opening)
            elif closing in after:
                last += after.index(closing) + 1
    return start + first, start + last


def _owners(words: list[tuple[int, int]], length: int) -> NDArray[np.intp]:
    """Return for each character the word that it belongs to; white space goes to the word before."""
    if not words:
        return np.zeros(length, np.intp)
    bounds = np.array([0, *(start for start, _ in words[1:]), length], dtype=np.intp)
    return np.repeat(np.arange(len(words)), np.diff(bounds))
