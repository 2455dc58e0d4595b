"""The typed gaps of a pattern: where an amount, a date, a name, a verb … may end."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from clientvoice.rewrites.candidates.grammar import opens_with_verb
from clientvoice.rewrites.candidates.inflection import base_of
from clientvoice.rewrites.candidates.reading import PAUSES, STOPS, Token
from clientvoice.rewrites.candidates.words import lists

Finder = Callable[[Sequence[Token], int], tuple[int, ...]]
"""From a place to the places where the slot may end, the longest first."""

_CLOCK = re.compile(r"\d{1,2}(?:[.:]\d\d)?(?:am|pm)?")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")
_NUMERIC = re.compile(r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?")


def _number(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    if at < len(tokens) and (tokens[at].kind == "number" or tokens[at].key in lists()["numbers"]):
        end = at + 1
        while end < len(tokens) and end < at + 3 and tokens[end].key in lists()["scale"] | {"+"}:
            end += 1
        return (end,)
    return ()


def _amount(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    if at < len(tokens) and tokens[at].key in "$£€¥":
        return _number(tokens, at + 1)
    ends = _number(tokens, at)
    if ends and ends[0] < len(tokens) and tokens[ends[0]].key in lists()["money"] | set("$£€¥"):
        return (ends[0] + 1,)
    return ()


def _percent(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    end = at
    if end < len(tokens) and tokens[end].kind == "number":
        end += 1
        if end + 1 < len(tokens) and tokens[end].key in "-–" and tokens[end + 1].kind == "number":
            end += 2
        if end < len(tokens) and tokens[end].key in ("%", "percent"):
            return (end + 1,)
        if tokens[end - 1].key.endswith("%"):
            return (end,)
    return ()


def _date(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    """Take every day, month, number and clock time that stand together."""
    end, seen = at, False
    while end < len(tokens) and end < at + 8:
        key = tokens[end].key
        if _names_day(key) or _NUMERIC.fullmatch(key):
            seen = True
        elif key in (",", "at", "the", "of", "on") and end > at and end + 1 < len(tokens):
            if not _dated(tokens[end + 1].key):
                break
        elif not (_ORDINAL.fullmatch(key) or _CLOCK.fullmatch(key) or key in ("am", "pm") or _year(key)):
            break
        end += 1
    return (end,) if seen else ()


def _dated(key: str) -> bool:
    return _names_day(key) or _year(key) or bool(_CLOCK.fullmatch(key))


def _names_day(key: str) -> bool:
    return any(key in lists()[name] for name in ("days", "months", "near_days"))


def _year(key: str) -> bool:
    return len(key) == 4 and key.isdigit() and key[:2] in ("19", "20")


def _link(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    return (at + 1,) if at < len(tokens) and tokens[at].kind in ("link", "mail") else ()


def _tag(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    return (at + 1,) if at < len(tokens) and tokens[at].kind == "tag" else ()


def _name(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    end = at
    while end < len(tokens) and end < at + 5 and tokens[end].text[0].isupper():
        end += 1
    return tuple(range(end, at, -1))


def _verb(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    return (at + 1,) if opens_with_verb(tokens, at) else ()


def _does(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    return (at + 1,) if at and at < len(tokens) and base_of(tokens[at].key) else ()


def _phone(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    end, digits = at, 0
    while (
        end < len(tokens) and end < at + 9 and (tokens[end].kind == "number" or tokens[end].text in "+()-.")
    ):
        digits += sum(character.isdigit() for character in tokens[end].text)
        end += 1
    while end > at and tokens[end - 1].text in "(-.+":
        end -= 1
    return (end,) if digits >= 6 else ()


FINDERS: Mapping[str, Finder] = {
    "amount": _amount,
    "percent": _percent,
    "date": _date,
    "link": _link,
    "phone": _phone,
    "tag": _tag,
    "name": _name,
    "number": _number,
    "verb": _verb,
    "does": _does,
}
"""The slots of fixed form, by the name that a pattern gives."""


_PARTING = frozenset("-–—=~•°<>|\\^")
"""Marks that stand alone between two statements; inside a word they are part of it."""


def in_thing(token: Token) -> bool:
    """Tell whether a token may stand in ``{thing}``: anything but stops, pauses and brackets."""
    return token.text not in STOPS and token.text not in PAUSES and token.text not in _PARTING


def in_rest(token: Token) -> bool:
    """Tell whether a token may stand in ``{rest}``: anything but what ends or parts sentences."""
    return token.text not in STOPS and token.text not in _PARTING
