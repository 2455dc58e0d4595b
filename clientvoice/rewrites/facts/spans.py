"""What every finder of facts works on: a sentence in two spellings, and which of it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from clientvoice.rewrites.facts.lexicon import folded, straight

FactKind = Literal[
    "amount",
    "percent",
    "date",
    "time",
    "duration",
    "quantity",
    "name",
    "code",
    "link",
    "email",
    "phone",
    "tag",
    "negation",
    "condition",
]


@dataclass(frozen=True, slots=True)
class Fact:
    """A stretch of a sentence that no rewrite may lose, add or change.

    Parameters
    ----------
    start, end : int
        Half-open characters of the sentence.
    kind : str
        ``amount``, ``percent``, ``date``, ``time``, ``duration``, ``quantity``, ``name``, ``code``,
        ``link``, ``email``, ``phone``, ``tag``, ``negation`` or ``condition``.
    text : str
        As it stands: ``sentence[start:end]``.
    key : str
        Its normal form: ``"20 %"`` and ``"twenty percent"`` have the key ``"20"``.
    """

    start: int
    end: int
    kind: FactKind
    text: str
    key: str


@dataclass(slots=True)
class Ground:
    """A sentence while its facts are being found; what one finder takes, the next leaves alone."""

    text: str
    straight: str = ""
    small: str = ""
    facts: list[Fact] = field(default_factory=list)
    taken: bytearray = field(default_factory=bytearray)

    @classmethod
    def of(cls, text: str) -> Ground:
        """Return the ground of a sentence, with nothing taken."""
        return cls(text, straight(text), folded(text), [], bytearray(len(text)))

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing in the span is taken."""
        return not any(self.taken[start:end])

    def shut(self, start: int, end: int) -> None:
        """Take a span that is no fact."""
        self.taken[start:end] = b"\1" * (end - start)

    def add(self, start: int, end: int, kind: FactKind, key: str) -> bool:
        """Take a span as a fact, if it is free; return whether it was."""
        if start >= end or not self.is_free(start, end):
            return False
        self.shut(start, end)
        self.facts.append(Fact(start, end, kind, self.text[start:end], key))
        return True

    def of_kinds(self, *kinds: FactKind) -> Iterator[Fact]:
        """Yield the facts found so far that are of one of the kinds."""
        return (fact for fact in tuple(self.facts) if fact.kind in kinds)
