"""Words that deny by how they begin: "unlimited", "unpaid"."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from clientvoice.rewrites.candidates.words import common_words
from clientvoice.rewrites.facts.lexicon import folded, word_lists
from clientvoice.rewrites.facts.spans import Fact
from clientvoice.rewrites.guards.similarity import stem

_UN = re.compile(r"(?<![\w'-])un([a-z]{4,20})(?![\w])")
_BARE = re.compile(r"(?:n't|(?<!\w)(?:not|no|never|without))(?: \w{1,12}){0,2} $")


def turned_words(text: str, other: str, denied: Collection[frozenset[str]]) -> list[Fact]:
    """Return the words in "un-" of which the other text says the rest, undenied.

    Parameters
    ----------
    text, other : str
        The sentence with the words, and the one that may have turned them.
    denied : collection of frozenset of str
        The stems that the other text denies.

    Examples
    --------
    >>> [fact.text for fact in turned_words("Unlimited classes.", "Classes are limited.", [])]
    ['Unlimited']
    """
    theirs = folded(other)
    found = []
    for word in _UN.finditer(folded(text)):
        rest = word[1]
        if word.group() in _spared() or rest not in common_words() or word.group() in theirs:
            continue
        if any(stem(rest) in words for words in denied):
            continue
        said = re.search(rf"(?<![\w'-]){rest}(?!\w)", theirs)
        if said and not _BARE.search(theirs[max(0, said.start() - 40) : said.start()]):
            found.append(Fact(*word.span(), "negation", text[word.start() : word.end()], "not"))
    return found


@cache
def _spared() -> frozenset[str]:
    return frozenset(word_lists("facts")["negations"]["no_prefix"])
