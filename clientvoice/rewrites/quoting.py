"""The words of a sentence that advice quotes: a short phrase, or none where it would point at nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clientvoice.rewrites.facts.lexicon import folded

LONGEST = 80
"""Characters above which a quote would be half the sentence: cut short, it would say something else."""

WIDENED = 3
"""Words by which a quote is widened at most at either side."""

GROWN = 5
"""Words on which the end of a phrase is looked for at most, where a quote takes in the rest of it."""

MOST = 0.8
"""Share of a sentence's words above which a quote points at nothing."""

SHORT = 4
"""Words of a sentence up to which it may be quoted whole."""

_CHUNK = re.compile(r"\S+")
_KEY = re.compile(r"\w[\w'&-]*")
_PAUSE_BEFORE = frozenset('([{"“‘*•~')
_PAUSE_AFTER = frozenset('.,;:!?)]}…"”')
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))
_OUTER = " \t\"“”'‘’~*•◦·▪●►✓_^|<>–—-"
_ENDS = _OUTER + ".,;:!?"
_INNER = re.compile(r"[\"“”]([^\"“”]{1,60})[\"“”]")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    key: str
    opens: bool  # a pause, or nothing, stands before it
    closes: bool  # a pause, or nothing, stands after it


@dataclass(frozen=True, slots=True)
class Quoting:
    """Which words a quote neither begins nor ends with.

    Parameters
    ----------
    joins : frozenset of str
        Words in the middle of a phrase or a clause, with which no quote begins.
    sheds : frozenset of str
        Those of them that a quote does without: its words are a phrase when they are gone.
    opens : frozenset of str
        Words that open a phrase: a quote may be widened back to them.
    dangles : frozenset of str
        Words that need the next one.
    leans : frozenset of str
        Words that need the next one unless that joins.
    modals : frozenset of str
        Verbs before which a phrase ends.
    acts : frozenset of str
        Verbs before which no words belong to their phrase.
    debris : tuple of str
        What is no part of the words, at either side of them.
    empty : frozenset of str
        Words that carry nothing by themselves.

    Examples
    --------
    >>> from clientvoice.rewrites.advice import AdviceBook
    >>> text = "Guests who stay with us praise your use of our garden at night."
    >>> AdviceBook.load().quoting.quote(text, text.index("of our"), text.index(" at"))
    'your use of our garden'
    """

    joins: frozenset[str]
    sheds: frozenset[str]
    opens: frozenset[str]
    dangles: frozenset[str]
    leans: frozenset[str]
    modals: frozenset[str]
    acts: frozenset[str]
    debris: tuple[str, ...]
    empty: frozenset[str]

    @classmethod
    def of(cls, told: Mapping[str, Sequence[str]]) -> Quoting:
        """Return what a table of ``advice.toml`` says."""
        listed = {
            name: frozenset(told[name])
            for name in ("joins", "sheds", "opens", "dangles", "leans", "modals", "acts", "empty")
        }
        return cls(debris=tuple(sorted(map(folded, told["debris"]), key=len, reverse=True)), **listed)

    def quote(self, sentence: str, start: int, end: int, *, grow: bool = False) -> str:
        """Return the phrase of a sentence at some words, or nothing where none is worth quoting.

        Parameters
        ----------
        sentence : str
        start, end : int
            Where the words stand in it.
        grow : bool, default False
            Whether to take in the rest of their phrase; one word by itself is no quote then.
        """
        words = _words(sentence)
        inside = [row for row, word in enumerate(words) if word.start < end and word.end > start]
        if not inside:
            return ""
        first, last = inside[0], inside[-1]
        if grow:
            grown = self._grown(words, first, last)
            if grown is None:
                return ""
            first, last = grown
        begins, ends = self._begin(words, first, last), self._end(words, last, first)
        if begins is None or ends is None or begins > ends:
            return ""
        told = [word for word in words[begins : ends + 1] if word.key]
        whole = sum(bool(word.key) for word in words)
        if whole > SHORT and len(told) > MOST * whole:
            return ""
        carrying = sum(word.key not in self.empty for word in told)
        if not carrying or (ends < last and carrying < 2) or (grow and len(told) < 2):
            return ""
        line = self._clean(" ".join(sentence[words[begins].start : words[ends].end].split()))
        return line if len(line) <= LONGEST else ""

    def says_nothing(self, words: str) -> bool:
        """Whether words are one or two that carry nothing by themselves, or none at all."""
        keys = _KEY.findall(folded(words))
        return len(keys) <= 2 and all(key in self.empty for key in keys)

    def _begin(self, words: Sequence[_Word], first: int, last: int) -> int | None:
        """Return where the quote begins: where it does, a word later, or back where a phrase starts."""
        word = words[first]
        plain = word.key not in self.joins or word.key in self.opens
        if first == 0 or plain or (word.opens and word.key not in self.sheds):
            return first
        if word.key in self.sheds and self._stands(words, first + 1, last):
            return first + 1
        for row in range(first - 1, max(first - WIDENED, 0) - 1, -1):
            told = words[row]
            if told.key in self.opens and (row < first - 1 or word.key != "to"):  # “it helps you | to find”
                return row
            if told.opens and told.key not in self.joins:
                return row
        return None

    def _stands(self, words: Sequence[_Word], first: int, last: int) -> bool:
        """Whether words are a phrase by themselves, unlike “in | full will” and “to | find”."""
        if last - first < 1 or words[first].key in self.joins:
            return False
        following = words[first + 1].key
        return words[first].key in self.opens or following in self.sheds or following not in self.dangles

    def _end(self, words: Sequence[_Word], last: int, first: int) -> int | None:
        """Return where the quote ends: where it does, further on at a phrase's end, or further back."""
        if not self._hangs(words, last):
            return last
        for row in range(last + 1, min(last + WIDENED, len(words) - 1) + 1):
            if not self._hangs(words, row) and self._parts(words, row):
                return row
        for row in range(last - 1, first - 1, -1):
            if not self._hangs(words, row):
                return row
        return None

    def _grown(self, words: Sequence[_Word], first: int, last: int) -> tuple[int, int] | None:
        """Return some words with the rest of their phrase, or None where its end is not found."""
        rows = range(last, min(last + GROWN, len(words) - 1) + 1)
        ends = next((row for row in rows if self._parts(words, row) and not self._hangs(words, row)), None)
        if ends is None:
            return None
        if words[first].key in (self.dangles | self.acts) - self.opens:  # “the hall | will be shut”
            return first, ends
        for row in range(first, max(first - WIDENED, 0) - 1, -1):
            if words[row].key in self.opens:
                return row, ends
            if words[row].opens or words[row - 1].key in self.joins:
                break
        return first, ends

    def _hangs(self, words: Sequence[_Word], row: int) -> bool:
        word = words[row]
        if word.closes:
            return False
        following = words[row + 1].key
        if row and words[row - 1].key == "to" and following in ("and", "or"):  # “to find | and keep it”
            return True
        if row and word.key.endswith("'s") and words[row - 1].key in self.opens:  # “your body's | strength”
            return True
        return word.key in self.dangles or (word.key in self.leans and following not in self.joins)

    def _parts(self, words: Sequence[_Word], row: int) -> bool:
        """Whether a phrase ends with a word: a pause comes, its verb, or what joins another to it."""
        if words[row].closes:
            return True
        following = words[row + 1].key
        return following in self.modals or (following in self.joins and following != "of")

    def _clean(self, line: str) -> str:
        """Return words without what clings to their sides, and without double quotation marks."""
        before = ""
        while line != before:
            before = line
            line = line.lstrip(_OUTER + ".,;:!?)]}").rstrip(_ENDS + "([{")
            small = folded(line)
            for scrap in self.debris:
                if small.startswith(scrap):
                    line = line[len(scrap) :]
                    break
                if small.endswith(scrap):
                    line = line[: -len(scrap)]
                    break
            for left, right in _PAIRS:
                if line[:1] == left and line.find(right) == len(line) - 1:
                    line = line[1:-1]
                if line.count(left) != line.count(right):
                    line = line.replace(left, "").replace(right, "")
        line = _INNER.sub(r"‘\1’", line)
        return re.sub(r"[\"“”]", "", line)


def _words(sentence: str) -> list[_Word]:
    """Return the words of a sentence; a mark by itself is a pause of its neighbours."""
    chunks = list(_CHUNK.finditer(sentence))
    small = folded(sentence)
    told: list[_Word] = []
    pause = True
    for row, chunk in enumerate(chunks):
        text = chunk.group()
        key = _KEY.search(small, chunk.start(), chunk.end())
        if key is None and text not in ("&", "+"):
            pause = True
            if told:
                before = told[-1]
                told[-1] = _Word(before.start, before.end, before.key, before.opens, closes=True)
            continue
        closes = row == len(chunks) - 1 or text[-1] in _PAUSE_AFTER
        opens = pause or text[0] in _PAUSE_BEFORE
        told.append(_Word(chunk.start(), chunk.end(), key.group() if key else "and", opens, closes))
        pause = closes
    if told:
        final = told[-1]
        told[-1] = _Word(final.start, final.end, final.key, final.opens, closes=True)
    return told
