"""What to fix first: the sentences whose mending gains most, each counted as often as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clientvoice.records import MessageAnalysis, Rewrite, SentenceAnalysis
from clientvoice.reports.inert import one_line
from clientvoice.reports.page.sections import Section

SHOWN = 6
"""Sentences that are put first."""

_KEPT = 5_000
_TEXT = 220
_UNSAFE = 0.5
"""What a rewrite counts that a person must read first, beside one that is safe."""


@dataclass(frozen=True, slots=True)
class Priority:
    """A sentence worth mending: where it stands first, in how many messages, and how.

    ``before`` and ``after`` are probabilities of ``customer``; ``note`` is the number
    of its margin note in message ``number``.
    """

    number: int
    note: int
    title: str
    sentence: str
    rewrite: str
    before: float
    after: float
    safe: bool
    times: int = 1

    @property
    def weight(self) -> float:
        """What mending it gains: the fall of the probability, as often as it stands."""
        return (self.before - self.after) * self.times * (1.0 if self.safe else _UNSAFE)


class Priorities:
    """Gathers the sentences with suggestions while messages pass by.

    Examples
    --------
    >>> Priorities().first()
    []
    """

    def __init__(self) -> None:
        self._found: dict[str, Priority] = {}

    def add(self, analysis: MessageAnalysis, section: Section) -> None:
        """Take in the customer sentences of a message that have a rewrite; a repeated one counts once."""
        mended = [(place, it) for place, it in enumerate(analysis.sentences) if it.rewrites]
        notes: Mapping[int, int] = section.notes if mended else {}
        seen: set[str] = set()
        for place, sentence in mended:
            key = " ".join(sentence.text[: 4 * _TEXT].casefold().split())
            if place not in notes or key in seen:
                continue
            seen.add(key)
            known = self._found.get(key)
            if known:
                self._found[key] = replace(known, times=known.times + 1)
            elif len(self._found) < _KEPT:
                best = sentence.rewrites[0]
                self._found[key] = _priority(sentence, best, section, notes[place])

    def first(self, most: int = SHOWN) -> list[Priority]:
        """Return the sentences whose mending gains most."""
        gaining = [one for one in self._found.values() if one.weight > 0]
        return sorted(gaining, key=lambda one: (-one.weight, one.number, one.note))[:most]


def _priority(sentence: SentenceAnalysis, best: Rewrite, section: Section, note: int) -> Priority:
    return Priority(
        number=section.number,
        note=note,
        title=section.title,
        sentence=one_line(sentence.text, _TEXT),
        rewrite=one_line(best.text, _TEXT),
        before=best.before,
        after=best.after,
        safe=best.safe,
    )
