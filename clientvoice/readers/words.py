"""The word lists that the readers go by, from ``resources/readers``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the entries of a list, in lower case, one a line; ``#`` starts a comment.

    Examples
    --------
    >>> "shop" in word_list("call_verbs")
    True
    """
    text = (files("clientvoice") / "resources" / "readers" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip().lower() for line in text.splitlines())
    return frozenset(line for line in lines if line)
