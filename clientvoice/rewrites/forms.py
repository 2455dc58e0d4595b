"""The forms of customer sentences with advice of their own: a request, a guarantee, a superlative."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from clientvoice.rewrites.facts.lexicon import folded, words_pattern
from clientvoice.rewrites.likeness import command

SHOWN = 3
"""Marks of a sentence that are shown at most."""

READ = 600
"""Characters of a sentence in which a form is looked for: more is a paragraph, and patterns may be slow."""

_small = lru_cache(maxsize=64)(folded)  # every form looks at the same sentence


@dataclass(frozen=True, slots=True)
class Form:
    """One form of sentences, as ``[[forms]]`` of ``advice.toml`` tells it.

    Parameters
    ----------
    line : str
        Which advice it calls for, as “cue.kind”.
    instead_of : frozenset of str
        Which advice gives way to it.
    patterns : tuple of pattern
        How it shows in folded text, what is to be quoted first; a group “spot” is what of it to quote.
    unless : tuple of pattern
        What speaks against it.
    commands : bool
        Whether a command that opens the sentence shows it as well.
    marks : pattern or None
        Words that are the trouble by themselves, to be quoted one by one: a sentence of the form holds one.
        The table may name several lists of them.
    plain : pattern or None
        Where such words tell a plain fact: “outstanding debts”.
    examples : tuple of str
        Sentences of this form.
    """

    line: str
    instead_of: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    commands: bool
    marks: re.Pattern[str] | None
    plain: re.Pattern[str] | None
    examples: tuple[str, ...]

    @classmethod
    def of(
        cls, told: Mapping[str, Any], marks: Mapping[str, Sequence[str]], plain: Sequence[str] = ()
    ) -> Form:
        """Return the form that a table tells.

        Parameters
        ----------
        told : mapping
        marks : mapping
            The lists of words that it may name.
        plain : sequence of str
            Expressions in which such words are no trouble.
        """
        patterns = [re.compile(pattern) for pattern in told.get("patterns", ())]
        if words := told.get("words"):
            patterns.append(words_pattern(marks[words] if isinstance(words, str) else words))
        unless = [re.compile(pattern) for pattern in told.get("unless_patterns", ())]
        if against := told.get("unless"):
            unless.append(words_pattern(against))
        named = told.get("marks", ())
        named = (named,) if isinstance(named, str) else named
        return cls(
            told["line"],
            frozenset(told["instead_of"]),
            tuple(patterns),
            tuple(unless),
            told.get("commands", False),
            words_pattern([word for name in named for word in marks[name]]) if named else None,
            re.compile("|".join(plain)) if named and plain else None,
            tuple(told["examples"]),
        )

    def spot(self, sentence: str) -> tuple[int, int] | None:
        """Return where a sentence shows the form, or None where it does not.

        Examples
        --------
        >>> from clientvoice.rewrites.advice import AdviceBook
        >>> form = next(one for one in AdviceBook.load().forms if one.line == "sales_push.guarantee")
        >>> form.spot("It comes with our guarantee."), form.spot("It comes in green.")
        ((18, 27), None)
        """
        sentence = sentence[:READ]
        small = _small(sentence)
        found = self._shown(sentence, small)
        if found is None or any(pattern.search(small) for pattern in self.unless):
            return None
        return found

    def _shown(self, sentence: str, small: str) -> tuple[int, int] | None:
        if self.marks is not None:
            mark = next(self._marks(small), None)
            if mark is None or not (self.patterns or self.commands):
                return mark.span() if mark else None
        for pattern in self.patterns:
            if found := pattern.search(small):
                return found.span("spot" if "spot" in pattern.groupindex else 0)
        if self.commands and (verb := command(sentence)):
            at = max(small.find(verb), 0)
            return at, at + len(verb)
        return None

    def _marks(self, small: str) -> Iterator[re.Match[str]]:
        """Yield the marks of a folded sentence that tell no plain fact."""
        plain = [found.span() for found in self.plain.finditer(small)] if self.plain else []
        for mark in self.marks.finditer(small) if self.marks else ():
            if not any(start < mark.end() and mark.start() < end for start, end in plain):
                yield mark

    def marked(self, sentence: str) -> list[str]:
        """Return the words of a sentence that are the trouble by themselves, the first few, each once.

        Examples
        --------
        >>> from clientvoice.rewrites.advice import AdviceBook
        >>> forms = AdviceBook.load().forms
        >>> form = next(one for one in forms if one.marks and one.line == "sales_push.ease")
        >>> form.marked("EASY to learn, and easily kept.")
        ['EASY', 'easily']
        """
        shown: dict[str, str] = {}
        for found in self._marks(_small(sentence[:READ])):
            shown.setdefault(found.group(), " ".join(sentence[slice(*found.span())].split()))
        return [*shown.values()][:SHOWN]
