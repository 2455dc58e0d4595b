"""A sentence as the rewrites take it: calm, and without the marks around it."""

from __future__ import annotations

from collections.abc import Sequence

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
    >>> texts = ("Order yours at the", "A hall of 900 sq.", "Book a room We are open", "Sign in")
    >>> [is_broken(*calm_tokens(text)) for text in texts]
    [True, True, True, False]
    """
    return _breaks_off(text, tokens) or any(
        before.kind == "word" and before.text[0].isalpha() and _starts_anew(before, token, following)
        for before, token, following in zip(tokens, tokens[1:], (*tokens[2:], None), strict=False)
    )


def _breaks_off(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a text ends with a word that leads to another, or with a short form cut at its stop."""
    last, end = tokens[-1], text.rstrip()
    if last.kind != "word":
        return False
    if last.key in lists()["cut_short"]:
        return end.endswith(".") and not last.text.isupper()  # of “Jackson, MS.” it is the end
    pair = f"{tokens[-2].key} {last.key}" if len(tokens) > 1 else ""
    return end[-1:].isalnum() and (last.key in lists()["breaks_off"] or pair in lists()["breaks_off"])


def _starts_anew(before: Token, token: Token, following: Token | None) -> bool:
    """Whether a word with a capital opens a sentence of its own: "Save time Call us"."""
    if token.text in _OPENERS:
        return True
    if not token.text.istitle() or token.key not in lists()["opens_anew"] or len(before.text) < 2:
        return False
    if following is None or following.kind != "word" or not following.text[0].islower():
        return False
    leads = lists()["small"] | lists()["before_verb"] | lists()["names_button"]
    return before.key not in leads


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
