"""The sentence model: vectors in branches, linear heads for frames and cues on each.

A branch is a vectoriser with the weights of its columns. Logits of all branches
add up, calibration is folded into weights and biases, so a probability is the
softmax of a sum over features and every word's share of it is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_softmax

from clientvoice.records import FRAMES

CUES: tuple[str, ...] = (
    "protection", "best_interest", "relationship", "support", "reassurance", "candour", "appreciation",
    "price", "pressure", "sales_push", "self_promotion", "depersonalization", "conditions", "solicitation",
)  # fmt: skip
"""The cues of the labelling guide, client cues first, in the order of every cue column."""

Share = tuple[float, int, int]
"""A part of a logit and the half-open span of the sentence it comes from; an empty span is the bias."""


class Vectorizer(Protocol):
    """What a branch needs: a matrix for many sentences, and one sentence's shares."""

    def transform(self, X: Sequence[str], /) -> Any:  # noqa: N803
        """Return one row a sentence."""

    def shares(self, sentence: str, weights: NDArray[np.float64]) -> Iterator[Share]:
        """Yield parts that sum to ``row @ weights``, with their spans in the sentence."""


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
    """

    name: str
    vectorizer: Vectorizer
    frame_weights: NDArray[np.float64]
    cue_weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scores:
    """Calibrated logits of many sentences: frames (n, 3) and cues (n, 14)."""

    frames: NDArray[np.float64]
    cues: NDArray[np.float64]

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
    """

    branches: tuple[Branch, ...]
    frame_bias: NDArray[np.float64]
    cue_bias: NDArray[np.float64]
    cue_thresholds: NDArray[np.float64]
    uncertain_below: float = 0.5
    settings: dict[str, Any] = field(default_factory=dict, repr=False)

    def score(self, sentences: Sequence[str]) -> Scores:
        """Return calibrated logits; equal sentences are read once."""
        if not sentences:
            return Scores(np.zeros((0, len(FRAMES))), np.zeros((0, len(CUES))))
        distinct = list(dict.fromkeys(sentences))
        frames = np.tile(self.frame_bias, (len(distinct), 1))
        cues = np.tile(self.cue_bias, (len(distinct), 1))
        for branch in self.branches:
            vectors = branch.vectorizer.transform(distinct)
            frames += np.asarray(vectors @ branch.frame_weights.T, dtype=np.float64)
            cues += np.asarray(vectors @ branch.cue_weights.T, dtype=np.float64)
        position = {sentence: row for row, sentence in enumerate(distinct)}
        rows = [position[sentence] for sentence in sentences]
        return Scores(frames[rows], cues[rows])

    def frame_shares(self, sentence: str) -> Iterator[Share]:
        """Yield the parts of the log-odds of client against customer, the bias first."""
        client, customer = FRAMES.index("client"), FRAMES.index("customer")
        yield float(self.frame_bias[client] - self.frame_bias[customer]), 0, 0
        for branch in self.branches:
            weights = branch.frame_weights
            yield from branch.vectorizer.shares(sentence, weights[client] - weights[customer])

    def cue_shares(self, sentence: str, cue: str) -> Iterator[Share]:
        """Yield the parts of one cue's log-odds, the bias first."""
        row = CUES.index(cue)
        yield float(self.cue_bias[row]), 0, 0
        for branch in self.branches:
            yield from branch.vectorizer.shares(sentence, branch.cue_weights[row])
