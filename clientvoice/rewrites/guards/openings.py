"""What may open a sentence and cannot stand within one: a bare thing, a phrase as a subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from clientvoice.rewrites.facts.lexicon import any_of, folded, word_lists

_WORD = re.compile(r"[^\W_][\w'-]{0,40}")
_MOST = 3
"""Words, the noun among them, at which a bare thing is looked for at the start."""

_MORE = r"(?: (?:of|for|with|from|in|to|that|which|on) [^,.;:!?]{1,200})?"
"""What may stand between a thing and its verb."""

_VERBS = "may|can|will|could|might|helps?|is|has"
_SUITS = "may (?:suit you|help|be of use to you|be what you need)(?=[.,;]|$)"


def opening_slips(before: str, after: str) -> Iterator[str]:
    """Yield what opened the sentence, or a headline, and stands within a rewrite as it cannot.

    Parameters
    ----------
    before, after : str
        A sentence and a candidate to stand in its place.

    Examples
    --------
    >>> list(opening_slips("New guide helps you sow.", "If you want to sow, new guide may help."))
    ['Leaves “new guide” without an article.']
    >>> list(opening_slips("For cooks our pan is a help.", "If you bake, for cooks our pan may suit you."))
    ['Has no subject: “for cooks our pan may suit you”.']
    """
    old, new = folded(before), folded(after)
    words = _WORD.findall(old)[:_MOST]
    for count in range(1, len(words) + 1):
        if words[count - 1] in word_lists("fluency")["bare"]["nouns"]:
            thing = " ".join(words[:count])
            if not set(words[:count]) & _telling() and _stands_bare(thing, old, new):
                yield f"Leaves “{thing}” without an article."
            break
    for found in _suits().finditer(new):
        yield f"Has no subject: “{found['told']}”."


def _stands_bare(thing: str, old: str, new: str) -> bool:
    """Whether a thing opens a clause within the rewrite, and itself takes the verb."""
    bare = re.compile(rf", {re.escape(thing)}{_MORE} (?:{_VERBS})(?![\w'-])")
    return bare.search(new) is not None and bare.search(old) is None


@cache
def _telling() -> frozenset[str]:
    return frozenset(word_lists("fluency")["bare"]["told"])


@cache
def _suits() -> re.Pattern[str]:
    """Return the pattern of what is no thing and is said to suit: “for cooks our pan may suit you”."""
    told = word_lists("fluency")["bare"]
    leads, subjects = any_of(told["leads"]), any_of(told["subjects"])
    words = rf"(?:(?!(?:{subjects}) )[^\s,.;:!?]{{1,40}} ){{1,12}}"
    return re.compile(rf", (?P<told>(?:{leads}) {words}{_SUITS})")
