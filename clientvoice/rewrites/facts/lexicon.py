"""The word lists of ``resources/rewrites`` as patterns, made once.

Texts are matched in a folded copy: small letters, straight apostrophes, plain
spaces and hyphens, every character in its place. Each pattern is a choice of fixed
words, so matching takes time linear in the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_ALIKE = str.maketrans(
    dict.fromkeys("‘’‛ʼ＇′`´", "'")
    | dict.fromkeys("“”„‟«»＂″", '"')
    | dict.fromkeys("\t\n\r\x0b\x0c\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000", " ")
    | dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)


def straight(text: str) -> str:
    r"""Return ``text`` with straight quotes, plain spaces and hyphens, every character in its place.

    Examples
    --------
    >>> straight("“We’ll”")
    '"We\'ll"'
    """
    return text.translate(_ALIKE)


def folded(text: str) -> str:
    """Return ``text`` straight and in small letters, every character in its place.

    Examples
    --------
    >>> folded("DON’T")
    "don't"
    """
    alike = straight(text)
    small = alike.lower()
    if len(small) == len(alike):
        return small
    return "".join([char.lower() if len(char.lower()) == 1 else char for char in alike])


def any_of(words: Iterable[str]) -> str:
    """Return the pattern of a choice, longest first; a space also stands for a hyphen.

    Examples
    --------
    >>> any_of(["up", "up to"])
    'up[ -]{1,3}to|up'
    """
    longest_first = sorted({folded(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", "[ -]{1,3}") for word in longest_first)


def words_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the words, whole, in folded text.

    Examples
    --------
    >>> bool(words_pattern(["no"]).search("a note")), bool(words_pattern(["no"]).search("say no."))
    (False, True)
    """
    return re.compile(rf"(?<![\w'])(?:{any_of(words)})(?![\w])")


def keys_by_word(lists: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Turn key → words around: each folded word leads to its key."""
    return {folded(word).replace("-", " "): key for key, words in lists.items() for word in words}


def key_of(keys: Mapping[str, str], words: str) -> str:
    """Return the key of words as they stand in a folded text, with whatever spaces or hyphens."""
    return keys[" ".join(words.replace("-", " ").split())]


@cache
def word_lists(name: str) -> dict[str, Any]:
    """Return the word lists of a file in ``resources/rewrites``.

    Examples
    --------
    >>> word_lists("facts")["numbers"]["twelve"]
    12
    """
    source = files("clientvoice").joinpath("resources", "rewrites", f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def listed(name: str, group: str) -> re.Pattern[str]:
    """Return the words of a list in a file of ``resources/rewrites`` as a pattern, made once.

    Examples
    --------
    >>> listed("duties", "health").search("take your tablets").group()
    'your tablets'
    """
    return words_pattern(word_lists(name)[group]["words"])


def unspared(words: re.Pattern[str], unless: re.Pattern[str] | None, small: str) -> Iterator[re.Match[str]]:
    """Yield where words stand in folded text, save in phrases in which they mean something else.

    Examples
    --------
    >>> [found.start() for found in unspared(words_pattern(["if"]), words_pattern(["if any"]), "if any, if")]
    [8]
    """
    spared = [found.span() for found in unless.finditer(small)] if unless else []
    for found in words.finditer(small):
        if not any(start <= found.start() < end for start, end in spared):
            yield found
