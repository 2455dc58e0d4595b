"""Mark what is shown but not counted: footers, signatures, quoted replies and forwarded headers.

Marking copy as a footer would lose it from the score, so every sign must be plain: what a
phrase says, and where it stands. Prose about unsubscribing or privacy stays body, and so
does everything when nothing else would be left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from clientvoice.records import Block, BlockKind, Message
from clientvoice.segments.footers import footers
from clientvoice.segments.quotes import quoted
from clientvoice.segments.signatures import signatures

_DASHES = re.compile(r"^[^\S\n]*--[^\S\n]*$", re.MULTILINE)
_GREETING = re.compile(r"(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^.!?]{0,60}")


def mark_boilerplate(message: Message) -> Message:
    r"""Return the message with its footers, signatures and quotations marked.

    Only the kinds of blocks change: text and offsets stay, the subject is never marked,
    what a reader has marked stays marked, and marking twice changes nothing.

    Parameters
    ----------
    message : Message
        As a reader gives it.

    Examples
    --------
    >>> from clientvoice.records import Block, Message
    >>> text = "Your kettle is mended.\nUnsubscribe"
    >>> message = Message(id="a", text=text, blocks=(Block(0, 22, "paragraph"), Block(23, 34, "button")))
    >>> [block.kind for block in mark_boilerplate(message).blocks]
    ['paragraph', 'footer']
    """
    texts = [message.text[block.start : block.end] for block in message.blocks]
    kinds: list[BlockKind] = [block.kind for block in message.blocks]
    plain = message.format == "text" or (message.part or "").endswith("text/plain")
    signed, joined = _after_dashes(message), _right_below(message)
    _mark(texts, kinds, "quote", lambda body, places: quoted(body, plain=plain))
    _mark(texts, kinds, "footer", lambda body, places: footers(body, _rows(places, signed)))
    _mark(
        texts,
        kinds,
        "footer",
        lambda body, places: signatures(body, [kinds[place] for place in places], _rows(places, joined)),
    )
    pairs = list(zip(message.blocks, kinds, strict=True))
    if all(block.kind == kind for block, kind in pairs):
        return message
    return replace(message, blocks=tuple(Block(block.start, block.end, kind) for block, kind in pairs))


def _mark(
    texts: list[str],
    kinds: list[BlockKind],
    kind: BlockKind,
    find: Callable[[Sequence[str], Sequence[int]], set[int]],
) -> None:
    """Give ``kind`` to what ``find`` finds in the body, unless no other body would be left."""
    places = [index for index, here in enumerate(kinds) if here not in ("subject", "quote")]
    found = {places[index] for index in find([texts[place] for place in places], places)}
    if any(kinds[place] != "footer" and place not in found and _is_body(texts[place]) for place in places):
        for place in found:
            kinds[place] = "footer" if kinds[place] == "footer" else kind


def _after_dashes(message: Message) -> set[int]:
    """Return the blocks before which the message has a line of two dashes, which no reader makes a block."""
    blocks = message.blocks
    gaps = (message.text[before.end : after.start] for before, after in pairwise(blocks))
    return {index for index, gap in enumerate(gaps, 1) if "--" in gap and _DASHES.search(gap)}


def _right_below(message: Message) -> set[int]:
    """Return the blocks that a line break alone parts from the block before."""
    blocks = message.blocks
    return {
        index
        for index, (before, after) in enumerate(pairwise(blocks), 1)
        if message.text.count("\n", before.end, after.start) == 1
    }


def _rows(places: Sequence[int], wanted: Collection[int]) -> set[int]:
    return {row for row, place in enumerate(places) if place in wanted}


def _is_body(text: str) -> bool:
    """Whether a text says more than hello."""
    return any(map(str.isalnum, text)) and _GREETING.fullmatch(text.strip()) is None
