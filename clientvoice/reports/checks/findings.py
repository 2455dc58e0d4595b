"""One finding a sentence that speaks to a customer: what tools for code call an issue.

Every format of a check (text, SARIF, annotations, JUnit, …) is made from these.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from clientvoice.house.suppressions import Suppression, find_suppressions
from clientvoice.records import UNCOUNTED, Message, MessageAnalysis, SentenceAnalysis
from clientvoice.records.messages import is_foreign
from clientvoice.reports.checks.fixes import Fix, safe_fixes
from clientvoice.reports.checks.positions import Place, Places
from clientvoice.rules import RuleBook, margin_note

Level = Literal["warning", "note"]
Silence = Literal["inSource", "external"]

PLAIN_RULE = "customer"
"""The rule of a sentence for which no cue speaks: the house switched off the one that would."""

SCORE_RULE = "low_score"
"""The rule of a message that scores under the bar."""

_PLAIN_REASON = "Speaks to the reader as a customer."


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that frames its reader as a customer, at its place in the file.

    Parameters
    ----------
    rule : str
        The cue that the reason names, ``customer`` where there is none, ``low_score`` for a message.
    path, id : str
        The file and the message, as the user named them.
    text : str
        The sentence.
    reason, advice : str
        What is wrong, and what to do about it where suggestions were asked for.
    place : Place or None
    cues : tuple of str
        All its customer cues, the one that says most first.
    probability : float
        Of ``customer``.
    unsure : bool
    silenced : {"inSource", "external"} or None
        Ignored by a comment of its author, or by the house style.
    justification : str
        The reason that the comment gives.
    fixes : tuple of Fix
    occurrence : int
        The how-manieth of this rule and these words in its file, from one.
    level : {"warning", "note"}
        A warning fails the run; a note is told only.
    known : bool
        Whether the baseline has it.
    """

    rule: str
    path: str
    id: str
    text: str
    reason: str
    advice: str = ""
    place: Place | None = None
    cues: tuple[str, ...] = ()
    probability: float = 1.0
    unsure: bool = False
    silenced: Silence | None = None
    justification: str = ""
    fixes: tuple[Fix, ...] = ()
    occurrence: int = 1
    level: Level = "warning"
    known: bool = False

    @property
    def message(self) -> str:
        """Reason and advice, and where lines are counted in something else than the file."""
        aside = f"({self.place})" if self.place and self.place.inside else ""
        return " ".join(part for part in (self.reason, self.also, self.advice, aside) if part)

    @property
    def also(self) -> str:
        """The other customer cues and whether the model is unsure, in brackets; empty without any."""
        others = [cue for cue in self.cues if cue != self.rule]
        told = [f"also {', '.join(others)}"] if others else []
        return f"({'; '.join([*told, *['unsure'] * self.unsure])})" if told or self.unsure else ""

    @property
    def exact(self) -> Place | None:
        """The place in the file itself, None where it is not known."""
        return self.place if self.place and not self.place.inside else None

    @property
    def words(self) -> str:
        """Identity of the words, whatever their case, spacing and place: sixteen hexadecimal digits."""
        plain = " ".join(unicodedata.normalize("NFKC", self.text).casefold().split())
        return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def fails(self) -> bool:
        """Whether it is new, stands above the bar, and nobody silenced it."""
        return self.level == "warning" and not self.known and self.silenced is None


def findings(
    analysis: MessageAnalysis,
    *,
    book: RuleBook | None = None,
    raw: bytes | None = None,
    named: Collection[str] = (),
) -> tuple[Finding, ...]:
    r"""Return the findings of one message in reading order, those that are silenced too.

    A message in another language has none: what is read out of it says nothing of it.

    Parameters
    ----------
    analysis : MessageAnalysis
        Advice and fixes need an analysis with suggestions, see
        :meth:`~clientvoice.voice.ClientVoice.suggest`.
    book : RuleBook, optional
        The book that it was made with, the shipped one by default.
    raw : bytes, optional
        The file of a mail, for exact lines in it.
    named : collection of str
        Customer cues whose sentences are findings whatever their label.

    Examples
    --------
    >>> import clientvoice
    >>> found, = findings(clientvoice.load("fast").analyze("Hello.\n\nHurry, buy now and save 50%!"))
    >>> found.rule, found.place.line, found.level
    ('price', 3, 'warning')
    """
    if is_foreign(analysis.notices):
        return ()
    flagged = [
        found
        for found in analysis.sentences
        if found.kind not in UNCOUNTED
        and (found.label == "customer" or any(cue.name in named for cue in found.cues))
    ]
    if not flagged:
        return ()
    book = book or RuleBook.load()
    places = Places(analysis.message, raw)
    ignored = any(found.suppressed for found in flagged)
    comments = find_suppressions(analysis.message, book.cues)[0] if ignored else ()
    fixes = safe_fixes(analysis.message, flagged, places)
    return numbered(
        _finding(found, analysis.message, book, places, comments, fixes.get(found.start, ()), named)
        for found in flagged
    )


def low_score(analysis: MessageAnalysis, bar: float) -> Finding:
    """Return the finding that a message scores under a bar.

    Examples
    --------
    >>> from clientvoice.records import Message
    >>> low_score(MessageAnalysis(Message("a.md", "", ()), "customer", 12.0, {}, ()), 40).reason
    'The message scores 12 of 100, under the bar of 40.'
    """
    message = analysis.message
    return Finding(
        SCORE_RULE,
        message.path or message.id,
        message.id,
        message.subject or "",
        f"The message scores {analysis.score:.0f} of 100, under the bar of {bar:g}.",
        place=Place(1) if message.path in (None, message.id) else None,
        probability=analysis.probabilities.get("customer", 0.0),
    )


def numbered(some: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with their occurrence in their file.

    Examples
    --------
    >>> twice = Finding("price", "a.md", "a.md", "Save now!", "Leads with a saving.")
    >>> [found.occurrence for found in numbered([twice, twice])]
    [1, 2]
    """
    seen: Counter[tuple[str, str, str, bool]] = Counter()

    def count() -> Iterator[Finding]:
        for found in some:
            # What is ignored must not renumber what is not.
            key = (found.path, found.rule, found.words, found.silenced is None)
            seen[key] += 1
            yield replace(found, occurrence=seen[key])

    return tuple(count())


def _finding(
    found: SentenceAnalysis,
    message: Message,
    book: RuleBook,
    places: Places,
    comments: Sequence[Suppression],
    fixes: tuple[Fix, ...],
    named: Collection[str],
) -> Finding:
    cues = tuple(dict.fromkeys(cue.name for cue in found.cues if _selling(cue.name, book)))
    comment = next((one for one in comments if one.start < found.end and found.start < one.end), None)
    rule, reason = cues[0] if cues else PLAIN_RULE, found.reason
    if found.label != "customer":
        cue = next(cue for cue in found.cues if cue.name in named)
        rule, reason = cue.name, margin_note(cue.name, message.text[cue.start : cue.end], book=book)
    if found.suppressed and comment:
        rule = next((cue for cue in sorted(comment.cues) if _selling(cue, book)), rule)
    return Finding(
        rule=rule,
        path=message.path or message.id,
        id=message.id,
        text=found.text,
        reason=reason or _PLAIN_REASON,
        advice=found.suggestions.advice if found.suggestions and not found.suppressed else "",
        place=places.at(found.start, found.end),
        cues=cues,
        probability=found.probabilities["customer"],
        unsure=found.framing.uncertain,
        silenced=("inSource" if comment else "external") if found.suppressed else None,
        justification=comment.reason if found.suppressed and comment else "",
        fixes=fixes,
        level="note" if found.framing.uncertain else "warning",
    )


def _selling(cue: str, book: RuleBook) -> bool:
    return cue in book and book.frame_of(cue) == "customer"
