"""Fit a model of branches: out-of-fold logits first, then calibration, messages and the final branches."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from clientvoice.corpora.messages import LabelledMessage
from clientvoice.corpora.sentences import Example, digest
from clientvoice.evaluation.measures import message_figures, sentence_figures
from clientvoice.framing.model import SentenceModel
from clientvoice.store import StoredModel, identified
from clientvoice.training.calibration import Calibration, calibrate
from clientvoice.training.folds import Fitted, Trainer, Unseen, cross_fit, indicators
from clientvoice.training.messages import ScoredMessage, fit_messages, lone_messages
from clientvoice.training.second import School, check_held_out, learn_second


def fit(
    name: str,
    examples: Sequence[Example],
    messages: Sequence[LabelledMessage],
    work: Path,
    *,
    folds: int,
    trainers: Sequence[Trainer],
    shift_classes: bool = False,
    second: School | None = None,
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
    work : Path
        For files that branches need, such as the encoder's graph.
    folds : int
        Groups are dealt to folds by a hash of their name.
    trainers : sequence of callables
        One a branch.
    shift_classes : bool
        See :func:`clientvoice.training.calibration.calibrate`.
    second : School, optional
        Who learns to read again what is in doubt. All figures but its own are
        the first reading's, and the message model, fitted on the first, is
        served what both make of a sentence.
    """
    judged = [example for example in examples if example.origin == "real"] or list(examples)
    if second:
        check_held_out(examples, judged)
    labels, present = indicators(judged)
    unseen = cross_fit(examples, judged, messages, trainers, work, folds=folds)
    calibration = calibrate(unseen.frames, unseen.cues, labels, present, shift_classes=shift_classes)
    own = calibration.scores(unseen.frames, unseen.cues)
    fitted = [trainer(examples, work / f"final-{index}") for index, trainer in enumerate(trainers)]
    model = assemble(fitted, calibration)
    scored = told_messages(messages, unseen, calibration)
    views = {branch.name: branch.vectorizer for branch in model.branches}
    message_model, takeaways, scores = fit_messages(scored, lone_messages(judged, own), views)
    groups = [example.group for example in judged]
    metrics: dict[str, Any] = {
        "unseen_senders": sentence_figures(own.frames, labels, groups, own.cues, present,
                                           calibration.cue_thresholds),
        "messages_in_sample": message_figures(message_model, messages, scores),
    }  # fmt: skip
    origins = sorted({example.origin for example in examples})
    trained = {
        "sentences": len(examples),
        "messages": len(messages),
        "origins": {origin: sum(example.origin == origin for example in examples) for origin in origins},
        "digest": digest(examples),
        "folds": folds,
        "shift_classes": shift_classes,
    }
    branches = tuple(replace(branch, takeaway_weights=takeaways[branch.name]) for branch in model.branches)
    model = replace(model, branches=branches)
    if second:
        sys.stderr.write("second reading\n")
        again = learn_second(examples, judged, own, calibration.cue_thresholds, second, work, folds=folds)
        if again:
            model = replace(model, second=again.reading)
            metrics["second_reading"] = again.figures
        else:
            sys.stderr.write("second reading left out: the first leaves too little in doubt to weigh it\n")
    return identified(StoredModel(name, "", model, message_model, trained, metrics))


def told_messages(
    messages: Sequence[LabelledMessage], unseen: Unseen, calibration: Calibration
) -> list[ScoredMessage]:
    """Return the messages with what models that never saw their senders say of their sentences."""
    told = zip(messages, unseen.message_frames, unseen.message_cues, strict=True)
    return [ScoredMessage(message, calibration.scores(frames, cues)) for message, frames, cues in told]


def assemble(fitted: Sequence[Fitted], calibration: Calibration) -> SentenceModel:
    """Fold a calibration into the weights of fitted branches."""
    branches = tuple(
        replace(
            branch,
            frame_weights=branch.frame_weights * calibration.frame_scale[index],
            cue_weights=branch.cue_weights * calibration.cue_scale[index][:, None],
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
