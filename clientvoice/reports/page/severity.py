"""How much harm a cue does to a reader who believes it: which sentence is to be mended first."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from clientvoice.reports.page.template import resource
from clientvoice.rules import RuleBook, kind_of

HOUSE = "house"
"""The name in ``severity.toml`` for all cues of a house's own rules."""


def grade(cue: str, words: str = "") -> int:
    """Return the place of a cue among the grades of harm, 0 for the gravest; the last where none names it.

    Parameters
    ----------
    cue : str
        The name of a customer cue.
    words : str
        Where it stands; they tell a penalty from a plain duty.

    Examples
    --------
    >>> grade("conditions", "will be forfeited") < grade("conditions", "no refunds") < grade("price")
    True
    """
    grades = _grades()
    kind = _kind(cue, words) if _has_kinds(cue) else ""
    return grades.get(f"{cue}.{kind}", grades.get(cue, last()))


def gravest(cue: str) -> int:
    """Return the grade of a cue at the worst words that it may stand at.

    Examples
    --------
    >>> gravest("pressure") < gravest("solicitation")
    True
    """
    return min((at for name, at in _grades().items() if name.partition(".")[0] == cue), default=last())


def last() -> int:
    """Return the grade of a sentence without any cue, beyond those of all others."""
    return len(set(_grades().values()))


@lru_cache(maxsize=1)
def _grades() -> Mapping[str, int]:
    told = tomllib.loads(resource("severity.toml"))["grade"]
    return {cue: at for at, one in enumerate(told) for cue in one["cues"]}


def _has_kinds(cue: str) -> bool:
    return any(name.startswith(f"{cue}.") for name in _grades())


@lru_cache(maxsize=4_096)
def _kind(cue: str, words: str) -> str:
    return kind_of(cue, words, RuleBook.load())
