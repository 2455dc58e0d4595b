"""Duties that a rewrite would leave to the reader's taste, and demands whose time it would lose."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from re import Match, Pattern

from clientvoice.rewrites.facts.lexicon import folded, listed, word_lists, words_pattern

LEANING = 3
"""Words of a sentence up to which the ones before it say what it is about: “Renew now.”"""


def duty_slips(before: str, after: str, context: str = "") -> Iterator[str]:
    """Yield how a rewrite makes less of a duty than the sentence does, one plain sentence each.

    Parameters
    ----------
    before, after : str
        A sentence and a candidate to stand in its place.
    context : str
        What stands before it; a sentence of few words may be about that.

    Examples
    --------
    >>> list(duty_slips("Please pay the balance now.", "If it suits you, pay the balance now."))
    ['Makes a choice of a duty: “please pay”.']
    >>> list(duty_slips("Renew now.", "If you wish, renew now.", "Your passport has expired."))
    ['Makes a choice of a duty: “your passport”.']
    """
    duty = _duty(before, context)
    if duty is None:
        return
    option, haste = listed("duties", "options"), listed("duties", "haste")
    if option.search(folded(after)) and not option.search(folded(before)):
        yield f"Makes a choice of a duty: “{duty.group()}”."
    if (hurried := haste.search(folded(before))) and not haste.search(folded(after)):
        yield f"Loses “{hurried.group()}”."


def is_duty(sentence: str) -> bool:
    """Whether a sentence speaks of a duty: of a debt, the law or medicine.

    Examples
    --------
    >>> is_duty("Stop taking the tablets now."), is_duty("Stop at the café.")
    (True, False)
    """
    return _duty(sentence) is not None


def _duty(sentence: str, context: str = "") -> Match[str] | None:
    """Return the words of a duty that a sentence is about."""
    leans = len(sentence.split()) <= LEANING
    return _duties().search(folded(sentence)) or (_duties().search(folded(context)) if leans else None)


@cache
def _duties() -> Pattern[str]:
    lists = word_lists("duties")
    return words_pattern([*lists["duties"]["words"], *lists["health"]["words"]])
