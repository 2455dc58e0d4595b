"""Corrections to a model's linear heads: small by an L2 penalty, so that no evidence means no change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack, issparse
from scipy.special import expit, log_softmax, softmax
from threadpoolctl import threadpool_limits

ITERATIONS = 60
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Design:
    """Frozen vectors of labelled sentences, all branches side by side and of one size.

    Parameters
    ----------
    matrix : csr_matrix of shape (n, n_live + 1)
        Only columns that occur; the last is constant.
    columns : tuple of ndarray
        Which columns of each branch occur.
    centers : tuple of ndarray
        What was subtracted from them.
    scales : tuple of float
        What they were then multiplied by.
    """

    matrix: csr_matrix
    columns: tuple[NDArray[np.int64], ...]
    centers: tuple[Floats, ...]
    scales: tuple[float, ...]

    @classmethod
    def of(cls, vectors: Sequence[Any]) -> Design:
        """Lay out the vectors of each branch; dense ones are centred, sparse ones stay sparse."""
        parts, columns, centers, scales = [], [], [], []
        for branch in vectors:
            dense = not issparse(branch)
            live = np.arange(branch.shape[1]) if dense else np.flatnonzero(branch.getnnz(axis=0))
            part = np.asarray(branch, dtype=np.float64) if dense else branch[:, live].astype(np.float64)
            center = part.mean(axis=0) if dense else np.zeros(len(live))
            part = csr_matrix(part - center if dense else part)
            norms = np.sqrt(part.multiply(part).sum(axis=1))
            scale = 1 / max(float(norms.mean()), 1e-9)
            parts.append(part * scale)
            columns.append(live)
            centers.append(center)
            scales.append(scale)
        constant = csr_matrix(np.ones((vectors[0].shape[0], 1)))
        return cls(hstack([*parts, constant], format="csr"), tuple(columns), tuple(centers), tuple(scales))

    def added(
        self, weights: Sequence[Floats], bias: Floats, correction: Floats
    ) -> tuple[list[Floats], Floats]:
        """Return each branch's weights, and the bias, with a correction folded in."""
        bias, corrected, at = bias + correction[:, -1], [], 0
        for own, columns, center, scale in zip(weights, self.columns, self.centers, self.scales, strict=True):
            change = correction[:, at : at + len(columns)] * scale
            moved = own.copy()
            moved[:, columns] += change
            corrected.append(moved)
            bias = bias - change @ center
            at += len(columns)
        return corrected, bias


def fit_path(
    matrix: csr_matrix,
    start: Floats,
    targets: Floats,
    strengths: Sequence[float],
    *,
    weights: Floats | None = None,
    exclusive: bool = True,
) -> list[Floats]:
    """Fit one correction for each strength, each from the last.

    Parameters
    ----------
    matrix : csr_matrix of shape (n, n_features)
    start : ndarray of shape (n, n_targets)
        The logits to correct.
    targets : ndarray of shape (n, n_targets)
        Ones and zeros.
    strengths : sequence of float
        Ascending; as ``C`` of scikit-learn's logistic regression.
    weights : ndarray of shape (n,), optional
        Weights of the rows.
    exclusive : bool, default True
        Whether exactly one target holds (softmax) or each is on its own (sigmoid).

    Returns
    -------
    list of ndarray of shape (n_targets, n_features)

    Examples
    --------
    >>> import numpy as np
    >>> rows, right = csr_matrix(np.eye(2)), np.eye(2)
    >>> weak, strong = fit_path(rows, np.zeros((2, 2)), right, [0.1, 10.0])
    >>> bool(0 < weak[0, 0] < strong[0, 0])
    True
    """
    rows = np.ones(len(targets)) if weights is None else weights
    across = matrix.T.tocsr()
    shape = (targets.shape[1], matrix.shape[1])
    found, paths = np.zeros(shape), []
    with threadpool_limits(1):  # the vectors are short: threads only wait for each other
        for strength in strengths:
            objective = _objective(matrix, across, start, targets, rows, strength, exclusive)
            result = minimize(
                objective, found.ravel(), jac=True, method="L-BFGS-B",
                options={"maxiter": ITERATIONS, "gtol": 1e-3, "ftol": 1e-6},
            )  # fmt: skip
            found = result.x.reshape(shape)
            paths.append(found)
    return paths


def _objective(
    matrix: csr_matrix,
    across: csr_matrix,
    start: Floats,
    targets: Floats,
    rows: Floats,
    strength: float,
    exclusive: bool,
) -> Callable[[Floats], tuple[float, Floats]]:
    def objective(flat: Floats) -> tuple[float, Floats]:
        correction = flat.reshape(targets.shape[1], -1)
        logits = start + matrix @ correction.T
        chances = softmax(logits, axis=1) if exclusive else expit(logits)
        error = (chances - targets) * rows[:, None]
        loss = rows @ surprise(logits, targets, exclusive=exclusive) + flat @ flat / (2 * strength)
        return float(loss), (across @ error).T.ravel() + flat / strength

    return objective


def surprise(logits: Floats, targets: Floats, *, exclusive: bool = True) -> Floats:
    """Return the log-loss of each row, shape (n,)."""
    if exclusive:
        return np.asarray(-(log_softmax(logits, axis=-1) * targets).sum(axis=-1))
    return np.asarray(np.logaddexp(0, np.where(targets > 0, -1.0, 1.0) * logits).sum(axis=-1))
