"""Where a stretch of a message stands in its file: line and column, as editors count them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from clientvoice.records import Message
from clientvoice.reports.checks.mail_lines import QuotedLines, quoted_lines

_BREAK = re.compile(r"\r\n|\r|\n")
_SUBJECT = re.compile(rb"(?im)^subject[ \t]*:")
_ROW = re.compile(r"line (\d{1,9}),")
_TABLES = (".csv", ".tsv", ".jsonl", ".ndjson")
_BLANK = re.compile(rb"\r?\n\r?\n")
_WRITTEN = ("text", "markdown", "html")
"""Formats whose source is the file itself, character by character."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file, from one; the end column is one past the last character.

    Columns count Unicode characters; without an end column whole lines are meant.
    ``inside`` is empty where lines are those of the file; else it says what they are
    counted in, such as ``part 1.2 text/html, decoded``.
    """

    line: int
    column: int = 1
    end_line: int | None = None
    end_column: int | None = None
    inside: str = ""

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}" + (f" of {self.inside}" if self.inside else "")


class Lines:
    r"""The lines of a text.

    Examples
    --------
    >>> Lines("Hello,\r\nbuy now").span(8, 15)
    Place(line=2, column=1, end_line=2, end_column=8, inside='')
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def span(self, start: int, end: int) -> Place:
        """Return the place of ``text[start:end]``."""
        line, column = self._at(start)
        if end <= start:
            return Place(line, column, line, column)
        last, width = self._at(end - 1)
        return Place(line, column, last, width + 1)

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class Places:
    r"""Leads from the text of one message to lines and columns.

    Parameters
    ----------
    message : Message
    raw : bytes, optional
        The file of a mail. A part that stands in it as it is read, or quoted-printable
        (without columns then), has the lines of the file; a subject has its header's.

    Examples
    --------
    >>> from clientvoice.readers import read_text
    >>> Places(read_text("Hello.\n\nBuy now!", name="a.txt")).at(8, 16).line
    3
    """

    def __init__(self, message: Message, raw: bytes | None = None) -> None:
        self._message = message
        self._lines: Lines | None = None
        self._inside = "" if is_written(message) else _inside(message)
        self._before = 0
        self._subject = _subject_line(raw) if raw is not None and message.format == "eml" else None
        self._row = _row(message)
        self._quoted: QuotedLines | None = None
        if raw is None or not self._inside:
            return
        before = _lines_before(raw, message.source)
        if before is not None:
            self._inside, self._before = "", before
        else:
            self._quoted = quoted_lines(raw, message.part, message.source)

    def at(self, start: int, end: int) -> Place | None:
        """Return where ``message.text[start:end]`` stands, None where it has no place of its own."""
        span = self._message.source_map.to_source(start, end)
        if span is None:
            return Place(self._subject) if self._subject and self._is_subject(start) else None
        return self.of_source(*span)

    def of_source(self, start: int, end: int) -> Place:
        """Return where ``message.source[start:end]`` stands."""
        if self._lines is None:
            self._lines = Lines(self._message.source)
        found = self._lines.span(start, end)
        if self._quoted is not None:
            return _on_lines(self._quoted, found)
        if self._row is not None:
            return Place(self._row)
        last = None if found.end_line is None else found.end_line + self._before
        return replace(found, line=found.line + self._before, end_line=last, inside=self._inside)

    def _is_subject(self, start: int) -> bool:
        return any(
            block.kind == "subject" and block.start <= start < block.end for block in self._message.blocks
        )


def is_written(message: Message) -> bool:
    r"""Tell whether the source of a message is the text of its own file.

    Examples
    --------
    >>> from clientvoice.readers import read_text
    >>> is_written(read_text("Hello.")), is_written(read_text("Subject: Hi\n\nHello.", format="eml"))
    (True, False)
    """
    own = message.path is None or message.id == message.path
    return own and message.part is None and message.format in _WRITTEN


def _inside(message: Message) -> str:
    inner = message.id.removeprefix(message.path or "").lstrip("/")
    told = [f"message {inner}" if inner.startswith("#") else inner] if inner else []
    if message.part:
        told.append(f"part {message.part}, decoded" if message.format == "eml" else message.part)
    return ", ".join(told) or "the text of the document"


def _row(message: Message) -> int | None:
    """Return the line of the row of a table that a message is."""
    found = _ROW.match(message.part or "") if (message.path or "").lower().endswith(_TABLES) else None
    return int(found[1]) if found and message.id.startswith(f"{message.path}#") else None


def _on_lines(quoted: QuotedLines, found: Place) -> Place:
    """Return whole lines: quoting moves columns."""
    last = quoted.line(found.end_line or found.line, max(1, (found.end_column or 1) - 1))
    return Place(quoted.line(found.line, found.column), 1, last, None)


def _lines_before(raw: bytes, source: str) -> int | None:
    """Return how many lines of a file stand before a part that it holds once, as it is; None if not so."""
    for charset in ("utf-8", "cp1252"):
        try:
            body = source.encode(charset)
        except UnicodeEncodeError:
            continue
        at = raw.find(body) if body.strip() else -1
        if at > 0 and raw[at - 1 : at] == b"\n" and raw.find(body, at + 1) < 0:
            return len(raw[:at].splitlines())
    return None


def _subject_line(raw: bytes) -> int | None:
    blank = _BLANK.search(raw)
    found = _SUBJECT.search(raw, 0, blank.end() if blank else len(raw))
    return len(raw[: found.start()].splitlines()) + 1 if found else None
