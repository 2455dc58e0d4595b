"""The facts of a sentence, as spans that every rewrite must keep."""

from __future__ import annotations

from functools import lru_cache

from clientvoice.rewrites.facts.bindings import (
    find_conditions,
    find_endings,
    find_freedom,
    find_negations,
    shut_idioms,
)
from clientvoice.rewrites.facts.comparing import FactCheck, compare
from clientvoice.rewrites.facts.exact import find_exact
from clientvoice.rewrites.facts.figures import find_figures
from clientvoice.rewrites.facts.names import find_names
from clientvoice.rewrites.facts.spans import Fact, FactKind, Ground
from clientvoice.rewrites.facts.when import find_limits, find_when

__all__ = ["Fact", "FactCheck", "FactKind", "compare_facts", "find_facts"]


@lru_cache(maxsize=4096)
def find_facts(text: str) -> tuple[Fact, ...]:
    """Return the facts of a sentence, in order and disjoint.

    Parameters
    ----------
    text : str
        A sentence, or any text.

    Returns
    -------
    tuple of Fact
        Amounts, percentages, dates, times, durations, quantities, names, codes, links, addresses,
        phone numbers, merge tags, negations and binding conditions. Words that only press or praise
        ("don't miss", "second to none") are none.

    Examples
    --------
    >>> [(fact.kind, fact.key) for fact in find_facts("Pay $1,000 by Dec 3; it can't be refunded.")]
    [('amount', 'USD 1000'), ('condition', 'until'), ('date', '12-3'), ('negation', 'not')]
    """
    ground = Ground.of(text)
    find_exact(ground)
    shut_idioms(ground)
    find_freedom(ground)
    find_when(ground)
    find_conditions(ground, bound=False)
    find_figures(ground)
    find_conditions(ground, bound=True)
    find_limits(ground)
    find_endings(ground)
    find_negations(ground)
    find_names(ground)
    return tuple(sorted(ground.facts, key=lambda fact: fact.start))


def compare_facts(before: str, after: str) -> FactCheck:
    """Return the facts that a rewrite loses and those that it adds.

    Facts are equal by kind and key. A negation may be told as another one, a condition in words of
    equal force, and a name in other capitals; a fact that the sentence repeats may be told once,
    but for numbers.

    Parameters
    ----------
    before, after : str
        The sentence and its rewrite.

    Examples
    --------
    >>> compare_facts("It cannot be refunded.", "We can't refund it.").kept
    True
    >>> [fact.text for fact in compare_facts("Save up to 50%.", "It is 50% off.").lost]
    ['up to']
    """
    return compare(before, find_facts(before), after, find_facts(after))
