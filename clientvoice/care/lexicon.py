"""The word lists of ``signs.toml`` and ``given_names.txt`` as patterns, made once.

Every pattern is a choice of fixed words or has bounded repeats, so it takes
time linear in the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_STRAIGHT = str.maketrans("‘’‛′\u00a0\u202f", "''''  ")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns over small letters, and sets of words; ``names`` alone are written with a capital."""

    free_help: re.Pattern[str]
    free_help_unless: re.Pattern[str]
    role: re.Pattern[str]
    owned_role: re.Pattern[str]
    task: re.Pattern[str]
    reported: re.Pattern[str]
    way: re.Pattern[str]
    purpose: re.Pattern[str]
    line: re.Pattern[str]
    path_unless: re.Pattern[str]
    question: re.Pattern[str]
    first_person_unless: re.Pattern[str]
    formula: re.Pattern[str]
    formula_beside: frozenset[str]
    closings: frozenset[str]
    company: frozenset[str]
    titles: frozenset[str]
    names: frozenset[str]


def plain(text: str) -> str:
    """Return ``text`` with straight apostrophes and plain spaces, every character in its place.

    Examples
    --------
    >>> plain("we’ll")
    "we'll"
    """
    return text.translate(_STRAIGHT)


@cache
def lexicon() -> Lexicon:
    """Return the patterns of the shipped lists.

    Examples
    --------
    >>> bool(lexicon().way.search("just ring us"))
    True
    """
    folder = files("clientvoice").joinpath("resources", "care")
    lists = tomllib.loads(folder.joinpath("signs.toml").read_text(encoding="utf-8"))
    lines = folder.joinpath("given_names.txt").read_text(encoding="utf-8").splitlines()
    person, path, end, formula = (lists[name] for name in ("person", "path", "signature", "formula"))
    owners, roles, tasks = (_choice(person[name]) for name in ("owners", "roles", "tasks"))
    return Lexicon(
        free_help=_words(lists["free_help"]["phrases"]),
        free_help_unless=_words(lists["free_help"]["unless"]),
        role=_words(person["roles"]),
        owned_role=re.compile(rf"\b(?:{owners}) (?:\w{{1,20}} )?(?:{roles})s?\b"),
        task=re.compile(rf"(?:\b(?:will|can)|'ll|\bhere to|\bhand to)(?: \w{{1,12}})? (?:{tasks})\b"),
        reported=_words(person["reports"]),
        way=_words(path["ways"]),
        purpose=_words(path["purposes"]),
        line=_words(path["lines"]),
        path_unless=_words(path["unless"]),
        question=_words(path["questions"]),
        first_person_unless=_words(lists["first_person"]["unless"]),
        formula=_formula(**{name: formula[name] for name in ("openers", "wishes", "lines")}),
        formula_beside=frozenset(formula["beside"]),
        closings=frozenset(end["closings"]),
        company=frozenset(end["company"]),
        titles=frozenset(person["titles"]),
        names=frozenset(line for line in lines if line and not line.startswith("#")),
    )


def _formula(openers: Iterable[str], wishes: Iterable[str], lines: Iterable[str]) -> re.Pattern[str]:
    wish = rf"(?:{_choice(openers)}) (?:{_choice(wishes)})"
    return re.compile(rf"(?<![\w'])(?:{wish}|{_choice(lines)})(?![\w'])", re.IGNORECASE)


def _choice(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _words(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{_choice(words)})(?![\w'])")
