"""Tells whether two stretches of a message say the same."""

from __future__ import annotations

_EDGE = ".,;:!?…()[]\"'“”‘’«»-–—| "


def folded(text: str) -> str:
    """Return a text without capitals, doubled white space and the marks at its ends.

    Examples
    --------
    >>> folded("“See the  Coats…”")
    'see the coats'
    """
    return " ".join(text.casefold().split()).strip(_EDGE)
