"""From a message's blocks to its sentences: blocks first, lines second, sentences third."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from clientvoice.records import Block, Message, Sentence, SentenceKind
from clientvoice.segments.boundaries import sentence_ends
from clientvoice.segments.lines import MARKS, logical_lines

LONGEST_SENTENCE = 5_000
"""Characters; what is longer is cut at the last space before."""

_REMEMBERED = 4_096
_LONGEST_REMEMBERED = 1_000
"""Blocks, and characters of a block, that are remembered: newsletters repeat themselves."""

_KINDS: dict[str, SentenceKind] = {
    "subject": "subject",
    "heading": "heading",
    "paragraph": "sentence",
    "bullet": "bullet",
    "button": "button",
    "picture": "picture",
    "footer": "footer",
    "quote": "quote",
}
_UNSEEN = "\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff"
_LEAD = re.compile(rf"(?:[\s{_UNSEEN}]|[{MARKS}→·]\ufe0f?|(?:[*–—]|-{{1,3}})(?=\s))*+")
_EDGE = _UNSEEN + "".join(character for character in map(chr, range(0x3001)) if character.isspace())


def segment(message: Message) -> tuple[Sentence, ...]:
    r"""Return the sentences of a message, in order.

    Every letter and digit of every block is in exactly one sentence; a stretch
    with neither (a rule of dashes, a lone arrow) is no sentence. All sentences
    of a heading, bullet, button, subject, quote or footer have its kind.

    Parameters
    ----------
    message : Message
        As a reader gives it, or after :func:`mark_boilerplate`.

    Returns
    -------
    tuple of Sentence
        Ascending, disjoint, inside their blocks, without white space at either
        end, and ``message.text[s.start:s.end] == s.text``.

    Examples
    --------
    >>> from clientvoice.records import Block, Message
    >>> text = "Last chance! Only 3 left at $4.50.\nShop now"
    >>> blocks = (Block(0, 34, "paragraph"), Block(35, 43, "button"))
    >>> for s in segment(Message(id="a", text=text, blocks=blocks)):
    ...     print(s.kind, s.text)
    sentence Last chance!
    sentence Only 3 left at $4.50.
    button Shop now
    """
    return tuple(sentence for block in message.blocks for sentence in _of_block(message.text, block))


def split_sentences(text: str) -> list[str]:
    """Return the sentences of one plain stretch of text.

    Examples
    --------
    >>> split_sentences("Doors open at 7 p.m. Friday. Bring a friend!")
    ['Doors open at 7 p.m. Friday.', 'Bring a friend!']
    """
    return [text[start:end] for start, end in _spans(text)]


def _of_block(text: str, block: Block) -> Iterator[Sentence]:
    kind = _KINDS[block.kind]
    part = text[block.start : block.end]
    for start, end in _spans(part):
        yield Sentence(block.start + start, block.start + end, part[start:end], kind)


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else tuple(_found(text))


@lru_cache(maxsize=_REMEMBERED)
def _remembered(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[tuple[int, int]]:
    for offset, line in logical_lines(text):
        last = 0
        for end in (*sentence_ends(line), len(line)):
            for start, stop in _pieces(line, *_trimmed(line, last, end)):
                if any(map(str.isalnum, line[start:stop])):
                    yield offset + start, offset + stop
            last = end


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    """Leave white space, a leading bullet and characters that show nothing outside."""
    lead = _LEAD.match(line, start, end)
    start = lead.end() if lead else start
    return start, start + len(line[start:end].rstrip(_EDGE))


def _pieces(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span, in pieces where it is longer than a sentence may be."""
    while end - start > LONGEST_SENTENCE:
        space = line.rfind(" ", start + 1, start + LONGEST_SENTENCE + 1)
        middle = space if space > 0 else start + LONGEST_SENTENCE
        yield _trimmed(line, start, middle)
        start, end = _trimmed(line, middle, end)
    yield start, end
