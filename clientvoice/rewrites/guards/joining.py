"""Clauses and verbs that a rewrite joins to what they do not belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from clientvoice.rewrites.candidates.words import lists, verbs
from clientvoice.rewrites.facts.lexicon import any_of, folded, word_lists

_PART = re.compile(r"[^.!?;:]{1,2000}")
_MAIN = re.compile(r", (?!and |but |or |which |who )")
"""The comma behind which what hangs on a condition begins."""

_WORD = re.compile(r"[^\W\d_][\w'-]{0,40}")
_SECOND = re.compile(r"(?<![\w'-])(?:and|or|&) (?P<verb>[a-z]{2,20})(?![\w'-])")

_FEWEST = 2
"""Words before "and" from which can be told that none is a verb."""


def joining_slips(before: str, after: str) -> Iterator[str]:
    """Yield the clauses that came under another's condition, and the verbs left beside no verb.

    Parameters
    ----------
    before, after : str
        A sentence and a candidate to stand in its place.

    Examples
    --------
    >>> sentence = "Fill in the form and we will send a map."
    >>> list(joining_slips(sentence, "If you want to fill in the form and we will send a map, you can."))
    ['Makes “and we” part of a condition.']
    >>> list(joining_slips(sentence, "If you like, you can fill in the form, and we will send a map."))
    []
    >>> list(joining_slips("Try our lunch and get a map.", "If our lunch and get a map would help, come."))
    ['Joins “and get” to no verb.']
    """
    old, new = folded(before), folded(after)
    yield from _moved(old, new)
    yield from _unjoined(old, new)


def _moved(old: str, new: str) -> Iterator[str]:
    """Find a clause with a subject of its own that a condition has swallowed."""
    condition, clause, subordinate = _patterns()
    for part in _PART.finditer(new):
        for opened in condition.finditer(part.group()):
            swallowed = clause.search(_condition_of(part.group(), opened))
            if swallowed is None:
                continue
            told = re.sub(r"^[ ,]+", "", swallowed.group())
            start = old.find(told)
            stop = max((old.rfind(mark, 0, max(start, 0)) for mark in ".!?;:"), default=-1)
            if start >= 0 and not subordinate.search(old, stop + 1, start):
                yield f"Makes “{' '.join(told.split()[:2])}” part of a condition."


def _condition_of(part: str, opened: re.Match[str]) -> str:
    """Return the words of a condition, up to the clause on which it hangs or the comma before another."""
    if part[: opened.start()].strip(" ,"):  # it stands behind what hangs on it
        return part[opened.end() :].partition(",")[0]
    ends = _MAIN.search(part, opened.end())
    return part[opened.end() : ends.start() if ends else len(part)]


def _unjoined(old: str, new: str) -> Iterator[str]:
    """Find a second verb in its base form where nothing before it in its clause is a verb's."""
    for joined in _SECOND.finditer(new):
        verb = joined["verb"]
        if verb not in verbs().all or verb in verbs().nouns or _is_led(new, joined.start()):
            continue
        first = re.search(rf"(?<!\w){re.escape(joined.group())}(?!\w)", old)
        if first is not None and _is_led(old, first.start()):
            yield f"Joins “{joined.group()}” to no verb."


def _is_led(text: str, end: int) -> bool:
    """Whether a verb, a person who acts or too little to tell stands before a place in its clause."""
    stops = [found.end() for found in re.finditer(r"[.!?;:,()–—]", text[:end])]
    words = _WORD.findall(text, stops[-1] if stops else 0, end)
    words = words[1:] if words and words[0] in word_lists("fluency")["moved"]["conditions"] else words
    return len(words) < _FEWEST or any(
        word in verbs().all or word in lists()["before_verb"] for word in words
    )


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what opens a condition, of a second clause, and of what leads to either."""
    told = word_lists("fluency")["moved"]
    conditions, subjects, leads = (any_of(told[name]) for name in ("conditions", "subjects", "leads"))
    return (
        re.compile(rf"(?<![\w'-])(?:{conditions})(?![\w'-])"),
        re.compile(rf",? (?:and|but|or) (?:{subjects})(?![\w'-]) [\w']+"),
        re.compile(rf"(?<![\w'-])(?:{leads})(?![\w'-])"),
    )
