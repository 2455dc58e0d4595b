"""A sentence as tokens that patterns can meet: contractions parted, links and tags whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_TOKENS = 90
"""A longer sentence is never rewritten, which also bounds the work on hostile text."""

_TOKEN = re.compile(
    r"\{\{[^{}\n]{1,80}\}\}|\{%[^{}%\n]{1,80}%\}|[$%#]\{[^{}\n]{1,80}\}|\*\|[^|\n]{1,80}\|\*"
    r"|%%[^%\n]{1,80}%%|<%[^<>\n]{1,80}%>|\[[\w .'-]{1,40}\]|\[%[^\[\]%\n]{1,80}%\]"
    r"|(?:https?://|www\.)[^\s<>\")]{1,500}|[\w.+-]{1,64}@[\w.-]{1,100}\w"
    r"|[$£€¥]|\d[\d,]{0,14}(?:[.:/]\d{1,4}){0,2}(?:[^\W\d_]{1,3}(?![^\W_]))?(?:-[^\W_]{1,20}){0,4}"
    r"|[^\W_]{1,60}(?:['’.&/+-][^\W_]{1,40}){0,6}|\S"
)
# Of ASCII alone: case-blind, “i” would be “İ” too, which no list of words holds.
_CLITIC = re.compile(r"(?ai)(n['’]t|['’](?:re|ve|ll|d|m))$")
_IS = re.compile(r"(?ai)(it|that|there|here|what|who|let)(['’]s)$")
_MEANT = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_STEMS = {"ca": "can", "wo": "will", "sha": "shall"}
TAG = re.compile(
    r"\{\{.{0,200}\}\}|\{%.{0,200}%\}|[$%#]\{.{0,200}\}|\*\|.{0,200}\|\*|%%.{0,200}%%|<%.{0,200}%>|\[%.{0,200}%\]|\[[^\]]{1,200}\]"
)
LINK = re.compile(
    r"(?i)(?:https?://|www\.)\S+"
    r"|(?<![\w-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.(?:com|org|net|co|io|uk|edu|gov|info|de)(?:/\S*)?"
)
MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]+")
STOPS = frozenset(".!?;:…")
PAUSES = frozenset(',()"“”—–|')


@dataclass(frozen=True, slots=True)
class Token:
    """Characters ``[start, end)``; ``key`` is what a pattern compares, in lower case."""

    start: int
    end: int
    text: str
    key: str
    kind: str  # word, number, link, mail, tag, mark


def read(text: str) -> tuple[Token, ...]:
    """Return the tokens of a sentence, or none if it has more than a rewrite can hold.

    Examples
    --------
    >>> [token.key for token in read("Don’t miss our 2-for-1 deal!")]
    ['do', 'not', 'miss', 'our', '2-for-1', 'deal', '!']
    """
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text):
        tokens.extend(_parted(found.group(), found.start()))
        if len(tokens) > MOST_TOKENS:
            return ()
    return tuple(tokens)


def _parted(word: str, start: int) -> list[Token]:
    kind = _kind(word)
    if kind == "word":
        clitic = _CLITIC.search(word) or _IS.match(word)
        if clitic is not None and clitic.start(clitic.lastindex or 0) > 0:
            cut = clitic.start(clitic.lastindex or 0)
            head, tail = word[:cut], word[cut:]
            key = tail.lower().replace("’", "'")
            meant = ("us" if head.lower() == "let" else "is") if key == "'s" else _MEANT[key]
            low = head.lower()
            return [
                Token(start, start + cut, head, _STEMS.get(low, low) if meant == "not" else low, "word"),
                Token(start + cut, start + len(word), tail, meant, "word"),
            ]
    return [Token(start, start + len(word), word, word.lower().replace("’", "'"), kind)]


def _kind(word: str) -> str:
    if TAG.fullmatch(word):
        return "tag"
    if MAIL.fullmatch(word):
        return "mail"
    if LINK.fullmatch(word):
        return "link"
    if word[0].isdigit():
        return "number"
    return "word" if word[0].isalnum() else "mark"
