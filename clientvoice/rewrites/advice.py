"""Advice for a sentence that frames its reader as a customer: what to keep, what to drop, what to say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from clientvoice.records import Cue
from clientvoice.rewrites.facts.lexicon import straight
from clientvoice.rewrites.likeness import is_gift
from clientvoice.rules import RuleBook, match

_LONGEST_QUOTE = 60
_MOST_EMPTY = 2
_WORDS = re.compile(r"[\w']+")


@dataclass(frozen=True, slots=True)
class AdviceBook:
    """What ``resources/rewrites/advice.toml`` says."""

    legal: re.Pattern[str]
    legal_advice: str
    beyond: re.Pattern[str]
    beyond_advice: str
    advised_only: frozenset[str]
    empty: frozenset[str]
    by_cue: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls) -> AdviceBook:
        """Return the shipped advice."""
        return _shipped()

    def is_legal(self, sentence: str) -> bool:
        """Whether a sentence is contract language, which nobody but its lawyer rewrites.

        Examples
        --------
        >>> AdviceBook.load().is_legal("You hereby indemnify the Company.")
        True
        """
        return self.legal.search(sentence) is not None

    def allows_rewriting(self, sentence: str, book: RuleBook) -> bool:
        """Whether better words can mend it: no contract, and no claim that should not be made at all.

        Examples
        --------
        >>> AdviceBook.load().allows_rewriting("You can make money from home!", RuleBook.load())
        False
        """
        if self.is_legal(sentence) or self.beyond.search(sentence):
            return False
        return not any(f"{hit.cue}.{hit.kind}" in self.advised_only for hit in match(book, sentence))

    def advise(self, sentence: str, cues: Sequence[Cue], offset: int, book: RuleBook) -> str:
        """Return one or two sentences of advice, never empty.

        Parameters
        ----------
        sentence : str
        cues : sequence of Cue
            The sentence's cues, the one that says most first.
        offset : int
            Where the sentence starts in the text that the cues point into.
        book : RuleBook
            Whose cues they are.
        """
        if self.is_legal(sentence):
            return self.legal_advice
        if self.beyond.search(sentence):
            return self.beyond_advice
        pushing = [cue for cue in cues if cue.name in book and book.frame_of(cue.name) == "customer"]
        default = self.by_cue["sales_push"]["default"]
        if not pushing:
            return default.replace("{words}", _quoted(sentence))
        cue = pushing[0]
        words = sentence[cue.start - offset : cue.end - offset]
        if cue.name == "price" and is_gift(sentence):
            return self.by_cue["solicitation"]["gift"].replace("{words}", _quoted(sentence))
        own = self.by_cue.get(cue.name)
        if own is None:  # a cue of the house: its own rule file may say what to write instead
            instead = " ".join(book[cue.name].instead.split())
            return instead or default.replace("{words}", _quoted(words))
        if cue.source == "model" and self._says_nothing(words):
            return own["unquoted"]
        hits = [hit for hit in match(book, words) if hit.cue == cue.name]
        kind = max(hits, key=lambda hit: hit.end - hit.start).kind if hits else ""
        return own.get(kind, own["default"]).replace("{words}", _quoted(words))

    def _says_nothing(self, words: str) -> bool:
        """Whether words are one or two that carry nothing by themselves, or none at all."""
        told = _WORDS.findall(straight(words).lower())
        return len(told) <= _MOST_EMPTY and all(word in self.empty for word in told)


def _quoted(words: str) -> str:
    line = " ".join(words.split()).strip("\"“”'").rstrip(".,;:!?")
    if len(line) <= _LONGEST_QUOTE:
        return line
    return line[:_LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(".,;:") + " …"


@lru_cache(maxsize=1)
def _shipped() -> AdviceBook:
    text = (files("clientvoice") / "resources" / "rewrites" / "advice.toml").read_text("utf-8")
    told = tomllib.loads(text)
    return AdviceBook(
        _any_of(told.pop("legal")),
        told.pop("legal_advice"),
        _any_of(told.pop("beyond_wording")),
        told.pop("beyond_advice"),
        frozenset(told.pop("advised_only")),
        frozenset(told.pop("empty")),
        told,
    )


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)
