"""Finds where an earlier mail begins that a message only quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from clientvoice.records import Block, BlockKind

_WROTE = re.compile(
    r"(?:On|Le|Am|El|Il|Op|Den)\s.{4,240}\s"
    r"(?:wrote|writes|a écrit|schrieb.{0,80}|escribió|ha scritto|schreef|skrev)\s?:?",
)
_FIRST_LETTERS = frozenset("oOfFbBLAEID")
"""What an introduction starts with, where it starts with a letter."""
_DATED = re.compile(r"[\d@]")
_DIVIDER = re.compile(
    r"[-_\s>]{0,40}(?:original message|forwarded message|original appointment|forwarded by .{1,80})"
    r"[-_\s]{0,40}"
    r"|begin forwarded message:?",
    re.IGNORECASE,
)
_FROM = re.compile(r"\W{0,3}From:\W{0,3}\s?\S", re.IGNORECASE)
_HEADER = re.compile(r"\W{0,3}(?:From|Sent|Date|To|Cc|Reply-To|Subject):", re.IGNORECASE)
_SENT = re.compile(r"\W{0,3}(?:Sent|Date|To|Subject):", re.IGNORECASE)
_HEADER_LINES = 3
_UNCOUNTED = ("quote", "footer", "subject")


def starts_reply(lines: Sequence[str], index: int) -> bool:
    """Tell whether line ``index`` introduces a quoted mail.

    Examples
    --------
    >>> starts_reply(["On Mon, 1 June 2026, Bo Smith wrote:"], 0)
    True
    >>> starts_reply(["On Monday we wrote to you."], 0)
    False
    """
    line = lines[index].strip()
    if not line or len(line) > 300 or (line[0].isalnum() and line[0] not in _FIRST_LETTERS):
        return False
    if _DIVIDER.fullmatch(line):
        return True
    following = lines[index + 1].strip() if index + 1 < len(lines) else ""
    both = f"{line} {following}" if following.endswith(":") and len(following) < 200 else line
    if any(_WROTE.fullmatch(words) and _DATED.search(words) for words in (line, both)):
        return True
    if _FROM.match(line):
        below = [text for text in lines[index + 1 : index + 1 + _HEADER_LINES * 2] if text.strip()]
        return sum(_SENT.match(text) is not None for text in below[:_HEADER_LINES]) >= 2
    return False


def introduces(lines: Sequence[str], index: int) -> bool:
    """Tell whether line ``index`` only leads to another mail: its introduction, or one of its headers.

    Examples
    --------
    >>> introduces(["Begin forwarded message:"], 0), introduces(["Subject: June"], 0)
    (True, True)
    >>> introduces(["On Monday we wrote to you."], 0)
    False
    """
    return starts_reply(lines, index) or _HEADER.match(lines[index]) is not None


def mark_replies(text: str, blocks: Sequence[Block]) -> list[Block]:
    r"""Turn the blocks from the introduction of a quoted mail on to quotes.

    A message that is nothing but a forwarded mail, behind its introduction and
    headers, keeps its kinds: it is what there is to read.

    Examples
    --------
    >>> text = "Thank you.\n\n-----Original Message-----\n\nSee below."
    >>> blocks = [Block(0, 10, "paragraph"), Block(12, 38, "paragraph"), Block(40, 50, "paragraph")]
    >>> [block.kind for block in mark_replies(text, blocks)]
    ['paragraph', 'quote', 'quote']
    """
    lines = [text[block.start : block.end] for block in blocks]
    said = False
    for index, block in enumerate(blocks):
        if block.kind in _UNCOUNTED:
            continue
        if said and starts_reply(lines, index):
            return [*blocks[:index], *(replace(rest, kind="quote") for rest in blocks[index:])]
        said = said or not introduces(lines, index)
    return list(blocks)


def read_indented(blocks: Sequence[Block], indented: Mapping[int, BlockKind]) -> list[Block]:
    """Give quotes that hold most of a message their own kinds: they only indent it.

    Parameters
    ----------
    blocks : sequence of Block
    indented : mapping of int to BlockKind
        Where the quotes start that nothing but indentation speaks for, and what they would be.

    Examples
    --------
    >>> read_indented([Block(0, 90, "quote")], {0: "paragraph"})[0].kind
    'paragraph'
    """
    quoted = sum(block.end - block.start for block in blocks if block.start in indented)
    others = sum(block.end - block.start for block in blocks if block.kind not in _UNCOUNTED)
    return _freed(blocks, indented) if quoted > others else list(blocks)


def read_forwarded(text: str, blocks: Sequence[Block], cited: Mapping[int, BlockKind]) -> list[Block]:
    r"""Give quotes of a mail program their own kinds where they are all there is to read.

    Parameters
    ----------
    text : str
    blocks : sequence of Block
    cited : mapping of int to BlockKind
        Where the quotes start that a mail program has marked, and what they would be.

    Examples
    --------
    >>> text = "Begin forwarded message:\n\nWe ring you."
    >>> blocks = [Block(0, 24, "paragraph"), Block(26, 38, "quote")]
    >>> [block.kind for block in read_forwarded(text, blocks, {26: "paragraph"})]
    ['paragraph', 'paragraph']
    """
    own = [text[block.start : block.end] for block in blocks if block.kind not in _UNCOUNTED]
    said = not all(introduces(own, index) for index in range(len(own)))
    return list(blocks) if said else _freed(blocks, cited)


def _freed(blocks: Sequence[Block], kinds: Mapping[int, BlockKind]) -> list[Block]:
    return [replace(block, kind=kinds.get(block.start, block.kind)) for block in blocks]
