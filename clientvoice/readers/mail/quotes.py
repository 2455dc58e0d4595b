"""Which blocks of a message only quote an earlier mail, and which a mail program has only indented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from clientvoice.readers.mail.openings import leads, opening
from clientvoice.records import Block, BlockKind

_UNCOUNTED = ("quote", "footer", "subject")


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
        if said and opening(lines, index):
            return [*blocks[:index], *(replace(rest, kind="quote") for rest in blocks[index:])]
        said = said or not leads(lines, index)
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
    said = not all(leads(own, index) for index in range(len(own)))
    return list(blocks) if said else _freed(blocks, cited)


def _freed(blocks: Sequence[Block], kinds: Mapping[int, BlockKind]) -> list[Block]:
    return [replace(block, kind=kinds.get(block.start, block.kind)) for block in blocks]
