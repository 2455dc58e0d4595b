"""Slips of grammar and spacing that a rewrite brings in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from clientvoice.rewrites.candidates.words import verbs
from clientvoice.rewrites.facts.lexicon import any_of, folded, listed, straight, word_lists
from clientvoice.rewrites.guards.articles import article_slips
from clientvoice.rewrites.guards.joining import joining_slips
from clientvoice.rewrites.guards.junctions import odd_junctions
from clientvoice.rewrites.guards.openings import opening_slips

_DOUBLED = re.compile(r"(?<![\w'.-])([\w'-]{1,30}(?: [\w']{1,30})?) \1(?![\w'-])")
_MARKS = re.compile(
    r" [,;:.!?](?![\w.)/(-])|,{2,}|;{2,}|(?<!\.)\.\.(?!\.)|[,;:][.!?;:,](?!\))|[.!?],"
    r"|\( | \)|\(\)|\[\]|^[,;:.!?)\]]|[,;-]$|  +|[!?]{4,}"
)
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
_CUT = (*_PAIRS[:2], ("{", "}"), ("<", ">"))
_FACES = re.compile(r"[:;=]['-]?[()\[\]]|<3|->|=>|<-")
"""Smileys and arrows, whose brackets open and close nothing."""
_SENTENCE = re.compile(r"[^.!?\n]{1,2000}")
_WORD = re.compile(r"[^\W\d_][\w'-]{0,40}")


def slips(before: str, after: str) -> tuple[str, ...]:
    """Return the slips that ``after`` has and ``before`` has not, one plain sentence each.

    Examples
    --------
    >>> slips("Order the kettle now!", "Order now now, you can.")
    ('Doubles “now”.',)
    >>> slips("Order now.", "You is free to order.")
    ('“you is” does not agree.',)
    """
    if not after.strip():
        return ("Nothing is left.",)
    found: list[str] = []
    old, new = folded(before.strip()), folded(after.strip())
    articles = set(article_slips(straight(before)))
    found += [slip for slip in article_slips(straight(after)) if slip not in articles]
    for check in _CHECKS:
        had = set(check(old))
        found += [slip for slip in check(new) if slip not in had]
    found += _of_two(before.strip(), after.strip())
    return tuple(dict.fromkeys(found))


def _of_two(before: str, after: str) -> Iterator[str]:
    first = after[0]
    if first.islower() and not before[:1].islower() and not _is_brand(after):
        yield "Starts with a small letter."
    if _is_fragment(before, after):
        yield "Is a fragment: its verb is lost."
    if _mixes_persons(folded(before), folded(after)):
        yield "Speaks to the reader and of the reader in one sentence."
    yield from _halved(before, after)
    yield from odd_junctions(before, after)
    yield from joining_slips(before, after)
    yield from opening_slips(before, after)


def _halved(before: str, after: str) -> Iterator[str]:
    """Find half of a pair that is gone while the other half stands outside the sentence."""
    old, new = _FACES.sub(" ", before), _FACES.sub(" ", after)
    for opened, closed in _CUT:
        left = old.count(opened) - old.count(closed)
        if left and left != new.count(opened) - new.count(closed):
            yield f"Takes one half of “{opened}{closed}”."


def _is_brand(text: str) -> bool:
    word = text.split()[0]
    return any(char.isupper() for char in word) or "." in word[:-1]


def _doubled(text: str) -> Iterator[str]:
    spared = word_lists("fluency")["doubled"]["unless"]
    for found in _DOUBLED.finditer(text):
        if found[1] not in spared:
            yield f"Doubles “{found[1]}”."


def _leaning(text: str) -> Iterator[str]:
    """Find a request for what another sentence names, such as “please do so”."""
    for found in listed("fluency", "leaning").finditer(text):
        yield f"Asks for what it does not name: “{found.group()}”."


def _punctuation(text: str) -> Iterator[str]:
    for found in _MARKS.finditer(text):
        yield f"Leaves stray punctuation: “{found.group().strip() or 'two spaces'}”."
    for opened, closed in _PAIRS:
        if text.count(opened) != text.count(closed):
            yield f"Leaves “{opened}” and “{closed}” unpaired."
    if text.count('"') % 2:
        yield "Leaves a quotation mark unpaired."


def _dangling(text: str) -> Iterator[str]:
    lists = word_lists("fluency")["dangling"]
    for part in _SENTENCE.finditer(text):
        words = _WORD.findall(part.group())
        if not words or not part.group().rstrip().endswith(words[-1]) or "'s " in part.group()[-4:]:
            continue
        if words[-1] in lists["words"] and " ".join(words[-2:]) not in lists["unless"] and len(words) > 1:
            yield f"Ends with “{words[-1]}”."


@cache
def _pair_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    lists = word_lists("fluency")
    agreement = "|".join(_choice(pair) for pair in lists["agreement"]["pairs"])
    chain = "|".join(_choice(pair) for pair in lists["verb_chain"]["pairs"])
    return (
        (re.compile(rf"(?<![\w'])(?:{agreement})(?![\w'])"), "agreement"),
        (re.compile(rf"(?<![\w'])(?:{chain})(?![\w'])"), "verb_chain"),
    )


def _choice(pair: str) -> str:
    """Turn ``<a|b> c`` into a pattern."""
    return re.sub(r"<([^<>]{1,400})>", lambda found: f"(?:{found[1]})", pair)


def _pairs(text: str) -> Iterator[str]:
    lists = word_lists("fluency")
    for pattern, name in _pair_patterns():
        for found in pattern.finditer(text):
            lead = _WORD.findall(text[max(0, found.start() - 40) : found.start()])
            if name == "agreement" and lead and lead[-1] in lists["agreement"]["after"]:
                continue
            if found.group() in lists["verb_chain"]["unless"]:
                continue
            yield f"“{found.group()}” does not agree."


def _determiners(text: str) -> Iterator[str]:
    lists = word_lists("fluency")["determiners"]
    for found in _determiner_pattern().finditer(text):
        if found.group() not in lists["unless"]:
            yield f"“{found.group()}” cannot stand together."


@cache
def _determiner_pattern() -> re.Pattern[str]:
    lists = word_lists("fluency")["determiners"]
    return re.compile(rf"(?<![\w'-])(?:{any_of(lists['first'])}) (?:{any_of(lists['second'])})(?![\w'-])")


def _verb_forms(text: str) -> Iterator[str]:
    """Yield "will received" and "they offers"."""
    lists = word_lists("fluency")["verb_chain"]
    words = _WORD.findall(text)
    for first, second in pairwise(words):
        if f"{first} {second}" not in text:
            continue
        if (
            first in lists["modal"]
            and second.endswith("ed")
            and second not in lists["base_ed"]
            and _is_verb(second[:-2], second[:-1])
        ) or (
            first in ("they", "we")
            and second.endswith("s")
            and second not in verbs().all
            and _is_pure(second[:-1], second[:-2])
        ):
            yield f"“{first} {second}” does not agree."


def _is_verb(*forms: str) -> bool:
    return any(form in verbs().all for form in forms)


def _is_pure(*forms: str) -> bool:
    return any(form in verbs().all and form not in verbs().nouns for form in forms)


def _is_fragment(before: str, after: str) -> bool:
    if not re.search(r"[.!?][\"')\]”]?$", before) or len(before.split()) < 6:
        return False
    return (
        _has_verb(folded(before))
        and len(after.split()) > 2
        and ":" not in after
        and not _has_verb(folded(after))
    )


def _has_verb(text: str) -> bool:
    finite = word_lists("fluency")["verbs"]["finite"]
    for word in _WORD.findall(text):
        if (
            word in finite
            or "'" in word[1:]
            or (len(word) > 3 and word.endswith(("ed", "s", "ght")))
            or _is_verb(
                word,
                word.removesuffix("s"),
                word.removesuffix("es"),
                word.removesuffix("d"),
                word.removesuffix("ed"),
            )
        ):
            return True
    return False


def _mixes_persons(before: str, after: str) -> bool:
    lists = word_lists("fluency")["person"]
    old, new = set(_WORD.findall(before)), set(_WORD.findall(after))
    if old & {"you", "your", "you're", "you'll"} or not new & {"you", "your", "you're", "you'll"}:
        return False
    readers, others = set(lists["readers"]), set(lists["others"])
    return bool(old & readers and old & others and new & others and not new & readers)


_CHECKS: tuple[Callable[[str], Iterator[str]], ...] = (
    _doubled,
    _leaning,
    _punctuation,
    _dangling,
    _pairs,
    _determiners,
    _verb_forms,
)
