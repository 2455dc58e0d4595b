"""Fit a whole model: out-of-fold logits first, then calibration, messages and the final branches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clientvoice.corpora.messages import LabelledMessage
from clientvoice.corpora.sentences import Example, digest, fold_of
from clientvoice.evaluation.measures import message_figures, sentence_figures
from clientvoice.framing.model import CUES, TAKEAWAYS, Branch, Scores, SentenceModel
from clientvoice.records import FRAMES
from clientvoice.store import StoredModel
from clientvoice.training.calibration import Calibration, calibrate
from clientvoice.training.messages import ScoredMessage, fit_messages, lone_messages
from clientvoice.training.second import check_second, fit_second, without

Trainer = Callable[[Sequence[Example], Path], tuple[Branch, "NDArray[np.float64]", "NDArray[np.float64]"]]
"""Fits one branch: labelled sentences and a work folder in, branch and biases out."""


@dataclass(slots=True)
class Unseen:
    """Out-of-fold logits, one array a branch: of the judged sentences, and of the messages' sentences."""

    frames: NDArray[np.float64]
    cues: NDArray[np.float64]
    message_frames: list[NDArray[np.float64]] = field(default_factory=list)
    message_cues: list[NDArray[np.float64]] = field(default_factory=list)


def fit(
    name: str,
    examples: Sequence[Example],
    messages: Sequence[LabelledMessage],
    trainers: Sequence[Trainer],
    work: Path,
    *,
    folds: int = 2,
    shift_classes: bool = False,
    second: Trainer | None = None,
) -> StoredModel:
    """Fit branches, calibration, message model and, if asked for, the second reading.

    Calibration, thresholds and the message model see only logits of senders
    that the branch behind them was not trained on; the final branches are
    trained on everything.

    Parameters
    ----------
    name : str
    examples : sequence of Example
        Calibration uses the real ones, where there are any, else all.
    messages : sequence of LabelledMessage
    trainers : sequence of callables
        One a branch.
    work : Path
        For files that branches need, such as the encoder's graph.
    folds : int
        Groups are dealt to folds by a hash of their name.
    shift_classes : bool
        See :func:`clientvoice.training.calibration.calibrate`.
    second : callable, optional
        Fits the encoder of the second reading. It is trained once, without the
        senders on which it is weighed; all other figures are the first reading's,
        and the message model, fitted on the first, is served what both make of a sentence.
    """
    judged = [example for example in examples if example.origin == "real"]
    judged = judged or list(examples)
    if second:
        check_second(examples, judged)
    unseen = cross_fit(examples, judged, messages, trainers, work, folds=folds)
    labels = np.array([FRAMES.index(example.label) for example in judged])
    present = np.array([[cue in example.cues for cue in CUES] for example in judged])
    calibration = calibrate(unseen.frames, unseen.cues, labels, present, shift_classes=shift_classes)
    fitted = [trainer(examples, work / f"final-{index}") for index, trainer in enumerate(trainers)]
    logits = calibration.frames(unseen.frames)
    own = scores_of(logits, calibration.cues(unseen.cues))
    scored = [
        ScoredMessage(message, scores_of(calibration.frames(frames), calibration.cues(cues)))
        for message, frames, cues in zip(messages, unseen.message_frames, unseen.message_cues, strict=True)
    ]
    views = {branch.name: branch.vectorizer for branch, _, _ in fitted}
    message_model, takeaways, scores = fit_messages(scored, lone_messages(judged, own), views)
    groups = [example.group for example in judged]
    metrics: dict[str, Any] = {
        "unseen_senders": sentence_figures(logits, labels, groups, calibration.cues(unseen.cues), present,
                                           calibration.cue_thresholds),
        "messages_in_sample": message_figures(message_model, messages, scores),
    }  # fmt: skip
    trained = {
        "sentences": len(examples),
        "messages": len(messages),
        "origins": {
            origin: sum(e.origin == origin for e in examples)
            for origin in sorted({e.origin for e in examples})
        },
        "digest": digest(examples),
        "folds": folds,
        "shift_classes": shift_classes,
    }
    model = assemble(fitted, calibration)
    branches = tuple(replace(branch, takeaway_weights=takeaways[branch.name]) for branch in model.branches)
    model = replace(model, branches=branches)
    if second:
        sys.stderr.write("second reading\n")
        branch, bias, _ = second(without(examples, judged), work / "second")
        again = fit_second(branch, bias, judged, logits)
        if again:
            model = replace(model, second=again.reading)
            metrics["second_reading"] = again.figures
        else:
            sys.stderr.write("second reading left out: the first leaves too little in doubt to weigh it\n")
    return StoredModel(name, "", model, message_model, trained, metrics)


def scores_of(frames: NDArray[np.float64], cues: NDArray[np.float64]) -> Scores:
    """Return calibrated logits as scores that say nothing of the wording of a message yet."""
    return Scores(frames, cues, np.zeros((len(frames), TAKEAWAYS)))


def cross_fit(
    examples: Sequence[Example],
    judged: Sequence[Example],
    messages: Sequence[LabelledMessage],
    trainers: Sequence[Trainer],
    work: Path,
    *,
    folds: int,
) -> Unseen:
    """Return logits of every judged sentence and message by branches that never saw its sender."""
    count = len(trainers)
    unseen = Unseen(
        np.zeros((count, len(judged), len(FRAMES))),
        np.zeros((count, len(judged), len(CUES))),
        [np.zeros((count, len(message.sentences), len(FRAMES))) for message in messages],
        [np.zeros((count, len(message.sentences), len(CUES))) for message in messages],
    )
    home = [fold_of(example.group, folds) for example in judged]
    for fold in range(folds):
        seen = [example for example in examples if fold_of(example.group, folds) != fold]
        rows = [row for row, own in enumerate(home) if own == fold]
        held = [row for row, message in enumerate(messages) if fold_of(message.group, folds) == fold]
        for index, trainer in enumerate(trainers):
            sys.stderr.write(f"fold {fold + 1}/{folds}, branch {index + 1}/{count}: {len(seen)} sentences\n")
            branch, frame_bias, cue_bias = trainer(seen, work / f"fold-{fold}-{index}")
            model = SentenceModel((branch,), frame_bias, cue_bias, np.zeros(len(CUES)))
            scores = model.score([judged[row].text for row in rows])
            unseen.frames[index, rows], unseen.cues[index, rows] = scores.frames, scores.cues
            for row in held:
                scores = model.score(messages[row].texts)
                unseen.message_frames[row][index], unseen.message_cues[row][index] = (
                    scores.frames,
                    scores.cues,
                )
    return unseen


def assemble(
    fitted: Sequence[tuple[Branch, NDArray[np.float64], NDArray[np.float64]]], calibration: Calibration
) -> SentenceModel:
    """Fold a calibration into the weights of fitted branches."""
    branches = tuple(
        Branch(
            branch.name,
            branch.vectorizer,
            branch.frame_weights * calibration.frame_scale[index],
            branch.cue_weights * calibration.cue_scale[index][:, None],
        )
        for index, (branch, _, _) in enumerate(fitted)
    )
    frame_bias = calibration.frame_bias + sum(
        bias * calibration.frame_scale[index] for index, (_, bias, _) in enumerate(fitted)
    )
    cue_bias = calibration.cue_bias + sum(
        bias * calibration.cue_scale[index] for index, (_, _, bias) in enumerate(fitted)
    )
    return SentenceModel(branches, frame_bias, cue_bias, calibration.cue_thresholds)
