"""Cuts the tags that steer a template out of a plain text, and keeps the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from clientvoice.readers.templates.steering import Tag
from clientvoice.records import Block, Run


def without_tags(
    text: str, blocks: list[Block], tags: Sequence[Tag], *, cut: bool
) -> tuple[str, list[Block], list[Run]]:
    """Return a text without its steering tags, its blocks, and what of the source it still holds.

    Parameters
    ----------
    text : str
        Of the length of the source, every tag turned to spaces.
    blocks : list of Block
        None of them starts or ends inside a tag.
    tags : sequence of Tag
    cut : bool
        Whether the spaces go, too.

    Examples
    --------
    >>> tags = [Tag(2, 12, "steers", True)]
    >>> without_tags("Hi" + " " * 10 + "you", [Block(0, 15, "paragraph")], tags, cut=True)[:2]
    ('Hi you', [Block(start=0, end=6, kind='paragraph')])
    """
    if not tags:
        return text, blocks, [Run(0, len(text), 0, len(text))] if text else []
    pieces: list[str] = []
    runs: list[Run] = []
    position = cursor = 0
    for tag in (*tags, Tag(len(text), len(text), "steers")):
        if tag.start > cursor:
            pieces.append(text[cursor : tag.start])
            runs.append(Run(position, position + tag.start - cursor, cursor, tag.start))
            position += tag.start - cursor
        cursor = tag.end
        gap = text[tag.start : tag.end]
        if cut:
            gap = "\n" * gap.count("\n") or " " * tag.parts
            spaced = not pieces or pieces[-1][-1:] in (" ", "\n")
            if not gap and spaced and text.startswith(" ", cursor):
                cursor += 1  # a space on either side of the tag
        pieces.append(gap)
        position += len(gap)
    if not cut:
        return "".join(pieces), blocks, runs
    moved = [
        Block(_moved(block.start, runs), _moved(block.end - 1, runs) + 1, block.kind) for block in blocks
    ]
    return "".join(pieces), moved, runs


def _moved(offset: int, runs: Sequence[Run]) -> int:
    run = runs[bisect_right(runs, offset, key=attrgetter("source_start")) - 1]
    return run.text_start + offset - run.source_start
