"""The words of a sentence that advice quotes: a short phrase, or none where it would point at nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from clientvoice.rewrites.facts.lexicon import folded
from clientvoice.rewrites.joints import BAD, FAIR, GOOD, Joints, Word

LONGEST = 80
"""Characters above which a quote would be half the sentence: cut short, it would say something else."""

WIDENED = 3
"""Words by which a quote is widened at most to where its phrase begins."""

GROWN = 5
"""Words on which the end of a phrase is looked for at most."""

MOST = 0.8
"""Share of a sentence's words above which a quote points at nothing."""

SHORT = 4
"""Words of a sentence up to which it may be quoted whole."""

_CHUNK = re.compile(r"\S+")
_KEY = re.compile(r"\w[\w'&-]*")
_PAUSE_BEFORE = frozenset('([{"“‘*•~')
_PAUSE_AFTER = frozenset(".,;:!?)]}…")
_QUOTES = "\"“”'’*"
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))
_OUTER = " \t\"“”'‘’~*•◦·▪●►✓_^|<>–—-"
_ENDS = _OUTER + ".,;:!?"
_INNER = re.compile(r"[\"“”]([^\"“”]{1,60})[\"“”]")


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
    acts : frozenset of str
        Verbs before which no words belong to their phrase.
    debris : tuple of str
        What is no part of the words, at either side of them.
    empty : frozenset of str
        Words that carry nothing by themselves.
    joints : Joints
        Where a phrase ends.

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
    acts: frozenset[str]
    debris: tuple[str, ...]
    empty: frozenset[str]
    joints: Joints

    @classmethod
    def of(cls, told: Mapping[str, Sequence[str]]) -> Quoting:
        """Return what a table of ``advice.toml`` says."""
        listed = {
            name: frozenset(told[name]) for name in ("joins", "sheds", "opens", "dangles", "acts", "empty")
        }
        debris = tuple(sorted(map(folded, told["debris"]), key=len, reverse=True))
        return cls(debris=debris, joints=Joints.of(told), **listed)

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
        begins = self._begin(words, self._grown(words, first) if grow else first, last)
        if begins is None:
            return ""
        for ends in self._ends(words, begins, last):
            told = self._whole(words, begins, ends)
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
        keys = _KEY.findall(folded(mark))
        start = sentence.find(mark)
        if start < 0 or len(keys) < 2 or keys[-1] not in self.dangles:
            return mark
        return self.quote(sentence, start, start + len(mark), grow=True)

    def says_nothing(self, words: str) -> bool:
        """Whether words are one or two that carry nothing by themselves, or none at all."""
        keys = _KEY.findall(folded(words))
        return len(keys) <= 2 and all(key in self.empty for key in keys)

    def _begin(self, words: Sequence[Word], first: int, last: int) -> int | None:
        """Return where the quote begins: where it does, a word later, or back where a phrase starts."""
        word = words[first]
        if word.comma and first < last and not word.opens:  # “in 2015, | offers you a home”
            return first + 1
        if last - first > 2 and self._halved(words, first):
            return self._back(words, first)
        if first and word.key in self.joints.persons and words[first - 1].key in self.joints.finite:
            return self._asked(words, first)
        plain = word.key not in self.joins or word.key in self.opens
        if first == 0 or plain or (word.opens and word.key not in self.sheds):
            return first
        sheds = word.key in self.sheds and self._stands(words, first + 1, last)
        if sheds and (word.key not in ("and", "or") or self.joints.begins(words, first + 1)):
            return first + (2 if words[first + 1].comma else 1)
        for row in range(first - 1, max(first - WIDENED, 0) - 1, -1):
            told = words[row]
            if told.key in self.opens and (row < first - 1 or word.key != "to"):  # “it helps you | to find”
                return row
            if told.opens and told.key not in self.joins:
                return row
        return None

    def _halved(self, words: Sequence[Word], first: int) -> bool:
        """Whether words are the second half of what “or” joins: “barns or | sheds left open”."""
        if first == 0 or words[first].opens or words[first - 1].opens or words[first - 1].key != "or":
            return False
        return not self.joints.begins(words, first)

    def _back(self, words: Sequence[Word], first: int) -> int | None:
        """Return where the phrase begins in which a word comes after “or”, if not too far."""
        for row in range(first - 1, max(first - GROWN, 0) - 1, -1):
            before = words[row - 1].key if row else ""
            if words[row].key in self.opens or (words[row].opens and words[row].key not in self.joins):
                return row
            if (
                words[row].key not in self.joins
                and row
                and (before in self.joins - {"of", "or", "and"} or self.joints.is_verb(words, row - 1))
            ):
                return row
        return None

    def _asked(self, words: Sequence[Word], first: int) -> int | None:
        """Return where a question begins whose subject a word is: “what are | you waiting for”."""
        if words[first - 1].opens or first == 1:
            return first - 1
        return first - 2 if words[first - 2].key in self.joints.clauses else None

    def _stands(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether words are a phrase by themselves, unlike “in | full will” and “to | find”."""
        if last - first < 1 or words[first].key in self.joins:
            return False
        following = words[first + 1].key
        return (
            words[first].key in self.opens | self.joints.persons
            or following in self.sheds
            or following not in self.dangles
        )

    def _ends(self, words: Sequence[Word], first: int, last: int) -> Iterator[int]:
        """Yield where the quote may end, best first: where it does, further on, or further back."""
        reach = range(last, min(last + GROWN, len(words) - 1) + 1)
        for row in reach:
            if self.joints.ends(words, row, first) == GOOD:
                yield row
                break
        shorter = range(0)
        if self.joints.ends(words, last, first) == BAD:
            shorter = range(last - 1, first - 1, -1)
        for rows, least in ((reach, FAIR), (shorter, GOOD), (shorter, FAIR)):
            for row in rows:
                subject = row < last - 1 and words[row + 1].key in self.joints.finite
                if not subject and self.joints.ends(words, row, first) >= least:
                    yield row
                    break

    def _grown(self, words: Sequence[Word], first: int) -> int:
        """Return where the phrase of a word begins."""
        if words[first].key in (self.dangles | self.acts) - self.opens:  # “the hall | will be shut”
            return first
        for row in range(first, max(first - WIDENED, 0) - 1, -1):
            if words[row].key in self.opens:
                return row
            if words[row].opens or words[row - 1].key in self.joins:
                break
        return first

    def _whole(self, words: Sequence[Word], begins: int, ends: int) -> int | None:
        """Return where a clause begins with its whole subject: “the smell of | our bread drew” is none."""
        if begins == 0 or words[begins].opens or not self.joints.subject(words, begins, ends):
            return begins
        for row in range(begins, max(begins - GROWN, 0) - 1, -1):
            before = words[row - 1].key if row else ""
            if row == 0 or words[row].opens or before in ("and", "or", "but"):
                return row
            if before in self.joints.clauses or self.joints.is_verb(words, row - 1):
                return row
            if words[row].key in self.joints.owners and before not in self.joints.links | {"of"}:
                return row
        return None

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


def _words(sentence: str) -> list[Word]:
    """Return the words of a sentence; a mark by itself is a pause of its neighbours."""
    chunks = list(_CHUNK.finditer(sentence))
    small = folded(sentence)
    told: list[Word] = []
    pause = True
    for chunk in chunks:
        text = chunk.group()
        key = _KEY.search(small, chunk.start(), chunk.end())
        if key is None and text not in ("&", "+"):
            pause = True
            if told:
                told[-1] = replace(told[-1], closes=True, comma=text == ",")
            continue
        tail = text.rstrip(_QUOTES)[-1:] or text[-1]
        closes = tail in _PAUSE_AFTER
        opens = pause or text[0] in _PAUSE_BEFORE
        said = key.group() if key else "and"
        told.append(Word(chunk.start(), chunk.end(), said, opens, closes, comma=tail == ","))
        pause = closes
    if told:
        told[-1] = replace(told[-1], closes=True, comma=False)
    return told
