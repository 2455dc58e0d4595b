"""Sentences to a message: a small fitted model whose parts can be shown.

What a reader takes away is summed up in named features (how much care, how
much selling, where it stands, which cues); two linear models on them give the
label and the score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from clientvoice.framing.model import CUES, VIEWS, Scores, takeaway_columns
from clientvoice.records import FRAMES, MESSAGE_LABELS, UNCOUNTED, MessageLabel, Sentence

_CLIENT, _CUSTOMER = FRAMES.index("client"), FRAMES.index("customer")
_SHAPES = ("mean", "strongest", "strongest three", "share")
PLACES = ("subject", "opening", "close")
_LONG = 25
"""Words from which a sentence weighs no more: a long one is not read twice as hard."""

_FARTHEST = 5.0
"""Standard deviations that a feature may lie from its mean: one rare cue in a note of one line would
else outweigh all that was learned from whole messages."""


@dataclass(frozen=True, slots=True)
class MessageFraming:
    """A message's label, its probabilities, the score and what it was made of.

    Parameters
    ----------
    label : str
    score : float
        0 (customer) to 100 (client).
    probabilities : dict
        Of the four labels, summing to one.
    parts : dict
        Each feature's share of the score, in points; with the constant
        ``"start"`` they sum to the score before it is clipped to 0-100.
    """

    label: MessageLabel
    score: float
    probabilities: Mapping[str, float]
    parts: dict[str, float]


@dataclass(frozen=True, slots=True)
class MessageModel:
    """Standardised features, a multinomial label model and a linear score.

    Parameters
    ----------
    center, scale, score_weights : ndarray of shape (n_features,)
    label_weights : ndarray of shape (4, n_features)
    label_bias : ndarray of shape (4,)
        Rows in the order of :data:`clientvoice.records.MESSAGE_LABELS`.
    score_bias : ndarray of shape (1,)
    """

    center: NDArray[np.float64]
    scale: NDArray[np.float64]
    label_weights: NDArray[np.float64]
    label_bias: NDArray[np.float64]
    score_weights: NDArray[np.float64]
    score_bias: NDArray[np.float64]

    @staticmethod
    def feature_names() -> tuple[str, ...]:
        """Return the names of the features, in column order."""
        shapes = tuple(f"{frame} {shape}" for frame in ("client", "customer") for shape in _SHAPES)
        read = tuple(f"{head} {view}" for view in ("wording", "gist") for head in (*MESSAGE_LABELS, "score"))
        return (*shapes, "balance", "length", *PLACES, *CUES, *read)

    def frame(self, sentences: Sequence[Sentence], scores: Scores) -> MessageFraming:
        """Judge one message by its sentences and their scores.

        Footers and quotes do not count. A message without any counted sentence
        is neutral, with a score of 50.
        """
        counted = [row for row, sentence in enumerate(sentences) if sentence.kind not in UNCOUNTED]
        if not counted:
            even: dict[str, float] = {label: float(label == "neutral") for label in MESSAGE_LABELS}
            return MessageFraming("neutral", 50.0, even, {"start": 50.0})
        features = message_features([sentences[row] for row in counted], scores, counted)
        standard = np.clip((features - self.center) / self.scale, -_FARTHEST, _FARTHEST)
        odds = softmax(self.label_weights @ standard + self.label_bias)
        shares = self.score_weights * standard
        score = float(np.clip(shares.sum() + self.score_bias[0], 0, 100))
        return MessageFraming(
            label=MESSAGE_LABELS[int(odds.argmax())],
            score=round(score, 2),
            probabilities=dict(zip(MESSAGE_LABELS, odds.tolist(), strict=True)),
            parts={
                "start": float(self.score_bias[0]),
                **{name: float(share) for name, share in zip(self.feature_names(), shares, strict=True)},
            },
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the learned arrays by name, as the store keeps them."""
        names = ("center", "scale", "label_weights", "label_bias", "score_weights", "score_bias")
        return {name: getattr(self, name) for name in names}


def sentence_weights(sentences: Sequence[Sentence]) -> NDArray[np.float64]:
    """Return what each sentence counts in its message, shape (n,), summing to one.

    Examples
    --------
    >>> short, long = Sentence(0, 3, "Hi!"), Sentence(4, 40, "We rang you on Monday and again today.")
    >>> sentence_weights([short, long]).round(2).tolist()
    [0.32, 0.68]
    """
    words = np.array([min(len(sentence.text.split()), _LONG) for sentence in sentences], dtype=np.float64)
    weight = np.sqrt(words + 1)
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def pooled(branch: str, rows: Any, weights: NDArray[np.float64]) -> Any:
    """Return what the rows of a message's sentences come to for a branch that reads it as a whole.

    Parameters
    ----------
    branch : str
        One of :data:`clientvoice.framing.model.VIEWS`.
    rows : ndarray or csr_matrix of shape (n, n_columns)
        Vectors, or what heads make of them: it is the same before and after.
    weights : ndarray of shape (n,)
        See :func:`sentence_weights`.

    Examples
    --------
    >>> pooled("encoder", np.array([[1.0], [4.0]]), np.array([0.5, 0.5])).tolist()
    [2.5]
    """
    if branch == "encoder":
        return weights @ rows
    # N-gram vectors have unit length and hardly overlap: over the root of their number their sum has it too.
    return rows.sum(axis=0) / np.sqrt(rows.shape[0])


def message_features(
    sentences: Sequence[Sentence], scores: Scores, rows: Sequence[int]
) -> NDArray[np.float64]:
    """Return the features of one message, shape (n_features,).

    Parameters
    ----------
    sentences : sequence of Sentence
        The counted sentences only, at least one.
    scores : Scores
        Of all sentences of the message.
    rows : sequence of int
        Where the counted sentences stand in ``scores``.
    """
    chances = scores.probabilities[list(rows)]
    cues = scores.cue_probabilities[list(rows)]
    weight = sentence_weights(sentences)
    shapes: list[float] = []
    for frame in (_CLIENT, _CUSTOMER):
        column = chances[:, frame]
        top = np.sort(column)[::-1]
        shapes += [
            float(weight @ column),
            float(top[0]),
            float(top[:3].mean()),
            float(weight @ (chances.argmax(axis=1) == frame)),
        ]
    lean = chances[:, _CLIENT] - chances[:, _CUSTOMER]
    care, sale = chances[:, _CLIENT].sum() + 0.3, chances[:, _CUSTOMER].sum() + 0.3
    third = max(1, len(lean) // 3)
    subject = next((lean[i] for i, sentence in enumerate(sentences) if sentence.kind == "subject"), 0.0)
    places = [float(subject), float(lean[:third].mean()), float(lean[-third:].mean())]
    takeaways = scores.takeaways[list(rows)]
    read = [pooled(branch, takeaways[:, takeaway_columns(branch)], weight) for branch in VIEWS]
    shapes += [float(np.log(care / sale)), float(np.log(len(lean)))]
    return np.array([*shapes, *places, *(weight @ cues), *np.concatenate(read)], dtype=np.float64)
