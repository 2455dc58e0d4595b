"""What to fix first: the sentences that do a reader most harm, each counted as often as it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from clientvoice.records import MessageAnalysis, SentenceAnalysis
from clientvoice.reports.inert import one_line
from clientvoice.reports.page.sections import Section
from clientvoice.reports.page.severity import HOUSE, grade, gravest, last

SHOWN = 6
"""Sentences that are put first."""

OF_A_MESSAGE, OF_A_GRADE = 2, 1
"""Of these from one message at most; and of one grade of harm while others are to be had."""

_KEPT = 2_500
_TEXT = 220
_ADVICE = 400
_ALIKE = 0.6
"""The share of the words of the shorter sentence, found in the other, from which two say nearly the same."""

_FIGURES = re.compile(r"\d[\d.,:]*")
_WORD = re.compile(r"[^\W_]+")
_TELLING = 5
"""Letters from which on a word says what a sentence is about."""


@dataclass(frozen=True, slots=True)
class Priority:
    """A sentence worth mending: where it stands first, in how many messages, and how.

    ``note`` is the number of its margin note in message ``number``, 0 where none is shown. ``rewrite``
    is a safe one, which brings ``customer`` from ``before`` to ``after``, else empty and ``advice`` tells.
    ``cues`` are the names of the cues that speak in it and the words that they stand at.
    """

    number: int
    note: int
    title: str
    sentence: str
    reason: str
    before: float
    cues: tuple[tuple[str, str], ...]
    rewrite: str = ""
    after: float = 0.0
    advice: str = ""
    times: int = 1

    @property
    def safe(self) -> bool:
        """Whether there is a rewrite to show: one to be read first is none."""
        return bool(self.rewrite)

    @property
    def grade(self) -> int:
        """How grave the gravest of its cues is, 0 for the most."""
        return min((grade(*cue) for cue in self.cues), default=last())

    @property
    def sureness(self) -> float:
        """How sure it is to speak to a customer, as often as it stands."""
        return self.before * self.times


class Priorities:
    """Gathers the sentences that surely speak to a customer while messages pass by.

    Examples
    --------
    >>> Priorities().first()
    []
    """

    def __init__(self) -> None:
        self._found: dict[str, Priority] = {}

    def add(self, analysis: MessageAnalysis, section: Section) -> None:
        """Take in the customer sentences of a message; one that it repeats counts once."""
        pushing = [
            (place, it)
            for place, it in enumerate(analysis.sentences)
            if it.label == "customer" and it.counted and not it.framing.uncertain
        ]
        notes: Mapping[int, int] = section.notes if pushing else {}
        seen: set[str] = set()
        for place, sentence in pushing:
            key = " ".join(sentence.text[: 4 * _TEXT].casefold().split())
            if key in seen:
                continue
            seen.add(key)
            known = self._found.get(key)
            if known:
                self._found[key] = replace(known, times=known.times + 1)
            else:
                self._found[key] = _priority(sentence, analysis.message.text, section, notes.get(place, 0))
        if len(self._found) > 2 * _KEPT:
            # Which kind a cue is of is asked at the end only: here each counts as the worst that it may be.
            ranked = sorted(self._found.items(), key=lambda it: (_at_worst(it[1]), -it[1].sureness))
            self._found = dict(ranked[:_KEPT])

    def first(self, most: int = SHOWN) -> list[Priority]:
        """Return the gravest sentences, of equal ones the surest first, no two of which say the same."""
        ranked = [(one.grade, one) for one in self._found.values()]
        ranked.sort(key=lambda it: (it[0], -it[1].sureness, it[1].number, it[1].note))
        chosen: list[tuple[int, Priority]] = []
        for of_a_grade in (OF_A_GRADE, most):  # what is left of a grade only fills up
            for at, one in ranked:
                if len(chosen) == most:
                    break
                of_grade = Counter(grade for grade, _ in chosen)[at]
                if of_grade < of_a_grade and _is_new(one, [other for _, other in chosen]):
                    chosen.append((at, one))
        return [one for _, one in sorted(chosen, key=ranked.index)]


def _is_new(one: Priority, chosen: list[Priority]) -> bool:
    of_message = sum(other.number == one.number for other in chosen)
    return of_message < OF_A_MESSAGE and not any(_alike(one.sentence, other.sentence) for other in chosen)


def _alike(one: str, other: str) -> bool:
    """Tell whether two sentences say nearly the same, whatever their figures are."""
    a, b = _words(one), _words(other)
    return bool(a and b) and len(a & b) >= _ALIKE * min(len(a), len(b))


def _words(text: str) -> set[str]:
    words = set(_WORD.findall(_FIGURES.sub("0", text.casefold())))
    telling = {word for word in words if len(word) >= _TELLING or word == "0"}
    return telling if len(telling) > 1 else words


def _at_worst(one: Priority) -> int:
    return min((gravest(name) for name, _ in one.cues), default=last())


def _priority(sentence: SentenceAnalysis, text: str, section: Section, note: int) -> Priority:
    suggestions = sentence.suggestions
    safe = next((one for one in sentence.rewrites if one.safe), None)
    return Priority(
        number=section.number,
        note=note,
        title=section.title,
        sentence=one_line(sentence.text, _TEXT),
        reason=one_line(sentence.reason, _TEXT),
        before=safe.before if safe else sentence.probabilities["customer"],
        cues=tuple(_speaking(sentence, text, section)),
        rewrite=one_line(safe.text, _TEXT) if safe else "",
        after=safe.after if safe else 0.0,
        advice=one_line(suggestions.advice, _ADVICE) if suggestions and not safe else "",
    )


def _speaking(sentence: SentenceAnalysis, text: str, section: Section) -> list[tuple[str, str]]:
    """Return the cues that speak to a customer; one that only the model adds to others weighs nothing."""
    families = {card.name: card.family for card in section.cues}
    pushing = [cue for cue in sentence.cues if families.get(cue.name) != "client"]
    return [
        (HOUSE if families.get(cue.name) == "house" else cue.name, text[cue.start : cue.end][:_TEXT])
        for at, cue in enumerate(pushing)
        if at == 0 or cue.source == "rule"
    ]
