"""Gathers what a reader sees of a source into text, blocks and the map back."""

from __future__ import annotations

import re
from collections.abc import Callable

from clientvoice.readers.characters import INVISIBLE, JOINERS, SPACE, joins, one_line, without_surrogates
from clientvoice.records import Block, BlockKind, Message, Notice, Run, SourceMap

_STRETCH = re.compile(rf"[^{SPACE}{INVISIBLE}]+(?: [^{SPACE}{INVISIBLE}]+)*")
_WHITE = re.compile(rf"[{SPACE}]")
_JOINER = re.compile(f"[{JOINERS}]")
_UNIT_PART = re.compile(rf"[^{SPACE}{INVISIBLE}]+|(?P<space>[{SPACE}])|(?P<joiner>[{JOINERS}])")

_MOST_RUNS = 1_000_000
"""Beyond this many runs, neighbours are mapped as one unit: memory stays bounded."""

BlockOf = Callable[[int, int, str], Block | None]
"""Makes the block of the text that stands at ``[start, end)``, or none where nothing is said."""

Wraps = Callable[[list[str]], list[bool]]
"""Takes the lines of a block and says for each line break whether it is only a wrap."""


class TextBuilder:
    r"""Builds the text of a message from stretches of its source, in reading order.

    White space folds to one space, characters that show nothing are dropped (save a
    joiner inside an emoji or a word), and every stretch of text remembers the stretch
    of source that it came from.

    Parameters
    ----------
    source : str
        The decoded source that all offsets point into.

    Examples
    --------
    >>> builder = TextBuilder("<p>Ring  us</p>")
    >>> builder.add(3, 11)
    >>> builder.end_block()
    >>> message = builder.message(id="mail", format="html", subject="Hello")
    >>> message.text
    'Hello\n\nRing us'
    >>> message.source_map.to_source(12, 14)
    (9, 11)
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._readable = without_surrogates(source)
        self._parts: list[str] = []
        self._length = 0
        self._runs: list[tuple[int, int, int, int]] = []
        self._blocks: list[Block] = []
        self._pending: tuple[int, int] | None = None  # where the source has white space not yet written
        self._joiner: tuple[str, int, int] | None = None  # the last one met since a word, and its place
        self._break = ""  # the line break to write before the next word
        self._breaks: list[tuple[int, int]] = []  # (part, offset) of the breaks inside the open block
        self._opened = 0  # the parts before the open block
        self._start: int | None = None  # where the text of the open block starts

    @property
    def text(self) -> str:
        """The text so far, without a subject."""
        return "".join(self._parts)

    @property
    def is_open(self) -> bool:
        """Whether the open block has any text."""
        return self._start is not None

    @property
    def position(self) -> int:
        """The offset that the next word gets, or one or two less (a space, a break)."""
        return self._length

    @property
    def ends_in_digit(self) -> bool:
        """Whether the next word would follow a digit."""
        return self.is_open and self._parts[-1][-1:].isdigit()

    def add(self, start: int, end: int) -> None:
        """Append the visible characters of ``source[start:end]``."""
        cursor = start
        for match in _STRETCH.finditer(self._readable, start, end):
            first = match.start()
            if first > cursor:
                self._note_gap(cursor, first)
            cursor = match.end()
            self._write(match.group(), first, cursor)
        if cursor < end:
            self._note_gap(cursor, end)

    def add_unit(self, text: str, start: int, end: int) -> None:
        """Append ``text`` for ``source[start:end]``: a character reference or a like unit."""
        for match in _UNIT_PART.finditer(text):
            if match["space"]:
                self._pending = self._pending or (start, end)
            elif match["joiner"]:
                self._joiner = match["joiner"], start, end
            else:
                self._write(without_surrogates(match.group()), start, end)

    def add_space(self) -> None:
        """Part two words by a space that the source does not hold."""
        self._pending = self._pending or (-1, -1)

    def line_break(self) -> None:
        """End a line inside the block; two in a row part two blocks."""
        if self._start is not None:
            self._break = "\n\n" if self._break else "\n"
            self._pending = None

    def end_block(self, kind: BlockKind | BlockOf = "paragraph", wraps: Wraps | None = None) -> None:
        """Close the open block, if it has any text; each of its lines becomes a block.

        ``wraps`` is the rule for line breaks inside it; without one, each ends a line.
        """
        start = self._start
        if start is not None:
            for first, last, text in self._lines(start, wraps):
                block = kind(first, last, text) if callable(kind) else Block(first, last, kind)
                if block is not None:
                    self._blocks.append(block)
            self._breaks.clear()
            self._start = None
        self._pending, self._break = None, ""

    def open_text(self) -> str:
        """Return the text of the open block so far."""
        return "".join(self._parts[self._opened :]).lstrip("\n")

    def message(
        self,
        *,
        id: str,  # noqa: A002 - the field of the record has this name
        format: str,  # noqa: A002
        subject: str | None = None,
        subject_start: int | None = None,
        sender: str | None = None,
        date: str | None = None,
        path: str | None = None,
        part: str | None = None,
        notices: tuple[Notice, ...] = (),
        blocks: tuple[Block, ...] | None = None,
    ) -> Message:
        """Return the message; a subject becomes its first block.

        ``subject_start`` is where the source holds the subject, letter by letter.
        ``blocks`` takes the place of the gathered ones.
        """
        self.end_block()
        head, shown_blocks = "", []
        runs: list[Run] = []
        shown = one_line(subject or "")
        if shown:
            shown_blocks.append(Block(0, len(shown), "subject"))
            head = shown + ("\n\n" if self._parts else "")
            if subject_start is not None and self._precedes(shown, subject_start):
                runs.append(Run(0, len(shown), subject_start, subject_start + len(shown)))
        shift = len(head)
        runs += [Run(start + shift, end + shift, first, last) for start, end, first, last in self._runs]
        body = self._blocks if blocks is None else blocks
        shown_blocks += [Block(block.start + shift, block.end + shift, block.kind) for block in body]
        return Message(
            id=id,
            text=head + "".join(self._parts),
            blocks=tuple(shown_blocks),
            format=format,
            subject=shown or None,
            sender=sender,
            date=date,
            path=path,
            source=self._source,
            source_map=SourceMap(tuple(runs)),
            part=part,
            notices=notices,
        )

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far."""
        return tuple(self._blocks)

    def _precedes(self, subject: str, start: int) -> bool:
        """Tell whether the source holds the subject at ``start``, before the rest of the text."""
        first = self._runs[0][2] if self._runs else len(self._source)
        return start + len(subject) <= first and self._readable.startswith(subject, start)

    def _note_gap(self, start: int, end: int) -> None:
        """Note what matters of ``source[start:end]``, which shows nothing by itself."""
        if self._pending is not None:
            return
        white = _WHITE.search(self._readable, start, end)
        if white is not None:
            self._pending = (white.start(), white.start() + 1)
        elif joiner := _JOINER.search(self._readable, start, end):
            self._joiner = joiner[0], *joiner.span()

    def _write(self, text: str, start: int, end: int) -> None:
        """Write one stretch, behind the break or space that is due before it."""
        if self._start is None:
            self._opened = len(self._parts)
            if self._parts:
                self._append("\n\n")
            self._start = self._length
        elif self._break:
            self._breaks.append((len(self._parts), self._length))
            self._append(self._break)
            self._break = ""
        elif self._pending is not None:
            first, last = self._pending
            if first >= 0:
                self._map(self._length + 1, first, last)
            self._append(" ")
        elif self._joiner is not None and joins(self._joiner[0], self._parts[-1][-1], text[0]):
            joiner, first, last = self._joiner
            self._map(self._length + 1, first, last)
            self._append(joiner)
        self._pending = self._joiner = None
        self._map(self._length + len(text), start, end)
        self._append(text)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _map(self, text_end: int, start: int, end: int) -> None:
        """Map the text from here to ``text_end``, growing the last run where both sides touch."""
        here = self._length
        if self._runs:
            run = self._runs[-1]
            if run[1] == here and (
                (run[3] == start and here - run[0] == start - run[2] and text_end - here == end - start)
                or run[2] == start  # the rest of a unit
                or (len(self._runs) >= _MOST_RUNS and run[3] <= start)
            ):
                self._runs[-1] = (run[0], text_end, run[2], end)
                return
        self._runs.append((here, text_end, start, end))

    def _lines(self, start: int, wraps: Wraps | None) -> list[tuple[int, int, str]]:
        """Return the lines of the open block, with the breaks that only wrap turned to spaces."""
        text = self.open_text()
        if not self._breaks:
            return [(start, self._length, text)]
        edges = [offset for _, offset in self._breaks]
        starts = [start, *(offset + len(self._parts[part]) for part, offset in self._breaks)]
        lines = [text[a - start : b - start] for a, b in zip(starts, [*edges, self._length], strict=True)]
        wrapped = wraps(lines) if wraps else [False] * len(edges)
        found: list[tuple[int, int, str]] = []
        first, pieces = start, [lines[0]]
        for (part, offset), is_wrap, begin, line in zip(
            self._breaks, wrapped, starts[1:], lines[1:], strict=True
        ):
            if is_wrap and self._parts[part] == "\n":
                self._parts[part] = " "
                pieces.append(line)
            else:
                found.append((first, offset, " ".join(pieces)))
                first, pieces = begin, [line]
        found.append((first, self._length, " ".join(pieces)))
        return found
