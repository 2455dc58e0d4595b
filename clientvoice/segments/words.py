"""The word lists of the sentence rules: ``resources/segments/boundaries.toml``, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class BoundaryWords:
    """Words that decide whether a stop ends a sentence; the file says what each list is for."""

    never: frozenset[str]
    postscripts: frozenset[str]
    figures: frozenset[str]
    shortened: frozenset[str]
    closing: frozenset[str]
    clock: frozenset[str]
    clock_goes_on: frozenset[str]
    starters: frozenset[str]
    brands: frozenset[str]
    small_names: frozenset[str]


def is_shortened(word: str) -> bool:
    """Return whether a stop after a word is that of an abbreviation or of an initial.

    Parameters
    ----------
    word : str
        Without the last stop.

    Examples
    --------
    >>> [is_shortened(word) for word in ("Dr", "J", "p.m", "Patel")]
    [True, True, True, False]
    """
    words, plain = boundary_words(), word.lower()
    known = (words.never, words.shortened, words.figures, words.clock, words.postscripts)
    return (len(plain) == 1 and plain.isalpha()) or any(plain in some for some in known)


@cache
def boundary_words() -> BoundaryWords:
    """Return the lists of ``boundaries.toml``.

    Examples
    --------
    >>> "inc" in boundary_words().shortened
    True
    """
    path = files("clientvoice") / "resources" / "segments" / "boundaries.toml"
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    names = [field.name for field in fields(BoundaryWords)]
    return BoundaryWords(**{name: frozenset(lists[name].split()) for name in names})
