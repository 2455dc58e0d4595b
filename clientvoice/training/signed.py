"""Linear models whose weights keep a sign: what speaks for a thing never counts against it.

On a thousand messages, features that tell much the same get weights of either
sign. Known directions take that away (monotone constraints; Ben-David 1995,
*Monotonicity Maintenance in Information-Theoretic Machine Learning*), which
holds better on other senders and reads as one would expect.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax

_BOUNDS = {-1: (None, 0.0), 0: (None, None), 1: (0.0, None)}
_ROUNDS = 3000

Floats = NDArray[np.float64]


def signed_ridge(
    features: Floats, points: Floats, weights: Floats, signs: Iterable[int], *, alpha: float
) -> tuple[Floats, float]:
    """Return weights, shape (n_features,), and the bias of a ridge regression.

    Parameters
    ----------
    features : ndarray of shape (n, n_features)
    points : ndarray of shape (n,)
    weights : ndarray of shape (n,)
        Of each row.
    signs : iterable of {-1, 0, 1}
        The sign that each feature's weight may have; 0 for any.
    alpha : float
        Of the squared weights, without the bias.

    Examples
    --------
    >>> x, y = np.array([[1.0], [2.0], [3.0]]), np.array([1.0, 2.0, 3.0])
    >>> signed_ridge(x, y, np.ones(3), [1], alpha=0.0)[0].round(2).tolist()
    [1.0]
    >>> abs(signed_ridge(x, y, np.ones(3), [-1], alpha=0.0)[0]).round(2).tolist()
    [0.0]
    """

    def loss(parameters: Floats) -> tuple[float, Floats]:
        slopes, bias = parameters[:-1], parameters[-1]
        error = features @ slopes + bias - points
        gradient = np.r_[2 * features.T @ (weights * error) + 2 * alpha * slopes, 2 * weights @ error]
        return float(weights @ error**2 + alpha * slopes @ slopes), gradient

    start = np.r_[np.zeros(features.shape[1]), np.average(points, weights=weights)]
    found = _least(loss, start, [*signs, 0])
    return found[:-1], float(found[-1])


def signed_logistic(
    features: Floats, columns: NDArray[np.int64], weights: Floats, signs: NDArray[np.int64], *, c: float
) -> tuple[Floats, Floats]:
    """Return weights, shape (n_classes, n_features), and biases of a multinomial logistic regression.

    Parameters
    ----------
    features : ndarray of shape (n, n_features)
    columns : ndarray of shape (n,)
        The class of each row.
    weights : ndarray of shape (n,)
        Of each row.
    signs : ndarray of shape (n_classes, n_features)
        The sign that each weight may have; 0 for any.
    c : float
        Inverse strength of the penalty on squared weights.
    """
    classes, width = signs.shape
    own = np.eye(classes)[columns]

    def loss(parameters: Floats) -> tuple[float, Floats]:
        slopes, bias = parameters[:-classes].reshape(classes, width), parameters[-classes:]
        odds = log_softmax(features @ slopes.T + bias, axis=1)
        error = (np.exp(odds) - own) * weights[:, None]
        value = -(weights[:, None] * own * odds).sum() + (slopes**2).sum() / (2 * c)
        return float(value), np.r_[(error.T @ features + slopes / c).ravel(), error.sum(axis=0)]

    found = _least(loss, np.zeros(classes * (width + 1)), [*signs.ravel().tolist(), *[0] * classes])
    return found[:-classes].reshape(classes, width), found[-classes:]


def _least(loss: object, start: Floats, signs: Iterable[int]) -> Floats:
    bounds = [_BOUNDS[sign] for sign in signs]
    found = minimize(
        loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": _ROUNDS, "maxfun": 10**6}
    )
    return np.asarray(found.x)
