"""Suggestions for one sentence, ready to be shown: each a diff in parts, what it gains, what to check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from clientvoice.records import Change, Precedent, Rewrite, Suggestions
from clientvoice.reports.inert import one_line, visible

MOST = 3
"""Suggestions that are shown of one sentence."""

LONGEST = 1_500
"""Characters of a suggestion beyond which it is not shown: nobody reads such a diff."""

_KEPT = 0.35
"""The share of the words that must stay for a diff; below it old and new stand whole side by side."""

_WARNINGS = 4

Kind = Literal["same", "gone", "come"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a diff: text that stays, goes or comes."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One suggested rewrite; ``before`` and ``after`` are probabilities of ``customer``.

    ``warnings`` say what to check, and where ``safe`` is false, why.
    """

    parts: tuple[Part, ...]
    before: float
    after: float
    safe: bool
    warnings: tuple[str, ...]
    reason: str

    @property
    def text(self) -> str:
        """The sentence as suggested, which is what the copy button copies."""
        return "".join(part.text for part in self.parts if part.kind != "gone").strip()


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is shown of the suggestions for one sentence, the best first.

    ``example`` is how an editor changed a similar sentence, ``unshown`` the number
    of suggestions too long to show.
    """

    proposals: tuple[Proposal, ...] = ()
    advice: str = ""
    example: Precedent | None = None
    unshown: int = 0


def suggested(suggestions: Suggestions | None) -> Suggested | None:
    """Return what is shown of the suggestions for a sentence, None where there are none.

    Examples
    --------
    >>> suggested(Suggestions((), "Say what it costs.")).advice
    'Say what it costs.'
    """
    if suggestions is None:
        return None
    first = suggestions.rewrites[:MOST]
    short = [one for one in first if max(len(one.text), len(one.original)) <= LONGEST]
    example = suggestions.example
    return Suggested(
        proposals=tuple(map(_proposal, short)),
        advice=one_line(suggestions.advice, 400),
        example=Precedent(one_line(example.customer, 400), one_line(example.client, 400))
        if example
        else None,
        unshown=len(first) - len(short),
    )


def _proposal(rewrite: Rewrite) -> Proposal:
    return Proposal(
        parts=diff(rewrite.original, rewrite.text, rewrite.changes),
        before=rewrite.before,
        after=rewrite.after,
        safe=rewrite.safe,
        warnings=tuple(one_line(warning, 300) for warning in rewrite.warnings[:_WARNINGS]),
        reason=one_line(rewrite.reason, 300),
    )


def diff(before: str, after: str, changes: tuple[Change, ...]) -> tuple[Part, ...]:
    """Return a sentence and its rewrite as parts; without what goes they join to the rewrite.

    Where little stays, old and new stand whole: scraps of a diff are hard to read.

    Examples
    --------
    >>> diff("Buy it now!", "Buy it.", (Change(6, 11, " now!", "."),))
    (Part(kind='same', text='Buy it'), Part(kind='gone', text=' now!'), Part(kind='come', text='.'))
    """
    parts = list(_parts(before, changes))
    kept = sum(len(part.text.strip()) for part in parts if part.kind == "same")
    whole = "".join(part.text for part in parts if part.kind != "gone") != after
    if whole or kept < _KEPT * min(len(before), len(after)):
        parts = [Part("gone", before), Part("same", " "), Part("come", after)]
        parts = [part for part in parts if part.text]
    return tuple(
        Part(kind, visible("".join(part.text for part in some)).replace("\n", " "))
        for kind, some in groupby(parts, key=lambda part: part.kind)
    )


def _parts(before: str, changes: tuple[Change, ...]) -> Iterator[Part]:
    at = 0
    for change in changes:
        stretches: tuple[tuple[Kind, str], ...] = (
            ("same", before[at : change.start]),
            ("gone", before[change.start : change.end]),
            ("come", change.after),
        )
        yield from (Part(kind, text) for kind, text in stretches if text)
        at = change.end
    if before[at:]:
        yield Part("same", before[at:])
