"""Refit a model's heads on a user's own labels: vectors stay frozen, no torch, seconds.

The new heads are the old ones plus a correction, kept small by an L2 penalty. How
small is chosen by cross-validation on whole senders, and "no correction" is among
the choices: few or doubtful labels change little, and never much for the worse.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from clientvoice.corpora.sentences import Example, digest
from clientvoice.errors import ConfigError, InputError
from clientvoice.evaluation.measures import frame_figures
from clientvoice.framing.model import CUES, SentenceModel
from clientvoice.records import FRAMES
from clientvoice.store import StoredModel
from clientvoice.training.correction import fit_path, surprise
from clientvoice.training.gain import Gain, gain_of
from clientvoice.training.selection import (
    STRENGTHS,
    Rows,
    by_frequency,
    chosen,
    honest,
    sharpness,
    unseen_logits,
)
from clientvoice.voice import ClientVoice

FEWEST_ROWS = 20
FEWEST_OF_A_CUE = 5
"""A cue named less often keeps its head: there is nothing to learn from."""


@dataclass(frozen=True, slots=True)
class Refit:
    """A refitted model and what the labels brought, by cross-validation.

    Parameters
    ----------
    model : StoredModel
    before, after : dict
        Figures of the base and of refitted heads on the user's rows, each row
        judged by heads, strength and calibration that saw nothing of its group.
    gain : Gain
        Of macro-F1, with its interval.
    beyond : Gain
        The same over the base that is only told how often each label is given: labels that
        say nothing about their sentences gain nothing here.
    strength : float
        One of :data:`STRENGTHS`; 0 where the base was kept.
    groups : int
        Senders; as many as rows where the rows name none.
    cues : tuple of str
        The cues whose heads were refitted too.
    dropped : int
        Rows left out: a text met before, or labelled in two ways.
    """

    model: StoredModel
    before: dict[str, Any]
    after: dict[str, Any]
    gain: Gain
    beyond: Gain
    strength: float
    groups: int
    cues: tuple[str, ...]
    dropped: int

    @property
    def helps(self) -> bool:
        """Whether the labels are shown to help, and not by their frequencies alone."""
        return self.strength > 0 and self.gain.is_sure and self.beyond.is_sure


def refit(
    voice: ClientVoice, texts: Sequence[str], labels: Sequence[str], groups: Sequence[str] | None = None
) -> ClientVoice:
    """Return a voice whose heads are refitted on your own labels.

    Parameters
    ----------
    voice : ClientVoice
    texts : sequence of str
        At least 20 sentences.
    labels : sequence of str
        ``client``, ``customer`` or ``neutral``; at least two of them.
    groups : sequence of str, optional
        Who sent each sentence. What a model learns about one sender is then
        judged on others.

    Raises
    ------
    ConfigError
        If lengths differ, or a label is unknown.
    InputError
        If there is too little to learn from: see :func:`refit_model`.

    Examples
    --------
    >>> import clientvoice
    >>> texts = [f"Your plot {n} is watered on time." for n in range(12)]
    >>> texts += [f"Plot {n} is yours for less, grab it." for n in range(12)]
    >>> mine = refit(clientvoice.load("fast"), texts, ["client"] * 12 + ["customer"] * 12)
    >>> mine.predict(["Your plot 40 is watered on time."]).tolist()
    ['client']
    """
    senders = [f"row {row}" for row in range(len(texts))] if groups is None else [str(one) for one in groups]
    if not len(texts) == len(labels) == len(senders):
        raise ConfigError(
            f"got {len(texts)} texts, {len(labels)} labels and {len(senders)} groups; expected equally many."
        )
    for row, label in enumerate(labels):
        if label not in FRAMES:
            raise ConfigError(f"labels[{row}]: got {label!r}, expected one of {', '.join(FRAMES)}.")
    examples = [
        Example(text, FRAMES[FRAMES.index(label)], (), sender, "own")
        for text, label, sender in zip(texts, labels, senders, strict=True)
    ]
    return voice.with_model(refit_model(voice.model, examples).model)


def refit_model(stored: StoredModel, examples: Sequence[Example], *, name: str = "") -> Refit:
    """Refit the heads of a stored model; the message model is kept.

    Parameters
    ----------
    stored : StoredModel
        The base.
    examples : sequence of Example
        Cue heads are refitted too, of the cues that enough examples name.
    name : str, optional
        Of the new model; by default the base's with ``-own``.

    Raises
    ------
    InputError
        If there are fewer than 20 different sentences, or fewer than 2 labels.
    """
    kept = _distinct(examples)
    rows = Rows.of(stored.sentences, kept)
    unseen = unseen_logits(rows)
    strength = chosen(rows, unseen, np.arange(len(kept)))
    sentences = _with_frames(stored.sentences, rows, strength, sharpness(unseen[strength], rows.targets))
    cues = _enough(kept)
    if cues:
        sentences = _with_cues(sentences, rows, kept, cues)
    before = frame_figures(rows.start, rows.labels)
    after_logits = honest(rows, unseen)
    after = frame_figures(after_logits, rows.labels)
    gain = gain_of(rows.start, after_logits, rows.labels, rows.groups)
    beyond = gain_of(by_frequency(rows), after_logits, rows.labels, rows.groups)
    trained = {
        "base": stored.name,
        "base_digest": stored.digest,
        "digest": digest(kept),
        "sentences": len(kept),
        "groups": int(rows.groups.max()) + 1,
        "strength": STRENGTHS[strength],
        "cues": list(cues),
        "base_trained": stored.trained,
    }
    metrics = {"own_labels": {"before": before, "after": after}, "base": stored.metrics}
    identity = hashlib.sha256(json.dumps(trained, sort_keys=True).encode()).hexdigest()
    model = StoredModel(name or f"{stored.name}-own", identity, sentences, stored.messages, trained, metrics)
    dropped = len(examples) - len(kept)
    groups = int(rows.groups.max()) + 1
    return Refit(model, before, after, gain, beyond, STRENGTHS[strength], groups, cues, dropped)


def _distinct(examples: Sequence[Example]) -> list[Example]:
    """Return each text once, without those labelled in two ways: neither of the two can be trusted."""
    labels: dict[str, set[str]] = {}
    first: dict[str, Example] = {}
    for example in examples:
        key = " ".join(example.text.lower().split())
        labels.setdefault(key, set()).add(example.label)
        first.setdefault(key, example)
    kept = [example for key, example in first.items() if len(labels[key]) == 1]
    if len(kept) < FEWEST_ROWS:
        raise InputError(
            "too_few",
            f"got {len(kept)} different labelled sentences, expected at least {FEWEST_ROWS}. Label more;"
            " `clientvoice suggest-labels FOLDER` proposes which.",
        )
    found = sorted({example.label for example in kept})
    if len(found) < 2:
        raise InputError(
            "too_few",
            f"all labels are {found[0]!r}, expected at least two of {', '.join(FRAMES)}.",
        )
    return kept


def _with_frames(model: SentenceModel, rows: Rows, strength: int, factor: float) -> SentenceModel:
    path = fit_path(
        rows.frame_matrix, rows.start, rows.targets, STRENGTHS[1 : strength + 1], weights=rows.weights
    )
    if not path:
        return model
    weights, bias = rows.design.added(
        [branch.frame_weights for branch in model.branches], model.frame_bias, path[-1]
    )
    branches = tuple(
        replace(branch, frame_weights=own * factor)
        for branch, own in zip(model.branches, weights, strict=True)
    )
    second = model.second and replace(
        model.second,
        frame_weights=model.second.frame_weights * factor,
        frame_bias=model.second.frame_bias * factor,
        sharpness=model.second.sharpness * factor,
    )
    return replace(model, branches=branches, frame_bias=bias * factor, second=second)


def _enough(examples: Sequence[Example]) -> tuple[str, ...]:
    return tuple(cue for cue in CUES if sum(cue in e.cues for e in examples) >= FEWEST_OF_A_CUE)


def _with_cues(
    model: SentenceModel, rows: Rows, examples: Sequence[Example], cues: Sequence[str]
) -> SentenceModel:
    """Correct the heads of some cues, by the strength that predicts unseen senders best, if any does."""
    columns = [CUES.index(cue) for cue in cues]
    present = np.array([[float(cue in example.cues) for cue in cues] for example in examples])
    start, matrix = rows.cue_start[:, columns], rows.design.matrix
    losses = np.zeros(len(STRENGTHS))
    for seen, held in rows.folds():
        path = fit_path(matrix[seen], start[seen], present[seen], STRENGTHS[1:], exclusive=False)
        for at, logits in enumerate(
            [start[held], *(start[held] + matrix[held] @ correction.T for correction in path)]
        ):
            losses[at] += surprise(logits, present[held], exclusive=False).sum()
    best = int(losses.argmin())
    if not STRENGTHS[best]:
        return model
    found = fit_path(matrix, start, present, STRENGTHS[1 : best + 1], exclusive=False)[-1]
    weights, bias = rows.design.added(
        [branch.cue_weights[columns] for branch in model.branches], model.cue_bias[columns], found
    )
    cue_bias = model.cue_bias.copy()
    cue_bias[columns] = bias
    branches = []
    for branch, part in zip(model.branches, weights, strict=True):
        own = branch.cue_weights.copy()
        own[columns] = part
        branches.append(replace(branch, cue_weights=own))
    return replace(model, branches=tuple(branches), cue_bias=cue_bias)
