"""Clauses that only press, left behind where a rewrite makes a choice of the command before them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from re import Match, Pattern

from clientvoice.rewrites.facts.lexicon import folded, listed, word_lists, words_pattern


def pressing_slips(before: str, after: str) -> Iterator[str]:
    """Yield what presses still in a rewrite that leaves to the reader what the sentence bade, one line each.

    Parameters
    ----------
    before, after : str
        A sentence and a candidate to stand in its place.

    Examples
    --------
    >>> list(pressing_slips("Book now to avoid disappointment.", "You can book to avoid disappointment."))
    ['Makes a choice, and still presses: “avoid disappointment”.']
    >>> list(pressing_slips("Book to avoid the queues.", "If you wish, book to avoid the queues."))
    []
    """
    small = folded(after)
    old = {found.group() for found in listed("duties", "options").finditer(folded(before))}
    if all(found.group() in old for found in listed("duties", "options").finditer(small)):
        return
    told = _hollow(small) or listed("pressing", "or_else").search(small)
    welcome = listed("pressing", "welcome").search(small)
    if told is None and welcome:
        told = listed("pressing", "avoiding").search(small, welcome.end())
    if told:
        yield f"Makes a choice, and still presses: “{told.group()}”."


def _hollow(small: str) -> Match[str] | None:
    """Return the first fear that says nothing of what is to be feared."""
    spared = [found.span() for found in _named().finditer(small)]
    return next(
        (
            found
            for found in listed("pressing", "hollow").finditer(small)
            if not any(start <= found.start() < end for start, end in spared)
        ),
        None,
    )


@cache
def _named() -> Pattern[str]:
    return words_pattern(word_lists("pressing")["hollow"]["unless"])
