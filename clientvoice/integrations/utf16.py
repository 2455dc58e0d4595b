"""Places as editors send them: a line from zero, and a column in UTF-16 code units.

The language server protocol breaks lines at CR LF, LF and CR alone, not at the
other characters that Python's ``splitlines`` takes for breaks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\r|\n")
_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Position(NamedTuple):
    """A place between two characters."""

    line: int
    column: int


class Lines:
    r"""The lines of a text, to go from offsets to positions and back in logarithmic time.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> lines = Lines("Hi 😀!\r\nBuy now")
    >>> lines.position(4), lines.offset(Position(0, 5)), lines.position(7)
    (Position(line=0, column=5), 4, Position(line=1, column=0))
    """

    def __init__(self, text: str) -> None:
        breaks = [found.span() for found in _BREAK.finditer(text)]
        self._starts = [0, *(end for _, end in breaks)]
        self._ends = [*(start for start, _ in breaks), len(text)]
        self._wide = [] if text.isascii() else [found.start() for found in _WIDE.finditer(text)]

    def position(self, offset: int) -> Position:
        """Return where an offset stands; one inside of a line break stands before it."""
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        return Position(line, self._units(start, min(offset, self._ends[line])))

    def offset(self, position: Position) -> int:
        """Return the offset of a position; behind a line is its end, inside of a character its start."""
        line = max(position.line, 0)
        if line >= len(self._starts):
            return self._ends[-1]
        start, end = self._starts[line], self._ends[line]
        fitting = bisect_right(
            range(start, end + 1), max(position.column, 0), key=lambda offset: self._units(start, offset)
        )
        return start + fitting - 1

    def _units(self, start: int, end: int) -> int:
        return end - start + bisect_left(self._wide, end) - bisect_left(self._wide, start)


def edited(text: str, start: Position, end: Position, new: str) -> str:
    r"""Return a text in which what stands between two positions is replaced.

    Examples
    --------
    >>> edited("Hi 😀!\r\nBuy now", Position(0, 5), Position(1, 3), "\nRing")
    'Hi 😀\nRing now'
    """
    lines = Lines(text)
    first, last = sorted((lines.offset(start), lines.offset(end)))
    return text[:first] + new + text[last:]
