from __future__ import annotations

import numpy as np

from clientvoice.training.gain import gain_of


def test_a_clear_gain_is_sure_and_chance_is_not():
    rng = np.random.default_rng(0)
    labels, groups = rng.integers(0, 3, 300), np.arange(300) // 10
    right, noise = np.eye(3)[labels], rng.normal(size=(300, 3))
    assert gain_of(noise, right, labels, groups).is_sure
    assert not gain_of(noise, rng.normal(size=(300, 3)), labels, groups).is_sure
