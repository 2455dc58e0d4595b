"""What changes between two texts: words, and how changed words are put in.

Kinds of white space count as one: a source keeps its own line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from clientvoice.readers.templates.tags import TAG
from clientvoice.records import Message

Syntax = Literal["html", "markdown", "text"]

OF_PICTURE = "it is the alternative text of a picture; change it together with the picture, by hand"
"""Why such words are never written: they stand in an attribute, and say what the picture shows."""

_TOKEN = re.compile(rf"{TAG}|\w+(?:['’]\w+){{0,3}}|\s+|.", re.S)
_MOST_TOKENS = 1_500


class CannotSplice(Exception):  # noqa: N818 - it says what it is
    """A rewrite that cannot be written into its source; the text says why."""


class Edit(NamedTuple):
    """``source[start:end]`` becomes ``text``, which is written as the source is."""

    start: int
    end: int
    text: str


class Difference(NamedTuple):
    """``before[start:end]`` becomes ``text``."""

    start: int
    end: int
    text: str


def in_picture(message: Message, start: int, end: int) -> bool:
    """Tell whether any of ``message.text[start:end]`` is the alternative text of a picture.

    Examples
    --------
    >>> from clientvoice.records import Block
    >>> in_picture(Message("a", "Save 20% today", (Block(0, 14, "picture"),)), 0, 14)
    True
    """
    return any(
        block.kind == "picture" and block.start < end and start < block.end for block in message.blocks
    )


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """Return what makes ``after`` of ``before``, word by word; kinds of white space are all the same.

    Examples
    --------
    >>> differences("Buy  it now!", "Buy it when you like.")
    (Difference(start=8, end=12, text='when you like.'),)
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    places = [0]
    for token in old:
        places.append(places[-1] + len(token))
    found: list[tuple[int, int, int, int]] = []
    for a, b, c, d in _changed([_key(token) for token in old], [_key(token) for token in new]):
        # Words that only a space parts change together: the space between says nothing.
        if found and not "".join(old[found[-1][1] : a]).strip():
            a, c = found.pop()[0::2]
        found.append((a, b, c, d))
    return tuple(Difference(places[a], places[b], "".join(new[c:d])) for a, b, c, d in found)


def replaced(text: str, edits: Sequence[Edit] | Sequence[Difference]) -> str:
    """Return ``text`` with ascending, disjoint edits done.

    Examples
    --------
    >>> replaced("Buy now!", [Edit(4, 7, "when you like")])
    'Buy when you like!'
    """
    pieces: list[str] = []
    cursor = 0
    for edit in edits:
        pieces += (text[cursor : edit.start], edit.text)
        cursor = edit.end
    pieces.append(text[cursor:])
    return "".join(pieces)


def _key(token: str) -> str:
    return " " if token.isspace() else token


def _changed(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(middle), len(other)) > _MOST_TOKENS:  # the matcher takes quadratic time
        yield head, len(old) - tail, head, len(new) - tail
        return
    for kind, a, b, c, d in SequenceMatcher(None, middle, other, autojunk=False).get_opcodes():
        if kind != "equal":
            yield a + head, b + head, c + head, d + head
