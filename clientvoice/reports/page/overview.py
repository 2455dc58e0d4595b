"""What the top of the page tells: counts, distribution, ends of the scale, cues, problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from clientvoice.care import PracticeRule, practice_rules, reading
from clientvoice.records import Failure, MessageAnalysis, MessageLabel, SentenceAnalysis
from clientvoice.reports.inert import one_line
from clientvoice.reports.page.cards import Card, card
from clientvoice.reports.page.changes import Changes, changes_of
from clientvoice.reports.page.origins import Origins
from clientvoice.reports.page.priorities import Priorities
from clientvoice.reports.page.sampled import Sampled
from clientvoice.reports.page.sections import PLACE_LIMIT, Section
from clientvoice.reports.page.template import counted
from clientvoice.reports.page.timeline import Timeline
from clientvoice.reports.rows import row
from clientvoice.reports.tally import Tally

ENDS = 5
"""How many messages of each end of the scale are put first."""

SHOWN_PROBLEMS = 1_000
_VERBS: Mapping[MessageLabel, tuple[str, str]] = {
    "customer": ("speak to a customer", "speaks to a customer"),
    "client": ("speak to a client", "speaks to a client"),
    "mixed": ("mix the two", "mixes the two"),
    "neutral": ("do neither", "does neither"),
}
_SIDES: Mapping[str, int] = {"customer": -1, "client": 1}
_PHRASES_KEPT = 2_000
_WHOLE = "each read as a whole"
_QUOTED = 80
"""Characters of a phrase in the list of cues."""
_PHRASES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class End:
    """A message at one end of the scale, with the sentence that puts it there."""

    number: int
    title: str
    score: float
    label: str
    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class CueCount:
    """A cue over all messages: in how many sentences, and at which words most."""

    card: Card
    sentences: int
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A failure, or a notice of the message with this number."""

    code: str
    text: str
    place: str
    number: int = 0
    status: str = "scored"


@dataclass
class Overview:
    """Gathers what the top of the page needs while the messages pass by one at a time."""

    cards: Mapping[str, Card]
    tally: Tally = field(default_factory=lambda: Tally(ENDS))
    problems: list[Problem] = field(default_factory=list)
    problems_hidden: int = 0
    timeline: Timeline = field(default_factory=Timeline)
    origins: Origins = field(default_factory=Origins)
    priorities: Priorities = field(default_factory=Priorities)
    suggested: bool = False
    dated: bool = False
    assessed: int = 0
    _practices: Counter[str] = field(default_factory=Counter)
    _readings: Sampled = field(default_factory=Sampled)
    _ends: dict[str, list[End]] = field(default_factory=lambda: {frame: [] for frame in _SIDES})
    _cues: Counter[str] = field(default_factory=Counter)
    _words: dict[str, Counter[str]] = field(default_factory=dict)
    _spelling: dict[str, str] = field(default_factory=dict)

    def fail(self, failure: Failure) -> None:
        """Take in a message that could not be read."""
        it = row(failure)
        self.tally.add(it)
        place = one_line(it.place, PLACE_LIMIT)
        self._problem(Problem(failure.code, one_line(failure.text, 600), place, status=it.status))

    def add(self, analysis: MessageAnalysis, section: Section) -> None:
        """Take in a message and its section."""
        self.tally.add(section.row)
        self.dated = self.dated or bool(section.date)
        for notice in analysis.notices:
            self._problem(Problem(notice.code, one_line(notice.text, 600), section.path, section.number))
        self.suggested = self.suggested or any(it.suggestions for it in analysis.sentences)
        if section.row.foreign:
            return
        copy = [sentence for sentence in analysis.sentences if sentence.counted]
        self._count_cues(analysis.message.text, copy)
        told = reading(analysis)
        if analysis.practices:
            self.assessed += 1
            self._practices.update(it.key for it in analysis.practices if it.evidence)
            self._readings.add(told)
        self.timeline.add(section.row.date, analysis.score)
        self.origins.add(section.row, told)
        self.priorities.add(analysis, section)
        self._ends_of(section, copy)

    def _problem(self, problem: Problem) -> None:
        if len(self.problems) < SHOWN_PROBLEMS:
            self.problems.append(replace(problem, code=one_line(problem.code, 60)))
        else:
            self.problems_hidden += 1

    def _count_cues(self, text: str, copy: list[SentenceAnalysis]) -> None:
        for sentence in copy:
            self._cues.update({cue.name for cue in sentence.cues})
            for cue in sentence.cues:
                words = self._words.setdefault(cue.name, Counter())
                # Quoted is what reads so: "free" in a sentence that cares is no price to point at.
                speaks = sentence.label == card(cue.name, self.cards).family
                if not speaks or not 0 < cue.end - cue.start <= _QUOTED:
                    continue
                phrase = one_line(text[cue.start : cue.end], _QUOTED)
                spelling = self._spelling.get(phrase.casefold(), phrase)
                if spelling in words or len(words) < _PHRASES_KEPT:
                    self._spelling.setdefault(phrase.casefold(), phrase)
                    words[spelling] += 1

    def _ends_of(self, section: Section, copy: list[SentenceAnalysis]) -> None:
        for frame, side in _SIDES.items():
            ends, lean = self._ends[frame], side * (section.row.score or 0.0)
            further = lean > side * 50 and (len(ends) < ENDS or lean >= side * ends[-1].score)
            if further and any(it.label == frame for it in copy):
                ends.append(_end(section, frame, copy))
                ends.sort(key=lambda end: (-side * end.score, end.number))
                del ends[ENDS:]

    def ends(self, frame: str) -> list[End]:
        """Return the messages on one side of the middle with a sentence of that side, the furthest first."""
        return list(self._ends[frame])

    def cues(self, family: str) -> list[CueCount]:
        """Return the cues of a family, the most frequent first."""
        found = (
            CueCount(card(name, self.cards), count, tuple(self._words[name].most_common(_PHRASES_SHOWN)))
            for name, count in self._cues.most_common()
        )
        return [each for each in found if each.card.family == family]

    @property
    def practices(self) -> list[tuple[PracticeRule, int]]:
        """The practices of care, and in how many messages each is shown."""
        return [(rule, self._practices[rule.key]) for rule in practice_rules()] if self.assessed else []

    def changes(self) -> Changes:
        """Return how the messages of each sender change over time."""
        return changes_of(self._readings.histories(), self.cards, left=self._readings.left)

    @property
    def lead(self) -> str:
        """What the messages read as, in one sentence."""
        total, labels = self.tally.judged, self.tally.labels
        if not total:
            return "No message was scored." if not self.tally.messages else "No message is in English."
        english = " in English" if self.tally.foreign else ""
        parts = [f"{labels[name]:,} {_VERBS[name][labels[name] == 1]}" for name in _VERBS if labels[name]]
        if len(parts) == 1:
            name = next(name for name in _VERBS if labels[name])
            subject = (
                f"The one message{english}, read as a whole,"
                if total == 1
                else f"All {total:,} messages{english}, {_WHOLE},"
            )
            return f"{subject} {_VERBS[name][total == 1]}."
        return f"Of {total:,} messages{english}, {_WHOLE}, {', '.join(parts[:-1])} and {parts[-1]}."

    @property
    def foreign(self) -> str:
        """How many messages no count of the page has, in one sentence, or ``""``."""
        if not self.tally.foreign:
            return ""
        told = f"{counted(self.tally.foreign, 'message')} in another language"
        return f"Left out of all counts: {told}. Scores and cues hold for English copy only."

    @property
    def unread(self) -> str:
        """How many messages have no score, in one sentence."""
        failed, skipped = self.tally.statuses["failed"], self.tally.statuses["skipped"]
        parts = [f"{failed:,} could not be read"] if failed else []
        parts += [f"{skipped:,} {'was' if skipped == 1 else 'were'} left out on purpose"] if skipped else []
        if not parts:
            return "Every message was scored."
        return f"Of the files and messages found, {' and '.join(parts)}."

    @property
    def most(self) -> int:
        """The highest count of a cue, to scale the bars by."""
        return max(self._cues.values(), default=0)


def _end(section: Section, frame: str, counted: list[SentenceAnalysis]) -> End:
    # The subject stands above the quote already, and a button tells little.
    of_frame = [sentence for sentence in counted if sentence.label == frame and sentence.kind != "subject"]
    strongest = max(of_frame, key=lambda s: (s.kind != "button", s.probabilities[frame]), default=None)
    return End(
        section.number,
        section.title,
        section.row.score or 0.0,
        section.row.label or "",
        one_line(strongest.text, 220) if strongest else "",
        one_line(strongest.reason, 200) if strongest else "",
    )
