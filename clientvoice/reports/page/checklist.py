"""The practices of care of one message, ready to be shown: evidence with links, or what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clientvoice.care import practice_rules
from clientvoice.records import MessageAnalysis
from clientvoice.reports.inert import one_line
from clientvoice.reports.page.marks import Group

_LEVELS = ((0.6, "clearly"), (0.35, "in part"), (0.0, "faintly"))
_QUOTES = (90, 44)
"""Characters that are quoted of the first sentence and of the next."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence that shows a practice: its words and where it stands (``""`` if it is not shown).

    ``note`` is the number of its margin note, 0 where it has none.
    """

    quote: str
    target: str
    note: int


@dataclass(frozen=True, slots=True)
class Item:
    """One practice on the checklist; ``level`` is empty where it is missing."""

    title: str
    question: str
    level: str
    strength: float
    proofs: tuple[Proof, ...]
    advice: str


def checklist(analysis: MessageAnalysis, shown: Iterable[Group]) -> tuple[Item, ...]:
    """Return the checklist of a message; ``shown`` are its groups, where evidence can be pointed at."""
    places = {
        stretch.place: stretch
        for group in shown
        for block in group.blocks
        for stretch in block.stretches
        if stretch.place >= 0
    }
    titles = practice_titles()
    items = []
    for practice in analysis.practices:
        proofs: list[Proof] = []
        for at in practice.evidence:
            stretch = places.get(at)
            note = stretch.note if stretch else 0
            limit = _QUOTES[min(len(proofs), len(_QUOTES) - 1)]
            # From the third on a number will do, where the sentence has one.
            told = (
                "" if note and len(proofs) >= len(_QUOTES) else one_line(analysis.sentences[at].text, limit)
            )
            proofs.append(Proof(told, stretch.target if stretch else "", note))
        items.append(
            Item(
                title=titles.get(practice.key, practice.key),
                question=practice.question,
                level=level(practice.strength) if proofs else "",
                strength=practice.strength,
                proofs=tuple(proofs),
                advice=practice.advice,
            )
        )
    return tuple(items)


def practice_titles() -> Mapping[str, str]:
    """Return the practices by key, each in two or three words.

    Examples
    --------
    >>> practice_titles()["peace_of_mind"]
    'Peace of mind'
    """
    return {rule.key: rule.title for rule in practice_rules()}


def level(strength: float) -> str:
    """Return a strength as a word.

    Examples
    --------
    >>> level(0.9), level(0.4), level(0.1)
    ('clearly', 'in part', 'faintly')
    """
    return next(word for bar, word in _LEVELS if strength >= bar)
