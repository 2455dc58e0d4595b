"""Logits of senders that a model was not trained on: each fold is read by a model of the others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clientvoice.corpora.messages import LabelledMessage
from clientvoice.corpora.sentences import Example, fold_of
from clientvoice.framing.model import CUES, Branch, Scores, SentenceModel
from clientvoice.records import FRAMES

Fitted = tuple[Branch, "NDArray[np.float64]", "NDArray[np.float64]"]
"""A branch with uncalibrated weights, its biases of the frames and of the cues."""

Trainer = Callable[[Sequence[Example], Path], Fitted]
"""Fits one branch: labelled sentences and a work folder in, branch and biases out."""


@dataclass(slots=True)
class Unseen:
    """Out-of-fold logits, one array a branch: of the judged sentences, and of the messages' sentences."""

    frames: NDArray[np.float64]
    cues: NDArray[np.float64]
    message_frames: list[NDArray[np.float64]] = field(default_factory=list)
    message_cues: list[NDArray[np.float64]] = field(default_factory=list)


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
            fitted = trainer(seen, work / f"fold-{fold}-{index}")
            scores = read_by(fitted, [judged[row].text for row in rows])
            unseen.frames[index, rows], unseen.cues[index, rows] = scores.frames, scores.cues
            for row in held:
                scores = read_by(fitted, messages[row].texts)
                unseen.message_frames[row][index] = scores.frames
                unseen.message_cues[row][index] = scores.cues
    return unseen


def read_by(fitted: Fitted, texts: Sequence[str]) -> Scores:
    """Return what one fitted branch says by itself, uncalibrated."""
    branch, frame_bias, cue_bias = fitted
    return SentenceModel((branch,), frame_bias, cue_bias, np.zeros(len(CUES))).score(texts)


def indicators(examples: Sequence[Example]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the column of each label, and which cues are present, shape (n, 14)."""
    labels = np.array([FRAMES.index(example.label) for example in examples])
    return labels, np.array([[cue in example.cues for cue in CUES] for example in examples])
