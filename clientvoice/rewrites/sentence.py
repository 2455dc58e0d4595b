"""A sentence as the rewrites take it: calm, and without the marks around it."""

from __future__ import annotations

from collections.abc import Sequence

from .casing import calm
from .reading import Token, read

_KEPT = frozenset("$£€¥\"“”‘'’([{#@%&")
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


def trim(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens without the marks before the first word and after the last."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].kind == "mark" and tokens[first].text not in _KEPT:
        first += 1
    while last > first and tokens[last - 1].kind == "mark" and tokens[last - 1].text not in _CLOSING:
        last -= 1
    return tuple(tokens[first:last])
