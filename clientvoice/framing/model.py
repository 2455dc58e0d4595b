"""The sentence model: vectors in branches, linear heads for frames and cues on each.

A branch is a vectoriser with the weights of its columns. Logits of all branches
add up, calibration is folded into weights and biases, so a probability is the
softmax of a sum over features and every word's share of it is exact. What is
still in doubt then may be read again (see :mod:`clientvoice.framing.second`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_softmax

from clientvoice.framing.second import SecondReading
from clientvoice.records import CUES as CUES  # where every user of a model looks for its columns
from clientvoice.records import FRAMES, MESSAGE_LABELS
from clientvoice.vectors.shares import Shares, Vectorizer

HEADS = len(MESSAGE_LABELS) + 1
"""The four message labels and the score: what a branch may read off a whole message."""

VIEWS = ("ngrams", "encoder")
"""The branches that read whole messages: their wording, and their gist."""

TAKEAWAYS = HEADS * len(VIEWS)


def takeaway_columns(branch: str) -> slice:
    """Return where the takeaways of a branch stand.

    Examples
    --------
    >>> takeaway_columns("encoder")
    slice(5, 10, None)
    """
    first = HEADS * VIEWS.index(branch)
    return slice(first, first + HEADS)


@dataclass(frozen=True, slots=True)
class Branch:
    """A vectoriser with the weights of its columns.

    Parameters
    ----------
    name : str
        ``ngrams`` or ``encoder``.
    vectorizer : Vectorizer
    frame_weights : ndarray of shape (3, n_features)
        Rows in the order of :data:`clientvoice.records.FRAMES`.
    cue_weights : ndarray of shape (14, n_features)
        Rows in the order of :data:`CUES`.
    takeaway_weights : ndarray of shape (5, n_features), optional
        See :class:`Scores`.
    """

    name: str
    vectorizer: Vectorizer
    frame_weights: NDArray[np.float64]
    cue_weights: NDArray[np.float64]
    takeaway_weights: NDArray[np.float64] | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """What a model says of many sentences.

    Parameters
    ----------
    frames : ndarray of shape (n, 3)
        Calibrated logits.
    cues : ndarray of shape (n, 14)
        Log-odds.
    takeaways : ndarray of shape (n, 10)
        What each sentence adds to the wording of its message, and to its gist:
        for each of both one column a message label, and the score.
    """

    frames: NDArray[np.float64]
    cues: NDArray[np.float64]
    takeaways: NDArray[np.float64]

    @classmethod
    def joined(cls, parts: Sequence[Scores]) -> Scores:
        """Return the rows of all parts, in order."""
        if not parts:
            return cls(np.zeros((0, len(FRAMES))), np.zeros((0, len(CUES))), np.zeros((0, TAKEAWAYS)))
        return cls(
            np.concatenate([part.frames for part in parts]),
            np.concatenate([part.cues for part in parts]),
            np.concatenate([part.takeaways for part in parts]),
        )

    def take(self, rows: Sequence[int] | slice) -> Scores:
        """Return the scores of some of the sentences."""
        return Scores(self.frames[rows], self.cues[rows], self.takeaways[rows])

    @property
    def probabilities(self) -> NDArray[np.float64]:
        """Probabilities of the frames, shape (n, 3), rows summing to one."""
        return np.asarray(np.exp(log_softmax(self.frames, axis=1)), dtype=np.float64)

    @property
    def cue_probabilities(self) -> NDArray[np.float64]:
        """Probability of each cue, shape (n, 14)."""
        return np.asarray(expit(self.cues), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """Branches, biases and thresholds: all that is learned about sentences.

    Parameters
    ----------
    branches : tuple of Branch
    frame_bias : ndarray of shape (3,)
    cue_bias : ndarray of shape (14,)
    cue_thresholds : ndarray of shape (14,)
        Log-odds from which a cue is named.
    uncertain_below : float
        A sentence whose top probability is lower is flagged as uncertain.
    second : SecondReading, optional
        Settles frames and cues of sentences that the branches leave in doubt;
        takeaways are the branches' alone.
    """

    branches: tuple[Branch, ...]
    frame_bias: NDArray[np.float64]
    cue_bias: NDArray[np.float64]
    cue_thresholds: NDArray[np.float64]
    uncertain_below: float = 0.6
    second: SecondReading | None = None

    def score(self, sentences: Sequence[str]) -> Scores:
        """Return calibrated logits; equal sentences are read once."""
        if not sentences:
            return Scores.joined(())
        distinct = list(dict.fromkeys(sentences))
        frames = np.tile(self.frame_bias, (len(distinct), 1))
        cues = np.tile(self.cue_bias, (len(distinct), 1))
        takeaways = np.zeros((len(distinct), TAKEAWAYS))
        for branch in self.branches:
            vectors = branch.vectorizer.transform(distinct)
            frames += np.asarray(vectors @ branch.frame_weights.T, dtype=np.float64)
            cues += np.asarray(vectors @ branch.cue_weights.T, dtype=np.float64)
            if branch.takeaway_weights is not None:
                columns = takeaway_columns(branch.name)
                takeaways[:, columns] += np.asarray(vectors @ branch.takeaway_weights.T, dtype=np.float64)
        if self.second:
            frames, cues = self.second.settled(distinct, frames, cues)
        position = {sentence: row for row, sentence in enumerate(distinct)}
        rows = [position[sentence] for sentence in sentences]
        return Scores(frames[rows], cues[rows], takeaways[rows])

    def frame_shares(self, sentence: str) -> Shares:
        """Return the parts of the log-odds of client against customer, one column; a bias has no place."""
        shares = self._first_shares(sentence)
        if again := self._again(shares):
            shares = again.frame_shares(sentence, shares)
        client, customer = FRAMES.index("client"), FRAMES.index("customer")
        return shares._replace(values=shares.values[:, [client]] - shares.values[:, [customer]])

    def first_cue_shares(self, sentence: str, cues: Sequence[str] = CUES) -> Shares:
        """Return the parts of the log-odds of some cues by the first reading, a column a cue in order."""
        columns = [CUES.index(cue) for cue in cues]
        parts = [
            branch.vectorizer.shares(sentence, branch.cue_weights.T, columns) for branch in self.branches
        ]
        return Shares.joined([*parts, Shares.unplaced(self.cue_bias[columns])])

    def _first_shares(self, sentence: str) -> Shares:
        """Return the parts of the first reading's logits, a column a frame."""
        parts = [branch.vectorizer.shares(sentence, branch.frame_weights.T) for branch in self.branches]
        return Shares.joined([*parts, Shares.unplaced(self.frame_bias)])

    def _again(self, first: Shares) -> SecondReading | None:
        """Return who reads a sentence again, if the first reading leaves it in doubt."""
        if self.second and self.second.in_doubt(first.values.sum(axis=0, keepdims=True))[0]:
            return self.second
        return None
