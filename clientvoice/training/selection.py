"""Rows of a user's labels, and what corrections learnt from them say of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix, diags

from clientvoice.corpora.sentences import Example
from clientvoice.framing.model import SentenceModel
from clientvoice.framing.second import SecondReading
from clientvoice.records import FRAMES
from clientvoice.training.correction import Design, Floats, fit_path, surprise

STRENGTHS = (0.0, 0.03, 0.1, 0.3, 1.0, 3.0)
"""How far a correction may go (``C`` of logistic regression); 0 keeps the base."""

FOLDS = 5

BALANCE = 0.4
"""As in training from scratch: rare labels weigh a little more."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What every fit reads: vectors, the base's logits, labels, weights and groups, a row a sentence.

    Where the base reads a sentence twice, a correction of its heads moves the
    first reading only, and that counts less then: ``frame_matrix`` and ``cue_matrix``
    are the design's with those rows the smaller. What is judged of frames is exact: a
    correction that makes the first reading sure, or doubtful, also decides who reads
    (see :meth:`settled`). Cues are taken to be read by whom the base has read them.
    """

    design: Design
    frame_matrix: csr_matrix
    cue_matrix: csr_matrix
    first: Floats
    second: SecondReading | None
    own: Floats
    start: Floats
    cue_start: Floats
    labels: NDArray[np.int64]
    targets: Floats
    weights: Floats
    groups: NDArray[np.int64]

    @classmethod
    def of(cls, model: SentenceModel, examples: Sequence[Example]) -> Rows:
        """Read the examples once: their vectors, and what the base says of them."""
        texts = [example.text for example in examples]
        vectors = [branch.vectorizer.transform(texts) for branch in model.branches]
        first = np.tile(model.frame_bias, (len(examples), 1))
        cue_start = np.tile(model.cue_bias, (len(examples), 1))
        for branch, part in zip(model.branches, vectors, strict=True):
            first += np.asarray(part @ branch.frame_weights.T, dtype=np.float64)
            cue_start += np.asarray(part @ branch.cue_weights.T, dtype=np.float64)
        design, own, start = Design.of(vectors), first, first
        frame_counts, cue_counts = np.ones((2, len(examples)))
        if model.second:
            own, own_cues = model.second.logits(texts)
            start = model.second.chosen(first, own)
            doubt = model.second.in_doubt(first)
            frame_counts[doubt], cue_counts[doubt] = model.second.trust, model.second.cue_trust
            cue_start = model.second.chosen_cues(first, cue_start, own_cues)
        labels = np.array([FRAMES.index(example.label) for example in examples])
        shares = np.bincount(labels, minlength=len(FRAMES))[labels] / len(labels)
        weights = (1 / (len(FRAMES) * shares)) ** BALANCE
        groups = np.unique([example.group for example in examples], return_inverse=True)[1]
        return cls(
            design, _scaled(design, frame_counts), _scaled(design, cue_counts),
            first, model.second, own, start, cue_start,
            labels, np.eye(len(FRAMES))[labels], weights / weights.mean(), groups,
        )  # fmt: skip

    def settled(self, rows: NDArray[np.int64], correction: Floats) -> Floats:
        """Return the logits of some rows as a model with this correction would settle them."""
        first = self.first[rows] + self.design.matrix[rows] @ correction.T
        return self.second.chosen(first, self.own[rows]) if self.second else first

    def folds(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Yield training and held-out rows; senders stay whole, unless there is only one."""
        from sklearn.model_selection import GroupKFold

        groups = self.groups if self.groups.any() else np.arange(len(self.groups))
        yield from GroupKFold(min(FOLDS, int(groups.max()) + 1)).split(groups, groups=groups)


def _scaled(design: Design, counts: Floats) -> csr_matrix:
    return (diags(counts) @ design.matrix).tocsr()


def unseen_logits(rows: Rows) -> Floats:
    """Return logits at each strength from heads that saw nothing of a row's sender."""
    unseen = np.repeat(rows.start[None], len(STRENGTHS), axis=0)
    matrix = rows.frame_matrix
    for seen, held in rows.folds():
        path = fit_path(
            matrix[seen], rows.start[seen], rows.targets[seen], STRENGTHS[1:], weights=rows.weights[seen]
        )
        for at, correction in enumerate(path, 1):
            unseen[at, held] = rows.settled(held, correction)
    return unseen


def by_frequency(rows: Rows) -> Floats:
    """Return the base's logits, shifted by how often each label stands in the other folds.

    Heads that are no better than this have learnt nothing of what sentences say.
    """
    judged = rows.start.copy()
    for seen, held in rows.folds():
        judged[held] += _shift(rows.start[seen], rows.targets[seen], rows.weights[seen])
    return judged


def _shift(logits: Floats, targets: Floats, weights: Floats) -> Floats:
    def loss(shift: Floats) -> float:
        return float((surprise(logits + shift, targets) * weights).sum() + 0.05 * (shift**2).sum())

    return np.asarray(minimize(loss, np.zeros(len(FRAMES)), method="L-BFGS-B").x)


def sharpness(logits: Floats, targets: Floats) -> float:
    """Return the factor that calibrates logits, drawn toward 1 as by a prior of a fifth."""

    def loss(log_factor: float) -> float:
        return float(surprise(logits * np.exp(log_factor), targets).sum() + 12.5 * log_factor**2)

    return float(np.exp(minimize_scalar(loss, bounds=(-1.0, 1.0), method="bounded").x))
