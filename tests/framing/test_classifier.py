from __future__ import annotations

import numpy as np
import pytest

from clientvoice.framing.classifier import FramingClassifier


def data(labels: list[str], seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    y = np.array(labels * 20)
    centers = {label: rng.normal(size=4) * 3 for label in labels}
    return np.array([centers[label] for label in y]) + rng.normal(size=(len(y), 4)), y


@pytest.mark.parametrize("labels", [["client", "customer", "neutral"], ["client", "neutral"]])
def test_probabilities_sum_to_one_and_lead_to_the_prediction(labels: list[str]) -> None:
    X, y = data(labels)
    model = FramingClassifier().fit(X, y)
    chances = model.predict_proba(X)
    assert chances.shape == (len(y), len(labels))
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert (model.classes_[chances.argmax(axis=1)] == model.predict(X)).all()
    assert (model.predict(X) == y).mean() > 0.9


def test_balance_helps_the_rare_class() -> None:
    rng = np.random.default_rng(1)
    X = np.r_[rng.normal(size=(200, 2)), rng.normal(size=(10, 2)) + 1.2]
    y = np.array(["neutral"] * 200 + ["client"] * 10)
    plain = (FramingClassifier(balance=0.0).fit(X, y).predict(X) == "client").sum()
    balanced = (FramingClassifier(balance=1.0).fit(X, y).predict(X) == "client").sum()
    assert balanced > plain
