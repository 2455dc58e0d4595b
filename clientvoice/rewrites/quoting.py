"""The words of a sentence that advice quotes: a short phrase, or none where it would point at nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clientvoice.rewrites.beginnings import Beginnings
from clientvoice.rewrites.facts.lexicon import folded
from clientvoice.rewrites.joints import BAD, FAIR, GOOD, Joints
from clientvoice.rewrites.tokens import KEY, Word, words_of

LONGEST = 80
"""Characters above which a quote would be half the sentence: cut short, it would say something else."""

GROWN = 8
"""Words on which the end of a phrase is looked for at most."""

MOST = 0.9
"""Share of a sentence's words above which a quote points at nothing."""

SHORT = 6
"""Words of a sentence up to which it may be quoted whole."""

_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))
_OUTER = " \t\"“”'‘’~*•◦·▪●►✓_^|<>–—-"
_ENDS = _OUTER + ".,;:!?"
_INNER = re.compile(r"[\"“”]([^\"“”]{1,60})[\"“”]")


@dataclass(frozen=True, slots=True)
class Quoting:
    """Which words a quote neither begins nor ends with.

    Parameters
    ----------
    beginnings : Beginnings
        Where a phrase begins.
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

    beginnings: Beginnings
    debris: tuple[str, ...]
    empty: frozenset[str]

    @classmethod
    def of(cls, told: Mapping[str, Sequence[str]]) -> Quoting:
        """Return what a table of ``advice.toml`` says."""
        debris = tuple(sorted(map(folded, told["debris"]), key=len, reverse=True))
        return cls(Beginnings.of(told), debris, frozenset(told["empty"]))

    @property
    def joints(self) -> Joints:
        """Where a phrase ends."""
        return self.beginnings.joints

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
        words = words_of(sentence)
        inside = [row for row, word in enumerate(words) if word.start < end and word.end > start]
        if not inside:
            return ""
        first, last = _longest(words, inside)
        last = self._trimmed(words, first, last)
        begins = self.beginnings.begin(words, first, last, grow=grow)
        if begins is None:
            return ""
        for ends in self._ends(words, begins, last):
            told = self.beginnings.whole(words, begins, ends)
            if told is not None and (line := self._line(sentence, words, told, ends, last, grow=grow)):
                return line
        return ""

    def _line(
        self, sentence: str, words: Sequence[Word], begins: int, ends: int, last: int, *, grow: bool
    ) -> str:
        """Return words as they are shown, or nothing where they say too little or too much."""
        told = [word for word in words[begins : ends + 1] if word.key]
        whole = sum(bool(word.key) for word in words)
        if whole > SHORT and len(told) > MOST * whole:
            return ""
        carrying = sum(word.key not in self.empty for word in told)
        if not carrying or (ends < last and carrying < 2) or (grow and len(told) < 2):
            return ""
        line = self._clean(" ".join(sentence[words[begins].start : words[ends].end].split()))
        return line if len(line) <= LONGEST else ""

    def marked(self, sentence: str, mark: str) -> str:
        """Return a word that is the trouble by itself, with the rest of its phrase where it needs that.

        Examples
        --------
        >>> from clientvoice.rewrites.advice import AdviceBook
        >>> AdviceBook.load().quoting.marked("We mend all your old lamps by noon.", "all your")
        'all your old lamps'
        """
        keys = KEY.findall(folded(mark))
        start = sentence.find(mark)
        if start < 0 or len(keys) < 2 or keys[-1] not in self.beginnings.dangles:
            return mark
        return self.quote(sentence, start, start + len(mark), grow=True)

    def says_nothing(self, words: str) -> bool:
        """Whether words are one or two that carry nothing by themselves, or none at all."""
        keys = KEY.findall(folded(words))
        return len(keys) <= 2 and all(key in self.empty for key in keys)

    def _ends(self, words: Sequence[Word], first: int, last: int) -> Iterator[int]:
        """Yield where the quote may end, best first: where it does, further on, or further back."""
        reach = range(last, min(last + GROWN, len(words) - 1) + 1)
        whole = next((row for row in reach if self.joints.ends(words, row, first) == GOOD), None)
        if whole is not None:
            if self._bare(words, first, whole):
                further = range(whole + 2, min(whole + 4 + GROWN, len(words)))
                yield from (row for row in further if self.joints.ends(words, row, first) == GOOD)
            if self.joints.ends(words, last, first) == FAIR and self._begun(words, last, whole):
                yield last
            yield whole
        shorter = range(0)
        if self.joints.ends(words, last, first) == BAD:
            shorter = range(last - 1, first - 1, -1)
        for rows, least in ((reach, FAIR), (shorter, GOOD), (shorter, FAIR)):
            for row in rows:
                subject = row < last - 1 and words[row + 1].key in self.joints.finite
                if not subject and self.joints.ends(words, row, first) >= least:
                    yield row
                    break

    def _bare(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether words only name who does what the next ones tell: “our millers | grind by hand”."""
        if words[last].closes or words[first].key not in ("our", "my"):
            return False
        verb = words[last + 1].key in self.joints.finite or self.joints.does(words, last + 1)
        return verb and not any(self.joints.quality(word.key) for word in words[first : last + 1])

    def _trimmed(self, words: Sequence[Word], first: int, last: int) -> int:
        """Return the last of some words that is no mere “is” or “has been” behind the name of a thing."""
        ends = last
        mere = self.joints.finite | {"be", "been", "being"}
        while ends > first + 1 and words[ends].key in mere and not self.joints.dated(words, ends):
            ends -= 1
        return ends if ends < last and self.joints.ends(words, ends, first) == GOOD else last

    def _begun(self, words: Sequence[Word], last: int, ends: int) -> bool:
        """Whether another clause begins between two words: “our pledge | you have nothing to fear”."""
        named = words[last + 1].key in self.joints.owners - {"a", "an", "each", "every", "any", "all", "some"}
        named = named and words[min(last + 2, ends)].key not in self.joints.times  # “two left | this month”
        return named or any(
            words[row].key in self.joints.persons | self.joints.clauses
            or words[row].key in self.joints.finite
            or self.joints.does(words, row)
            for row in range(last + 1, ends + 1)
        )

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


def _longest(words: Sequence[Word], rows: Sequence[int]) -> tuple[int, int]:
    """Return the first and the last of the words that stand together: no quote runs over a semicolon."""
    parts = [[rows[0]]]
    for row in rows[1:]:
        if words[row - 1].breaks:
            parts.append([])
        parts[-1].append(row)
    longest = max(parts, key=len)
    return longest[0], longest[-1]
