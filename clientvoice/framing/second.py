"""A second reading, by a deeper encoder, of the sentences that the first leaves in doubt.

Most sentences are plain, and a small model is sure of them. Only the others are
worth a network that costs several times as much (a cascade: Viola and Jones
2001; Wang et al. 2022, *Wisdom of Committees*). Where it is asked, its logits
and the first reading's are weighed against each other by two numbers, so every
word's share of the decision stays exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax

from clientvoice.vectors.shares import Shares, Vectorizer


@dataclass(frozen=True, slots=True)
class SecondReading:
    """A vectoriser with frame weights that is asked where the first reading is in doubt.

    Parameters
    ----------
    vectorizer : Vectorizer
    frame_weights : ndarray of shape (3, n_features)
        Calibrated; rows in the order of :data:`clientvoice.records.FRAMES`.
    frame_bias : ndarray of shape (3,)
    below : float
        In doubt is a sentence whose top probability is lower than this.
    trust : float
        What the first reading's logits are multiplied by where this one is asked.
    sharpness : float
        What the logits of both readings were multiplied by afterwards, to calibrate
        them to somebody's own labels. Doubt is told without it.
    """

    vectorizer: Vectorizer
    frame_weights: NDArray[np.float64]
    frame_bias: NDArray[np.float64]
    below: float
    trust: float
    sharpness: float = 1.0

    def settled(self, sentences: Sequence[str], frames: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the logits of the first reading, shape (n, 3), with those in doubt weighed anew."""
        rows = np.flatnonzero(self.in_doubt(frames)).tolist()
        settled = frames.copy()
        if rows:
            settled[rows] = self.weighed(frames[rows], self.frames([sentences[row] for row in rows]))
        return settled

    def chosen(self, first: NDArray[np.float64], own: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the same where this reading's logits of all rows are known, doubt or not."""
        return np.where(self.in_doubt(first)[:, None], self.weighed(first, own), first)

    def settled_shares(self, sentence: str, shares: Shares) -> Shares:
        """Return the shares of one sentence's settled logits, given those of the first reading."""
        if not self.in_doubt(shares.values.sum(axis=0, keepdims=True))[0]:
            return shares
        own = self.vectorizer.shares(sentence, self.frame_weights.T)
        first = shares._replace(values=shares.values * self.trust)
        return Shares.joined([first, own, Shares.unplaced(self.frame_bias)])

    def in_doubt(self, frames: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which rows of first logits, shape (n, 3), are in doubt."""
        return np.asarray(log_softmax(frames / self.sharpness, axis=1).max(axis=1) < np.log(self.below))

    def frames(self, sentences: Sequence[str]) -> NDArray[np.float64]:
        """Return the logits of this reading alone, shape (n, 3)."""
        vectors = self.vectorizer.transform(sentences)
        return np.asarray(vectors @ self.frame_weights.T + self.frame_bias, dtype=np.float64)

    def weighed(self, first: NDArray[np.float64], own: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what the logits of both readings say together."""
        return self.trust * first + own
