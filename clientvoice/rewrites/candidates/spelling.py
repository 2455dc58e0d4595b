"""Words that are written one way only, and words with two lives: "IT" and "it", "May" and "may"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from clientvoice.rewrites.candidates.reading import LINK, MAIL, TAG
from clientvoice.rewrites.facts.lexicon import word_lists

_REACH = 30
_NUMBER_BEHIND = re.compile(r"\d(?:st|nd|rd|th)?[ ,]{0,2}$", re.I)
_NUMBER_AHEAD = re.compile(r"[ ,]{0,2}\d")
_SHOUTED_BESIDE = (re.compile(r"(?<![a-z])[A-Z]{2,}[ ,]{1,2}$"), re.compile(r"[ ,]{1,2}[A-Z]{2,}(?![a-z])"))


@dataclass(frozen=True, slots=True)
class TwoLives:
    """A word that is written otherwise in some company; ``other`` is None where it is better left alone."""

    written: str
    other: str | None
    number: bool
    behind: re.Pattern[str] | None
    before: re.Pattern[str] | None
    never_before: re.Pattern[str] | None

    def is_met(self, text: str, start: int, end: int) -> bool:
        """Whether the company is there, or brackets in which a short form is told: “a rate (ARM)”."""
        ahead = text[end : end + _REACH].replace("-", " ")
        lead = text[max(0, start - _REACH) : start].replace("-", " ")
        if self.never_before and self.never_before.match(ahead):
            return False
        bracketed = lead.endswith("(") and ahead.startswith(")") and text[start:end].isupper()
        return bool(
            bracketed
            or (self.number and (_NUMBER_BEHIND.search(lead) or _NUMBER_AHEAD.match(ahead)))
            or (self.behind and self.behind.search(lead))
            or (self.before and self.before.match(ahead))
        )


def respelled(shouted: str, calmed: str, *, loud: bool, title: bool) -> str:
    """Return the calmed text with the words of ``casing.toml`` as they are written.

    Parameters
    ----------
    shouted, calmed : str
        The text before and after its capitals were taken down, of the same length.
    loud, title : bool
        Whether it was all in capitals, or each word had one.

    Examples
    --------
    >>> respelled("OUR IT TEAM IS IN PARIS", "our it team is in PARIS", loud=True, title=False)
    'our IT team is in Paris'
    >>> respelled("GET IT BY 3 MAY", "get it by 3 may", loud=True, title=False)
    'get it by 3 May'
    """
    if len(shouted) != len(calmed):
        return calmed
    whole = [found.span() for found in re.finditer(r"\S+", shouted) if _is_whole(found.group())]
    pieces = list(calmed)

    def put(start: int, end: int, words: str) -> None:
        if not any(low <= start < high for low, high in whole):
            pieces[start:end] = words

    for found in _written_pattern().finditer(shouted):
        words = _written()[found["word"].lower().replace("’", "'")]
        if found["word"].isupper() or found["word"].replace("’", "'") == words:
            put(
                *found.span("word"),
                "".join(a if b != "’" else b for a, b in zip(words, found["word"], strict=True)),
            )
            if found["own"]:
                put(*found.span("own"), found["own"].lower())
    for found in _lives_pattern().finditer(shouted):
        life = _lives()[found.group().lower()]
        start, end = found.span()
        upper = found.group().isupper()
        if not upper and not (title and found.group() == life.written):
            continue
        if life.is_met(shouted, start, end):
            put(start, end, life.written)
        elif upper and not (loud or _is_shouted_beside(shouted, start, end)):
            put(start, end, found.group())
        elif start > 0:
            put(start, end, life.other if life.other else found.group())
    return "".join(pieces)


def is_written(word: str) -> bool:
    """Whether a word is written just so by ``casing.toml``, in any company.

    Examples
    --------
    >>> is_written("Monday"), is_written("monday"), is_written("Boots")
    (True, False, False)
    """
    return _written().get(word.lower()) == word


def _is_whole(word: str) -> bool:
    return bool(TAG.search(word) or MAIL.search(word) or LINK.search(word))


def _is_shouted_beside(text: str, start: int, end: int) -> bool:
    before, after = _SHOUTED_BESIDE
    return bool(before.search(text[max(0, start - _REACH) : start]) or after.match(text[end : end + _REACH]))


@cache
def _written() -> dict[str, str]:
    return {words.lower(): words for words in word_lists("casing")["written"]}


@cache
def _written_pattern() -> re.Pattern[str]:
    longest = sorted(_written(), key=lambda words: (-len(words), words))
    choice = "|".join(re.escape(words).replace("'", "['’]") for words in longest)
    return re.compile(rf"(?<![\w@./'’])(?P<word>(?ai:{choice}))(?P<own>(?ai:['’]s))?(?![\w@/]|\.\w)")


@cache
def _lives() -> dict[str, TwoLives]:
    return {
        told["word"]: TwoLives(
            told["written"],
            told.get("else"),
            told.get("number", False),
            _company(told.get("behind", ()), r"(?i)(?<!\w)(?:{}) $"),
            _company(told.get("before", ()), r"(?i) (?:{})(?!\w)"),
            _company(told.get("never_before", ()), r"(?i) (?:{})(?!\w)"),
        )
        for told in word_lists("casing")["told_apart"]
    }


def _company(words: list[str] | tuple[str, ...], pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern.format("|".join(map(re.escape, words)))) if words else None


@cache
def _lives_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@./'’])(?ai:{'|'.join(sorted(_lives()))})(?![\w@/'’]|\.\w)")
