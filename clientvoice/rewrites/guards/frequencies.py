"""How often words and pairs of words stand in plain English mail: counts of our own corpus.

The counts in ``resources/rewrites/bigrams.txt.gz`` are made by :func:`pack`; its
first line says how to make them anew.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from clientvoice.rewrites.candidates.words import common_words
from clientvoice.rewrites.facts.lexicon import straight

EDGE = "^"
"""Stands for the start and the end of a sentence."""

_HEADER = (
    "# Words, how often each stands in data/corpus/natural, s if ever in small letters, and the words seen "
    "behind it. Made by: python -c "
    "'from pathlib import Path; from clientvoice.corpora.sentences import read_corpus; "
    "from clientvoice.rewrites.guards.frequencies import pack; "
    'Path("clientvoice/resources/rewrites/bigrams.txt.gz").write_bytes('
    'pack(e.text for e in read_corpus(Path("data/corpus"))))\''
)
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|'(?=\w)){0,40}|\d(?:[\d.,:/]{0,20}\d)?|[,;:()?!.]|[^\s\w]{1,8}|_")
_FORMING = (
    "ous",
    "ful",
    "less",
    "ment",
    "tion",
    "ness",
    "ical",
    "able",
    "ible",
    "ively",
    "ally",
    "ously",
    "ising",
    "izing",
    "ently",
    "ately",
    "ingly",
    "edly",
)
_ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers", "ly", "'s")
_ENDS = frozenset(".!?")
_RARE = 2
"""A word this rare is counted, but not what stands around it."""


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Counts of words, those that were seen written small, and the pairs of words that were seen."""

    words: dict[str, int]
    small: frozenset[str]
    pairs: frozenset[str]
    total: int

    def expected(self, first: str, second: str) -> float:
        """Return how often a pair would be seen if words stood together by chance."""
        return self.words.get(first, 0) * self.words.get(second, 0) / max(self.total, 1)


def tokens(text: str) -> list[str]:
    """Return the words and marks of a text in small letters, each sentence between edges; a number is ``0``.

    Examples
    --------
    >>> tokens("It’s £5, Sam.")
    ['^', "it's", '£', '0', ',', 'sam', '.', '^']
    """
    return [token.lower() for token in _as_written(text)]


def _as_written(text: str) -> list[str]:
    written: list[str] = [EDGE]
    for piece in _TOKEN.findall(straight(text)):
        written += ["0" if piece[0].isdigit() else piece, *([EDGE] if piece in _ENDS else [])]
    return written if written[-1] == EDGE else [*written, EDGE]


def pack(texts: Iterable[str]) -> bytes:
    """Return the counts of texts in the shipped form: the same bytes for the same texts.

    Examples
    --------
    >>> read(pack(["Tea is ready.", "Tea is hot."])).words["tea"]
    2
    """
    words: Counter[str] = Counter()
    small: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for text in texts:
        written = _as_written(text)
        found = [token.lower() for token in written]
        small.update(token for token in written if token.islower())
        words.update(found)
        pairs.update(pairwise(found))
    behind: dict[str, list[str]] = defaultdict(list)
    for first, second in sorted(pairs):
        if words[first] > _RARE and words[second] > _RARE:
            behind[first].append(second)
    marks = {word: "s" if word in small else "" for word in words}
    lines = [
        _HEADER,
        *(f"{word}\t{words[word]}\t{marks[word]}\t{' '.join(behind[word])}" for word in sorted(words)),
    ]
    return gzip.compress("\n".join(lines).encode("utf-8"), mtime=0)


def read(packed: bytes) -> Frequencies:
    """Return the counts that :func:`pack` made."""
    words: dict[str, int] = {}
    small: list[str] = []
    pairs: list[str] = []
    for line in gzip.decompress(packed).decode("utf-8").splitlines()[1:]:
        word, count, mark, followers = line.split("\t")
        words[word] = int(count)
        small += [word] if mark else []
        pairs += [f"{word} {follower}" for follower in followers.split()]
    return Frequencies(words, frozenset(small), frozenset(pairs), sum(words.values()))


@cache
def frequencies() -> Frequencies:
    """Return the shipped counts.

    Examples
    --------
    >>> frequencies().words["the"] > 1000
    True
    """
    source = files("clientvoice").joinpath("resources", "rewrites", "bigrams.txt.gz")
    return read(source.read_bytes())


def is_common(word: str) -> bool:
    """Whether a word in small letters is an everyday word, not known only as a name.

    Examples
    --------
    >>> is_common("garden"), is_common("gardens"), is_common("lusciously"), is_common("xyzzy")
    (True, True, True, False)
    """
    if "-" in word.strip("-"):
        return all(is_common(part) for part in word.split("-") if part)
    if _is_small(word) or (len(word) > 6 and word.endswith(_FORMING)):
        return True
    return any(
        _is_small(form)
        for ending in _ENDINGS
        if word.endswith(ending) and len(word) - len(ending) > 2
        for form in (word.removesuffix(ending), f"{word.removesuffix(ending)}e")
    )


def _is_small(word: str) -> bool:
    return word in frequencies().small or word in common_words()
