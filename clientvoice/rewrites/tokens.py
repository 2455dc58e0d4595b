"""The words of a sentence, with the pauses between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from clientvoice.rewrites.facts.lexicon import folded

_CHUNK = re.compile(r"\S+?(?:(?<=\.\.|[^.]…|.—|--)(?=[\w$£€])|(?=\s)|\Z)")  # “only..Now” are two
_INITIAL = re.compile(r"(?:[A-Z]|Mr|Mrs|Ms|Dr|St|No|vs)\.\Z")
KEY = re.compile(r"\w(?:[\w'&-]*[\w'])?")
"""A word, without what stands around it."""
_PAUSE_BEFORE = frozenset('([{"“‘*•~')
_PAUSE_AFTER = frozenset(".,;:!?)]}…—")
_TABLE = re.compile(r"[^;!?…]*(?:\.{4}|[:–—-])[^;!?…]*\d")  # “a lamp .......... $9” tells one thing
_BREAK = re.compile(r"[;:!?…—–•|·●►]|\.\.|^-+$")
_QUOTES = "\"“”'’*"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, with the pauses at its sides."""

    start: int
    end: int
    key: str
    opens: bool  # a pause, or nothing, stands before it
    closes: bool  # a pause, or nothing, stands after it
    comma: bool = False  # this pause is a comma, and words follow
    breaks: bool = False  # more than a comma or a bracket parts it from the next


def words_of(sentence: str) -> list[Word]:
    """Return the words of a sentence; a mark by itself is a pause of its neighbours."""
    chunks = list(_CHUNK.finditer(sentence))
    small = folded(sentence)
    told: list[Word] = []
    pause = True
    for chunk in chunks:
        text = chunk.group()
        key = KEY.search(small, chunk.start(), chunk.end())
        if key is None and text not in ("&", "+"):
            pause = True
            if told:
                parts = told[-1].breaks or _BREAK.search(text) is not None
                told[-1] = replace(told[-1], closes=True, comma=text == ",", breaks=parts)
            continue
        tail = text.rstrip(_QUOTES)[-1:] or text[-1]
        closes = (tail in _PAUSE_AFTER or text.endswith("--")) and not _INITIAL.match(text)
        opens = pause or text[0] in _PAUSE_BEFORE
        said = key.group() if key else "and"
        after = text[key.end() - chunk.start() :] if key else ""
        parts = _BREAK.search(after) is not None
        told.append(Word(chunk.start(), chunk.end(), said, opens, closes, tail == ",", parts))
        pause = closes
    for row in range(1, len(told)):
        key = KEY.search(small, told[row].start)
        gap = told[row - 1].start + len(told[row - 1].key), key.end() if key else 0
        if _TABLE.match(sentence, *gap):
            told[row - 1] = replace(told[row - 1], breaks=False)
    if told:
        told[-1] = replace(told[-1], closes=True, comma=False)
    return told
