"""Word and character n-grams of a masked sentence: their names, and where each was read.

A model asks for the names alone, an explanation for the places too; both ways give
the same n-grams, and the shorter one is several times as fast.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, pairwise

CHAR_ORDERS = (3, 4, 5)
LONGEST_WORD = 40
"""Characters of a word that are read; the rest of a longer run carries no language."""

_REMEMBERED = 16_384
"""Words whose n-grams are kept while a model is trained: about 2 kB each."""

_WORD = re.compile(r"\w{1,60}(?:'\w{1,20})?|[!?]{1,8}|[^\w\s]")

Feature = tuple[str, int, int]
"""A feature's name and the half-open span of masked text that it was read from."""


def word_features(text: str) -> list[Feature]:
    """Return word n-grams of order 1 to 3, with sentence edges, capitals and length.

    Examples
    --------
    >>> [name for name, _, _ in word_features("Shop now")][:3]
    ['shop', 'now', '< shop']
    """
    found = [(match.group(), *match.span()) for match in _WORD.finditer(text)]
    words = ["<", *(word.lower() for word, _, _ in found), ">"]
    starts = [0, *(start for _, start, _ in found), len(text)]
    ends = [0, *(end for _, _, end in found), len(text)]
    pairs, triples = _sequences(words)
    return [
        *zip(words[1:-1], starts[1:-1], ends[1:-1], strict=True),
        *zip(pairs, starts[:-1], ends[1:], strict=True),
        *zip(triples, starts[:-2], ends[2:], strict=True),
        *(("^capitals", start, end) for word, start, end in found if _shouted(word)),
        (_length_name(len(found)), 0, len(text)),
    ]


def word_names(text: str) -> list[str]:
    """Return the names of :func:`word_features`, in the same order."""
    found = _WORD.findall(text)
    words = ["<", *map(str.lower, found), ">"]
    pairs, triples = _sequences(words)
    names = words[1:-1] + pairs + triples
    names += ["^capitals" for word in found if _shouted(word)]
    names.append(_length_name(len(found)))
    return names


def char_names(text: str) -> list[str]:
    """Return character n-grams of order 3 to 5 inside words padded by a space.

    Examples
    --------
    >>> char_names("now")
    [' no', 'now', 'ow ', ' now', 'now ', ' now ']
    """
    return list(chain.from_iterable(map(_spelled_names, cut_words(text))))


def cut_words(text: str) -> list[str]:
    """Return the words whose spelling is read: in small letters, the longest ones cut."""
    return [word[:LONGEST_WORD].lower() for word in _WORD.findall(text)]


def placed_words(text: str) -> list[tuple[str, int]]:
    """Return the same with the place where each word begins."""
    return [(match.group()[:LONGEST_WORD].lower(), match.start()) for match in _WORD.finditer(text)]


def spelled(word: str) -> list[Feature]:
    """Return the character n-grams of one word, with their spans in it; marks have none.

    Examples
    --------
    >>> spelled("up")
    [(' up', 0, 2), ('up ', 0, 2), (' up ', 0, 2)]
    """
    if not word[0].isalnum():
        return []
    padded = f" {word} "
    return [
        (padded[first : first + order], first - 1 if first else 0, min(first + order - 1, len(word)))
        for order in CHAR_ORDERS
        for first in range(len(padded) - order + 1)
    ]


@lru_cache(maxsize=_REMEMBERED)
def _spelled_names(word: str) -> tuple[str, ...]:
    return tuple(name for name, _, _ in spelled(word))


def _sequences(words: list[str]) -> tuple[list[str], list[str]]:
    """Return all pairs and triples of neighbours."""
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    return pairs, [f"{pair} {word}" for pair, word in zip(pairs, words[2:], strict=False)]


def _shouted(word: str) -> bool:
    return len(word) > 2 and word.isupper()


def _length_name(words: int) -> str:
    return f"^length {min(words, 40) // 4}"
