"""How much of what a sentence speaks of its rewrite speaks of too."""

from __future__ import annotations

import re
from functools import cache
from math import log

from clientvoice.rewrites.facts.lexicon import folded, word_lists
from clientvoice.rewrites.guards.frequencies import frequencies

_ENDINGS = ("ation", "ment", "able", "ing", "ion", "er", "ie", "ied", "ed", "ly", "al", "e", "y")
_WORD = re.compile(r"[^\W_]['\w]{0,60}")


@cache
def _ignored() -> frozenset[str]:
    lists = word_lists("similarity")
    return frozenset(word for words in lists["ignored"].values() for word in words)


def stem(word: str) -> str:
    """Return a word without its common endings; rough, but the same for the forms of a word.

    Examples
    --------
    >>> stem("refunded"), stem("refundable"), stem("deliveries"), stem("planning")
    ('refund', 'refund', 'deliver', 'plan')
    """
    word = word.removesuffix("'s").replace("'", "")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= (5 if ending == "er" else 3):
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou" else word


def content(text: str) -> frozenset[str]:
    """Return the stems of the words that carry the meaning, without puff and pressure."""
    words = (word.group() for word in _WORD.finditer(folded(text)))
    return frozenset(stem(word) for word in words if word not in _ignored())


@cache
def _weights() -> dict[str, float]:
    counts: dict[str, int] = {}
    for word, count in frequencies().words.items():
        counts[stem(word)] = counts.get(stem(word), 0) + count
    total = sum(counts.values()) or 1
    return {word: log(total / count) for word, count in counts.items()}


def similarity(before: str, after: str) -> float:
    """Return how much the content of two sentences overlaps, from 0 to 1.

    Words count by their stems and their rarity; words that only press or praise count nothing.

    Examples
    --------
    >>> similarity("Hurry, the kettle is mended!", "Your kettle is mended.")
    1.0
    """
    ours, theirs = content(before), content(after)
    if not ours or not theirs:
        return 1.0 if ours == theirs or not ours else 0.0
    weights = _weights()
    rare = max(weights.values(), default=1.0)
    both = sum(weights.get(word, rare) for word in ours & theirs)
    smaller = min(sum(weights.get(word, rare) for word in side) for side in (ours, theirs))
    return min(1.0, both / smaller) if smaller else 1.0
