from __future__ import annotations

import numpy as np

from clientvoice.corpora.sentences import Example
from clientvoice.training.targets import SHARE, labels_of, softened

REAL = Example("Order now", "customer", ("sales_push",), "a shop", "real")
OURS = Example("Take your time", "client", ("reassurance",), "ours", "natural")
UNSURE = np.full((1, 3), 1 / 3)


def test_only_what_others_spoke_of_is_softened() -> None:
    hard, soft = labels_of([OURS, REAL]), softened([OURS, REAL], [REAL], UNSURE)
    np.testing.assert_array_equal(soft[0], hard[0])
    np.testing.assert_allclose(soft[1], [SHARE / 3, 1 - 2 * SHARE / 3, SHARE / 3])
    assert hard[1].tolist() == [0, 1, 0]


def test_the_same_words_of_another_sender_keep_their_label() -> None:
    other = Example(REAL.text, "neutral", (), "another shop", "real")
    assert softened([other], [REAL], UNSURE).tolist() == [[0, 0, 1]]
