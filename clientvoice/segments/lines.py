"""The logical lines of a block: where a line break or a bullet sign ends a sentence by itself.

A reader has unwrapped hard-wrapped mail already; the line breaks that are left mostly
mean something (an address, a sign-off, a list without markup). A break is taken for
mere wrapping only where the text plainly runs on across it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clientvoice.segments.words import boundary_words

MARKS = "•▪●◦‣■◆▸➤►✓✔✅☑"
"""Signs that open a list item wherever they stand between spaces."""

_WRAPPED = 55  # characters: a line at least this long may have been wrapped by hand
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(rf"(?:(?<=\s)|\A)[{MARKS}]\ufe0f?(?=\s)")
_POINTER = re.compile(r"(?:(?<=\s)|\A)[→·★➡👉]\ufe0f?(?=\s)")
_POSTSCRIPT = re.compile(r"(?<=\s)P\.\s?(?:P\.\s?)?S\.(?=\s)")
_SIGN = re.compile(rf"[{MARKS}→·★➡👉]|P\.\s?S\.")
_SALUTATION = r"(?i:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening))\b[^,:!?.\n]{0,48}[,:]"
_GREETING = re.compile(rf"\s*{_SALUTATION}")
_GREETING_BEFORE = re.compile(rf"\s{{0,99}}{_SALUTATION}\s+(?=(?!I\b)(?P<word>[A-Z][\w'’]{{0,20}}))")


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    r"""Yield the offset and the text of each logical line; a mere wrap in it has become a space.

    Examples
    --------
    >>> [line.strip() for _, line in logical_lines("Kind regards,\nNell\nWe offer: • tea • cake")]
    ['Kind regards,', 'Nell', 'We offer:', '• tea', '• cake']
    """
    start = 0
    for end in (*_line_ends(text), len(text)):
        yield from _items(start, _BREAK.sub(_as_space, text[start:end]))
        start = end


def _line_ends(text: str) -> Iterator[int]:
    last = 0
    for found in _BREAK.finditer(text):
        end, following = found.span()
        if not _runs_on(text[last:end].strip(), text[following : following + 80].lstrip(" \t\xa0>")):
            yield end
        last = following


def _as_space(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _runs_on(line: str, following: str) -> bool:
    """Whether the sentence goes on across the break between two lines."""
    if not line or not following or following[0] in "\n\r*" or following[0] in MARKS or line[-1] in "!?:…":
        return False
    if following[0].islower() and line[-1] != "." and not _GREETING.fullmatch(line):
        return True
    return len(line) >= _WRAPPED


def _items(start: int, line: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of a line that a bullet sign or a greeting parts."""
    cuts: list[int] = []
    if _SIGN.search(line):
        cuts = sorted(found.start() for mark in (_BULLET, _POSTSCRIPT) for found in mark.finditer(line))
        pointers = [found.start() for found in _POINTER.finditer(line)]
        if len(pointers) > 1 and not line[: pointers[0]].strip():
            cuts = sorted(cuts + pointers)
    greeting = _GREETING_BEFORE.match(line)
    if greeting and greeting["word"].replace("’", "'").lower() in boundary_words().starters:
        cuts = sorted([*cuts, greeting.end()])
    last = 0
    for cut in (*cuts, len(line)):
        if cut > last:
            yield start + last, line[last:cut]
        last = cut
