"""A second reading, by a deeper encoder, of the sentences that the first leaves in doubt.

Most sentences are plain, and a small model is sure of them. Only the others are
worth a network that costs several times as much (a cascade: Viola and Jones
2001; Wang et al. 2022, *Wisdom of Committees*). Where it is asked, its logits
and the first reading's are weighed against each other, frames by two numbers and cues
by two, so every word's share of what is decided stays exact.
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
    """A vectoriser with linear heads that is asked where the first reading is in doubt.

    Parameters
    ----------
    vectorizer : Vectorizer
    frame_weights : ndarray of shape (3, n_features)
        Calibrated; rows in the order of :data:`clientvoice.records.FRAMES`.
    frame_bias : ndarray of shape (3,)
    cue_weights : ndarray of shape (14, n_features)
        Calibrated; rows in the order of :data:`clientvoice.records.CUES`.
    cue_bias : ndarray of shape (14,)
    below : float
        In doubt is a sentence whose top probability is lower than this.
    trust, cue_trust : float
        What the first reading's logits of frames, and of cues, are multiplied by where this one is asked.
    sharpness : float
        What the logits of both readings were multiplied by afterwards, to calibrate
        them to somebody's own labels. Doubt is told without it.
    """

    vectorizer: Vectorizer
    frame_weights: NDArray[np.float64]
    frame_bias: NDArray[np.float64]
    cue_weights: NDArray[np.float64]
    cue_bias: NDArray[np.float64]
    below: float
    trust: float
    cue_trust: float
    sharpness: float = 1.0

    def settled(
        self, sentences: Sequence[str], frames: NDArray[np.float64], cues: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the first reading's logits of frames and of cues, with those in doubt weighed anew.

        Parameters
        ----------
        sentences : sequence of str
        frames : ndarray of shape (n, 3)
        cues : ndarray of shape (n, 14)
        """
        rows = np.flatnonzero(self.in_doubt(frames)).tolist()
        if not rows:
            return frames, cues
        own_frames, own_cues = self.logits([sentences[row] for row in rows])
        frames, cues = frames.copy(), cues.copy()
        frames[rows] = self.trust * frames[rows] + own_frames
        cues[rows] = self.cue_trust * cues[rows] + own_cues
        return frames, cues

    def chosen(self, first: NDArray[np.float64], own: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return settled frames, shape (n, 3), where this reading's own of all rows are known."""
        return np.where(self.in_doubt(first)[:, None], self.trust * first + own, first)

    def chosen_cues(
        self, frames: NDArray[np.float64], first: NDArray[np.float64], own: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return settled cues, shape (n, 14), given the first reading's frames and both readings' cues."""
        return np.where(self.in_doubt(frames)[:, None], self.cue_trust * first + own, first)

    def frame_shares(self, sentence: str, first: Shares) -> Shares:
        """Return the shares of a doubtful sentence's settled frames, given those of the first reading."""
        own = self.vectorizer.shares(sentence, self.frame_weights.T)
        return Shares.joined([_times(first, self.trust), own, Shares.unplaced(self.frame_bias)])

    def in_doubt(self, frames: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which rows of first logits, shape (n, 3), are in doubt."""
        return np.asarray(log_softmax(frames / self.sharpness, axis=1).max(axis=1) < np.log(self.below))

    def logits(self, sentences: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what this reading alone says: logits of frames, shape (n, 3), and of cues, shape (n, 14)."""
        vectors = self.vectorizer.transform(sentences)
        frames = np.asarray(vectors @ self.frame_weights.T + self.frame_bias, dtype=np.float64)
        return frames, np.asarray(vectors @ self.cue_weights.T + self.cue_bias, dtype=np.float64)


def _times(shares: Shares, factor: float) -> Shares:
    return shares._replace(values=shares.values * factor)
