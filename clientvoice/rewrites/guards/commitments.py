"""What a sentence commits its sender to, in groups of like promises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from clientvoice.rewrites.facts.lexicon import folded, word_lists, words_pattern

_DENIED = re.compile(r"(?:(?<!\w)(?:not|no|never|without)|n't)(?: [\w']{1,15}){0,2} $")


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise in a text: its group and its words."""

    group: str
    start: int
    end: int
    text: str


@cache
def _groups() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    return {
        name: (words_pattern(group["phrases"]), words_pattern(group["also"]))
        for name, group in word_lists("commitments").items()
    }


def commitments(text: str) -> tuple[Commitment, ...]:
    """Return the promises of a text, in the order of the groups.

    Examples
    --------
    >>> [(found.group, found.text) for found in commitments("We’ll remind you in time.")]
    [('remind', 'We’ll remind')]
    """
    small = folded(text)
    return tuple(
        Commitment(name, *found.span(), text[found.start() : found.end()])
        for name, (phrases, _) in _groups().items()
        for found in phrases.finditer(small)
    )


def new_promises(before: str, after: str) -> tuple[Commitment, ...]:
    """Return the promises of ``after`` of which ``before`` says nothing in any words.

    Examples
    --------
    >>> [found.text for found in new_promises("Order today.", "Order today; we'll refund you.")]
    ['refund']
    >>> new_promises("Ask for your money back.", "We refund you if you ask.")
    ()
    """
    small = folded(before)
    return tuple(
        found
        for found in commitments(after)
        if not _DENIED.search(folded(after)[max(0, found.start - 40) : found.start])
        and not any(pattern.search(small) for pattern in _groups()[found.group])
    )
