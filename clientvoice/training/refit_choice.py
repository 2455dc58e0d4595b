"""Which strength a user's labels call for: the weakest that unseen senders bear out, none where none does.

Labels without sense make any correction that flattens its base look good, and labels that only
confirm the base any that sharpens it: both predict unseen rows better and teach nothing about
sentences. So each strength, the base among them, is first put on the scale that suits it best and
told how often each label is given; what a correction is better by then, it read in the sentences.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import softmax

from clientvoice.records import FRAMES
from clientvoice.training.correction import Floats, surprise
from clientvoice.training.selection import STRENGTHS, Rows, sharpness

PROOF = 3.0
"""Standard errors by which the best must be better than the base for any to be taken. It is the best
of five in hindsight, on folds that share most of their rows: of labels without sense, some reach 2.5;
labels that teach a house's own words, or pairs of contrasts, begin at 6."""

CAUTION = 1.0
"""Standard errors by which a stronger correction must be better than a weaker one to be taken
(Breiman et al. 1984, *Classification and Regression Trees*: the one-standard-error rule)."""

_PRIOR = 0.05
"""What draws a scale to one and the shifts to zero: next to nothing, but few rows cannot run away."""


def losses_of(rows: Rows, unseen: Floats) -> Floats:
    """Return the log-loss of each row at each strength, rescaled by other folds: (n_strengths, n)."""
    losses = np.empty(unseen.shape[:2])
    for seen, held in rows.folds():
        for at, logits in enumerate(unseen):
            scale, shift = _scale(logits[seen], rows.targets[seen], rows.weights[seen])
            losses[at, held] = surprise(logits[held] * scale + shift, rows.targets[held])
    return losses * rows.weights


def chosen(rows: Rows, losses: Floats, judged: NDArray[np.int64]) -> int:
    """Return the weakest strength that is as good as the best, but for what chance explains.

    The base, which is strength 0, stays where no other is surely better.

    Parameters
    ----------
    rows : Rows
    losses : ndarray of shape (n_strengths, n)
        See :func:`losses_of`.
    judged : ndarray of int
        The rows to choose by.
    """
    own = losses[:, judged]
    best = int(own.mean(axis=1).argmin())
    for at in range(best):
        lead = own[at] - own[best]
        needed = CAUTION if STRENGTHS[at] else PROOF
        if lead.mean() <= needed * _standard_error(lead, rows.groups[judged]):
            return at
    return best


def honest(rows: Rows, unseen: Floats, losses: Floats) -> Floats:
    """Return logits whose strength and calibration, too, were chosen on other folds."""
    judged = rows.start.copy()
    for seen, held in rows.folds():
        strength = chosen(rows, losses, seen)
        if STRENGTHS[strength]:
            judged[held] = unseen[strength, held] * sharpness(unseen[strength, seen], rows.targets[seen])
    return judged


def _standard_error(lead: Floats, groups: NDArray[np.int64]) -> float:
    """Return that of a mean over senders or over rows, the wider: a lone sender has no spread."""
    rest = lead - lead.mean()
    return float(max(np.linalg.norm(np.bincount(groups, rest)), np.linalg.norm(rest)) / len(lead))


def _scale(logits: Floats, targets: Floats, weights: Floats) -> tuple[float, Floats]:
    """Return the factor and the shifts that calibrate logits best: a convex fit of four numbers."""

    def loss(numbers: Floats) -> tuple[float, Floats]:
        scale, shift = numbers[0], numbers[1:]
        moved = logits * scale + shift
        off = (softmax(moved, axis=1) - targets) * weights[:, None]
        drawn = np.array([scale - 1, *shift])
        slope = np.array([(off * logits).sum(), *off.sum(axis=0)])
        return float(surprise(moved, targets) @ weights + _PRIOR * drawn @ drawn), slope + 2 * _PRIOR * drawn

    start = np.array([1.0, *np.zeros(len(FRAMES))])
    bounds = [(0.0, None), *[(None, None)] * len(FRAMES)]  # below zero a base would be read upside down
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(found[0]), np.asarray(found[1:])
