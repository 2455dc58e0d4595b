"""Deadlines and scarcity told as facts: kept as told, and to be checked by the writer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from clientvoice.rewrites.facts.finding import find_facts
from clientvoice.rewrites.facts.lexicon import any_of, folded, word_lists

ClaimKind = Literal["deadline", "scarcity"]
_NUMBER = "\x01"
_DAY = "\x02"
_UNIT = r"(?:business |working )?(?:minute|hour|day|night|week|month|year)s?"
_GAP = r"(?:[^\s.!?;\x01\x02]{1,20} ){0,3}?"


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of a sentence that says how long or for how few an offer stands."""

    start: int
    end: int
    text: str
    kind: ClaimKind

    @property
    def warning(self) -> str:
        """What the writer is asked to do.

        Examples
        --------
        >>> claims("Sale ends tonight")[0].warning
        'Check that this is true: “Sale ends tonight”.'
        """
        return f"Check that this is true: “{self.text}”."


@cache
def _patterns() -> tuple[tuple[ClaimKind, tuple[re.Pattern[str], ...]], ...]:
    lists = word_lists("claims")
    kinds: tuple[ClaimKind, ...] = ("deadline", "scarcity")
    return tuple((kind, _pattern(lists[kind]["patterns"])) for kind in kinds)


def _pattern(phrases: list[str]) -> tuple[re.Pattern[str], ...]:
    plain = [phrase for phrase in phrases if "<" not in phrase]
    slotted = sorted((phrase for phrase in phrases if "<" in phrase), key=len, reverse=True)
    choices = ("|".join(map(_slotted, slotted)), any_of(plain))
    return tuple(re.compile(rf"(?<![\w'])(?:{choice})(?![\w])") for choice in choices)


def _slotted(phrase: str) -> str:
    pattern = re.escape(phrase).replace(r"<gap>\ ", _GAP)
    # a fact is masked by one sign as often as it has characters
    pattern = pattern.replace("<n>", f"{_NUMBER}+").replace("<day>", f"{_DAY}+").replace("<unit>", _UNIT)
    return pattern.replace(r"\ ", " {1,3}")


@lru_cache(maxsize=1024)
def claims(text: str) -> tuple[Claim, ...]:
    """Return the claims of a deadline or of scarcity, in order and disjoint.

    Examples
    --------
    >>> [(claim.kind, claim.text) for claim in claims("Only 3 rooms left, and the offer ends on Friday.")]
    [('scarcity', 'Only 3 rooms left'), ('deadline', 'the offer ends on Friday')]
    """
    masked = list(folded(text))
    for fact in find_facts(text):
        sign = {"quantity": _NUMBER, "amount": _NUMBER, "date": _DAY, "time": _DAY}.get(fact.kind)
        number = re.match(r"\S{1,30}", fact.text) if fact.kind == "duration" else None
        if sign:
            masked[fact.start : fact.end] = sign * (fact.end - fact.start)
        elif number:
            masked[fact.start : fact.start + number.end()] = _NUMBER * number.end()
    joined, small = "".join(masked), folded(text)
    spans = [
        (found.start(), found.end(), kind)
        for kind, patterns in _patterns()
        for pattern in patterns
        for source in (joined, small)
        for found in pattern.finditer(source)
    ]
    return tuple(Claim(start, end, text[start:end], kind) for start, end, kind in _merged(spans, text))


def _merged(spans: list[tuple[int, int, ClaimKind]], text: str) -> list[tuple[int, int, ClaimKind]]:
    """Join spans that overlap, and let a claim begin at its "only" or its subject."""
    lead = re.compile(
        r"(?:(?:only|just|the|this|our) ){0,2}"
        r"(?:(?:sale|offer|deal|discount|price|places?|seats?|rooms?|spots?|stock) )?$"
    )
    small = folded(text)
    merged: list[tuple[int, int, ClaimKind]] = []
    for start, end, kind in sorted(spans):
        window = small[max(0, start - 30) : start]
        found = lead.search(window)
        wider = (
            start - (len(window) - found.start())
            if found and found.group() and _starts_word(window, found.start())
            else start
        )
        if merged and wider < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]), merged[-1][2])
        else:
            merged.append((wider, end, kind))
    return merged


def _starts_word(window: str, place: int) -> bool:
    return place == 0 or not window[place - 1].isalnum()
