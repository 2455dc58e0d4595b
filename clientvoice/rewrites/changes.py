"""What changed between a sentence and its rewrite, word by word."""

from __future__ import annotations

from clientvoice.records import Change
from clientvoice.rewrites.applying.edits import differences


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return the differences, ascending; neighbours that only a space parts are one.

    Examples
    --------
    >>> [(found.before, found.after) for found in changes("Buy it now!", "You can buy it.")]
    [('Buy', 'You can buy'), (' now!', '.')]
    """
    return tuple(
        Change(start, end, before[start:end], text) for start, end, text in differences(before, after)
    )
