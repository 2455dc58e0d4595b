"""The margin note beside a marked sentence: label, reason, cues and their words, how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from clientvoice.records import Cue, SentenceAnalysis
from clientvoice.reports.inert import one_line
from clientvoice.reports.page.cards import Card, card
from clientvoice.reports.page.suggested import Suggested, suggested


@dataclass(frozen=True, slots=True)
class Reason:
    """A cue of one sentence and the words that show it."""

    card: Card
    words: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in the margin beside a marked sentence; ``suggested`` is None where nobody asked."""

    number: int
    frame: str
    probability: float
    uncertain: bool
    reasons: tuple[Reason, ...]
    why: str
    suggested: Suggested | None = None


def note(sentence: SentenceAnalysis, text: str, cards: Mapping[str, Card], number: int) -> Note:
    """Return the note of a marked sentence; words that its reason quotes are not said twice."""
    reasons = []
    said = sentence.reason.casefold()
    by_name = sorted(sentence.cues, key=lambda cue: cue.name)
    for name, some in groupby(by_name, key=lambda cue: cue.name):
        cues = list(some)
        words = [one_line(text[c.start : c.end], 40) for c in cues if marks_words(c, sentence)]
        words = [each for each in words if each.casefold() not in said]
        source = "rule" if any(cue.source == "rule" for cue in cues) else "model"
        reasons.append(Reason(card(name, cards), tuple(dict.fromkeys(words))[:3], source))
    return Note(
        number,
        sentence.label,
        sentence.probabilities[sentence.label],
        sentence.framing.uncertain,
        tuple(reasons),
        one_line(sentence.reason, 400),
        suggested(sentence.suggestions),
    )


def marks_words(cue: Cue, sentence: SentenceAnalysis) -> bool:
    """Tell whether a cue stands at some words of its sentence: one at all of them marks none."""
    return 0 < cue.end - cue.start < 0.9 * (sentence.end - sentence.start)
