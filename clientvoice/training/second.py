"""Fit the second reading: a deeper encoder learns without some senders, and is weighed on these.

It learns twice from the same start, once the labels and once the labels
softened by teachers that never saw their senders; the mean of both is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
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
from clientvoice.training.calibration import calibrate
from clientvoice.training.folds import Fitted, Trainer, cross_fit, indicators
from clientvoice.training.targets import Targets, labels_of, softened

FEWEST = 50
"""Held-out sentences in doubt that are needed to weigh both readings."""

PARTS = 8
"""One sender in so many is held out: the student is trained once, not once a fold."""

BELOW = 0.9
"""Top probability under which a sentence is read again; asking more often brought no more."""

CAUTION = 0.85
"""Both readings together are this much less sure than the held-out senders would have them.

These come from the same collections as the training's. On mail from elsewhere
two networks that learnt from one source err together more often.
"""


Student = Callable[[Sequence[Example], Path, Sequence[Targets]], Fitted]
"""Fits an encoder: labelled sentences, a work folder and the lessons to learn of them."""


@dataclass(frozen=True, slots=True)
class School:
    """Who learns the second reading, and who teaches.

    Parameters
    ----------
    teachers : tuple of callables
        Fitted in folds; what they say of senders that they never saw softens labels.
    student : callable
    """

    teachers: tuple[Trainer, ...]
    student: Student


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


def check_held_out(examples: Sequence[Example], judged: Sequence[Example]) -> None:
    """Refuse, before hours of training, senders that cannot be divided.

    Raises
    ------
    ConfigError
        If too few sentences are held out to judge on, or too few are left to train on.
    """
    held, left = len(held_out(judged)), len(without(examples, judged))
    if held < FEWEST or left < FEWEST:
        raise ConfigError(
            f"the encoders would be weighed on {held} sentences and trained on {left}, expected at "
            f"least {FEWEST} each, of different senders; label more senders, or train --kind fast."
        )


def held_out(judged: Sequence[Example]) -> list[int]:
    """Return the rows of the senders that the encoders must not see."""
    return [row for row, example in enumerate(judged) if fold_of(example.group, PARTS) == 0]


def without(examples: Sequence[Example], judged: Sequence[Example]) -> list[Example]:
    """Return the examples whose sender is not held out."""
    groups = {judged[row].group for row in held_out(judged)}
    return [example for example in examples if example.group not in groups]


def learn_second(
    examples: Sequence[Example],
    judged: Sequence[Example],
    first: NDArray[np.float64],
    school: School,
    work: Path,
    *,
    folds: int,
) -> SecondFit | None:
    """Train the encoder of the second reading and weigh it; None where too little is in doubt to tell.

    Parameters
    ----------
    examples, judged : sequence of Example
    first : ndarray of shape (n_judged, 3)
        Calibrated logits of the first reading, out of fold.
    school : School
    work : Path
        For the encoders' graphs.
    folds : int
        Of the teachers.
    """
    unseen = cross_fit(examples, judged, (), school.teachers, work / "teachers", folds=folds)
    calibration = calibrate(unseen.frames, unseen.cues, *indicators(judged))
    told = calibration.scores(unseen.frames, unseen.cues).probabilities
    learned, rows = without(examples, judged), held_out(judged)
    lessons = (labels_of(learned), softened(learned, judged, told))
    branch, frame_bias, _ = school.student(learned, work / "second", lessons)
    return fit_second(branch, frame_bias, [judged[row] for row in rows], first[rows])


def fit_second(
    branch: Branch, frame_bias: NDArray[np.float64], held: Sequence[Example], first: NDArray[np.float64]
) -> SecondFit | None:
    """Weigh a branch against the first reading; None where too little is in doubt to tell.

    Parameters
    ----------
    branch : Branch
        Trained on what :func:`without` leaves.
    frame_bias : ndarray of shape (3,)
        The branch's own.
    held : sequence of Example
        Those that it left out.
    first : ndarray of shape (n_held, 3)
        Their calibrated logits by a first reading that was not trained on them either.
    """
    labels = np.array([FRAMES.index(example.label) for example in held])
    alone = SecondReading(branch.vectorizer, branch.frame_weights, frame_bias, below=BELOW, trust=1.0)
    own = alone.frames([example.text for example in held])
    doubt = alone.in_doubt(first)
    if doubt.sum() < FEWEST:
        return None
    trust, scale = _weights(first[doubt], own[doubt], labels[doubt]) * CAUTION
    reading = replace(
        alone, frame_weights=branch.frame_weights * scale, frame_bias=frame_bias * scale, trust=float(trust)
    )
    figures: dict[str, Any] = {"items": len(held), "read_again": round(float(doubt.mean()), 3)}
    for when, logits in (("before", first), ("after", reading.chosen(first, own * scale))):
        told = frame_figures(logits, labels)
        figures[when] = {name: told[name] for name in ("macro_f1", "expected_calibration_error")}
    return SecondFit(reading, figures)


def _weights(first: NDArray[np.float64], own: NDArray[np.float64], labels: NDArray[np.int64]) -> Any:
    """Return what both readings' logits count, by log-loss; neither counts less than nothing."""

    def loss(parameters: NDArray[np.float64]) -> float:
        odds = log_softmax(parameters[0] * first + parameters[1] * own, axis=1)
        return float(-odds[np.arange(len(labels)), labels].mean() + 1e-3 * (parameters**2).sum())

    return minimize(loss, np.full(2, 0.5), bounds=[(0.0, 1.0)] * 2, method="L-BFGS-B").x
