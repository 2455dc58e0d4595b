"""Takes house style and suppressions to the sentences of one message."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from clientvoice.house.directives import ALL
from clientvoice.house.settings import HouseStyle
from clientvoice.house.suppressions import Suppression, find_suppressions
from clientvoice.records import Cue, Framing, Message, Notice, Sentence, SentenceAnalysis
from clientvoice.rules import RuleBook

Reason = Callable[[Sentence, Framing, Sequence[Cue]], str]
"""Words a sentence's reason from the cues that are left."""

_EVERYTHING = frozenset({ALL})
_TOLD = 20
"""Notices of one kind that are told one by one."""


class _Silence(NamedTuple):
    start: int
    end: int
    cues: frozenset[str]


def quieted(
    message: Message,
    sentences: tuple[SentenceAnalysis, ...],
    style: HouseStyle,
    book: RuleBook,
    reason: Reason,
) -> tuple[Message, tuple[SentenceAnalysis, ...]]:
    """Return a message and its sentences as the house wants them judged.

    A cue that is switched off or ignored is not named. A sentence that only
    such cues spoke for, or that is ignored altogether, is *suppressed*: shown,
    but neither marked nor counted. What suppresses nothing is told by a notice.

    Parameters
    ----------
    message : Message
    sentences : tuple of SentenceAnalysis
        Ascending and disjoint.
    style : HouseStyle
    book : RuleBook
        Tells which label a cue speaks for.
    reason : callable
        Words a sentence's reason anew.

    Examples
    --------
    >>> quieted(Message("a", "", ()), (), HouseStyle(), RuleBook.load(), lambda *parts: "")[1]
    ()
    """
    asked, wrong = find_suppressions(message, book.cues)
    notices = _told(wrong)
    settled = list(_settled(message, style, book))
    if not (asked or settled):
        return (replace(message, notices=(*message.notices, *notices)) if notices else message), sentences
    hidden: dict[int, frozenset[str]] = {}
    unused: list[Notice] = []
    for silence in settled:
        for row in _rows(sentences, silence.start, silence.end):
            hidden[row] = hidden.get(row, frozenset()) | silence.cues
    for suppression in asked:
        rows = _rows(sentences, suppression.start, suppression.end)
        used = frozenset().union(*(_found(sentences[row]) for row in rows))
        for row in rows:
            hidden[row] = hidden.get(row, frozenset()) | suppression.cues
        unused += _unused(suppression, used)
    quiet = tuple(
        _without(sentence, hidden[row], book, reason) if row in hidden else sentence
        for row, sentence in enumerate(sentences)
    )
    return replace(message, notices=(*message.notices, *notices, *_told(unused))), quiet


def _told(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """Return the first notices, and how many more there are."""
    rest = len(notices) - _TOLD
    more = (Notice(notices[0].code, f"and {rest:,} more comments like these."),) if rest > 0 else ()
    return (*notices[:_TOLD], *more)


def _settled(message: Message, style: HouseStyle, book: RuleBook) -> Iterator[_Silence]:
    """Yield what the house style silences in a message."""
    off = style.off(book.cues)
    if off:
        yield _Silence(0, len(message.text), off)
    if style.ignore_blocks:
        for block in message.blocks:
            if style.ignores(block, message.text):
                yield _Silence(block.start, block.end, _EVERYTHING)


def _rows(sentences: Sequence[SentenceAnalysis], start: int, end: int) -> range:
    """Return which sentences a stretch of text touches."""
    if start >= end:
        return range(0)
    first = bisect_right(sentences, start, key=lambda sentence: sentence.end)
    return range(first, bisect_left(sentences, end, key=lambda sentence: sentence.start))


def _found(sentence: SentenceAnalysis) -> frozenset[str]:
    """Return what there is to suppress in a sentence."""
    names = frozenset(cue.name for cue in sentence.cues)
    return names | _EVERYTHING if names or sentence.label != "neutral" else names


def _unused(suppression: Suppression, used: frozenset[str]) -> Iterator[Notice]:
    idle = sorted(suppression.cues - used)
    if idle:
        what = "there is nothing to ignore" if idle == [ALL] else f"no {' or '.join(idle)} to ignore"
        yield Notice(
            "unused_suppression",
            f"{suppression.where}: the comment suppresses nothing: {what} in the text it is for. Remove it, "
            "or move it right before the block it is for."
            if len(idle) == len(suppression.cues)
            else f"{suppression.where}: {what} in the text that the comment is for. Remove "
            f"{'it' if len(idle) == 1 else 'them'} from the comment.",
        )


def _without(
    sentence: SentenceAnalysis, hidden: frozenset[str], book: RuleBook, reason: Reason
) -> SentenceAnalysis:
    """Return a sentence without the hidden cues."""
    cues = () if ALL in hidden else tuple(cue for cue in sentence.cues if cue.name not in hidden)
    if ALL not in hidden and len(cues) == len(sentence.cues):
        return sentence
    spoke, speak = _speaks(sentence, sentence.cues, book), _speaks(sentence, cues, book)
    if ALL in hidden or (spoke and not speak):
        return replace(sentence, cues=cues, reason="", suppressed=True)
    return replace(sentence, cues=cues, reason=reason(sentence.sentence, sentence.framing, cues))


def _speaks(sentence: SentenceAnalysis, cues: Sequence[Cue], book: RuleBook) -> bool:
    """Tell whether any of the cues speaks for the label of its sentence."""
    return any(book.frame_of(cue.name) == sentence.label for cue in cues)
