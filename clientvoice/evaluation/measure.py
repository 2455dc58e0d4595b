"""Measure a stored model on files of labelled rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clientvoice.arguments import is_blank
from clientvoice.corpora.labelled import LabelledRows, read_labelled
from clientvoice.corpora.messages import messages_of
from clientvoice.corpora.sentences import examples_of
from clientvoice.errors import ConfigError
from clientvoice.evaluation.measures import macro_f1, message_figures, sentence_figures
from clientvoice.framing.model import CUES
from clientvoice.readers.characters import without_surrogates
from clientvoice.records import FRAMES
from clientvoice.store import StoredModel


def measure_sentences(stored: StoredModel, path: Path, *, by: str | None = None) -> dict[str, Any]:
    """Return macro-F1 with interval, figures per label, calibration error, coverage and cues.

    Parameters
    ----------
    stored : StoredModel
    path : Path
        A table with ``text``, ``label`` and where there are ``cues`` and ``org`` or ``sender``.
        Rows whose label is empty are skipped and counted as ``unlabelled``.
    by : str, optional
        A column, such as ``genre``, whose values are measured one by one as well. Whatever a
        format writes where there is no value (nothing, blanks, null, NaN) counts as ``""``.
    """
    table = read_labelled(path)
    examples = examples_of(table)
    if not examples:
        raise ConfigError(f"{path} has no rows to measure.")
    scores = stored.sentences.score([example.text for example in examples])
    labels = np.array([FRAMES.index(example.label) for example in examples])
    present = np.array([[cue in example.cues for cue in CUES] for example in examples])
    groups = [example.group for example in examples]
    cues = (scores.cues, present, stored.sentences.cue_thresholds) if present.any() else ()
    figures = sentence_figures(scores.frames, labels, groups, *cues)
    if by:
        figures["by"] = _by_column(_column(table, by), labels, scores.frames.argmax(axis=1))
    return figures | {"unlabelled": table.unlabelled}


def _column(table: LabelledRows, name: str) -> list[str]:
    table.require(name, "to measure by")
    rows = [row.record for row in table.rows]
    return ["" if is_blank(row.get(name)) else without_surrogates(str(row[name])) for row in rows]


def _by_column(values: list[str], labels: NDArray[np.int64], top: NDArray[np.intp]) -> dict[str, Any]:
    figures = {}
    for value, count in Counter(values).most_common():
        rows = np.array([own == value for own in values])
        figures[value] = {
            "items": count,
            "macro_f1": round(macro_f1(labels[rows], top[rows]), 3),
            "accuracy": round(float((labels[rows] == top[rows]).mean()), 3),
        }
    return figures


def measure_messages(stored: StoredModel, path: Path) -> dict[str, Any]:
    """Return label figures, Spearman and mean error of the score, and the share on the right side of 50.

    Rows whose label is empty are skipped and counted as ``unlabelled``.
    """
    table = read_labelled(path)
    messages = messages_of(table)
    if not messages:
        raise ConfigError(f"{path} has no rows to measure.")
    scores = [stored.sentences.score(message.texts) for message in messages]
    figures = message_figures(stored.messages, messages, scores)
    return figures | {"unlabelled": table.unlabelled}
