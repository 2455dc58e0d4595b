"""Whether a rewrite may be shown, and whether it may be applied: guards that read the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clientvoice.rewrites.facts.finding import compare_facts
from clientvoice.rewrites.facts.lexicon import folded, listed
from clientvoice.rewrites.guards.commitments import new_promises
from clientvoice.rewrites.guards.duties import duty_slips
from clientvoice.rewrites.guards.fluency import slips
from clientvoice.rewrites.guards.pressing import pressing_slips
from clientvoice.rewrites.guards.similarity import similarity
from clientvoice.rewrites.guards.subjects import owner_slips

FLOOR = 0.25
"""The least similarity of a rewrite and its sentence."""

_A_NAME = re.compile(r"\b(?:an?|the|this|your|our|each|every|any) \[name\]", re.IGNORECASE)
_DOTS = re.compile(r"…|\.{3}")
_PLACEHOLDER = re.compile(r"\[[A-Za-z][\w .,'/-]{0,40}\]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the guards say of a rewrite.

    ``ok`` false: it is dropped. ``safe`` false: it may be shown, but is never applied by itself.
    ``why`` tells an editor, one plain sentence each.
    """

    ok: bool = True
    safe: bool = True
    why: tuple[str, ...] = ()


def guard(before: str, after: str) -> Verdict:
    """Return what the guards say of ``after`` as a rewrite of ``before``.

    Parameters
    ----------
    before, after : str
        A sentence and a candidate to stand in its place.

    Examples
    --------
    >>> guard("Save up to 50% now!", "It is 50% off.").why
    ('Loses “up to”.',)
    >>> guard("Call us today!", "Call [name] on [phone] whenever it suits you.").safe
    False
    """
    filled = _PLACEHOLDER.sub(lambda found: found.group() if found.group() in before else "Sam", after)
    faults = (
        *_facts(before, after),
        *_promises(before, filled),
        *_urging(before, filled),
        *duty_slips(before, filled),
        *pressing_slips(before, filled),
        *owner_slips(before, filled),
        *_trailing(before, after),
        *_length(before, filled),
    )
    faults += (*slips(before, filled), *_meaning(before, after), *_misplaced(before, after))
    gaps = tuple(f"Fill in {gap} first." for gap in dict.fromkeys(placeholders(before, after)))
    return Verdict(not faults, not faults and not gaps, faults + gaps)


def placeholders(before: str, after: str) -> list[str]:
    """Return the placeholders that a rewrite leaves for the writer to fill in.

    Examples
    --------
    >>> placeholders("Call us.", "Call [name].")
    ['[name]']
    """
    return [found.group() for found in _PLACEHOLDER.finditer(after) if found.group() not in before]


def _misplaced(before: str, after: str) -> Iterator[str]:
    """Name a person's place that stands where a kind of person is spoken of: “as a [name]”."""
    if _A_NAME.search(after) and not _A_NAME.search(before):
        yield "Puts a name where none can stand."


def _facts(before: str, after: str) -> Iterator[str]:
    check = compare_facts(before, after)
    gaps = placeholders(before, after)
    yield from (f"Loses “{fact.text}”." for fact in check.lost)
    yield from (f"Adds “{fact.text}”." for fact in check.added if fact.text not in gaps)


def _promises(before: str, after: str) -> Iterator[str]:
    told = {found.group: found for found in reversed(new_promises(before, after))}
    for found in told.values():
        yield f"Promises what the original does not: “{found.text}”."


def _urging(before: str, after: str) -> Iterator[str]:
    urges = listed("similarity", "urging")
    if not urges.search(folded(before)):
        yield from (
            f"Presses more than the original: “{found.group()}”." for found in urges.finditer(folded(after))
        )


def _trailing(before: str, after: str) -> Iterator[str]:
    """Name dots that leave something out or trail off, and are gone."""
    if _DOTS.search(before) and not _DOTS.search(after):
        yield "Loses “…”."


def _length(before: str, after: str) -> Iterator[str]:
    old, new = len(before.split()), len(after.split())
    if new > max(1.7 * old, old + 9):
        yield "Is much longer than the original."
    elif new < 0.25 * old:
        yield "Is much shorter than the original."


def _meaning(before: str, after: str) -> Iterator[str]:
    if similarity(before, after) < FLOOR:
        yield "Speaks of something else than the original."
