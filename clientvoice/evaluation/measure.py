"""Measure a stored model on files of labelled rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from clientvoice.corpora.messages import read_messages
from clientvoice.corpora.sentences import read_examples
from clientvoice.evaluation.measures import message_figures, sentence_figures
from clientvoice.framing.model import CUES
from clientvoice.records import FRAMES
from clientvoice.store import StoredModel


def measure_sentences(stored: StoredModel, path: Path) -> dict[str, Any]:
    """Return macro-F1 with interval, figures per label, calibration error, coverage and cues.

    Parameters
    ----------
    stored : StoredModel
    path : Path
        JSON Lines with ``text``, ``label`` and where there are ``cues`` and ``org``.
    """
    examples = read_examples(path)
    scores = stored.sentences.score([example.text for example in examples])
    labels = np.array([FRAMES.index(example.label) for example in examples])
    present = np.array([[cue in example.cues for cue in CUES] for example in examples])
    groups = [example.group for example in examples]
    if not present.any():
        return sentence_figures(scores.frames, labels, groups)
    return sentence_figures(
        scores.frames, labels, groups, scores.cues, present, stored.sentences.cue_thresholds
    )


def measure_messages(stored: StoredModel, path: Path) -> dict[str, Any]:
    """Return label figures, Spearman and mean error of the score, and the share on the right side of 50."""
    messages = read_messages(path)
    scores = [stored.sentences.score(message.texts) for message in messages]
    return message_figures(stored.messages, messages, scores)
