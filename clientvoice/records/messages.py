"""A message as its reader meets it, and the way back to its source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from clientvoice.records.labels import BlockKind


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about one message; the work went on.

    ``code`` is a stable identifier such as ``not_english``; ``text`` says what,
    where and what can be done.

    Examples
    --------
    >>> Notice("truncated", "The header is over 8,192 bytes; what follows is cut.").code
    'truncated'
    """

    code: str
    text: str


NOT_ENGLISH = "not_english"
"""The code of the notice on a message in another language: its score says nothing of it."""


def is_foreign(notices: Iterable[Notice]) -> bool:
    """Tell by its notices whether a message is in another language, so that no count should have it.

    Examples
    --------
    >>> is_foreign([Notice(NOT_ENGLISH, "The text reads as 'de'.")]), is_foreign([])
    (True, False)
    """
    return any(notice.code == NOT_ENGLISH for notice in notices)


class Run(NamedTuple):
    """A stretch of text and the stretch of source it came from.

    Where both lengths are equal the run maps character by character; else it
    is one unit (an entity, a collapsed space) and maps as a whole.

    Examples
    --------
    >>> Run(0, 5, 3, 8).source_start
    3
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
        """Return the source span of text ``[start, end)``, or None if it has none.

        Examples
        --------
        >>> print(SourceMap((Run(0, 5, 3, 8),)).to_source(7, 9))
        None
        """
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
    """A paragraph, heading, bullet, button, quote or footer of a message.

    Examples
    --------
    >>> Block(0, 8, "button").kind
    'button'
    """

    start: int
    end: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Message:
    r"""One message as its reader meets it: the subject first, then the body.

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

    Examples
    --------
    >>> message = Message("note", "Hello\n\nRing us.", (Block(0, 5, "subject"), Block(7, 15, "paragraph")))
    >>> [message.text[block.start : block.end] for block in message.blocks]
    ['Hello', 'Ring us.']
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
    """A file or message that could not be read; it becomes a row of its own.

    Examples
    --------
    >>> Failure("june.eml", "empty", "june.eml: empty; expected a message.", "june.eml").code
    'empty'
    """

    id: str
    code: str
    text: str
    path: str | None = None
