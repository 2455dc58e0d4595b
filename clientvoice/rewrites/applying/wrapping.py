"""Keeps the line width of wrapped text where a sentence in it changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clientvoice.readers.templates.tags import TAG
from clientvoice.rewrites.applying.edits import Difference, Edit, replaced

BREAK = re.compile(r"[ \t]*+(?:\r\n|\r|\n)[ \t]*+")
"""A line break with the white space around it."""

_LINE_END = re.compile(r"[\r\n]")
_WORD = re.compile(rf"(?:{TAG}|\S)+")


def wrapped_edit(source: str, first: int, last: int, changes: Sequence[Difference]) -> tuple[Edit, ...]:
    r"""Rewrite a sentence of wrapped text from its first change on, its lines no wider than before.

    Parameters
    ----------
    source : str
    first, last : int
        Where the sentence stands, letter by letter.
    changes : sequence of Difference
        With offsets in the sentence.

    Examples
    --------
    >>> wrapped_edit("You can\nring us.", 0, 16, [Difference(8, 12, "call or write to")])
    (Edit(start=8, end=16, text='call or\nwrite to\nus.'),)
    """
    if not changes:
        return ()
    found = BREAK.search(source, first, last)
    wrap = found[0] if found else "\n"
    start = first + changes[0].start
    width = max(map(len, BREAK.split(source[line_start(source, first) : line_end(source, last)])))
    rest = replaced(source[first:last], changes)[changes[0].start :]
    column = start - line_start(source, start)
    out = [rest[: len(rest) - len(rest.lstrip())]]
    for number, word in enumerate(_WORD.findall(rest)):
        if number and column + 1 + len(word) > width:
            out.append(wrap)
            column = len(wrap) - len(wrap.rstrip(" \t"))
        elif number:
            out.append(" ")
            column += 1
        out.append(word)
        column += len(word)
    return (Edit(start, last, "".join(out)),)


def line_start(source: str, place: int) -> int:
    """Return where the line begins that holds a place."""
    return max(source.rfind("\n", 0, place), source.rfind("\r", 0, place)) + 1


def line_end(source: str, place: int) -> int:
    """Return where the line ends that holds a place."""
    found = _LINE_END.search(source, place)
    return found.start() if found else len(source)
