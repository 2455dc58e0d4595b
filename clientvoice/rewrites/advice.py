"""Advice for a sentence that frames its reader as a customer: what to keep, what to drop, what to say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from clientvoice.records import Cue
from clientvoice.rewrites.forms import Form
from clientvoice.rewrites.likeness import is_gift
from clientvoice.rewrites.quoting import Quoting
from clientvoice.rules import RuleBook, kind_of, match

FEW = 8
"""Words of a cue up to which they are quoted whole where only some of them show the form of the sentence."""

_QUOTE = " (“{words}”)"


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of advice.

    Parameters
    ----------
    text : str
    line : str
        Which line of ``advice.toml`` it is, as “cue.kind”; empty where it is of no cue of ours.
    quoted : tuple of str
        The words of the sentence that it quotes.
    """

    text: str
    line: str = ""
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdviceBook:
    """What ``resources/rewrites/advice.toml`` says."""

    legal: re.Pattern[str]
    legal_advice: str
    beyond: re.Pattern[str]
    trades: re.Pattern[str]
    advised_only: frozenset[str]
    unsure: frozenset[str]
    quoting: Quoting
    forms: tuple[Form, ...]
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
        if self.is_legal(sentence) or self.beyond.search(sentence) or self.trades.search(sentence):
            return False
        return not any(f"{hit.cue}.{hit.kind}" in self.advised_only for hit in match(book, sentence))

    def advise(self, sentence: str, cues: Sequence[Cue], offset: int, book: RuleBook) -> str:
        """Return one or two sentences of advice, never empty; the parameters are those of ``told``."""
        return self.told(sentence, cues, offset, book).text

    def told(self, sentence: str, cues: Sequence[Cue], offset: int, book: RuleBook) -> Told:
        """Return the advice on a sentence, which line it is and what it quotes.

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
            return Told(self.legal_advice)
        if claim := self.beyond.search(sentence):
            return self._by_form("beyond.default", sentence, []) or self._quoted(
                "beyond", "default", [claim.group()]
            )
        pushing = [cue for cue in cues if cue.name in book and book.frame_of(cue.name) == "customer"]
        if not pushing:
            return self._line("sales_push", "default", sentence, [])
        cue = pushing[0]
        start, end = cue.start - offset, cue.end - offset
        if cue.name == "price" and is_gift(sentence):
            return self._quoted("solicitation", "gift", [])
        if cue.name not in self.by_cue:  # a cue of the house: its own rule file may say what to write instead
            instead = " ".join(book[cue.name].instead.split())
            pitch = self.by_cue["sales_push"]["default"]
            return Told(instead) if instead else _quoting(pitch, [self.quoting.quote(sentence, start, end)])
        words = sentence[start:end]
        kind = kind_of(cue.name, words, book)
        if kind == "question" and "?" not in sentence:  # “If you are looking for a lamp, …” asks nothing
            kind = ""
        empty = cue.source == "model" and self.quoting.says_nothing(words)
        spans = [] if empty else [(start, end)]
        return self._line(cue.name, kind or "default", sentence, spans, sure=cue.source != "model")

    def _line(
        self, cue: str, kind: str, sentence: str, spans: Sequence[tuple[int, int]], *, sure: bool = False
    ) -> Told:
        """Return the advice on a kind, or on the form that a sentence has, with the words that show it."""
        kind = kind if kind in self.by_cue[cue] else "default"
        if told := self._by_form(f"{cue}.{kind}", sentence, spans):
            return told
        if not sure and f"{cue}.{kind}" in self.unsure:
            return self._quoted(cue, kind, [])
        quotes = (self.quoting.quote(sentence, *span) for span in spans)
        return self._quoted(cue, kind, [next(filter(None, quotes), "")])

    def _by_form(self, line: str, sentence: str, spans: Sequence[tuple[int, int]]) -> Told | None:
        """Return the advice on the first form of a sentence to which a line gives way, if it has one."""
        for form in self.forms:
            if line in form.instead_of and (spot := form.spot(sentence)):
                cue, _, kind = form.line.partition(".")
                return self._quoted(cue, kind, self._shown(form, sentence, spans, spot))
        return None

    def _quoted(self, cue: str, kind: str, words: Sequence[str]) -> Told:
        return replace(_quoting(self.by_cue[cue][kind], words), line=f"{cue}.{kind}")

    def _shown(
        self, form: Form, sentence: str, spans: Sequence[tuple[int, int]], spot: tuple[int, int]
    ) -> list[str]:
        """Return the marks of a form, or the cue's words if few and with those that show it, else these."""
        if form.marks is not None:
            return [self.quoting.marked(sentence, mark) for mark in form.marked(sentence)]
        shown = " ".join(sentence[slice(*spot)].split())
        for span in spans:
            quote = self.quoting.quote(sentence, *span)
            if shown in quote and len(quote.split()) <= FEW:
                return [quote]
        return [self.quoting.quote(sentence, *spot, grow=True)]


def _quoting(line: str, words: Sequence[str]) -> Told:
    """Return a line with words in its quotation marks, or without these where there are none."""
    quoted = tuple(filter(None, words)) if "{words}" in line else ()
    text = line.replace("{words}", "”, “".join(quoted)) if quoted else line.replace(_QUOTE, "")
    return Told(text, quoted=quoted)


@lru_cache(maxsize=1)
def _shipped() -> AdviceBook:
    text = (files("clientvoice") / "resources" / "rewrites" / "advice.toml").read_text("utf-8")
    told = tomllib.loads(text)
    marks, plain = told.pop("marks"), told.pop("plain")
    return AdviceBook(
        _any_of(told.pop("legal")),
        told.pop("legal_advice"),
        _any_of(told.pop("beyond_wording")),
        _any_of(marks["trades"]),
        frozenset(told.pop("advised_only")),
        frozenset(told.pop("unsure")),
        Quoting.of(told.pop("quoting")),
        tuple(Form.of(form, marks, plain) for form in told.pop("forms")),
        told,
    )


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)
