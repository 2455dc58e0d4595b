"""Whether what one sentence denies, the other denies too."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from clientvoice.rewrites.facts.bindings import negation_pattern, set_phrases
from clientvoice.rewrites.facts.lexicon import any_of, folded, word_lists, words_pattern
from clientvoice.rewrites.facts.prefixes import turned_words
from clientvoice.rewrites.facts.spans import Fact
from clientvoice.rewrites.guards.similarity import stem

_WORD = re.compile(r"[^\W\d_][\w']{0,40}")
_CLAUSE_END = re.compile(
    r"[.!?;:,()]"
    r"|(?<!\w)(?:but|so|that|who|which|because|if|unless|until|when|while|although|though|with"
    r"|(?:and|or) (?:you|we|i|they|it|the|this|there|can|will|may|must|is|are|do|does|has|have))(?!\w)"
)
_CASE = re.compile(
    r"(?<!\w)(?:if|who|where|should|(?<!after )(?<!before )(?<!so )(?<!by )that)"
    r"(?: (?!(?:and|or|but) )[\w'-]{1,20}){0,4} $"
)
_IF_YOU = re.compile(r"(?<!\w)(?:if|when|where|in case) (?:you|your)(?: [\w'-]{1,20}){0,3} $")
_IF = re.compile(r"(?<!\w)(?:if|when|where|should|whether|in case)(?!\w)")
_WITHIN = re.compile(r"(?<!\w)(?:and|or|but|so|because|that)(?!\w)|[,;:.!?]")
_WITHOUT_END = re.compile(r"(?<!\w)(?:will|can|may|must|is|are|be|you|we|they|it|at)(?!\w)")
"""Where the thing ends that one is without: "without a ticket you can park"."""

_REACH = 2
"""How many content words a negation is taken to deny."""

_ASIDES = ("in case", "why", "if", "what", "whether", "or ")
"""Set phrases that ask or step aside, whose denial says nothing."""

_NOUNS = ("no", "none", "without", "free of", "free from", "neither", "nor", "hardly", "barely")
"""Negations of things: "no hidden fees" denies the fees as well as that they hide."""


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
    return frozenset(_denied(folded(text), negation))


def _denied(small: str, negation: Fact) -> list[str]:
    told = small[negation.start : negation.end]
    if told.endswith("-free"):
        return [stem(told.removesuffix("-free"))]
    end = _CLAUSE_END.search(small, negation.end)
    other = negation_pattern().search(small, negation.end)
    verb = _WITHOUT_END.search(small, negation.end) if told == "without" else None
    stops = [found.start() for found in (end, other, verb) if found] + [len(small)]
    stems = [
        stem(word.group())
        for word in _WORD.finditer(small, negation.end, min(stops))
        if word.group() not in _small()
    ]
    return stems[: 1 if told in word_lists("facts")["negations"]["prefix"] else _REACH]


def compare_negations(
    before: str, old: tuple[Fact, ...], after: str, new: tuple[Fact, ...]
) -> tuple[list[Fact], list[Fact]]:
    """Return the negations that are lost and those that are added.

    Two negations are one fact if they deny the same word, or if nothing else is left to pair them
    with and neither text affirms what the other denies. Several negations of one word may be told as
    one. Set phrases ("don't wait") may come and go, but not be turned ("do wait").
    """
    ours = [fact for fact in old if fact.kind == "negation"]
    theirs = [fact for fact in new if fact.kind == "negation"]
    turned = _patterns()[1].search(folded(after)) is not None
    ours_denied = {fact: denied(before, fact) for fact in ours}
    theirs_denied = {fact: denied(after, fact) for fact in theirs}
    lost = [fact for fact in ours if not any(ours_denied[fact] & words for words in theirs_denied.values())]
    added = [
        fact for fact in theirs if not any(theirs_denied[fact] & words for words in ours_denied.values())
    ]
    lost = [fact for fact in lost if not (turned and _is_case(before, after, fact))]
    added = [fact for fact in added if not _names_a_case(before, after, fact)]
    pairs = min(len(lost), len(added))
    lost, added = lost[pairs:], added[pairs:]
    lost += [fact for fact in _turned(before, ours, after, theirs) if fact not in lost]
    added += [fact for fact in _turned(after, theirs, before, ours) if fact not in added]
    lost += [*_phrases_turned(before, after, theirs), *turned_words(before, after, theirs_denied.values())]
    added += [*_phrases_turned(after, before, ours), *turned_words(after, before, ours_denied.values())]
    return [fact for fact in lost if not (turned and _is_case(before, after, fact))], [
        fact for fact in added if not _names_a_case(before, after, fact)
    ]


def _turned(text: str, facts: list[Fact], other: str, others: list[Fact]) -> list[Fact]:
    """Return the negations whose word the other text says, and nowhere denies."""
    said = _affirmed(other, others)
    unsaid = frozenset().union(*(denied(other, fact) for fact in others)) if others else frozenset()
    found = []
    for fact in facts:
        words = _denied(folded(text), fact)
        head = set(words if fact.text.casefold() in _NOUNS else words[:1])
        if head & said and not set(words) & unsaid:
            found.append(fact)
    return found


def _affirmed(text: str, facts: list[Fact]) -> frozenset[str]:
    """Return the stems that the text says without a negation in front of them in the clause."""
    small = folded(text)
    ends = [0, *(end.end() for end in _CLAUSE_END.finditer(small)), len(small)]
    starts = [fact.start for fact in facts]
    stems: set[str] = set()
    for start, end in pairwise(ends):
        if not any(start <= place < end for place in starts):
            stems.update(stem(word.group()) for word in _WORD.finditer(small, start, end))
    return frozenset(stems)


def _phrases_turned(text: str, other: str, others: list[Fact]) -> list[Fact]:
    """Return the set phrases that deny something which the other text says in the very words."""
    small, theirs = folded(text), folded(other)
    found = []
    for start, end in set_phrases(small):
        negation = negation_pattern().search(small, start, end)
        if not negation or small.startswith(_ASIDES, start):
            continue
        rest = small[negation.end() : end].strip()
        words = [word for word in rest.split() if word not in ("a", "an", "the", "to")]
        if not words or any(theirs[a:b] == small[start:end] for a, b in set_phrases(theirs)):
            continue
        for place in words_pattern([rest]).finditer(theirs):
            lead = theirs[max(0, place.start() - 20) : place.start()]
            if not any(fact.end <= place.start() <= fact.end + 25 for fact in others) and not _NOT.search(
                lead
            ):
                found.append(Fact(start, end, "negation", text[start:end], "not"))
                break
    return found


_NOT = re.compile(r"(?:n't|(?<!\w)(?:not|no|never|without|cannot))(?: \w{1,12}){0,2} $")


def _is_case(text: str, other: str, negation: Fact) -> bool:
    """Whether the negation only names a case that may be turned: "vouchers not used", "if you do not pay"."""
    small = folded(text)
    if small[negation.start : negation.end] in word_lists("facts")["negations"]["failing"]:
        return True
    lead = small[max(0, negation.start - 80) : negation.start]
    if _CASE.search(lead):
        return not _says_case(other, text, negation)
    behind = small[negation.end : negation.end + 20].split()
    return (
        negation.text.casefold() == "not"
        and bool(behind)
        and behind[0].endswith(("ed", "en", "id", "t"))
        and _patterns()[0].search(lead) is not None
    )


def _names_a_case(before: str, after: str, negation: Fact) -> bool:
    """Whether the negation stands in an "if you …" that names a case of the reader, and turns none."""
    if _IF_YOU.search(folded(after)[max(0, negation.start - 80) : negation.start]) is None:
        return False
    return not _says_case(before, after, negation)


def _says_case(text: str, other: str, negation: Fact) -> bool:
    """Whether ``text`` names the very case without a denial that the other denies."""
    head, cases = _denied(folded(other), negation)[:1], _in_cases(folded(text))
    return bool(cases) and (not head or head[0] in cases)


def _in_cases(small: str) -> set[str]:
    """Return the stems that stand in an "if …" of a text."""
    stems: set[str] = set()
    for found in _IF.finditer(small):
        end = _WITHIN.search(small, found.end())
        stop = end.start() if end else len(small)
        stems.update(stem(word.group()) for word in _WORD.finditer(small, found.end(), stop))
    return stems
