"""Forms of English words by rule, with the exceptions that copy meets."""

from __future__ import annotations

import re
from functools import cache

from clientvoice.rewrites.candidates.words import common_words, lists, verbs

_ING = {"be": "being", "see": "seeing", "die": "dying", "lie": "lying", "tie": "tying", "quit": "quitting"}
_S = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_VOWELS = "aeiou"


def ing(verb: str) -> str:
    """Return the form in -ing of a base form.

    Examples
    --------
    >>> [ing(verb) for verb in ("save", "get", "enjoy", "agree", "die")]
    ['saving', 'getting', 'enjoying', 'agreeing', 'dying']
    """
    if verb in _ING:
        return _ING[verb]
    if verb in lists()["doubled"]:
        return verb + verb[-1] + "ing"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return verb + "ing"


def third(verb: str) -> str:
    """Return the form for he, she and it.

    Examples
    --------
    >>> [third(verb) for verb in ("save", "carry", "have", "catch", "enjoy")]
    ['saves', 'carries', 'has', 'catches', 'enjoys']
    """
    if verb in _S:
        return _S[verb]
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


@cache
def _thirds() -> dict[str, str]:
    return {third(verb): verb for verb in verbs().all}


def base_of(word: str) -> str:
    """Return the base form of a verb's form for he, she and it, or ``""``.

    Examples
    --------
    >>> base_of("saves"), base_of("carries"), base_of("roses")
    ('save', 'carry', '')
    """
    return _thirds().get(word, "")


def article(word: str) -> str:
    """Return ``a`` or ``an`` for the word that follows.

    Examples
    --------
    >>> [article(word) for word in ("offer", "unique", "hour", "8-week", "X-ray", "plan")]
    ['an', 'a', 'an', 'an', 'an', 'a']
    """
    low = word.lower()
    stem = re.split(r"[^a-z0-9]", low)[0] if low not in lists()["vowel_sound"] else low
    if low in lists()["vowel_sound"] or stem in lists()["vowel_sound"]:
        return "an"
    if low in lists()["consonant_sound"] or stem in lists()["consonant_sound"]:
        return "a"
    if low[:1].isdigit():
        return "an" if re.match(r"8|1[18](?!\d)|1[18],?\d{3}(?!\d)", low) else "a"
    if word.isupper() and 1 < len(word) <= 4 and low not in common_words():
        return "an" if word[0] in "AEFHILMNORSX" else "a"
    return "an" if low[:1] in tuple(_VOWELS) else "a"


def is_plural(phrase: str) -> bool:
    """Tell whether a noun phrase takes ``are``.

    Examples
    --------
    >>> [is_plural(phrase) for phrase in ("all boots", "a pair of boots", "tea and cake", "business news")]
    [True, False, True, False]
    """
    words = [word.lower().strip(",.") for word in phrase.split()]
    head = words[:]
    for place, word in enumerate(words):
        if place and word in lists()["heads_stop"]:
            head = words[:place]
            break
    if not head:
        return False
    if head[0] in ("a", "an", "this", "that", "every", "each", "one"):
        return False
    if ("and" in head[1:] and head[0] not in ("your", "the")) or "&" in head:
        return True
    last = head[-1]
    if last in lists()["plural"]:
        return True
    return (
        last.endswith("s") and not last.endswith(("ss", "'s", "us", "is")) and last not in lists()["singular"]
    )
