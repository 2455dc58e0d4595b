"""Fit the second reading: train a deeper encoder without some senders, weigh it on these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax

from clientvoice.corpora.sentences import Example, fold_of
from clientvoice.errors import ConfigError
from clientvoice.evaluation.measures import frame_figures
from clientvoice.framing.model import Branch
from clientvoice.framing.second import SecondReading
from clientvoice.records import FRAMES

FEWEST = 50
"""Held-out sentences in doubt that are needed to weigh both readings."""

PARTS = 8
"""One sender in so many is held out: a deep encoder is trained once, not once a fold."""

BELOW = 0.9
"""Top probability under which a sentence is read again; asking more often brought no more."""

CAUTION = 0.85
"""Both readings together are this much less sure than the held-out senders would have them.

These come from the same collections as the training's. On mail from elsewhere
two networks that learnt from one source err together more often.
"""


@dataclass(frozen=True, slots=True)
class SecondFit:
    """A second reading and what it brought on the senders held out.

    Parameters
    ----------
    reading : SecondReading
    figures : dict
        Of the held-out sentences: how many, the share read again, and macro-F1
        and calibration error before and after. Two numbers were fitted on them.
    """

    reading: SecondReading
    figures: dict[str, Any]


def check_second(examples: Sequence[Example], judged: Sequence[Example]) -> None:
    """Refuse, before hours of training, senders that cannot be divided.

    Raises
    ------
    ConfigError
        If too few sentences are held out to judge on, or too few are left to train on.
    """
    held, left = len(held_out(judged)), len(without(examples, judged))
    if held < FEWEST or left < FEWEST:
        raise ConfigError(
            f"the second reading would be judged on {held} sentences and trained on {left}, expected at "
            f"least {FEWEST} each, of different senders; label more senders, or train --kind fast."
        )


def held_out(judged: Sequence[Example]) -> list[int]:
    """Return the rows of the senders that the deeper encoder must not see."""
    return [row for row, example in enumerate(judged) if fold_of(example.group, PARTS) == 0]


def without(examples: Sequence[Example], judged: Sequence[Example]) -> list[Example]:
    """Return the examples whose sender is not held out."""
    groups = {judged[row].group for row in held_out(judged)}
    return [example for example in examples if example.group not in groups]


def fit_second(
    branch: Branch, frame_bias: NDArray[np.float64], judged: Sequence[Example], first: NDArray[np.float64]
) -> SecondFit | None:
    """Weigh a branch against the first reading; None where too little is in doubt to tell.

    Parameters
    ----------
    branch : Branch
        Trained on what :func:`without` leaves.
    frame_bias : ndarray of shape (3,)
        The branch's own.
    judged : sequence of Example
    first : ndarray of shape (n_judged, 3)
        Calibrated logits of the first reading, out of fold.
    """
    rows = held_out(judged)
    labels = np.array([FRAMES.index(judged[row].label) for row in rows])
    alone = SecondReading(branch.vectorizer, branch.frame_weights, frame_bias, below=BELOW, trust=1.0)
    before, own = first[rows], alone.frames([judged[row].text for row in rows])
    doubt = alone.in_doubt(before)
    if doubt.sum() < FEWEST:
        return None
    trust, scale = _weights(before[doubt], own[doubt], labels[doubt]) * CAUTION
    reading = replace(
        alone, frame_weights=branch.frame_weights * scale, frame_bias=frame_bias * scale, trust=float(trust)
    )
    figures: dict[str, Any] = {"items": len(rows), "read_again": round(float(doubt.mean()), 3)}
    for when, logits in (("before", before), ("after", reading.chosen(before, own * scale))):
        told = frame_figures(logits, labels)
        figures[when] = {name: told[name] for name in ("macro_f1", "expected_calibration_error")}
    return SecondFit(reading, figures)


def _weights(first: NDArray[np.float64], own: NDArray[np.float64], labels: NDArray[np.int64]) -> Any:
    """Return what both readings' logits count, by log-loss; neither counts less than nothing."""

    def loss(parameters: NDArray[np.float64]) -> float:
        odds = log_softmax(parameters[0] * first + parameters[1] * own, axis=1)
        return float(-odds[np.arange(len(labels)), labels].mean() + 1e-3 * (parameters**2).sum())

    return minimize(loss, np.full(2, 0.5), bounds=[(0.0, 1.0)] * 2, method="L-BFGS-B").x
