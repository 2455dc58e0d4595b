from __future__ import annotations

import numpy as np
import pytest

from clientvoice.training.gain import gain_of


def test_a_clear_gain_is_sure_and_chance_is_not():
    rng = np.random.default_rng(0)
    labels, groups = rng.integers(0, 3, 300), np.arange(300) // 10
    right, noise = np.eye(3)[labels], rng.normal(size=(300, 3))
    assert gain_of(noise, right, labels, groups).is_sure
    assert not gain_of(noise, rng.normal(size=(300, 3)), labels, groups).is_sure


@pytest.mark.parametrize("senders", [1, 2, 4])
def test_few_senders_prove_nothing_by_chance(senders):
    labels, groups = np.arange(120) % 3, np.arange(120) % senders
    sure = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        before, after = rng.normal(size=(2, 120, 3))
        sure += gain_of(before, after, labels, groups).is_sure
    assert sure <= 3
    right = np.eye(3)[labels]
    assert gain_of(before, right, labels, groups).is_sure


def test_to_stop_naming_a_label_that_nobody_gave_is_no_gain_by_itself():
    rng = np.random.default_rng(0)
    labels, groups = np.arange(300) % 2, np.arange(300) // 10
    before = rng.normal(size=(300, 3))
    named = before.argmax(axis=1)
    f1 = [
        2 * ((named == label) & (labels == label)).sum() / ((named == label).sum() + 150) for label in (0, 1)
    ]
    found = gain_of(before, np.eye(3)[labels], labels, groups)
    assert found.value == pytest.approx(1 - np.mean(f1), abs=1e-4)
    assert found.low < found.value < found.high
    one = before.copy()
    one[0] = np.eye(3)[2]  # a single row named by the label that nobody gave
    assert abs(gain_of(before, one, labels, groups).value) < 0.02
