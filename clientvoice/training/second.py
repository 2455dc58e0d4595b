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
from clientvoice.evaluation.measures import cue_figures, frame_figures
from clientvoice.framing.model import Scores
from clientvoice.framing.second import SecondReading
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
two networks that learnt from one source err together more often. Frames only: caution
moves no label, but it would move cues across their thresholds.
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
        Of the held-out sentences: how many, the share read again, and macro-F1,
        calibration error and micro-F1 of cues before and after. Four numbers were
        fitted on them.
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
    first: Scores,
    cue_thresholds: NDArray[np.float64],
    school: School,
    work: Path,
    *,
    folds: int,
) -> SecondFit | None:
    """Train the encoder of the second reading and weigh it; None where too little is in doubt to tell.

    Parameters
    ----------
    examples, judged : sequence of Example
    first : Scores
        What the first reading says of the judged sentences, calibrated, out of fold.
    cue_thresholds : ndarray of shape (14,)
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
    student = school.student(learned, work / "second", lessons)
    return fit_second(student, [judged[row] for row in rows], first.take(rows), cue_thresholds)


def fit_second(
    fitted: Fitted, held: Sequence[Example], first: Scores, cue_thresholds: NDArray[np.float64]
) -> SecondFit | None:
    """Weigh a branch against the first reading; None where too little is in doubt to tell.

    Parameters
    ----------
    fitted : Fitted
        Trained on what :func:`without` leaves.
    held : sequence of Example
        Those that it left out.
    first : Scores
        What a first reading says of them that was not trained on them either, calibrated.
    cue_thresholds : ndarray of shape (14,)
        For the figures.
    """
    labels, present = indicators(held)
    branch, frame_bias, cue_bias = fitted
    alone = SecondReading(
        branch.vectorizer, branch.frame_weights, frame_bias, branch.cue_weights, cue_bias,
        below=BELOW, trust=1.0, cue_trust=1.0,
    )  # fmt: skip
    texts = [example.text for example in held]
    frames, cues = alone.logits(texts)
    doubt = alone.in_doubt(first.frames)
    if doubt.sum() < FEWEST:
        return None

    def frame_loss(logits: NDArray[np.float64]) -> float:
        return float(-log_softmax(logits, axis=1)[np.arange(len(logits)), labels[doubt]].mean())

    def cue_loss(logits: NDArray[np.float64]) -> float:
        return float(np.logaddexp(0, -np.where(present[doubt], 1.0, -1.0) * logits).sum(axis=1).mean())

    trust, scale = _weights(first.frames[doubt], frames[doubt], frame_loss) * CAUTION
    cue_trust, cue_scale = _weights(first.cues[doubt], cues[doubt], cue_loss)
    reading = replace(
        alone,
        frame_weights=branch.frame_weights * scale,
        frame_bias=frame_bias * scale,
        cue_weights=branch.cue_weights * cue_scale,
        cue_bias=cue_bias * cue_scale,
        trust=float(trust),
        cue_trust=float(cue_trust),
    )
    both = (
        reading.chosen(first.frames, frames * scale),
        reading.chosen_cues(first.frames, first.cues, cues * cue_scale),
    )
    figures: dict[str, Any] = {"items": len(held), "read_again": round(float(doubt.mean()), 3)}
    for when, (frame_logits, cue_logits) in (("before", (first.frames, first.cues)), ("after", both)):
        told = frame_figures(frame_logits, labels)
        figures[when] = {name: told[name] for name in ("macro_f1", "expected_calibration_error")}
        figures[when]["cues_micro_f1"] = cue_figures(cue_logits > cue_thresholds, present)["micro_f1"]
    return SecondFit(reading, figures)


def _weights(
    first: NDArray[np.float64], own: NDArray[np.float64], loss: Callable[[NDArray[np.float64]], float]
) -> Any:
    """Return what both readings' logits count, by log-loss; neither counts less than nothing."""

    def penalised(parameters: NDArray[np.float64]) -> float:
        return loss(parameters[0] * first + parameters[1] * own) + 1e-3 * float((parameters**2).sum())

    return minimize(penalised, np.full(2, 0.5), bounds=[(0.0, 1.0)] * 2, method="L-BFGS-B").x
