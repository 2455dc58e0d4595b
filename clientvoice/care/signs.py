"""Signs of care that no cue can tell: who helps, how to reach them and what for, and who signs.

=================  ==================================================================
sign               a sentence carries it if it …
=================  ==================================================================
``person``         names a person who does something for the reader, or a role that does
``role``           names a person with a role
``path``           gives a way to reach the sender and says what it is for
``any_question``   gives a way to reach the sender for "any questions", which says little
``free_help``      gives help that costs nothing, or puts something right after the sale
``first_person``   speaks as "I"
``signature``      is a person's name under the letter
=================  ==================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from clientvoice.care.lexicon import Lexicon, lexicon, plain
from clientvoice.care.signature import is_closing, is_signature
from clientvoice.records import SentenceAnalysis

LONGEST = 1_000
"""Characters of a sentence that are looked at."""

_REMEMBERED = 8_192
"""Sentences whose words and signs are kept: newsletters repeat themselves."""

_ENDING = 8
"""Sentences from the end of a message among which a signature is sought."""

_NEAR = 48
"""Characters between a person and the role or task that belongs to them."""

_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_WORD = re.compile(rf"\b{_CAPITAL}[\w'-]{{0,24}}")
_TITLED = re.compile(rf"\b([A-Z][a-z]{{1,8}})\.? {_CAPITAL}")
_SHE_WILL = re.compile(rf"\b{_CAPITAL}[\w-]{{1,24}}\b[^.!?\n]{{0,30}}\b(?:he|she)(?:'ll| will| can) ")
_I = r"(?<![\w.'&/-])I"
_I_WILL = re.compile(rf"{_I}(?= will|'ll| can)")
_I_SPEAK = re.compile(rf"{_I}(?:'(?:m|ll|ve|d))? [a-z]")
_ASKED = re.compile(r"\b(?:ask|call|phone|ring|see|tell) $")
_QUOTED = re.compile(r"[\"“”«»„]")
_PHONE = re.compile(r"(?<![\w/])(?:\+|\(?0|\(?\d{3}\)?[ .-]\d{3}[ .-])[\d ().-]{4,18}\d(?!\w)")


def signs_of(sentences: Sequence[SentenceAnalysis]) -> Mapping[int, tuple[str, ...]]:
    """Return the signs of each sentence that has any, by its index.

    Footers, quotes, buttons and sentences that speak to a customer have none.

    Examples
    --------
    >>> signs_of([])
    {}
    """
    found: dict[int, tuple[str, ...]] = {}
    counted = [place for place, sentence in enumerate(sentences) if sentence.counted]
    ending = set(counted[-_ENDING:])
    closed = False
    for place in counted:
        sentence = sentences[place]
        if sentence.label == "customer" or sentence.kind == "button":
            continue
        text = without_formula(sentence.text)
        signs = list(_signs(text, any(cue.name == "support" for cue in sentence.cues)))
        if place in ending and sentence.kind != "subject":
            signs += ["signature"] if is_signature(text, closed=closed) else []
            closed = is_closing(text)
        if signs:
            found[place] = tuple(signs)
    return found


@lru_cache(maxsize=_REMEMBERED)
def without_formula(text: str) -> str:
    """Return what is looked at of ``text``, in plain characters and without its stock lines.

    It is empty where the text says nothing else.

    Examples
    --------
    >>> without_formula("Hello Sam, I hope this email finds you well.")
    'Hello Sam, .'
    >>> without_formula("I hope you are well, and all the best!") != ""
    True
    """
    words = lexicon()
    told = plain(text[:LONGEST])
    rest, found = words.formula.subn("", told)
    if not found:
        return told
    left = set(re.findall(r"[\w']+", rest.lower())) - words.formula_beside
    return rest if left else ""


@lru_cache(maxsize=_REMEMBERED)
def _signs(text: str, helps: bool) -> tuple[str, ...]:
    return tuple(_found_signs(text, helps=helps))


def _found_signs(text: str, *, helps: bool) -> Iterator[str]:
    words, small = lexicon(), text.lower()
    if who := _who(text, small, words):
        yield who
    if way := _way(text, small, words, helps=helps):
        yield way
    if words.free_help.search(small) and not words.free_help_unless.search(small):
        yield "free_help"
    if _speaks_as_i(text, small, words):
        yield "first_person"


def _who(text: str, small: str, words: Lexicon) -> str:
    """Return ``person`` for somebody who does something, ``role`` for somebody who is something."""
    if words.reported.search(small):
        return ""
    if (role := words.owned_role.search(small)) and words.task.search(small, role.end(), role.end() + _NEAR):
        return "person"
    if (own := _I_WILL.search(text)) and words.task.search(small, own.start(), own.end() + _NEAR):
        return "person"
    people = list(_people(text, words))
    if _SHE_WILL.search(text) or any(_is_asked_or_acts(start, end, small, words) for start, end in people):
        return "person"
    near = (words.role.search(small, max(0, start - _NEAR), end + _NEAR) for start, end in people)
    return "role" if any(near) else ""


def _people(text: str, words: Lexicon) -> Iterator[tuple[int, int]]:
    for found in _WORD.finditer(text):
        if found.group().removesuffix("'s") in words.names:
            yield found.span()
    for found in _TITLED.finditer(text):
        if found[1].lower() in words.titles:
            yield found.span()


def _is_asked_or_acts(start: int, end: int, small: str, words: Lexicon) -> bool:
    if words.task.search(small, end, end + _NEAR):
        return True
    asked = words.way.search(small, 0, start) or _ASKED.search(small, 0, start)
    return bool(asked) and bool(words.purpose.search(small) or " to " in small[end:])


def _way(text: str, small: str, words: Lexicon, *, helps: bool) -> str:
    """Return ``path`` for a way that is for something, ``any_question`` for one that is for anything.

    Where the sentence offers help (its cue says so) the purpose is plain already.
    """
    if words.path_unless.search(small):
        return ""
    way = words.way.search(small)
    if way and words.question.search(small):
        return "any_question"
    # What a way is for stands before or after it, never in its own words.
    told = way and (words.purpose.search(small, 0, way.start()) or words.purpose.search(small, way.end()))
    number = _PHONE.search(text)
    listed = number and words.line.search(small, 0, number.start())
    return "path" if told or listed or (way and helps) else ""


def _speaks_as_i(text: str, small: str, words: Lexicon) -> bool:
    if _QUOTED.search(text) or text.rstrip().endswith("?"):
        return False
    return bool(_I_SPEAK.search(text)) and not words.first_person_unless.search(small)
