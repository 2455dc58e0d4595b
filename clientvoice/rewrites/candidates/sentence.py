"""A sentence as the rewrites take it: calm, and without the marks around it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from clientvoice.rewrites.candidates.casing import calm
from clientvoice.rewrites.candidates.reading import Token, read
from clientvoice.rewrites.candidates.words import lists

_KEPT = frozenset("$£€¥\"“”‘'’([{#@%&")
_LIST_MARKS = frozenset("•◦·▪●°✓✔➤►*-–")
_OPENERS = frozenset(("Please", "This", "These", "We", "You", "It", "They", "There", "If", "Click", "Your"))
_CLOSING = frozenset("?%)”\"'’]$£€¥")


def calm_tokens(sentence: str) -> tuple[str, tuple[Token, ...]]:
    """Return the calm text, and its tokens without emoji, arrows and end marks around them.

    A question mark stays: a question is answered by other patterns than a statement.

    Examples
    --------
    >>> text, tokens = calm_tokens("==> BUY THE BOOTS TODAY!!! 🎉")
    >>> text, [token.text for token in tokens]
    ('==> Buy the boots today! 🎉', ['Buy', 'the', 'boots', 'today'])
    """
    text = calm(" ".join(sentence.split()))
    return text, trim(read(text))


def is_broken(text: str, tokens: Sequence[Token]) -> bool:
    """Tell whether a text is no whole sentence: it breaks off, or two have run into each other.

    Examples
    --------
    >>> texts = ("Order yours at the", "Book a room We are open", "Sign in")
    >>> [is_broken(*calm_tokens(text)) for text in texts]
    [True, True, False]
    """
    last = tokens[-1]
    if last.kind == "word" and last.key in lists()["breaks_off"] and text.rstrip()[-1:].isalnum():
        return True
    return any(
        token.text in _OPENERS and before.kind == "word" and before.text[0].isalpha()
        for before, token in pairwise(tokens)
    )


def list_mark(text: str, tokens: Sequence[Token]) -> str:
    """Return the mark of a list with which a text starts, or nothing.

    Examples
    --------
    >>> text, tokens = calm_tokens("• Save time")
    >>> list_mark(text, tokens)
    '• '
    """
    lead = text[: tokens[0].start] if tokens else ""
    return lead if lead.strip() and not set(lead.strip()) - _LIST_MARKS else ""


def trim(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens without the marks before the first word and after the last."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].kind == "mark" and tokens[first].text not in _KEPT:
        first += 1
    while last > first and tokens[last - 1].kind == "mark" and tokens[last - 1].text not in _CLOSING:
        last -= 1
    return tuple(tokens[first:last])
