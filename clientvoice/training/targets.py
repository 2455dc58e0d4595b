"""What an encoder learns: labels, and labels softened by what others say of the same text.

One reader's label is right most of the time. Models that never saw its sender
know how clear a case it is, so what they say softens it: more can be learned
from that than from the label alone (Hinton et al. 2015, *Distilling the
Knowledge in a Neural Network*; Furlanello et al. 2018, *Born-Again Networks*).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clientvoice.corpora.sentences import Example
from clientvoice.records import FRAMES

SHARE = 0.4
"""What the others count in a softened label."""

Targets = NDArray[np.float64]
"""Probabilities of the frames to learn, shape (n, 3), rows summing to one."""


def labels_of(examples: Sequence[Example]) -> Targets:
    """Return what the labels say.

    Examples
    --------
    >>> labels_of([Example("Buy now", "customer", (), "a", "real")]).tolist()
    [[0.0, 1.0, 0.0]]
    """
    return np.eye(len(FRAMES))[[FRAMES.index(example.label) for example in examples]]


def softened(examples: Sequence[Example], judged: Sequence[Example], told: Targets) -> Targets:
    """Return labels that believe others for a part, where these say something.

    Parameters
    ----------
    examples : sequence of Example
    judged : sequence of Example
        Those of which something is told; the others keep their labels.
    told : ndarray of shape (n_judged, 3)
        Probabilities by models that never saw their senders.

    Examples
    --------
    >>> real = Example("Buy now", "customer", (), "a", "real")
    >>> softened([real], [real], np.array([[0.0, 0.5, 0.5]])).round(2).tolist()
    [[0.0, 0.8, 0.2]]
    """
    targets = labels_of(examples)
    row_of = {(example.text, example.group): row for row, example in enumerate(judged)}
    for own, example in enumerate(examples):
        row = row_of.get((example.text, example.group))
        if row is not None:
            targets[own] += SHARE * (told[row] - targets[own])
    return targets
