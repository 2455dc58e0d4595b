"""Finds the blocks of a plain text by its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from clientvoice.readers.mail.openings import leads, opening
from clientvoice.readers.plain.lines import BULLET, goes_on, wrap_column
from clientvoice.readers.plain.looks import looks_like_heading, says_something
from clientvoice.records import Block, BlockKind

LineKind = Literal["blank", "rule", "text", "bullet", "heading", "quote", "footer"]

_RULE_MARKS = frozenset("-=_*~#+.·•—–<>|/\\ ")
_UNDERLINE = frozenset("=-~")
_QUOTE = re.compile(r"(?:>[ ]{0,3}){1,40}")
_ORNAMENT = re.compile(r"([*=~#_+-]{2,20})[ ]{0,5}(\S.{0,98}?)[ ]{0,5}\1")
_SENT_FROM = re.compile(r"Sent from (?:my|Mail|Outlook|Yahoo)\b.{0,60}", re.IGNORECASE)
_SIGNATURE_LINES = 15
_SIGNATURE_TRIES = 20
_CAPITAL_WORDS = 12
_TITLE_WORDS = 8
_PARAGRAPH = 60
"""A line this long is no line of an address or a signature."""


@dataclass(slots=True)
class _Line:
    """One line: where its words stand (a marker lies outside) and what it is."""

    start: int
    end: int
    text: str
    kind: LineKind
    raw: str
    """The line with its marker, without indent."""
    indent: int


def find(text: str, start: int = 0) -> tuple[list[Block], list[int]]:
    r"""Return the blocks of a folded text, and the line breaks inside them that only wrap.

    Examples
    --------
    >>> find("OUR PROMISE\nWe ring back.")
    ([Block(start=0, end=11, kind='heading'), Block(start=12, end=25, kind='paragraph')], [])
    """
    lines = list(_read(text, start))
    _mark_quoted(lines)
    _mark_headings(lines)
    column = wrap_column(_paragraphs(lines))
    blocks: list[Block] = []
    wraps: list[int] = []
    last: _Line | None = None
    for line in lines:
        if line.kind in ("blank", "rule"):
            last = None
            continue
        if last is not None and _joins(last, line, column):
            wraps.append(text.index("\n", last.end))
            blocks[-1] = Block(blocks[-1].start, line.end, blocks[-1].kind)
            last = _Line(line.start, line.end, line.text, last.kind, line.raw, last.indent)
            continue
        last = line
        if says_something(line.text):
            blocks.append(Block(line.start, line.end, _block_kind(line)))
        else:
            last = None
    return blocks, wraps


def _read(text: str, start: int) -> Iterator[_Line]:
    """Yield the lines with what can be told of each alone."""
    for raw in text[start:].split("\n"):
        bare = raw.strip()
        indent = len(raw) - len(raw.lstrip())
        begin, end = start + indent, start + indent + len(bare)
        start += len(raw) + 1
        kind: LineKind = "text"
        if not bare:
            kind, begin, end = "blank", begin - indent, begin - indent
        elif bare[0].isalpha():
            pass  # most lines: no mark of any kind starts with a letter
        elif len(bare) > 1 and _RULE_MARKS.issuperset(bare) and (len(bare) > 2 or bare == "--"):
            kind = "rule"
        elif quote := _QUOTE.match(bare):
            kind, begin = "quote", end - len(bare[quote.end() :].lstrip())
        elif bullet := BULLET.match(bare):
            kind, begin = "bullet", begin + bullet.end()
        yield _Line(begin, max(begin, end), text[begin:end], kind, bare, indent)


def _mark_quoted(lines: list[_Line]) -> None:
    """Mark signatures, and the earlier mail below its introduction."""
    texts = [line.raw for line in lines]
    read, tries = 0, _SIGNATURE_TRIES
    for index, line in enumerate(lines):
        if line.kind not in ("text", "bullet", "rule"):
            continue
        if read and opening(texts, index):
            _mark_reply(lines, index)
            break
        if line.raw == "--" and read and tries:
            end = _signature_end(lines, texts, index)
            tries = 0 if end else tries - 1
            for below in lines[index + 1 : end]:
                below.kind = "footer" if below.kind in ("text", "bullet") else below.kind
        elif line.raw[0] in "sS" and _SENT_FROM.fullmatch(line.raw):
            line.kind = "footer"
        read += line.kind in ("text", "bullet") and (read > 0 or not leads(texts, index))
    if not any(line.kind in ("text", "bullet") for line in lines):
        for line in lines:  # nothing but quoted lines: they are what there is to read
            line.kind = "text" if line.kind == "quote" else line.kind


def _mark_reply(lines: list[_Line], index: int) -> None:
    below = [line for line in lines[index + 1 : index + 6] if line.kind not in ("blank", "rule")]
    interleaved = any(line.kind == "quote" for line in below[:2])
    for number, line in enumerate(lines[index:]):
        if line.kind in ("blank", "rule"):
            continue
        if not interleaved or number == 0 or (number == 1 and lines[index + 1].raw.endswith(":")):
            line.kind = "quote"


def _signature_end(lines: Sequence[_Line], texts: Sequence[str], index: int) -> int:
    """Return where a signature ends: at the end or a quoted mail; 0 if it is too long for one."""
    below = 0
    last = min(len(lines), index + 2 + _SIGNATURE_LINES * 3)
    for number in range(index + 1, last):
        if lines[number].kind == "quote" or opening(texts, number):
            return number if below else 0
        below += lines[number].kind in ("text", "bullet")
        if below > _SIGNATURE_LINES:
            return 0
    return last if below and last == len(lines) else 0


def _mark_headings(lines: list[_Line]) -> None:
    """Mark underlined lines, lines in capitals, ornamented lines and short titles."""
    for index, line in enumerate(lines):
        if line.kind != "text":
            continue
        before = lines[index - 1].kind if index else "blank"
        after = lines[index + 1] if index + 1 < len(lines) else None
        alone = before in ("blank", "rule") and (after is None or after.kind in ("blank", "rule"))
        ornament = None if line.raw[0].isalpha() else _ORNAMENT.fullmatch(line.raw)
        if ornament and says_something(ornament[2]):
            line.start, line.end = line.start + ornament.start(2), line.start + ornament.end(2)
            line.text, line.kind = ornament[2], "heading"
        elif (
            _is_underline(line, after)
            or _is_loud_title(lines, index)
            or (alone and _is_title(line.text) and _introduces(lines, index))
            or (before in ("blank", "rule") and _stands_over(line, after))
        ):
            line.kind = "heading"


def _is_title(text: str) -> bool:
    return len(text.split()) <= _TITLE_WORDS and looks_like_heading(text) and text[-1] not in "!?"


def _stands_over(line: _Line, after: _Line | None) -> bool:
    """Tell whether a title stands right over its paragraph, without a blank line between."""
    if after is None or after.kind != "text" or not _is_title(line.text) or goes_on(line.raw, after.raw):
        return False
    return len(after.text) >= _PARAGRAPH or after.text.endswith((".", "!", "?"))


def _introduces(lines: Sequence[_Line], index: int) -> bool:
    """Tell whether a line stands above a text, and not below a ``Kind regards,`` or above another mail."""
    above = next(
        (line.raw for line in reversed(lines[max(index - 3, 0) : index]) if line.kind != "blank"), ""
    )
    below = [line.kind for line in lines[index + 2 : index + 4] if line.kind not in ("blank", "rule")]
    return below != [] and below[0] != "quote" and not above.endswith(",")


def _is_underline(line: _Line, after: _Line | None) -> bool:
    if after is None or after.kind != "rule" or len(set(after.raw)) != 1 or after.raw[0] not in _UNDERLINE:
        return False
    if len(after.raw) < 3 or not looks_like_heading(line.text):
        return False
    return len(line.text) <= 80 and abs(len(after.raw) - len(line.text)) <= max(4, len(line.text) // 2)


def _is_loud_title(lines: Sequence[_Line], index: int) -> bool:
    """Tell whether a line in capitals opens a paragraph, and not one that is loud throughout."""
    if index and lines[index - 1].kind not in ("blank", "rule", "heading"):
        return False
    following = [line.text.isupper() and line.kind == "text" for line in lines[index + 1 : index + 3]]
    return _in_capitals(lines[index].text) and following != [True, True]


def _in_capitals(text: str) -> bool:
    if any(letter.islower() for letter in text if letter.isalpha()):
        return False
    return (
        sum(map(str.isalpha, text)) > 2
        and len(text.split()) <= _CAPITAL_WORDS
        and looks_like_heading(text.rstrip("."))
    )


def _paragraphs(lines: Sequence[_Line]) -> list[list[str]]:
    groups = groupby(lines, key=lambda line: line.kind in ("text", "bullet"))
    return [[line.raw for line in group] for is_text, group in groups if is_text]


def _joins(last: _Line, line: _Line, column: int) -> bool:
    """Tell whether a line carries on the one before it."""
    if line.kind != "text" or last.kind not in ("text", "bullet"):
        return False
    if last.kind == "bullet" and line.indent > last.indent:
        return True
    return goes_on(last.raw, line.raw, column)


def _block_kind(line: _Line) -> BlockKind:
    kind = line.kind
    return "paragraph" if kind == "text" or kind == "blank" or kind == "rule" else kind
