"""Mask what must not decide a label: reader nouns, merge tags, links, addresses and digits.

A masked copy is made for the model; :class:`Masked` remembers where each
character came from, so that every explanation points into the user's own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from clientvoice.readers.characters import without_surrogates
from clientvoice.readers.templates.tags import PLACEHOLDER, TAG

READER, READERS = "reader", "readers"
"""What every noun for the reader becomes, singular and plural."""

_FOLD = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2013": "-", "\u2014": "-"}
)
_REMEMBERED_LENGTH = 1_000
_TAG = f"(?-i:{TAG}|{PLACEHOLDER})"
_LINK = r"(?:https?://|www\.)[^\s<>\"')\]]{1,2000}"
_ADDRESS = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked sentence and the way back.

    Parameters
    ----------
    text : str
        What the model reads.
    pieces : tuple of (int, int, int)
        Ascending ``(masked_start, original_start, original_length)``; inside a
        piece of equal lengths positions map one to one.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def spans_to_original(
        self, starts: NDArray[np.intp], ends: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the spans of the original sentence that masked ``[start, end)`` stand for."""
        if len(self.pieces) == 1 and self.pieces[0] == (0, 0, len(self.text)):
            return starts, ends  # nothing was masked
        masked, original, lengths = np.array(self.pieces, dtype=np.intp).T
        whole = np.diff(masked, append=len(self.text)) != lengths
        first = np.searchsorted(masked, starts, side="right") - 1
        last = np.searchsorted(masked, ends - 1, side="right") - 1
        return (
            original[first] + np.where(whole[first], 0, starts - masked[first]),
            original[last] + np.where(whole[last], lengths[last], ends - masked[last]),
        )


@cache
def _pattern() -> re.Pattern[str]:
    lines = (
        files("clientvoice").joinpath("resources/lexicons/reader_nouns.txt").read_text("utf-8").splitlines()
    )
    nouns = [line.strip() for line in lines if line.strip() and line[0] != "#"]
    return re.compile(
        rf"(?P<tag>{_TAG})|(?P<link>{_LINK})|(?P<address>{_ADDRESS})|{_reader(nouns)}|(?P<digit>[0-9])",
        re.IGNORECASE,
    )


@lru_cache(maxsize=8)
def _own_pattern(nouns: tuple[str, ...]) -> re.Pattern[str]:
    # Tags, links and addresses come first, and stay: a noun inside one is not addressed to anybody.
    return re.compile(
        rf"(?P<kept>{_TAG}|{_LINK}|{_ADDRESS})|{_reader([noun.translate(_FOLD) for noun in nouns])}",
        re.IGNORECASE,
    )


def _reader(nouns: Iterable[str]) -> str:
    """Return the pattern of nouns for the reader, the longest first, with regular plurals."""
    ordered = sorted(nouns, key=len, reverse=True)
    either = "|".join(r"\s".join(map(re.escape, noun.split())) for noun in ordered)
    return rf"\b(?P<reader>{either})(?P<plural>s)?\b"


def mask(sentence: str) -> Masked:
    """Return the sentence as the models read it.

    Nouns for the reader become ``reader``, merge tags ``name``, links ``link``,
    e-mail addresses ``address`` and every digit ``0``; curly quotes are folded, and lone
    surrogates, which no tokenizer takes, are U+FFFD as in what the readers read.

    Examples
    --------
    >>> mask("Dear Customers, pay £25 at https://example.com").text
    'Dear readers, pay £00 at link'
    """
    return _recent(sentence) if len(sentence) <= _REMEMBERED_LENGTH else _replaced(sentence, _pattern())


@lru_cache(maxsize=512)
def _recent(sentence: str) -> Masked:
    """Return the same for a sentence that is read again at once: by each branch, and to explain it."""
    return _replaced(sentence, _pattern())


def mask_nouns(sentence: str, nouns: tuple[str, ...]) -> Masked:
    """Return the sentence with a house's own nouns for its readers masked, and nothing else.

    Parameters
    ----------
    sentence : str
    nouns : tuple of str
        Singulars; regular plurals and possessives are understood.

    Examples
    --------
    >>> mask_nouns("Our Makers come first, customers too.", ("maker",)).text
    'Our readers come first, customers too.'
    """
    return _replaced(sentence, _own_pattern(nouns)) if nouns else Masked(sentence, ((0, 0, len(sentence)),))


def _replaced(sentence: str, pattern: re.Pattern[str]) -> Masked:
    folded = without_surrogates(sentence).translate(_FOLD)
    out: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    length = at = 0
    for found in pattern.finditer(folded):
        kind = found.lastgroup
        if kind == "kept":
            continue
        if kind == "digit":
            replacement = "0"
        elif found["reader"]:
            replacement = READERS if kind == "plural" else READER
        else:
            replacement = "name" if kind == "tag" else str(kind)
        start, end = found.span()
        if start > at:
            pieces.append((length, at, start - at))
            out.append(folded[at:start])
            length += start - at
        pieces.append((length, start, end - start))
        out.append(replacement)
        length += len(replacement)
        at = end
    if at < len(folded):
        pieces.append((length, at, len(folded) - at))
        out.append(folded[at:])
    return Masked("".join(out), tuple(pieces) or ((0, 0, 0),))
