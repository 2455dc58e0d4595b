"""Calibrate on senders that training never saw: blend branches, match their class shares, set thresholds.

A weak model may shift its classes for the sake of macro-F1: the likeliest label
of honest but unsure probabilities is nearly always the commonest. A strong one
should not: on other senders the shift lost more than it had won here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_softmax
from sklearn.metrics import f1_score

from clientvoice.evaluation.measures import calibration_error
from clientvoice.framing.model import CUES, TAKEAWAYS, Scores

MAX_CALIBRATION_ERROR = 0.025
"""A class shift that costs more calibration than this is not worth its F1."""

Logits = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What turns the logits of branches into calibrated ones.

    Parameters
    ----------
    frame_scale : ndarray of shape (n_branches,)
    frame_bias : ndarray of shape (3,)
        Added after scaling.
    cue_scale : ndarray of shape (n_branches, 14)
    cue_bias : ndarray of shape (14,)
    cue_thresholds : ndarray of shape (14,)
    """

    frame_scale: NDArray[np.float64]
    frame_bias: NDArray[np.float64]
    cue_scale: NDArray[np.float64]
    cue_bias: NDArray[np.float64]
    cue_thresholds: NDArray[np.float64]

    def frames(self, branches: Logits) -> Logits:
        """Return calibrated frame logits from those of shape (n_branches, n, 3)."""
        return np.asarray(np.tensordot(self.frame_scale, branches, axes=1) + self.frame_bias)

    def cues(self, branches: Logits) -> Logits:
        """Return calibrated cue logits from those of shape (n_branches, n, 14)."""
        return np.asarray((self.cue_scale[:, None, :] * branches).sum(axis=0) + self.cue_bias)

    def scores(self, frames: Logits, cues: Logits) -> Scores:
        """Return both as scores that say nothing of the wording of a message yet."""
        return Scores(self.frames(frames), self.cues(cues), np.zeros((frames.shape[1], TAKEAWAYS)))


def calibrate(
    frames: Logits,
    cues: Logits,
    labels: NDArray[np.int64],
    present: NDArray[np.bool_],
    *,
    shift_classes: bool = False,
) -> Calibration:
    """Fit a calibration on out-of-fold logits.

    Parameters
    ----------
    frames : ndarray of shape (n_branches, n, 3)
    cues : ndarray of shape (n_branches, n, 14)
    labels : ndarray of shape (n,)
        Column of the right frame.
    present : ndarray of shape (n, 14)
        Which cues each sentence carries.
    shift_classes : bool
        Whether rare classes are shifted for macro-F1.
    """
    scale, bias = _fit_frames(frames, labels)
    if shift_classes:
        logits = np.tensordot(scale, frames, axes=1) + bias
        bias = bias + _class_shift(logits, labels)
        temperature = _temperature(np.tensordot(scale, frames, axes=1) + bias, labels)
        scale, bias = scale * temperature, bias * temperature
    cue_scale, cue_bias = _fit_cues(cues, present)
    thresholds = _thresholds((cue_scale[:, None, :] * cues).sum(axis=0) + cue_bias, present)
    return Calibration(scale, bias, cue_scale, cue_bias, thresholds)


def _fit_frames(
    branches: Logits, labels: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Vector scaling (Guo et al. 2017) over several branches: one scale a branch, one bias a class."""
    count = len(branches)

    def loss(parameters: NDArray[np.float64]) -> float:
        logits = np.tensordot(parameters[:count], branches, axes=1) + parameters[count:]
        odds = log_softmax(logits, axis=1)
        return float(-odds[np.arange(len(labels)), labels].mean() + 1e-3 * (parameters**2).sum())

    found = minimize(loss, np.r_[np.full(count, 1 / count), np.zeros(branches.shape[2])], method="L-BFGS-B")
    return np.asarray(found.x[:count]), np.asarray(found.x[count:])


def _class_shift(logits: Logits, labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Shift the rare classes for macro-F1 as far as calibration bears it; neutral stays."""
    best, shift = -1.0, np.zeros(3)
    for client in np.arange(-0.2, 0.85, 0.1):
        for customer in np.arange(-0.2, 0.65, 0.1):
            moved = logits + np.array([client, customer, 0.0])
            moved = moved * _temperature(moved, labels)
            chances = np.exp(log_softmax(moved, axis=1))
            error = calibration_error(chances.max(axis=1), chances.argmax(axis=1) == labels)
            score = f1_score(labels, moved.argmax(axis=1), average="macro")
            score -= max(0.0, error - MAX_CALIBRATION_ERROR)
            if score > best:
                best, shift = score, np.array([client, customer, 0.0])
    return shift


def _temperature(logits: Logits, labels: NDArray[np.int64]) -> float:
    """Return the factor by which the top probabilities match how often they are right."""
    right = logits.argmax(axis=1) == labels
    factors = np.arange(0.6, 1.6, 0.05)
    gaps = [
        abs(np.exp(log_softmax(logits * factor, axis=1)).max(axis=1).mean() - right.mean())
        for factor in factors
    ]
    return float(factors[int(np.argmin(gaps))])


def _fit_cues(
    branches: Logits, present: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Blend the branches by scales common to all cues (a rare one could not carry its own)."""
    count, width = len(branches), len(CUES)

    def loss(parameters: NDArray[np.float64]) -> float:
        logits = np.tensordot(parameters[:count], branches, axes=1) + parameters[count:]
        sign = np.where(present, 1.0, -1.0)
        return float(np.logaddexp(0, -sign * logits).sum(axis=1).mean() + 1e-3 * (parameters**2).sum())

    def slope(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        error = (
            expit(np.tensordot(parameters[:count], branches, axes=1) + parameters[count:]) - present
        ) / len(present)
        return np.asarray(
            np.r_[[(error * branch).sum() for branch in branches], error.sum(axis=0)] + 2e-3 * parameters
        )

    start = np.r_[np.full(count, 1 / count), np.zeros(width)]
    found: Any = minimize(loss, start, jac=slope, method="L-BFGS-B")
    return np.repeat(found.x[:count, None], width, axis=1), found.x[count:]


def _thresholds(logits: Logits, present: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return each cue's threshold of best F1, drawn toward the common one where examples are few."""
    grid = np.arange(-2.5, 1.5, 0.1)
    common = max(grid, key=lambda level: f1_score(present, logits > level, average="micro", zero_division=0))
    thresholds = np.full(len(CUES), common)
    for column in range(len(CUES)):
        support = int(present[:, column].sum())
        if support >= 20:
            own = max(
                grid,
                key=lambda level: f1_score(present[:, column], logits[:, column] > level, zero_division=0),
            )
            trust = support / (support + 150)
            thresholds[column] = trust * own + (1 - trust) * common
    return thresholds
