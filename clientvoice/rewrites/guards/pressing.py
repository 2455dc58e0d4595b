"""Clauses that only press, left behind where a rewrite makes a choice of the command before them."""

from __future__ import annotations

from collections.abc import Iterator

from clientvoice.rewrites.facts.lexicon import folded, listed, unspared


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
    hollow = unspared(listed("pressing", "hollow"), listed("pressing", "named"), small)
    told = next(hollow, None) or listed("pressing", "or_else").search(small)
    welcome = listed("pressing", "welcome").search(small)
    if told is None and welcome:
        told = listed("pressing", "avoiding").search(small, welcome.end())
    if told:
        yield f"Makes a choice, and still presses: “{told.group()}”."
