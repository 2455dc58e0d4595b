"""What changed between a sentence and its rewrite, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from clientvoice.records import Change

_PIECE = re.compile(r"\s+|[\w'’]+|[^\w\s]")


def pieces(text: str) -> list[str]:
    """Return words, marks and spaces; joined they are the text.

    Examples
    --------
    >>> pieces("Don't wait!")
    ["Don't", ' ', 'wait', '!']
    """
    return _PIECE.findall(text)


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return the differences, ascending; neighbours that only a space parts are one.

    Examples
    --------
    >>> [(found.before, found.after) for found in changes("Buy it now!", "You can buy it.")]
    [('Buy', 'You can buy'), (' now!', '.')]
    """
    old, new = pieces(before), pieces(after)
    return tuple(
        Change(start, end, before[start:end], text) for start, end, text in _joined(before, old, new)
    )


def _joined(before: str, old: list[str], new: list[str]) -> Iterator[tuple[int, int, str]]:
    starts = [0]
    for piece in old:
        starts.append(starts[-1] + len(piece))
    open_change: tuple[int, int, str] | None = None
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            continue
        start, end, text = starts[first], starts[last], "".join(new[new_first:new_last])
        if open_change and before[open_change[1] : start].isspace():
            kept = before[open_change[1] : start]
            open_change = (open_change[0], end, open_change[2] + kept + text)
            continue
        if open_change:
            yield open_change
        open_change = (start, end, text)
    if open_change:
        yield open_change
