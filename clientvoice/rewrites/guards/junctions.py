"""Pairs of words that a rewrite brings together and that English keeps apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from clientvoice.rewrites.guards.frequencies import frequencies, tokens

ODD = 5.0
"""How often chance alone would have shown a pair that was never seen, to call it odd."""
ALL_ODD = 8.0
"""The same for all new pairs of a rewrite together."""


def odd_junctions(before: str, after: str) -> Iterator[str]:
    """Yield the pairs of common words, new in ``after``, that never stand together in plain mail.

    A pair counts by how often chance would have shown it, which is high only for words that are
    common: what is rare may well be right.

    Examples
    --------
    >>> list(odd_junctions("Order now.", "You can the order."))
    ['“can the” reads oddly.']
    """
    odd = list(junctions(before, after))
    worst = [pair for weight, pair in odd if weight >= ODD]
    if not worst and sum(weight for weight, _ in odd) >= ALL_ODD:
        worst = [max(odd)[1]]
    for pair in dict.fromkeys(worst):
        yield f"“{pair}” reads oddly."


def junctions(before: str, after: str) -> Iterator[tuple[float, str]]:
    """Yield how odd each new pair of words is, with the pair."""
    counts = frequencies()
    old = set(pairwise(tokens(before)))
    for first, second in pairwise(tokens(after)):
        if not (first[0].isalpha() and second[0].isalpha()) or (first, second) in old:
            continue
        if first == second or f"{first} {second}" in counts.pairs:
            continue  # which words may be doubled is a list of its own
        weight = counts.expected(first, second)
        if weight > 0.5:
            yield weight, f"{first} {second}"
