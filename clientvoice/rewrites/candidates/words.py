"""The word lists of the rewrites: verbs, words in lower case, and the named lists of patterns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from clientvoice.rules.source import RuleSource

FOLDER = Path("resources") / "rewrites"


@dataclass(frozen=True, slots=True)
class Verbs:
    """Base forms; ``nouns`` are those that are often nouns too."""

    all: frozenset[str]
    nouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lists:
    """``lists.toml``: ``choices`` for patterns, written ``<name>``, and word classes for grammar."""

    choices: dict[str, tuple[str, ...]]
    classes: dict[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.classes[name]


def shipped(name: str) -> Path:
    """Return the place of a shipped data file.

    Examples
    --------
    >>> shipped("verbs.txt").name
    'verbs.txt'
    """
    return Path(str(files("clientvoice"))) / FOLDER / name


def read_words(name: str) -> tuple[str, ...]:
    """Return the words of a shipped list, comments left out."""
    lines = shipped(name).read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def verbs() -> Verbs:
    """Return the verbs.

    Examples
    --------
    >>> "book" in verbs().nouns, "enjoy" in verbs().nouns
    (True, False)
    """
    words = read_words("verbs.txt")
    return Verbs(
        frozenset(word.rstrip("*") for word in words),
        frozenset(word.rstrip("*") for word in words if word.endswith("*")),
    )


@cache
def common_words() -> frozenset[str]:
    """Return words that are written in lower case.

    Examples
    --------
    >>> "price" in common_words(), "london" in common_words()
    (True, False)
    """
    return frozenset(read_words("common_words.txt")) | verbs().all


@cache
def lists() -> Lists:
    """Return the named lists.

    Examples
    --------
    >>> "right away" in lists().choices["now"]
    True
    """
    source = RuleSource.read(shipped("lists.toml"))
    table = source.parse()
    for key in table:
        if key not in ("choices", "classes"):
            raise source.unknown("table", key, ("choices", "classes"))
    return Lists(
        {name: tuple(words) for name, words in _texts(source, table, "choices").items()},
        {name: frozenset(words) for name, words in _texts(source, table, "classes").items()},
    )


def _texts(source: RuleSource, table: dict[str, Any], key: str) -> dict[str, list[str]]:
    told = table.get(key, {})
    for name, words in told.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            raise source.error(
                source.line_of_key(name), f"{key}.{name} = {words!r}", 'Write a list of texts: ["…"].'
            )
    return {str(name): list(words) for name, words in told.items()}
