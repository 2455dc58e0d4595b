from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from clientvoice.training.noise import noisy


@given(st.text(max_size=80), st.integers(0, 1000))
def test_noise_is_one_small_slip(text: str, seed: int) -> None:
    slipped = noisy(text, random.Random(seed))
    assert abs(len(slipped) - len(text)) <= max(len(" Read more"), len(text))
    assert slipped == noisy(text, random.Random(seed))
