"""The nouns of the library: frozen records that every room hands to the next.

All offsets are half-open ``[start, end)`` character positions in
:attr:`Message.text`. For a plain string that text has exactly the length of
the string the user gave, so offsets point into it; for HTML, Markdown and mail
:attr:`Message.source_map` leads back to the decoded source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Frame = Literal["client", "customer", "neutral"]
MessageLabel = Literal["client", "customer", "mixed", "neutral"]
BlockKind = Literal["subject", "heading", "paragraph", "bullet", "button", "footer", "quote"]
SentenceKind = Literal["subject", "heading", "sentence", "bullet", "button", "footer", "quote"]
CueSource = Literal["rule", "model"]

FRAMES: tuple[Frame, ...] = ("client", "customer", "neutral")
"""The sentence labels, in the order of every probability column."""

MESSAGE_LABELS: tuple[MessageLabel, ...] = ("client", "customer", "mixed", "neutral")
"""The message labels, in alphabetical order."""

UNCOUNTED: frozenset[str] = frozenset({"footer", "quote"})
"""Kinds that are shown but never count toward a message's score."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about one message; the work went on.

    ``code`` is a stable identifier such as ``not_english``; ``text`` says what,
    where and what can be done.
    """

    code: str
    text: str


class Run(NamedTuple):
    """A stretch of text and the stretch of source it came from.

    Where both lengths are equal the run maps character by character; else it
    is one unit (an entity, a collapsed space) and maps as a whole.
    """

    text_start: int
    text_end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Leads from offsets in a message's text back to its decoded source.

    Parameters
    ----------
    runs : tuple of Run
        Ascending and disjoint in the text. Text that no run covers (a line
        break between blocks, the subject of a mail) has no place in the source.

    Examples
    --------
    >>> SourceMap((Run(0, 5, 3, 8),)).to_source(1, 3)
    (4, 6)
    """

    runs: tuple[Run, ...] = ()

    def to_source(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the source span of text ``[start, end)``, or None if it has none."""
        first = bisect_right(self.runs, start, key=lambda run: run.text_start) - 1
        if first < 0 or self.runs[first].text_end <= start:
            first += 1
        last = bisect_right(self.runs, end - 1, key=lambda run: run.text_start) - 1
        if first > last or start >= end:
            return None
        head, tail = self.runs[first], self.runs[last]
        return (
            _project(head, max(start, head.text_start), head.source_start),
            _project(tail, min(end, tail.text_end), tail.source_end),
        )


def _project(run: Run, offset: int, whole: int) -> int:
    exact = run.text_end - run.text_start == run.source_end - run.source_start
    return run.source_start + offset - run.text_start if exact else whole


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, bullet, button, quote or footer of a message."""

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Message:
    """One message as its reader meets it: the subject first, then the body.

    Parameters
    ----------
    id : str
        Stable and unique in a run: a path, a path with ``#n`` inside a mailbox.
    text : str
        What a reader sees, blocks separated by line breaks. A subject is the
        first block, with kind ``"subject"``.
    blocks : tuple of Block
        In reading order, disjoint, inside ``text``.
    format : str
        ``eml``, ``html``, ``markdown`` or ``text``.
    subject, sender, date : str or None
        From the headers, front matter or title; the date is ISO 8601.
    path : str or None
        The file, as the user named it.
    source : str
        The decoded source that ``source_map`` points into.
    part : str or None
        For mail, which body part the source is, such as ``"1.2 text/html"``.
    notices : tuple of Notice
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    format: str = "text"
    subject: str | None = None
    sender: str | None = None
    date: str | None = None
    path: str | None = None
    source: str = field(default="", repr=False)
    source_map: SourceMap = field(default=SourceMap(), repr=False)
    part: str | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or message that could not be read; it becomes a row of its own."""

    id: str
    code: str
    text: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or fragment; ``message.text[start:end] == text``, always."""

    start: int
    end: int
    text: str
    kind: SentenceKind = "sentence"


@dataclass(frozen=True, slots=True)
class Cue:
    """Why a sentence reads as it does: a cue of the labelling guide, at its words."""

    name: str
    start: int
    end: int
    source: CueSource = "rule"


@dataclass(frozen=True, slots=True)
class Framing:
    """A label with calibrated probabilities per frame, which sum to one."""

    label: Frame
    probabilities: Mapping[str, float]
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """A stretch of words and its exact share of the log-odds of client against customer."""

    start: int
    end: int
    text: str
    log_odds: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The log-odds of client against customer, as a bias plus one share a word.

    ``bias + sum(c.log_odds for c in contributions)`` is ``decision``.
    """

    decision: float
    bias: float
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class SentenceAnalysis:
    """One sentence with its framing and the cues that say why.

    A ``suppressed`` sentence is shown but neither marked nor counted: its author
    or the house style asked so.
    """

    sentence: Sentence
    framing: Framing
    cues: tuple[Cue, ...] = ()
    reason: str = ""
    suppressed: bool = False

    @property
    def text(self) -> str:
        """The sentence as it stands in the message."""
        return self.sentence.text

    @property
    def start(self) -> int:
        """First character in the message's text."""
        return self.sentence.start

    @property
    def end(self) -> int:
        """One past the last character in the message's text."""
        return self.sentence.end

    @property
    def kind(self) -> SentenceKind:
        """Subject, heading, sentence, bullet, button, footer or quote."""
        return self.sentence.kind

    @property
    def label(self) -> Frame:
        """The frame with the highest calibrated probability."""
        return self.framing.label

    @property
    def probabilities(self) -> Mapping[str, float]:
        """Calibrated probability of each frame, in [0, 1], summing to one."""
        return self.framing.probabilities

    @property
    def score(self) -> float:
        """0 (customer) to 100 (client)."""
        return sentence_score(self.framing.probabilities)

    @property
    def counted(self) -> bool:
        """Whether the sentence counts toward the message (footers, quotes and suppressed ones do not)."""
        return not self.suppressed and self.sentence.kind not in UNCOUNTED


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice of care in a message: the question, and the sentences that answer it.

    ``evidence`` holds indices into :attr:`MessageAnalysis.sentences`, best first,
    at most five. ``strength`` runs from 0 (no evidence) to 1. ``advice`` says what
    to add where there is no evidence, and is empty where there is some.
    """

    key: str
    question: str
    evidence: tuple[int, ...]
    strength: float
    advice: str


@dataclass(frozen=True, slots=True)
class MessageAnalysis:
    """One message, judged as its reader meets it, with all its sentences."""

    message: Message
    label: MessageLabel
    score: float
    probabilities: Mapping[str, float]
    sentences: tuple[SentenceAnalysis, ...]
    practices: tuple[Practice, ...] = ()
    explanations: Mapping[str, Explanation] = field(default_factory=dict, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The id of the message."""
        return self.message.id

    def _repr_html_(self) -> str:
        """Show the analysis in a notebook; the only look upward, so it is taken when asked for."""
        from clientvoice.reports.notebook import analysis_html

        return analysis_html(self, explain=self.explanations.get)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the user should know about this message."""
        return self.message.notices


def sentence_score(probabilities: Mapping[str, float]) -> float:
    """Return 0 (customer) to 100 (client) for calibrated frame probabilities.

    Examples
    --------
    >>> sentence_score({"client": 0.1, "customer": 0.7, "neutral": 0.2})
    20.0
    """
    return round(50 * (1 + probabilities["client"] - probabilities["customer"]), 2)
