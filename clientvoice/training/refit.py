"""Refit a model's heads on a user's own labels: vectors stay frozen, no torch, seconds.

The new heads are the old ones plus a correction, kept small by an L2 penalty. How
small is chosen by cross-validation on whole senders, and "no correction" is among
the choices: few or doubtful labels change little, and never much for the worse.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from clientvoice.arguments import a_type, checked_sentences, is_blank
from clientvoice.corpora.sentences import Example, digest
from clientvoice.errors import ConfigError, InputError
from clientvoice.evaluation.measures import frame_figures
from clientvoice.framing.model import CUES, SentenceModel
from clientvoice.records import FRAMES, Frame
from clientvoice.store import StoredModel, as_saved, identified
from clientvoice.training.correction import fit_path, surprise
from clientvoice.training.gain import Gain, gain_of
from clientvoice.training.refit_choice import chosen, honest, losses_of
from clientvoice.training.selection import STRENGTHS, Rows, by_frequency, sharpness, unseen_logits
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
    absent : tuple of str
        Labels that no row has. Heads corrected without them may hardly name them any more,
        and no figure tells what that costs.
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
    absent: tuple[Frame, ...] = ()

    @property
    def helps(self) -> bool:
        """Whether the labels are shown to help, and not by their frequencies alone."""
        return self.strength > 0 and self.gain.is_sure and self.beyond.is_sure

    @property
    def unlearns(self) -> bool:
        """Whether the new heads were corrected without any example of some label."""
        return self.strength > 0 and bool(self.absent)

    @property
    def is_flawless(self) -> bool:
        """Whether the base gets every label right, so that there is nothing to gain on them."""
        return bool(self.before["accuracy"] == 1)

    @property
    def verdict(self) -> str:
        """What the labels brought, in one sentence with its interval."""
        if self.is_flawless:
            return "This model gets all of your labels right already: there is nothing to gain on them."
        interval = f"macro-F1 {_told(self.gain)}"
        if self.helps:
            there = " or ".join(frame for frame in FRAMES if frame not in self.absent)
            where = f" where a sentence is {there}" if self.absent else ""
            return f"Your labels help{where}: {interval}."
        if not self.strength and self.gain.value <= 0:
            return f"Your labels do not improve this model yet: {interval}."
        if self.strength and self.gain.is_sure:
            return (
                f"Your labels bring no more than their own frequencies do: {interval};"
                f" beyond them {_told(self.beyond)}."
            )
        if self.gain.high < 0:
            return f"Your labels make this model worse: {interval}."
        zero = ", which includes zero" if self.gain.low <= 0 else ""
        return f"Your labels are not shown to help. The change may be noise: {interval}{zero}."


def _told(gain: Gain) -> str:
    return f"{gain.value:+.3f}, 95 % interval {gain.low:+.3f} to {gain.high:+.3f}"


def refit(
    voice: ClientVoice,
    texts: Iterable[str],
    labels: Iterable[str],
    groups: Iterable[str | None] | None = None,
) -> ClientVoice:
    """Return a voice whose heads are refitted on your own labels.

    Parameters
    ----------
    voice : ClientVoice
    texts : iterable of str
        At least 20 sentences.
    labels : iterable of str
        ``client``, ``customer`` or ``neutral``; at least two of them. A label that no
        sentence has may hardly be named any more; a warning says so.
    groups : iterable of str, optional
        Who sent each sentence; one that is missing (None, a NaN, blanks) is a sender of its
        own. What a model learns about one sender is then judged on others.

    Returns
    -------
    ClientVoice
        It says what the old one says where your labels bring nothing.

    Warns
    -----
    UserWarning
        If the labels are not shown to help: what they changed on senders that were left
        out, with its 95 % interval. And if some label was never given.

    Raises
    ------
    TypeError
        If an argument, a text, or a label is of another kind; the message names it.
    ConfigError
        If lengths differ, or a label is unknown.
    InputError
        If there is too little to learn from: see :func:`refit_model`.

    Examples
    --------
    >>> import clientvoice
    >>> texts = [f"Our warden looks after plot {n}." for n in range(12)]
    >>> texts += [f"The club of plot {n} is filling up." for n in range(12)]
    >>> texts += [f"Plot {n} is open at nine." for n in range(12)]
    >>> labels = ["client"] * 12 + ["customer"] * 12 + ["neutral"] * 12
    >>> mine = refit(clientvoice.load("fast"), texts, labels)
    >>> mine.predict(["The club of plot 40 is filling up."]).tolist()
    ['customer']
    """
    if not isinstance(voice, ClientVoice):
        raise TypeError(
            f"refit: voice is {a_type(voice)}, expected a ClientVoice; give clientvoice.load('fast')."
        )
    sentences, names = checked_sentences(texts, "refit: texts"), _listed(labels, "labels")
    senders = [None] * len(sentences) if groups is None else _listed(groups, "groups")
    if not len(sentences) == len(names) == len(senders):
        raise ConfigError(
            f"got {len(sentences)} texts, {len(names)} labels and {len(senders)} groups;"
            " expected equally many."
        )
    examples = [
        Example(text, _frame(name, row), (), _sender(sender, row), "own")
        for row, (text, name, sender) in enumerate(zip(sentences, names, senders, strict=True))
    ]
    found = refit_model(voice.model, examples)
    if not found.helps:
        kept = "It says what the old voice says" if not found.strength else "Keep the old voice"
        remedy = "label sentences that it gets wrong" if found.is_flawless else "label more, or more senders"
        warnings.warn(f"refit: {found.verdict} {kept}; {remedy}.", stacklevel=2)
    if found.unlearns:
        warnings.warn(
            f"refit: no sentence is labelled {' or '.join(found.absent)}: the new voice may hardly ever"
            " say so any more. Label some of those, too.",
            stacklevel=2,
        )
    return voice.with_model(found.model)


def _listed(values: Iterable[Any], name: str) -> list[Any]:
    unfit = isinstance(values, str | bytes | set | frozenset)
    if unfit or not isinstance(values, Iterable) or hasattr(values, "columns"):
        raise TypeError(f"refit: {name} is {a_type(values)}, expected one for each text; give a list.")
    return list(values)


def _frame(given: Any, row: int) -> Frame:
    expected = f"expected one of {', '.join(FRAMES)}"
    if not isinstance(given, str):
        raise TypeError(
            f"refit: labels[{row}]: got {a_type(given)} ({repr(given)[:60]}), {expected};"
            " leave unlabelled sentences out."
        )
    label = given.strip().lower()
    if label not in FRAMES:
        raise ConfigError(f"refit: labels[{row}]: got {given[:60]!r}, {expected}.")
    return FRAMES[FRAMES.index(label)]


def _sender(given: Any, row: int) -> str:
    """Return the name of a sender; one that is missing (None, a NaN, blanks) is a sender of its own."""
    return f"row {row}" if is_blank(given) else str(given)


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
    losses = losses_of(rows, unseen)
    strength = chosen(rows, losses, np.arange(len(kept)))
    sentences = _with_frames(stored.sentences, rows, strength, sharpness(unseen[strength], rows.targets))
    cues = _enough(kept)
    if cues:
        sentences = _with_cues(sentences, rows, kept, cues)
    before = frame_figures(rows.start, rows.labels)
    after_logits = honest(rows, unseen, losses)
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
    model = identified(
        StoredModel(name or f"{stored.name}-own", "", as_saved(sentences), stored.messages, trained, metrics)
    )
    dropped = len(examples) - len(kept)
    groups = int(rows.groups.max()) + 1
    absent = tuple(frame for column, frame in enumerate(FRAMES) if not (rows.labels == column).any())
    return Refit(model, before, after, gain, beyond, STRENGTHS[strength], groups, cues, dropped, absent)


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
    start, matrix = rows.cue_start[:, columns], rows.cue_matrix
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
