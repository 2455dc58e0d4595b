"""Decides what a line break means: a wrapped line that goes on, or the end of a line."""

from __future__ import annotations

import re
from itertools import pairwise

from clientvoice.readers.words import word_list

BULLET = re.compile(r"(?:[-*+•·‣▪▫■◦●○►▶✓✔✅➤→»–—]|\d{1,2}[.)]|\(\d{1,2}\))\s{1,20}(?=\S)")
"""The marker of a list item, with the space behind it."""

_ADDRESS = re.compile(r"[<(\[]?(?:https?://|www\.)")
"""An address is long and starts in lower case: it says nothing about the line above."""

_WRAP_AT_LEAST = 50
"""No text is wrapped at fewer columns than this."""

_WRAP_AT_MOST = 100

_LOWER_SHARE = 1 / 3
"""Of the lines of wrapped prose at least this share starts in lower case."""

_ALMOST_FULL = 0.8
"""A line this full that ends no sentence goes on: not all wrap at the same column."""

_ENDS_SENTENCE = (".", "!", "?", ":", ";", "…", ".”", ".'", '."', ".)")
_SHORT_LINE = 4  # words: "Best regards," "12 Mill Lane,"


def goes_on(before: str, after: str, width: int = 0) -> bool:
    """Tell whether ``after`` carries on the line ``before``.

    Parameters
    ----------
    before, after : str
        Two neighbouring lines, stripped.
    width : int
        The column at which the text is wrapped; 0 when it is not.

    Examples
    --------
    >>> goes_on("We will ring you before", "anything changes.")
    True
    >>> goes_on("Kind regards,", "Dana Reyes")
    False
    """
    if not before or not after or _is_bullet(after):
        return False
    words = before.split()
    address = _ADDRESS.match(after) is not None
    if width and not address and len(before) + 1 + len(after.split(None, 1)[0]) > width:
        return True
    if len(before) > width * _ALMOST_FULL > 0 and not before.endswith(_ENDS_SENTENCE):
        return True
    if after[0].islower() and not address:
        return not before.endswith(_ENDS_SENTENCE) and len(words) > 1
    if words[-1].lower() in word_list("line_ends"):
        return len(words) > 1
    if before.endswith(","):
        return len(words) > _SHORT_LINE and words[0].lower().strip(",") not in word_list("salutations")
    return False


def wraps(lines: list[str]) -> list[bool]:
    """Tell for each break between the lines of one block whether it is only a wrap.

    Examples
    --------
    >>> wraps(["Mill Lane Clinic", "12 Mill Lane", "Leeds"])
    [False, False]
    """
    width = max(map(len, lines))
    later = lines[1:]
    lower = sum(line[:1].islower() for line in later)
    if not (
        _WRAP_AT_LEAST <= width <= _WRAP_AT_MOST and len(later) > 1 and lower >= len(later) * _LOWER_SHARE
    ):
        width = 0
    return [goes_on(before, after, width) for before, after in zip(lines, later, strict=False)]


def all_wrap(lines: list[str]) -> list[bool]:
    """Take every line break for a wrap, as in a heading or on a button.

    Examples
    --------
    >>> all_wrap(["The spring", "catalogue"])
    [True]
    """
    return [True] * (len(lines) - 1)


def wrap_column(paragraphs: list[list[str]]) -> int:
    """Return the column at which a plain text is wrapped by hand or program, or 0.

    Each line that is followed by another must be so full that the next word did
    not fit; the column is that which explains most of the breaks.

    Parameters
    ----------
    paragraphs : list of list of str
        Lines without a blank line between them.

    Examples
    --------
    >>> wrap_column([["Spring hours", "We open at nine."]])
    0
    """
    breaks: list[tuple[int, int]] = []  # the length of a line, and with the word that came next
    lower = 0
    for lines in paragraphs:
        for before, after in pairwise(lines):
            if _is_bullet(after):
                continue
            breaks.append((len(before), len(before) + 1 + len(after.split(None, 1)[0])))
            lower += after[:1].islower()
    if not breaks or lower < len(breaks) * _LOWER_SHARE:
        return 0
    full = sorted(length for length, _ in breaks)
    column = full[min(len(full) - 1, int(len(full) * 0.95))]
    if not _WRAP_AT_LEAST <= column <= _WRAP_AT_MOST:
        return 0
    explained = sum(length <= column < longer for length, longer in breaks)
    return column if explained * 2 >= len(breaks) else 0


def _is_bullet(line: str) -> bool:
    return not line[0].isalpha() and BULLET.match(line) is not None
