"""The measures that cards and ``clientvoice evaluate`` report.

Macro-F1 is everywhere the mean over the labels that occur in the gold labels. One that
only a model names costs it the rows that it named so, and no more: models that name
different labels are divided by the same number.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax
from scipy.stats import spearmanr
from sklearn.metrics import f1_score, precision_recall_fscore_support

from clientvoice.framing.model import CUES
from clientvoice.records import FRAMES, MESSAGE_LABELS

if TYPE_CHECKING:
    from clientvoice.corpora.messages import LabelledMessage
    from clientvoice.framing.messages import MessageModel
    from clientvoice.framing.model import Scores

FEW = 8
"""Fewer groups than these say little about what varies among groups.

Six that all gain by chance are no rarer than one set in sixty-four, and resampling groups alone
would call them sure.
"""


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_], *, bins: int = 10) -> float:
    """Return the expected calibration error: mean gap of confidence and accuracy, in [0, 1].

    Ten bins of equal width (Guo et al. 2017, *On Calibration of Modern Neural Networks*).

    Examples
    --------
    >>> import numpy as np
    >>> calibration_error(np.array([0.9, 0.9]), np.array([True, True])).__round__(2)
    0.1
    """
    edges = np.linspace(0, 1, bins + 1)
    total = 0.0
    for low, high in pairwise(edges):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            total += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
    return float(total)


def macro_f1(gold: Sequence[Any] | NDArray[Any], predicted: Sequence[Any] | NDArray[Any]) -> float:
    """Return the mean F1 of the labels that occur in ``gold``.

    Examples
    --------
    >>> macro_f1(["client", "customer"], ["client", "neutral"])
    0.5
    """
    labels = np.unique(np.asarray(gold))
    return float(f1_score(gold, predicted, labels=labels, average="macro", zero_division=0))


def macro_f1_interval(
    gold: NDArray[Any], predicted: NDArray[Any], groups: Sequence[str], *, rounds: int = 1000, seed: int = 0
) -> tuple[float, float] | None:
    """Return the 95 % bootstrap interval of :func:`macro_f1`, resampling whole senders.

    It is None below :data:`FEW` senders: drawn from one, it would have no width at all.

    Examples
    --------
    >>> gold = np.arange(9) % 3
    >>> macro_f1_interval(gold, gold, list("abcdefghi"), rounds=20) is None
    False
    >>> macro_f1_interval(gold, gold, ["a"] * 9) is None
    True
    """
    rng = np.random.default_rng(seed)
    names, owner = np.unique(np.asarray(groups), return_inverse=True)
    if len(names) < FEW:
        return None
    members = [np.flatnonzero(owner == index) for index in range(len(names))]
    labels = sorted(set(gold.tolist()))
    scores = []
    for _ in range(rounds):
        rows = np.concatenate([members[index] for index in rng.integers(len(names), size=len(names))])
        scores.append(f1_score(gold[rows], predicted[rows], labels=labels, average="macro", zero_division=0))
    low, high = np.percentile(scores, [2.5, 97.5])
    return round(float(low), 3), round(float(high), 3)


def label_figures(gold: Sequence[str], predicted: Sequence[str], labels: Sequence[str]) -> dict[str, Any]:
    """Return macro-F1 (see :func:`macro_f1`), accuracy and precision, recall, F1 and support per label.

    Where no row has a label, its precision, recall and F1 are None.

    Examples
    --------
    >>> label_figures(["client"], ["client"], ["client", "customer"])["per_label"]["customer"]["f1"] is None
    True
    """
    found = precision_recall_fscore_support(gold, predicted, labels=labels, zero_division=0)
    return {
        "items": len(gold),
        "macro_f1": round(macro_f1(gold, predicted), 4),
        "accuracy": round(float(np.mean(np.asarray(gold) == np.asarray(predicted))), 4),
        "per_label": _by_name(labels, found),
    }


def _by_name(names: Sequence[str], found: Sequence[Any]) -> dict[str, dict[str, float | None]]:
    """Return the figures of each name; those of one that no row has are None, for nothing tells them."""
    return {
        name: {
            **{
                key: round(float(values[row]), 3) if found[3][row] else None
                for key, values in zip(("precision", "recall", "f1"), found, strict=False)
            },
            "support": int(found[3][row]),
        }
        for row, name in enumerate(names)
    }


def frame_figures(logits: NDArray[np.float64], labels: NDArray[np.int64]) -> dict[str, Any]:
    """Return :func:`label_figures` of the likeliest frames, and the calibration error.

    Examples
    --------
    >>> frame_figures(np.eye(3) * 20, np.arange(3))["expected_calibration_error"]
    0.0
    """
    chances = np.exp(log_softmax(logits, axis=1))
    top = chances.argmax(axis=1)
    figures = label_figures([FRAMES[i] for i in labels], [FRAMES[i] for i in top], FRAMES)
    error = calibration_error(chances.max(axis=1), top == labels)
    return figures | {"expected_calibration_error": round(error, 4)}


def sentence_figures(
    logits: NDArray[np.float64],
    labels: NDArray[np.int64],
    groups: Sequence[str],
    cue_logits: NDArray[np.float64] | None = None,
    present: NDArray[np.bool_] | None = None,
    thresholds: NDArray[np.float64] | None = None,
) -> dict[str, Any]:
    """Return all figures of sentences: frames, interval, calibration and, where given, cues.

    The interval, ``macro_f1_95``, is None where there are too few senders for one.
    """
    chances = np.exp(log_softmax(logits, axis=1))
    top, confidence = chances.argmax(axis=1), chances.max(axis=1)
    figures = frame_figures(logits, labels)
    figures["senders"] = len(set(groups))
    figures["macro_f1_95"] = macro_f1_interval(labels, top, groups)
    figures["coverage"] = [
        {
            "at_least": level,
            "coverage": round(float((confidence >= level).mean()), 3),
            "accuracy": round(float((top == labels)[confidence >= level].mean()), 3),
        }
        for level in (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
        if (confidence >= level).any()
    ]
    if cue_logits is not None and present is not None and thresholds is not None:
        figures["cues"] = cue_figures(cue_logits > thresholds, present)
    return figures


def cue_figures(named: NDArray[np.bool_], present: NDArray[np.bool_]) -> dict[str, Any]:
    """Return micro-F1 of cues and the figures of each."""
    found = precision_recall_fscore_support(present, named, zero_division=0)
    return {
        "micro_f1": round(float(f1_score(present, named, average="micro", zero_division=0)), 4),
        "per_cue": _by_name(CUES, found),
    }


def message_figures(
    model: MessageModel, messages: Sequence[LabelledMessage], scores: Sequence[Scores]
) -> dict[str, Any]:
    """Return the figures of a message model on labelled messages."""
    framed = [model.frame(message.sentences, score) for message, score in zip(messages, scores, strict=True)]
    return score_figures(
        [message.label for message in messages],
        [framing.label for framing in framed],
        [message.score for message in messages],
        [framing.score for framing in framed],
    )


def score_figures(
    gold: Sequence[str], predicted: Sequence[str], gold_scores: Sequence[float], scores: Sequence[float]
) -> dict[str, Any]:
    """Return label figures, rank correlation, error, and the share on the right side of 50.

    The rank correlation is None where either side has one and the same score throughout.

    Examples
    --------
    >>> score_figures(["client"], ["client"], [90], [80])["score_spearman"] is None
    True
    """
    figures = label_figures(gold, predicted, MESSAGE_LABELS)
    polar = [(label == "client", score > 50) for label, score in zip(gold, scores, strict=True)
             if label in ("client", "customer")]  # fmt: skip
    ranked = len(set(gold_scores)) > 1 and len(set(scores)) > 1
    figures["score_spearman"] = round(float(spearmanr(gold_scores, scores).statistic), 4) if ranked else None
    figures["score_mean_absolute_error"] = round(float(np.abs(np.subtract(gold_scores, scores)).mean()), 2)
    figures["right_side_of_50"] = round(float(np.mean([a == b for a, b in polar])), 4) if polar else None
    return figures
