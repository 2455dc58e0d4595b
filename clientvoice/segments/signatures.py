"""Signatures without a line of two dashes: what stands below "Best wishes," and a name.

The closing formula and the name stay counted, for they say who writes. A line below becomes part
of the signature only where it looks like one: a title, a firm, a way to reach somebody, an
award, a slogan. What offers, asks or speaks to the reader is counted wherever it stands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum
from functools import cache
from importlib.resources import files

from clientvoice.readers.words import word_list
from clientvoice.records import BlockKind
from clientvoice.segments.boundaries import sentence_ends
from clientvoice.segments.phrases import footer_words, plain_text

_LONGEST_CLOSING = 48  # characters
_NAME_WORDS = 8
_LINES = 12  # below the name
_LONGEST_LINE = 160
_LINE_WORDS = 20
_SHORT_WORDS = 10
_SLOGAN_WORDS = 5  # of a line that ends in a stop: a longer one is a sentence
_POSTSCRIPT = re.compile(r"\W*(?:P\.? ?P?\.? ?S|N\.? ?B)\b", re.IGNORECASE)
_BAR = re.compile(r"[|·•∙]")
_CONTACT = re.compile(
    r"(?:https?://|www\.)\S+|[^\s@<]+@[^\s@>]+\.\w+|(?:[\w-]{2,40}\.)+[a-z]{2,10}(?:/\S*)?(?!\w)"
    r"|[(+]?\d[\d ().-]{6,20}"
)
_MONEY = re.compile(r"[%£$€]")
_WORD = re.compile(r"[^\W\d_][\w'.-]*[\w]|[^\W\d_]")
_EDGE = " \t\"'“”‘’«»()[]<>*_~-–—,.!"


class _Is(IntEnum):
    """What a line below a name looks like by itself."""

    COPY = 0
    SHORT = 1
    NAMES = 2
    SIGNED = 3


@dataclass(frozen=True, slots=True)
class SignatureWords:
    """What ``signatures.toml`` says; the file tells what each list is for."""

    closings: frozenset[str]
    after: tuple[str, ...]
    before: frozenset[str]
    titles: frozenset[str]
    firms: frozenset[str]
    awards: frozenset[str]
    labels: frozenset[str]
    offers: frozenset[str]
    speaks: frozenset[str]
    times: frozenset[str]
    verbs: frozenset[str]


@cache
def signature_words() -> SignatureWords:
    """Return the lists of ``signatures.toml``.

    Examples
    --------
    >>> "best wishes" in signature_words().closings
    True
    """
    path = files("clientvoice") / "resources" / "segments" / "signatures.toml"
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    found = {field.name: lists[field.name] for field in fields(SignatureWords)}
    listed = {
        name: frozenset(map(str.strip, words.split(",") if "," in words else words.split()))
        for name, words in found.items()
    }
    # The longest first, in one order in every process: "from us all" before "all".
    after = tuple(f" {end}" for end in sorted(listed.pop("after"), key=lambda end: (-len(end), end)))
    return SignatureWords(after=after, **listed)


def signatures(texts: Sequence[str], kinds: Sequence[BlockKind], joined: Collection[int] = ()) -> set[int]:
    """Return which blocks of a message's body stand in the signature below its last sign-off.

    Parameters
    ----------
    texts : sequence of str
        The blocks of the body, in order.
    kinds : sequence of BlockKind
        What is known of them; a footer is passed over.
    joined : collection of int
        Blocks that stand right below the one before, without a blank line between.

    Examples
    --------
    >>> letter = ["Ring me if it argues.", "Best wishes", "Kirsty Lamb", "Director", "T 01434 555 010"]
    >>> sorted(signatures(letter, ["paragraph"] * 5, {3, 4}))
    [3, 4]
    """
    for closing in range(len(texts) - 1, -1, -1):
        name = _name_below(texts, kinds, closing)
        if name is None:
            continue
        found = _below(texts, kinds, joined, name + 1)
        later = [index for index in range(name + 1, len(texts)) if index not in found]
        return found if _words(texts, kinds, later) <= _words(texts, kinds, range(closing)) else set()
    return set()


def is_closing(text: str) -> bool:
    """Tell whether a line is nothing but a formula that closes a letter.

    Examples
    --------
    >>> is_closing("With many thanks and best wishes,"), is_closing("Best wishes for the new year")
    (True, False)
    """
    if len(text) > _LONGEST_CLOSING:
        return False
    words = signature_words()
    plain = plain_text(text).strip(_EDGE)
    return plain in words.closings or all(map(_is_formula, plain.replace(" & ", " and ").split(" and ")))


def _is_formula(plain: str) -> bool:
    words = signature_words()
    while plain not in words.closings and (end := next(filter(plain.endswith, words.after), "")):
        plain = plain.removesuffix(end).strip(_EDGE)
    parts = plain.strip(_EDGE).split()
    while len(parts) > 1 and parts[0] in words.before and " ".join(parts) not in words.closings:
        del parts[0]
    return " ".join(parts) in words.closings


def _name_below(texts: Sequence[str], kinds: Sequence[BlockKind], closing: int) -> int | None:
    """Return where the name stands below or right behind a closing formula, or None if this is none."""
    text = texts[closing]
    if kinds[closing] != "paragraph" or len(text) > 2 * _LONGEST_CLOSING:
        return None
    if is_closing(text):
        below = closing + 1
        named = below < len(texts) and kinds[below] in ("paragraph", "heading", "picture")
        return below if named and _is_name(texts[below]) else None
    formula, _, name = text.partition(",")
    named = name.strip()[:1].isupper() and _is_name(name)  # "Thank you, truly" has no name
    return closing if named and is_closing(formula) else None


def _is_name(text: str) -> bool:
    """Whether a line may be the name of who writes: short, no call, no offer, no sentence."""
    words = text.split()
    if len(text) > _LONGEST_LINE or not 0 < len(words) <= _NAME_WORDS:
        return False
    if words[-1][-1] in "!?:" or is_closing(text):
        return False
    first = text.strip(_EDGE)[:1]
    return (
        (first.isupper() or (first.isalpha() and len(words) < 3))
        and not _POSTSCRIPT.match(text)
        and not _calls(text)
        and not _MONEY.search(text)
        and _small(text).isdisjoint(signature_words().offers)
        and not _has_verb(text)
    )


def _below(texts: Sequence[str], kinds: Sequence[BlockKind], joined: Collection[int], first: int) -> set[int]:
    """Return the lines of a signature from ``first`` on, to the first paragraph of copy."""
    found: set[int] = set()
    doubtful: int | None = None  # a short line that stands by itself: it belongs only where more follows
    prose = False
    for index in range(first, min(first + _LINES, len(texts))):
        if kinds[index] == "footer":
            continue
        near, look = index in joined, _look(texts[index])
        if is_closing(texts[index]) or _POSTSCRIPT.match(texts[index]):
            break
        if _starts_anew(kinds[index], near=near) and not (look is _Is.SIGNED and _reaches(texts[index])):
            break
        if look is _Is.SIGNED or (look is _Is.NAMES and near):
            found.update({index} if doubtful is None else {index, doubtful})
            doubtful = None
        elif prose or doubtful is not None:
            break
        elif look is _Is.COPY and near:
            prose = True  # one line of copy inside the paragraph; what is plainly signature may follow
        elif look is _Is.COPY:
            break
        elif near:
            found.add(index)
        else:
            doubtful = index
    return found


def _starts_anew(kind: BlockKind, *, near: bool) -> bool:
    """Whether a block is a heading, a list or a button, which no title or slogan is."""
    return kind in ("bullet", "button") or (kind == "heading" and not near)


def _look(text: str) -> _Is:
    """Judge a line by itself; whatever is in doubt is copy."""
    if len(text) > _LONGEST_LINE or _MONEY.search(text) or "!" in text or "?" in text:
        return _Is.COPY
    parts = [part for part in map(str.strip, _BAR.split(text)) if part]
    count = len(text.split())
    if count > _LINE_WORDS:
        return _Is.COPY
    words, small = signature_words(), _small(text)
    if any(map(_calls, parts)) or _has_verb(text):
        return _Is.COPY
    if not small.isdisjoint(words.offers | words.speaks | words.times):
        return _Is.COPY
    if _CONTACT.search(text):
        return _Is.SIGNED if _reaches(text) else _Is.COPY
    if count > _SLOGAN_WORDS and (sentence_ends(text) or text.rstrip()[-1:] in ".…:;"):
        return _Is.COPY
    if len(parts) > 1 or not small.isdisjoint(words.titles | words.firms | words.awards):
        return _Is.SIGNED
    if count > _SHORT_WORDS:
        return _Is.COPY
    return _Is.NAMES if _names(text) else _Is.SHORT


def _reaches(text: str) -> bool:
    """Whether a line is a way to reach somebody, and beside it labels and names only."""
    rest, ways = _CONTACT.subn(" ", text)
    labels = signature_words().labels
    return ways > 0 and all(
        word.lower() in labels or word[0].isupper() or word in footer_words().joining
        for word in _WORD.findall(rest)
    )


def _names(text: str) -> bool:
    """Whether every word is a name or a figure, as in that of a firm or in an address."""
    found = _WORD.findall(text.replace("’", "'"))
    return found != [] and all(word[0].isupper() or word in footer_words().joining for word in found)


def _calls(text: str) -> bool:
    """Whether a line tells the reader to do something: "Book a demo", and not "Support engineer"."""
    words = _WORD.findall(_CONTACT.sub(" ", text).lower())
    if len(words) < 2 or words[0] not in word_list("call_verbs"):
        return False
    return words[-1] not in signature_words().titles | signature_words().firms


def _has_verb(text: str) -> bool:
    """Whether a line is a sentence by its verb; in capitals it may be a name ("Will Hart")."""
    return not signature_words().verbs.isdisjoint(_WORD.findall(text.replace("’", "'")))


def _small(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text.replace("’", "'"))}


def _words(texts: Sequence[str], kinds: Sequence[BlockKind], places: Collection[int]) -> int:
    return sum(len(texts[place].split()) for place in places if kinds[place] != "footer")
