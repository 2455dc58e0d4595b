from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge

from clientvoice.training.signed import signed_logistic, signed_ridge

RNG = np.random.default_rng(0)
FEATURES = RNG.normal(size=(300, 4))
WEIGHTS = RNG.random(300)


def test_without_signs_it_is_the_ridge_of_everybody() -> None:
    points = FEATURES @ [1.0, -2.0, 0.0, 0.5] + 3 + RNG.normal(size=300)
    slopes, bias = signed_ridge(FEATURES, points, WEIGHTS, [0] * 4, alpha=5.0)
    known = Ridge(alpha=5.0, tol=1e-8).fit(FEATURES, points, sample_weight=WEIGHTS)
    np.testing.assert_allclose([*slopes, bias], [*known.coef_, known.intercept_], atol=1e-3)


def test_without_signs_it_is_the_regression_of_everybody() -> None:
    columns = (FEATURES @ RNG.normal(size=(4, 3))).argmax(axis=1)
    slopes, bias = signed_logistic(FEATURES, columns, WEIGHTS, np.zeros((3, 4), dtype=int), c=0.5)
    known = LogisticRegression(C=0.5, max_iter=2000, tol=1e-8).fit(FEATURES, columns, sample_weight=WEIGHTS)
    np.testing.assert_allclose(slopes, known.coef_, atol=2e-3)
    np.testing.assert_allclose(bias - bias.mean(), known.intercept_ - known.intercept_.mean(), atol=2e-3)


def test_no_weight_has_the_other_sign() -> None:
    points = FEATURES @ [1.0, -2.0, 0.0, 0.5]
    slopes, _ = signed_ridge(FEATURES, points, WEIGHTS, [-1, 1, 1, 1], alpha=1.0)
    assert slopes[0] <= 0 <= min(slopes[1:]) and slopes[3] > 0.2
    signs = np.array([[1, -1, 0, 1], [-1, 1, 0, -1], [0, 0, 0, 0]])
    columns = RNG.integers(0, 3, size=300)
    weights, _ = signed_logistic(FEATURES, columns, WEIGHTS, signs, c=1.0)
    assert (weights * signs >= 0).all()
