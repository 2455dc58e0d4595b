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
