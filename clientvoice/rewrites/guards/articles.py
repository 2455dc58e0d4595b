"""Whether "a" and "an" go with the sound behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clientvoice.rewrites.facts.lexicon import word_lists

_ARTICLE = re.compile(r"(?<![\w'.-])([Aa]n?) ([\"'(]?)([^\W_][\w'-]{0,40})")
_SPELLED = frozenset("aefhilmnorsx")
"""Letters whose names start with a vowel: "an FAQ", "an RSVP"."""


def article_slips(text: str) -> Iterator[str]:
    """Yield where "a" or "an" does not go with the next word, in straight text.

    Examples
    --------
    >>> list(article_slips("a hour with an unicorn and an offer"))
    ['“a hour” should be “an hour”.', '“an unicorn” should be “a unicorn”.']
    """
    for found in _ARTICLE.finditer(text):
        article, word = found[1].lower(), found[3]
        if len(word) > 1 and word[:2].isupper():
            continue  # an SME, a NATO base: only its reader knows how it is said
        vowel = starts_with_vowel(word.lower())
        if vowel is not None and vowel != (article == "an"):
            yield f"“{article} {word}” should be “{'an' if vowel else 'a'} {word}”."


def starts_with_vowel(word: str) -> bool | None:
    """Whether a word in small letters starts with the sound of a vowel; None if either may be right.

    Examples
    --------
    >>> starts_with_vowel("hour"), starts_with_vowel("unit"), starts_with_vowel("18")
    (True, False, True)
    """
    lists = word_lists("fluency")["articles"]
    if word[0].isdigit():
        return re.match(r"8|1[18](?:\d{3})*(?!\d)", word) is not None
    if len(word) == 1 or not re.search(r"[aeiouy]", word[:5]) or word[1] == "-":
        return None if len(word) > 1 or word not in _SPELLED else True
    if word.startswith(tuple(lists["not_consonant"])):
        return True
    if word.startswith(tuple(lists["consonant"])):
        return False if len(word) > 3 or word in ("use", "one", "uk", "us") else None
    if word.startswith(tuple(lists["vowel"])):
        return True
    return word[0] in "aeiou"
