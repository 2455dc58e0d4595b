"""The tools for agents, without a protocol: bounded text in, bounded and typed results out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Annotated, Literal

from pydantic import Field

from clientvoice.errors import InputError
from clientvoice.readers import Limits, read_text
from clientvoice.records import Message, MessageAnalysis, SentenceAnalysis
from clientvoice.records import Rewrite as RewriteRecord
from clientvoice.reports.inert import clipped, encodable
from clientvoice.rewrites.ranking import calls_for_rewriting
from clientvoice.voice import ClientVoice

LONGEST = 50_000
"""Characters of a text: more than any newsletter, and read in about a second."""

SENTENCES = 100
"""Sentences of an analysis."""

REWRITTEN = 30
"""Sentences that one call suggests rewrites for."""

MOST_REWRITES = 5
_LONGEST_QUOTE = 500
_ORDER = {"customer": 0, "client": 1, "neutral": 2}

Text = Annotated[
    str,
    Field(
        description=f"The copy itself, never a path or address; at most {LONGEST:,} characters.",
        json_schema_extra={"maxLength": LONGEST},
    ),
]
Form = Annotated[
    Literal["text", "markdown", "html", "eml"],
    Field(description="How the copy is written; eml is a whole mail with its header."),
]
Limit = Annotated[int, Field(description="Rewrites a sentence, at most.", ge=1, le=MOST_REWRITES)]

# Without slots, which mcp would read as defaults.


@dataclass(frozen=True)
class Sentence:
    """A sentence as it reads by itself; offsets are characters of the text that its reader sees."""

    start: int
    end: int
    text: str
    kind: str
    label: Literal["client", "customer", "neutral"]
    score: float
    probabilities: dict[str, float]
    unsure: bool
    counted: bool
    cues: list[str]
    reason: str


@dataclass(frozen=True)
class Practice:
    """A practice of care, how strong its signs are (0 to 1), and what to add where there is none."""

    question: str
    strength: float
    advice: str


@dataclass(frozen=True)
class Analysis:
    """A message: its score runs from 0 (sells to a customer) to 100 (cares for a client)."""

    label: Literal["client", "customer", "mixed", "neutral"]
    score: float
    probabilities: dict[str, float]
    sentences: list[Sentence]
    sentences_left_out: int
    practices: list[Practice]
    notices: list[str]


@dataclass(frozen=True)
class Rewrite:
    """A way to say it that keeps every fact; one that is not safe must be read by a person first."""

    text: str
    safe: bool
    customer_before: float
    customer_after: float
    label: Literal["client", "customer", "neutral"]
    warnings: list[str]
    reason: str


@dataclass(frozen=True)
class Suggestion:
    """A sentence that speaks to a customer, why, what to do about it, and rewrites, best first."""

    start: int
    end: int
    text: str
    customer: float
    cues: list[str]
    reason: str
    advice: str
    rewrites: list[Rewrite]


@dataclass(frozen=True)
class Suggestions:
    """The sentences of a text that call for a rewrite, in reading order."""

    label: Literal["client", "customer", "mixed", "neutral"]
    score: float
    sentences: list[Suggestion]
    sentences_left_out: int


class Tools:
    """What the tools do, without the protocol.

    Parameters
    ----------
    voice : ClientVoice

    Examples
    --------
    >>> import clientvoice
    >>> tools = Tools(clientvoice.load("fast"))
    >>> found = tools.analyze("Hurry, only 3 left! Ring me before you sign anything.")
    >>> [sentence.label for sentence in found.sentences]
    ['customer', 'client']
    """

    def __init__(self, voice: ClientVoice) -> None:
        self._voice = voice
        self._one_at_a_time = Lock()  # agents call tools side by side, each in a thread

    def analyze(self, text: Text, format: Form = "text") -> Analysis:  # noqa: A002 - the name that agents see
        """Tell how a message frames its readers, sentence by sentence.

        Raises
        ------
        InputError
            If the text is empty or too long, or nothing in it can be read.
        """
        with self._one_at_a_time:
            found = self._analysed(text, format)
        ranked = sorted(found.sentences, key=lambda sentence: _ORDER[sentence.label])
        kept = sorted(ranked[:SENTENCES], key=lambda sentence: sentence.start)
        return Analysis(
            label=found.label,
            score=found.score,
            probabilities=_rounded(found.probabilities.items()),
            sentences=[_sentence(sentence) for sentence in kept],
            sentences_left_out=len(ranked) - len(kept),
            practices=[Practice(one.question, round(one.strength, 3), one.advice) for one in found.practices],
            notices=[encodable(notice.text) for notice in found.notices],
        )

    def rewrite(self, text: Text, format: Form = "text", limit: Limit = 3) -> Suggestions:  # noqa: A002
        """Suggest how to say to a client what a message says to a customer.

        Raises
        ------
        InputError
            If the text is empty or too long, or nothing in it can be read.
        """
        with self._one_at_a_time:
            found = self._analysed(text, format)
            open_ones = [sentence for sentence in found.sentences if calls_for_rewriting(sentence)]
            ranked = sorted(open_ones, key=lambda sentence: -sentence.probabilities["customer"])
            kept = sorted(ranked[:REWRITTEN], key=lambda sentence: sentence.start)
            told = self._voice.suggest(replace(found, sentences=tuple(kept)), limit=limit)
        return Suggestions(
            label=found.label,
            score=found.score,
            sentences=[_suggestion(sentence) for sentence in told.sentences],
            sentences_left_out=len(open_ones) - len(kept),
        )

    def _analysed(self, text: str, form: str) -> MessageAnalysis:
        return next(self._voice.pipe([_message(text, form)]))


def _message(text: str, form: str) -> Message:
    if len(text) > LONGEST:
        raise InputError(
            "too_large", f"text: {len(text):,} characters, expected at most {LONGEST:,}. Send it in parts."
        )
    if not text.strip():
        raise InputError("empty", "text: empty; expected the copy itself.")
    if excess := Limits().excess(text, form):
        raise InputError("too_large", f"text: {excess}. Send it in parts.")
    message = read_text(text, format=form)
    if not message.blocks:
        raise InputError("no_text", "text: no words in it that a reader would see; is the format right?")
    return message


def _sentence(found: SentenceAnalysis) -> Sentence:
    return Sentence(
        start=found.start,
        end=found.end,
        text=_quoted(found.text),
        kind=found.kind,
        label=found.label,
        score=found.score,
        probabilities=_rounded(found.probabilities.items()),
        unsure=found.framing.uncertain,
        counted=found.counted,
        cues=_cues(found),
        reason=_quoted(found.reason),
    )


def _suggestion(found: SentenceAnalysis) -> Suggestion:
    return Suggestion(
        start=found.start,
        end=found.end,
        text=_quoted(found.text),
        customer=round(found.probabilities["customer"], 4),
        cues=_cues(found),
        reason=_quoted(found.reason),
        advice=encodable(found.suggestions.advice) if found.suggestions else "",
        rewrites=[_rewrite(rewrite) for rewrite in found.rewrites],
    )


def _rewrite(found: RewriteRecord) -> Rewrite:
    return Rewrite(
        text=encodable(found.text),
        safe=found.safe,
        customer_before=found.before,
        customer_after=found.after,
        label=found.label,
        warnings=[encodable(warning) for warning in found.warnings],
        reason=encodable(found.reason),
    )


def _cues(found: SentenceAnalysis) -> list[str]:
    return list(dict.fromkeys(cue.name for cue in found.cues))


def _rounded(chances: Iterable[tuple[str, float]]) -> dict[str, float]:
    return {label: round(chance, 4) for label, chance in chances}


def _quoted(text: str) -> str:
    return clipped(encodable(text), _LONGEST_QUOTE)
