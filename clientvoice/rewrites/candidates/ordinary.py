"""Which words are ordinary ones, of those that a capital could make a name."""

from __future__ import annotations

import re

from clientvoice.rewrites.candidates.words import common_words, lists, verbs
from clientvoice.rewrites.guards.frequencies import frequencies

_ENDS = ("s", "es", "ed", "ing", "d", "ly", "er")
_LATER = ("ed", "ing", "ier")
"""Endings before which a verb may change its own end."""

_FORMED = ("er", "ing", "ed", "ic", "able", "ness")
_BEFORE = ("un", "re", "non", "pre")


def is_common(word: str) -> bool:
    """Tell whether a word, in lower case, is an ordinary one, or a form of one.

    Examples
    --------
    >>> is_common("boots"), is_common("lisbon"), is_common("don't"), is_common("copier")
    (True, False, True, True)
    """
    plain = re.split(r"['’]", word)[0]
    known = common_words()
    if plain in known or plain == "a" or (plain.endswith("n") and plain[:-1] in known and "'" in word):
        return True
    if any(
        plain.endswith(end) and len(plain) > len(end) + 3 and plain[: -len(end)] in known for end in _ENDS
    ):
        return True
    return any(_is_changed(plain.removesuffix(end)) for end in _LATER if plain.endswith(end))


def is_formed(word: str) -> bool:
    """Tell whether a longer word, in lower case, was seen written small or is made of ordinary ones.

    Examples
    --------
    >>> is_formed("workbook"), is_formed("unblocked"), is_formed("zorvath")
    (True, True, False)
    """
    if len(word) < 6:
        return False
    if word in frequencies().small or any(
        word.startswith(start) and is_common(word[len(start) :]) for start in _BEFORE
    ):
        return True
    stems = [word[: -len(end)] for end in _FORMED if word.endswith(end)]
    if any(len(stem) > 3 and (stem in common_words() or _undoubled(stem)) for stem in stems):
        return True
    return any(is_common(word[:cut]) and is_common(word[cut:]) for cut in range(4, len(word) - 3))


def is_name(word: str) -> bool:
    """Tell whether a word with a capital is a name, as far as lists can tell.

    Examples
    --------
    >>> is_name("Lisbon"), is_name("Boots"), is_name("Grace"), is_name("boots")
    (True, False, True, False)
    """
    low = word.lower()
    return (word[0].isupper() and (not is_common(low) or low in lists()["given"])) or word == "I"


def _is_changed(stem: str) -> bool:
    """Whether a verb without its ending lost its e, doubled its last letter or turned its y."""
    if len(stem) < 3:
        return False
    return f"{stem}e" in verbs().all or f"{stem}y" in verbs().all or _undoubled(stem)


def _undoubled(stem: str) -> bool:
    return stem[-1] == stem[-2] and stem[:-1] in common_words()
