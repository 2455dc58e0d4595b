"""Whether what one sentence denies, the other denies too."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from clientvoice.rewrites.facts.lexicon import any_of, folded, word_lists, words_pattern
from clientvoice.rewrites.facts.spans import Fact
from clientvoice.rewrites.guards.similarity import stem

_WORD = re.compile(r"[^\W\d_][\w']{0,40}")
_CLAUSE_END = re.compile(
    r"[.!?;:,()]"
    r"|(?<!\w)(?:but|so|that|who|which|because|if|unless|until|when|while|although|though"
    r"|and (?:you|we|i|they|it|the|this|there))(?!\w)"
)
_CASE = re.compile(r"(?<!\w)(?:if|who|where|that|should)(?: [\w'-]{1,20}){0,4} $")
_IF_YOU = re.compile(r"(?<!\w)(?:if|when|where) (?:you|your)(?: [\w'-]{1,20}){0,3} $")
_REACH = 2
"""How many content words a negation is taken to deny."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a noun in front of "not" is, and the words that turn a case."""
    lists = word_lists("facts")["negations"]
    noun = re.compile(rf"(?<!\w)(?!(?:{any_of(lists['verbs'])}) )[\w'-]{{3,30}} $")
    return noun, words_pattern(lists["otherwise"])


@cache
def _small() -> frozenset[str]:
    return frozenset(word_lists("facts")["negations"]["small"])


def denied(text: str, negation: Fact) -> frozenset[str]:
    """Return the stems of the first content words behind a negation, in its clause.

    Examples
    --------
    >>> sorted(denied("Fees are not refunded.", Fact(9, 12, "negation", "not", "not")))
    ['refund']
    """
    small = folded(text)
    end = _CLAUSE_END.search(small, negation.end)
    stop = end.start() if end else len(small)
    stems = [
        stem(word.group())
        for word in _WORD.finditer(small, negation.end, stop)
        if word.group() not in _small()
    ]
    return frozenset(stems[:_REACH])


def compare_negations(
    before: str, old: tuple[Fact, ...], after: str, new: tuple[Fact, ...]
) -> tuple[list[Fact], list[Fact]]:
    """Return the negations that are lost and those that are added.

    Two negations are one fact if they deny the same word, or if nothing else is left to pair them
    with. Several negations of one word may be told as one.
    """
    ours = [fact for fact in old if fact.kind == "negation"]
    theirs = [fact for fact in new if fact.kind == "negation"]
    if not ours or not theirs:
        turned = _patterns()[1].search(folded(after)) is not None
        lost = [fact for fact in ours if not (turned and _is_case(before, fact))]
        return lost, [fact for fact in theirs if not _names_a_case(after, fact)]
    ours_denied = {fact: denied(before, fact) for fact in ours}
    theirs_denied = {fact: denied(after, fact) for fact in theirs}
    paired = {fact for fact in ours if any(ours_denied[fact] & words for words in theirs_denied.values())}
    met = {fact for fact in theirs if any(theirs_denied[fact] & words for words in ours_denied.values())}
    lost = [fact for fact in ours if fact not in paired]
    added = [fact for fact in theirs if fact not in met and not _names_a_case(after, fact)]
    pairs = min(len(lost), len(added))
    lost, added = lost[pairs:], added[pairs:]
    affirmed = _affirmed(after, theirs_denied)
    all_denied = frozenset().union(*theirs_denied.values())
    lost += [
        fact
        for fact in ours
        if fact not in lost and ours_denied[fact] & affirmed and not ours_denied[fact] & all_denied
    ]
    return lost, added


def _affirmed(text: str, theirs: dict[Fact, frozenset[str]]) -> frozenset[str]:
    """Return the stems that the text says without a negation in front of them in the clause."""
    small = folded(text)
    ends = [0, *(end.end() for end in _CLAUSE_END.finditer(small)), len(small)]
    starts = [fact.start for fact in theirs]
    stems: set[str] = set()
    for start, end in pairwise(ends):
        if not any(start <= place < end for place in starts):
            stems.update(stem(word.group()) for word in _WORD.finditer(small, start, end))
    return frozenset(stems)


def _is_case(text: str, negation: Fact) -> bool:
    """Whether the negation only names a case that may be turned: "vouchers not used", "if you do not pay"."""
    lead = folded(text)[max(0, negation.start - 80) : negation.start]
    if _CASE.search(lead):
        return True
    behind = folded(text)[negation.end : negation.end + 20].split()
    return (
        negation.text.casefold() == "not"
        and bool(behind)
        and behind[0].endswith(("ed", "en", "id", "t"))
        and _patterns()[0].search(lead) is not None
    )


def _names_a_case(text: str, negation: Fact) -> bool:
    """Whether the negation stands in an "if you …" that names a case of the reader."""
    return _IF_YOU.search(folded(text)[max(0, negation.start - 80) : negation.start]) is not None
