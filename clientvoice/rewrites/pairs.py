"""Sentences to a customer with their edits to a client: edits to carry over, examples to learn from."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import log
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from clientvoice.errors import RuleError
from clientvoice.records import Change, Precedent
from clientvoice.rewrites.candidates.casing import is_loud
from clientvoice.rewrites.candidates.source import Candidate
from clientvoice.rewrites.changes import changes
from clientvoice.rewrites.facts.lexicon import word_lists
from clientvoice.rewrites.likeness import Likeness, command, shown_for

Encode = Callable[[Sequence[str]], NDArray[np.float64]]

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
_FIGURE = "0"
_NEAREST = 24
"""Pairs that are looked at more closely."""

_TELLING = 0.15
_CLOSE = 0.5
"""Likeness from which a pair is worth showing: by its words alone, and where an encoder looks too.

Of 52 examples between 0.45 and this, a reader found 11 that do the same kind of thing as their
sentence; above, 52 of 98.
"""

_WIDER = 40
"""Pairs among which an example is chosen: those that do the same thing are not always the nearest."""

_FAINT = 0.065
"""Likeness by words below which a pair is no example, whatever an encoder says: one common word is shared."""

_UNASKED = 0.05
"""What an example loses where either it or the sentence is a question."""

_SHOUTED = 0.03
"""What it loses where it is in capitals and the sentence is not: they are half of what was mended."""

_EMPHASIS = 2.0
"""How much more the words of a cue weigh than others: an example is of a way to push, not of a trade."""

_SAME_FIRST = 0.05
_LENGTH_TOLL = 0.08
"""What an example gains by the same main cue, and loses by another length (a log ratio of words)."""

_FEWEST = 2
"""Words of an edit that may be carried over: shorter ones mean too many things."""

_MOST_EDITS = 3

_SAME, _SHARED = 0.75, 4
"""Share of the words, and how many, in which a sentence must be like a pair: elsewhere edits mean little."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence to a customer, and how an editor sent it back."""

    id: str
    customer: str
    client: str
    act: str
    cues: tuple[str, ...] = ()


class Worth(NamedTuple):
    """How much a pair is worth as an example.

    Parameters
    ----------
    gain : float
        What is added to its likeness where pairs are set in order.
    close, telling : float
        Likeness from which it is shown: with an encoder, and by its words alone.
    words : int
        Words that it shares at least, beside everyday ones; the verb of a command is one.
    eases : float
        What each further one takes off ``close``.
    """

    gain: float
    close: float
    telling: float
    words: int = 0
    eases: float = 0.0


_NEARLY = 0.6
"""Likeness by words from which two sentences are nearly the same, and any words do."""

_MOST = 2
"""Words beside the first that ease how near an example must be."""

_UNJUDGED = Worth(0.0, _CLOSE, _TELLING)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs, found by the words they share with a sentence.

    Rare words weigh most (inverse document frequency, Sparck Jones 1972); where
    an encoder is given it decides among the nearest.

    Examples
    --------
    >>> told = Pair("1", "Hurry, book your seat now!", "You can book your seat here.", "hurry", ("pressure",))
    >>> Pairs((told,)).example("Hurry and book your table today!", ["pressure"]).client
    'You can book your seat here.'
    """

    pairs: tuple[Pair, ...]
    _weights: dict[str, float] = field(init=False, repr=False)
    _lengths: list[float] = field(init=False, repr=False)
    _postings: dict[str, list[int]] = field(init=False, repr=False)
    _doing: dict[str, set[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        bags = [set(_features(pair.customer)) for pair in self.pairs]
        counts = Counter(word for bag in bags for word in bag)
        weights = {word: log(1 + len(bags) / count) for word, count in counts.items()}
        postings: dict[str, list[int]] = defaultdict(list)
        for row, bag in enumerate(bags):
            for word in bag:
                postings[word].append(row)
        doing: dict[str, set[int]] = defaultdict(set)
        for row, pair in enumerate(self.pairs):
            for cue in pair.cues:
                doing[cue].add(row)
        lengths = [sum(weights[word] ** 2 for word in bag) ** 0.5 or 1.0 for bag in bags]
        made = {"_weights": weights, "_lengths": lengths, "_postings": dict(postings), "_doing": dict(doing)}
        for name, value in made.items():
            object.__setattr__(self, name, value)

    @classmethod
    def load(cls, folder: Path | None = None) -> Pairs:
        """Load the pairs of a folder of JSON Lines, the shipped ones by default.

        Raises
        ------
        RuleError
            If a line is no pair; the message names file and line.
        """
        return _shipped() if folder is None else cls(tuple(read_pairs(folder)))

    def near(self, sentence: str) -> list[Pair]:
        """Return the pairs that share most with a sentence, nearest first."""
        return [self.pairs[row] for _, row in self._alike(dict.fromkeys(_features(sentence), 1.0))]

    def example(
        self,
        sentence: str,
        cues: Sequence[str],
        evidence: str = "",
        encode: Encode | None = None,
        worth: Callable[[Pair], Worth | None] | None = None,
    ) -> Precedent | None:
        """Return the pair that shows best how to say such a thing, or None where none is near enough.

        Parameters
        ----------
        sentence : str
        cues : sequence of str
            What the sentence does, the main cue first; an example does one of these things too.
        evidence : str
            The words that carry the main cue.
        encode : callable, optional
            Sentences to vectors, to choose among the nearest.
        worth : callable, optional
            What a pair is worth beside the advice on the sentence; None where it would mislead.
        """
        words, telling = set(_features(sentence)) - _small(), set(_features(evidence))
        bag = {word: _EMPHASIS if word in telling else 1.0 for word in sorted(words)}
        verb = {command(sentence)} - {"", *_everyday()["verbs"]}
        found = []
        for one, row in self._alike(bag, self._examples_for(sentence, cues), _WIDER):
            pair = self.pairs[row]
            shared = {word for word in words & set(_features(pair.customer)) if _tells(word)}
            if one < _FAINT or pair.customer == sentence or not shared:
                continue
            told = worth(pair) if worth else _UNJUDGED
            if told is None:
                continue
            many = len(shared - _everyday()["words"] | (verb & {command(pair.customer)}))
            fit = self._fit(sentence, cues, row)
            least = (told.telling if encode is None else told.close) - told.eases * min(
                max(many - 1, 0), _MOST
            )
            best = one if encode is None else (one + 1) / 2  # as near as it could be
            if (many >= told.words or one >= _NEARLY) and best + fit >= least:
                found.append((one, row, fit, told.gain, least))
        if encode is not None and found:
            vectors = encode([sentence, *(self.pairs[row].customer for _, row, *_ in found)])
            vectors = vectors / (((vectors**2).sum(axis=1, keepdims=True)) ** 0.5 + 1e-9)
            close = (vectors[1:] @ vectors[0]).tolist()
            found = [((one + other) / 2, *rest) for (one, *rest), other in zip(found, close, strict=True)]
        fits = [(one + fit + gain, -row) for one, row, fit, gain, least in found if one + fit >= least]
        if not fits:
            return None
        pair = self.pairs[-max(fits)[1]]
        return Precedent(pair.customer, pair.client)

    def _examples_for(self, sentence: str, cues: Sequence[str]) -> set[int]:
        """Return the pairs that do what a sentence does and would not mislead beside it."""
        doing = set().union(*(self._doing.get(cue, ()) for cue in shown_for(sentence, cues)))
        own = Likeness.of(sentence)
        return {row for row in doing if not own.misleads(self.pairs[row].customer, self.pairs[row].cues)}

    def _fit(self, sentence: str, cues: Sequence[str], row: int) -> float:
        pair = self.pairs[row]
        ratio = (len(sentence.split()) + 2) / (len(pair.customer.split()) + 2)
        asked = _UNASKED * (("?" in sentence) != ("?" in pair.customer))
        loud = _SHOUTED * (is_loud(pair.customer) and not is_loud(sentence))
        return _SAME_FIRST * (cues[0] == pair.cues[0]) - _LENGTH_TOLL * abs(log(ratio)) - asked - loud

    def _alike(
        self, bag: Mapping[str, float], rows: Container[int] | None = None, most: int = _NEAREST
    ) -> list[tuple[float, int]]:
        """Return the likeness in [0, 1] of the nearest pairs, nearest first."""
        known = {word: weight * self._weights[word] for word, weight in bag.items() if word in self._weights}
        sums: dict[int, float] = defaultdict(float)
        for word, weight in known.items():
            for row in self._postings[word]:
                if rows is None or row in rows:
                    sums[row] += weight * self._weights[word]
        length = sum(weight**2 for weight in known.values()) ** 0.5 or 1.0
        found = [(total / (length * self._lengths[row]), row) for row, total in sums.items()]
        return sorted(found, key=lambda item: (-item[0], item[1]))[:most]

    def candidates(self, sentence: str, cues: Sequence[str]) -> list[Candidate]:
        """Return the sentence with edits of near pairs carried over, where they fit and little else differs.

        Into a sentence in capitals none is: its words would stand small among them.
        """
        if is_loud(sentence):
            return []
        found: dict[str, Candidate] = {}
        for pair in self.near(sentence):
            text = carried_over(sentence, pair)
            if text and text != sentence:
                note = f"An editor changed a similar sentence the same way ({pair.act.replace('_', ' ')})."
                found.setdefault(text, Candidate(text, "pair", tuple(cues), f"pairs/{pair.id}", note))
        return list(found.values())


def carried_over(sentence: str, pair: Pair) -> str | None:
    """Return the sentence edited as the pair was, or None where they differ in much, or an edit does not fit.

    Examples
    --------
    >>> pair = Pair("1", "Hurry up and book your seat!", "If it suits you, book your seat.", "pressure")
    >>> carried_over("Hurry up and book your table!", pair)
    'If it suits you, book your table.'
    """
    if pair.customer == sentence:
        return pair.client
    if not _same_but_slots(sentence, pair.customer):
        return None
    edits = _edits(pair)
    if len(edits) > _MOST_EDITS:
        return None
    words = 0
    for edit in edits:
        before, after = edit.before, edit.after
        if not before.strip():
            return None  # an insertion has no words to find its place by
        words += len(_WORD.findall(before.lower()))
        at_start, at_end = edit.start == 0, edit.end == len(pair.customer)
        place = _place(sentence, before, at_start=at_start, at_end=at_end)
        if place is None:
            return None
        sentence = sentence[: place[0]] + after + sentence[place[1] :]
    return sentence if words >= _FEWEST else None


def _same_but_slots(one: str, other: str) -> bool:
    """Whether two sentences differ in a few words only: other things, names or figures."""
    bags = [Counter(_WORD.findall(text.lower())) for text in (one, other)]
    shared = (bags[0] & bags[1]).total()
    return shared >= max(_SHARED, _SAME * max(bag.total() for bag in bags))


@lru_cache(maxsize=4_096)
def _edits(pair: Pair) -> tuple[Change, ...]:
    return changes(pair.customer, pair.client)


def _place(sentence: str, words: str, *, at_start: bool, at_end: bool) -> tuple[int, int] | None:
    folded, wanted = sentence.lower(), words.lower()
    if len(folded) != len(sentence):  # lower case changed the length: offsets would lie
        return None
    if at_end:
        start = len(sentence) - len(wanted)
        return (start, len(sentence)) if folded.endswith(wanted) and _whole(folded, start) else None
    start = folded.find(wanted)
    if start < 0 or (at_start and start != 0) or folded.find(wanted, start + 1) >= 0:
        return None
    end = start + len(wanted)
    return (start, end) if _whole(folded, start) and _whole(folded, end) else None


def _whole(text: str, place: int) -> bool:
    """Whether no word is cut at this place."""
    inside = 0 < place < len(text)
    return not (inside and text[place - 1].isalnum() and text[place].isalnum())


def read_pairs(folder: Path) -> Iterable[Pair]:
    """Read all pairs of a folder, file by file in order of name."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                id_, customer, client, act = (str(row[key]) for key in ("id", "customer", "client", "act"))
                yield Pair(id_, customer, client, act, tuple(map(str, row["cues"])))
            except (ValueError, KeyError, TypeError) as error:
                raise RuleError(
                    f"{path}:{number}: not a pair ({error}). "
                    'Expected {"id": …, "customer": …, "client": …, "act": …, "cues": […]}.'
                ) from None


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    return frozenset(word_lists("similarity")["ignored"]["small"])


@lru_cache(maxsize=1)
def _everyday() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in word_lists("examples")["everyday"].items()}


def _tells(word: str) -> bool:
    """Whether a feature is one word, and long enough to say what a sentence is about."""
    return len(word) > 2 and word.isalpha()


def _features(text: str) -> list[str]:
    """Return the words and pairs of words of a text; a figure is any: “11” visitors are no “11” months."""
    words = [_FIGURE if word.isdigit() else word for word in _WORD.findall(text.lower())]
    return [*words, *(f"{left} {right}" for left, right in pairwise(words))]


@lru_cache(maxsize=1)
def _shipped() -> Pairs:
    here = Path(__file__).resolve().parents[1]
    for folder in (here / "resources" / "rewrites" / "pairs", here.parent / "data" / "rewrites"):
        if folder.is_dir():
            return Pairs(tuple(read_pairs(folder)))
    return Pairs(())
