"""What a page says a second time where the message counts it once: its hidden preheader.

Such words stand in the text of the message, outside of its blocks. They change with
the sentence that they repeat, or it is told that they did not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import itemgetter

from clientvoice.readers.echoes import folded
from clientvoice.records import Message, Notice
from clientvoice.rewrites.applying.outcome import Placed

Span = tuple[int, int]

_FEWEST_WORDS = 2


def occurrences(text: str, sentence: str, start: int = 0) -> list[Span]:
    r"""Find a sentence whatever its white space, but not inside other words.

    Examples
    --------
    >>> occurrences("Buy\nit. Buy it.", "Buy it.")
    [(0, 7), (8, 15)]
    """
    words = r"\s+".join(map(re.escape, sentence.split()))
    return [match.span() for match in re.compile(rf"(?<!\w){words}(?!\w)").finditer(text, start)]


def is_hidden(message: Message, span: Span) -> bool:
    r"""Tell whether a stretch of a message's text is in none of its blocks.

    Examples
    --------
    >>> from clientvoice.records import Block
    >>> is_hidden(Message("a", "Hi.\n\nHi.", (Block(5, 8, "paragraph"),)), (0, 3))
    True
    """
    after = bisect_right(message.blocks, span[0], key=lambda block: block.end)
    return after == len(message.blocks) or message.blocks[after].start >= span[1]


def is_taken(span: Span, placed: Iterable[Placed]) -> bool:
    """Tell whether words were placed there already: a sentence may stand twice in a message.

    Examples
    --------
    >>> is_taken((0, 5), [Placed(3, 8, "")]), is_taken((0, 5), [Placed(5, 8, "")])
    (True, False)
    """
    return any(span[0] < one.end and one.start < span[1] for one in placed)


def hidden_copies(message: Message, sentence: str, source: str) -> list[Span]:
    r"""Return where a message says a sentence once more, hidden, and not in a tag as pictures do.

    Parameters
    ----------
    message : Message
    sentence : str
    source : str
        Which the message's source map leads to.

    Examples
    --------
    >>> from clientvoice.records import Block
    >>> message = Message("a", "Hi.\n\nHi.", (Block(5, 8, "paragraph"),))
    >>> hidden_copies(message, "Hi.", "")
    []
    """
    found = (span for span in occurrences(message.text, sentence) if is_hidden(message, span))
    return [span for span in found if outside_tags(message, span, source)]


def still_said(message: Message, sentence: str) -> bool:
    r"""Tell whether hidden words of a message say a sentence, or a part of it, in its very words.

    Examples
    --------
    >>> from clientvoice.records import Block
    >>> message = Message("a", "Buy it\n\nBuy it now.", (Block(8, 19, "paragraph"),))
    >>> still_said(message, "Buy it now."), still_said(message, "Buy one.")
    (True, False)
    """
    from clientvoice.segments import split_sentences

    said = f" {folded(sentence)} "
    for hidden in _hidden(message):
        for part in (hidden, *split_sentences(hidden)):
            told = f" {folded(part)} "
            if len(told.split()) >= _FEWEST_WORDS and (told in said or said in told):
                return True
    return False


def copies_notice(count: int) -> Notice:
    """Return what tells that hidden words were left as they are.

    Examples
    --------
    >>> copies_notice(1).code
    'preheader_differs'
    """
    return Notice(
        "preheader_differs",
        f"Hidden words of the page (its preheader, or the alternative text of a picture) still say what "
        f"{count} of the rewritten sentences said. Change them by hand.",
    )


def has_hidden(message: Message) -> bool:
    """Tell whether a message has words outside of its blocks.

    Examples
    --------
    >>> has_hidden(Message("a", "", ()))
    False
    """
    return next(_hidden(message), None) is not None


def _hidden(message: Message) -> Iterator[str]:
    cursor = 0
    for start, end in (*((block.start, block.end) for block in message.blocks), (len(message.text),) * 2):
        between = message.text[cursor:start].strip()
        if len(folded(between).split()) >= _FEWEST_WORDS:
            yield between
        cursor = end


def outside_tags(message: Message, span: Span, source: str) -> bool:
    """Tell whether a source has a stretch of a message's text between tags, not in an attribute.

    Examples
    --------
    >>> outside_tags(Message("a", "Hi", ()), (0, 2), "Hi")
    False
    """
    place = message.source_map.to_source(*span)
    if place is None:
        return False
    tags = _start_tags(source)
    before = bisect_right(tags, place[0], key=itemgetter(0))
    return not before or tags[before - 1][1] <= place[0]


@lru_cache(maxsize=4)
def _start_tags(source: str) -> tuple[Span, ...]:
    """Return where the start tags of a source stand; asked once a rewritten sentence, of the same few."""
    from turbohtml import TokenType

    from clientvoice.readers.html.page import parsable, placed_tokens
    from clientvoice.readers.templates.merge_tags import masked_template

    parsed = parsable(masked_template(source).masked)
    return tuple(
        (start, start + len(token.source or ""))
        for start, token in placed_tokens(parsed)
        if token.type is TokenType.START_TAG
    )
