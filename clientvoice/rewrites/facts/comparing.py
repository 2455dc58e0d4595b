"""Whether two sentences hold the same facts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from clientvoice.rewrites.facts.bindings import Condition, conditions
from clientvoice.rewrites.facts.lexicon import folded
from clientvoice.rewrites.facts.names import name_key
from clientvoice.rewrites.facts.polarity import compare_negations
from clientvoice.rewrites.facts.spans import Fact

_COUNTED = frozenset({"amount", "percent", "quantity", "duration"})
"""Kinds of which two equal ones are two facts: "buy 2, get 2"."""


_DENIED_IF = re.compile(r"(?<!\w)if (?:[\w'-]{1,20} ){0,6}(?:not|no|never|without|[a-z]{2,7}n't)(?!\w)")


@dataclass(frozen=True, slots=True)
class FactCheck:
    """What a rewrite loses of the facts of a sentence, and what it adds."""

    lost: tuple[Fact, ...] = ()
    added: tuple[Fact, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether nothing is lost and nothing added."""
        return not self.lost and not self.added


def compare(before: str, old: tuple[Fact, ...], after: str, new: tuple[Fact, ...]) -> FactCheck:
    """Return the difference of the facts ``old`` of ``before`` and ``new`` of ``after``."""
    lost = list(_missing(before, old, after, new))
    added = [fact for fact in _missing(after, new, before, old) if not _may_come(fact)]
    more_lost, more_added = compare_negations(before, old, after, new)
    return FactCheck(_ordered(lost, more_lost), _ordered(added, more_added))


def _ordered(first: list[Fact], second: list[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted({*first, *second}, key=lambda fact: fact.start))


def _missing(text: str, these: tuple[Fact, ...], other: str, those: tuple[Fact, ...]) -> list[Fact]:
    """Return which facts of a text have no counterpart among ``those``, the facts of the ``other`` text."""
    left = Counter((fact.kind, fact.key) for fact in those)
    small, own, missing = folded(other), folded(text), []
    for fact in these:
        mark = (fact.kind, fact.key)
        if fact.kind == "negation":
            continue
        if left[mark] > 0:
            left[mark] -= fact.kind in _COUNTED
        elif fact.kind == "name":
            missing += [] if _says(other, fact) else [fact]
        elif fact.kind == "quantity" and fact.key.startswith("per "):
            missing += (
                []
                if re.search(rf"\b(?:each|every|per|an?)[ /]{re.escape(fact.key[4:])}\b", small)
                else [fact]
            )
        elif fact.kind != "condition" or not _stands_for(fact.key, small, own):
            missing.append(fact)
    return missing


def _says(text: str, name: Fact) -> bool:
    """Whether the text holds the words of the name, in whatever capitals."""
    return re.search(rf"(?<!\w){re.escape(name.key)}(?!\w)", name_key(text)) is not None


def _may_come(fact: Fact) -> bool:
    return fact.kind == "condition" and any(
        group.lost_only for group in conditions() if group.key == fact.key
    )


def _stands_for(key: str, small: str, own: str) -> bool:
    """Whether a text has words that may stand for a condition of another text, ``own``."""
    groups = [group for group in conditions() if group.key == key]
    if any(group.denied_if for group in groups) and _DENIED_IF.search(small):
        return True
    return any(_tells(group, small, own) for group in groups)


def _tells(group: Condition, small: str, own: str) -> bool:
    if group.also is None:
        return False
    if not group.ending or group.words.search(small):
        return group.also.search(small) is not None
    # "by" and "last" say many things: only what the other text did not say may tell that something ends.
    return bool(Counter(group.also.findall(small)) - Counter(group.also.findall(own)))
