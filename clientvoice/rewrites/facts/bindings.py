"""Words that bind: negations, and conditions in groups of equal force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from clientvoice.rewrites.facts.lexicon import any_of, unspared, word_lists, words_pattern
from clientvoice.rewrites.facts.spans import Ground

_NO_NUMBER = re.compile(r"\bno\.? ?(?=\d)")
_DENIED = re.compile(r"(?:\bnot|n't|\bno|\bnever)(?: \w{1,6})? $")
_ENOUGH = re.compile(r"(?<!\w)(?:can't|cannot|can not|couldn't|could not)(?: \w{1,20}){1,4} enough(?!\w)")
_GAP = re.compile(r" {0,3}")


@dataclass(frozen=True, slots=True)
class Condition:
    """One group of words that bind with equal force.

    ``lost_only`` ones may be added, ``denied_if`` ones may be told as an "if … not", an ``ending``
    is asked for last.
    """

    key: str
    words: re.Pattern[str]
    also: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    number: bool
    money: bool
    duration: bool
    lost_only: bool
    denied_if: bool
    ending: bool


@cache
def conditions() -> tuple[Condition, ...]:
    """Return the groups of ``facts.toml``."""
    return tuple(
        Condition(
            group["key"],
            words_pattern(group["words"]),
            words_pattern(also) if (also := _also(group)) else None,
            words_pattern(group["unless"]) if group.get("unless") else None,
            group.get("number", False),
            group.get("money", False),
            group.get("duration", False),
            group.get("lost_only", False),
            group.get("denied_if", False),
            group.get("ending", False),
        )
        for group in word_lists("facts")["conditions"]
    )


def _also(group: Mapping[str, Any]) -> list[str]:
    """Return what may stand for a group's words: of an ending these, too, where they make a day its limit."""
    return [*group.get("also", ()), *(group["words"] if group.get("ending") else ())]


@cache
def _idioms() -> re.Pattern[str]:
    lists = word_lists("facts")["idioms"]
    return re.compile(
        rf"(?<![\w'])(?:{any_of([*lists['pressure'], *lists['praise'], *lists['phrases']])})(?![\w'])"
    )


@cache
def negation_pattern() -> re.Pattern[str]:
    """Return the pattern of a negation, in folded text."""
    lists = word_lists("facts")["negations"]
    words = any_of([*lists["words"], *lists["failing"]])
    verbs = "do|does|did|is|are|was|were|has|have|had|would|should|could|must|may"
    return re.compile(
        rf"(?<![\w'])(?:(?:ca|wo|sha|ai|need|might|{verbs})n't(?!\w)|(?:can|will|shall|{verbs}) not(?!\w)"
        rf"|(?:{words})(?!\w)|(?:{any_of(lists['prefix'])})[ -](?=[a-z]))"
    )


@cache
def _freedom_pattern() -> re.Pattern[str]:
    """Return the pattern of "free of plastic" and "sugar-free", in folded text."""
    lists = word_lists("facts")["negations"]
    return re.compile(
        rf"(?<![\w'-])(?:(?:{any_of(lists['free_of'])})(?! (?:{any_of(lists['free_of_unless'])}))"
        rf"|(?!(?:{any_of(lists['free_praise'])})-)[a-z]{{2,20}}-free)(?![\w-])"
    )


@lru_cache(maxsize=4096)
def set_phrases(small: str) -> tuple[tuple[int, int], ...]:
    """Return where phrases stand that only look like facts, in folded text.

    Examples
    --------
    >>> set_phrases("don't wait, we can't thank you enough")
    ((0, 10), (15, 37))
    """
    return tuple(
        sorted(found.span() for pattern in (_idioms(), _ENOUGH) for found in pattern.finditer(small))
    )


def shut_idioms(ground: Ground) -> None:
    """Take the phrases that only look like facts: pressure, praise, courtesy."""
    for start, end in set_phrases(ground.small):
        if ground.is_free(start, end):
            ground.shut(start, end)


def find_freedom(ground: Ground) -> None:
    """Take "free of plastic" and "sugar-free", which say nothing of a price."""
    for found in _freedom_pattern().finditer(ground.small):
        ground.add(*found.span(), "negation", "not")


def find_negations(ground: Ground) -> None:
    """Take every word that denies."""
    for found in negation_pattern().finditer(ground.small):
        if found.group() == "no" and _NO_NUMBER.match(ground.small, found.start()):
            continue  # No. 5
        end = found.end()
        while ground.small[end - 1] in " -":
            end -= 1
        if not ground.add(found.start(), end, "negation", "not") and found.group().endswith(" not"):
            ground.add(end - 3, end, "negation", "not")  # "may not": the "may" is a condition already


def find_conditions(ground: Ground, *, bound: bool) -> None:
    """Take the conditions; those ``bound`` to a number need the figures to be found before."""
    starts = {fact.start: fact.kind for fact in ground.of_kinds("amount", "quantity", "percent", "duration")}
    for group in conditions():
        if group.number is not bound or group.ending:
            continue
        for found in _binding(group, ground.small):
            if bound and not _fits(group, starts.get(_skip_spaces(ground.small, found.end()))):
                continue
            if group.key == "may" and ground.text[found.start()].isupper() and found.start() > 0:
                continue  # the month
            if group.key == "must" and _DENIED.search(
                ground.small[max(0, found.start() - 12) : found.start()]
            ):
                continue  # "need not", "do not have to": the negation binds, not the need
            ground.add(*found.span(), "condition", group.key)
    if bound:
        _find_plus(ground)


def find_endings(ground: Ground) -> None:
    """Take the words for what ends, expires or is stopped, where no day or time made a limit of them."""
    for group in conditions():
        if group.ending:
            for found in _binding(group, ground.small):
                ground.add(*found.span(), "condition", group.key)


def _binding(group: Condition, small: str) -> Iterator[re.Match[str]]:
    """Return where the words of a group stand, save in phrases in which they bind nobody."""
    return unspared(group.words, group.unless, small)


def _find_plus(ground: Ground) -> None:
    """Take the plus of "250,000+", which says "over"."""
    for fact in ground.of_kinds("amount", "quantity", "percent", "duration"):
        if (
            ground.small[fact.end : fact.end + 1] == "+"
            and not ground.small[fact.end + 1 : fact.end + 2].isdigit()
        ):
            ground.add(fact.end, fact.end + 1, "condition", "over")


def _skip_spaces(text: str, start: int) -> int:
    gap = _GAP.match(text, start)
    return gap.end() if gap else start


def _fits(group: Condition, kind: str | None) -> bool:
    if kind is None or (group.money and kind not in ("amount", "percent")):
        return False
    return not group.duration or kind == "duration"
