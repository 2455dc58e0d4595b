"""Where quoted words begin and end: a phrase is told whole, never up to "the", "up to" or a bare "£"."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FURTHER = 4
"""Words that a phrase is followed to find its end, at most."""


def whole(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Return the tokens ``[first, last)`` moved to the edges of a phrase; at least one is left.

    Parameters
    ----------
    doc : spacy.tokens.Doc
    first, last : int

    Examples
    --------
    >>> import spacy
    >>> doc = spacy.blank("en")("Shop the sale now and save up to £200")
    >>> [doc[slice(*whole(doc, *place))].text for place in ((0, 2), (5, 9))]
    ['Shop the sale', 'save up to £200']
    """
    start = _start(doc, first, last)
    return start, _end(doc, start, last)


def _start(doc: Doc, first: int, last: int) -> int:
    """Leave leading words out, and take the auxiliary of a "not" in."""
    while first < last - 1 and (doc[first].is_punct or _is(doc[first], "leading")):
        first += 1
    negated = first > 0 and _is(doc[first], "negations") and _is(doc[first - 1], "auxiliaries")
    return first - 1 if negated else first


def _end(doc: Doc, first: int, last: int) -> int:
    if doc[last - 1].is_currency:
        return _figure_end(doc, last)
    end = _phrase_end(doc, last) if _is(doc[last - 1], "open") else last
    while end - first > 1 and _is(doc[end - 1], "cut"):
        end -= 2 if end - first > 2 and _is(doc[end - 2], "halves") else 1
    return end


def _figure_end(doc: Doc, end: int) -> int:
    """Return where the figure ends that is written onto a currency sign, or follows it."""
    if end < len(doc) and doc[end - 1].whitespace_ and doc[end].like_num:
        return end + 1
    while end < len(doc) and not doc[end - 1].whitespace_ and not doc[end].is_punct:
        end += 1
    return end


def _phrase_end(doc: Doc, last: int) -> int:
    end = last
    while end < min(len(doc), last + _FURTHER) and _goes_on(doc[end - 1], doc[end]):
        end += 1
    return _figure_end(doc, end) if doc[end - 1].is_currency else end


def _goes_on(before: Token, token: Token) -> bool:
    if token.is_punct or token.is_space:
        return False
    return not _is(token, "stoppers") or (_is(before, "open") and _is(token, "open"))


def _is(token: Token, kind: str) -> bool:
    return token.lower_ in _words()[kind]


@cache
def _words() -> dict[str, frozenset[str]]:
    text = files("clientvoice").joinpath("resources", "rules", "words", "edges.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}
