"""The forms of customer sentences with advice of their own: a request, a guarantee, a superlative."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clientvoice.rewrites.facts.lexicon import folded, words_pattern
from clientvoice.rewrites.likeness import command


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
    unless : pattern or None
        What speaks against it.
    commands : bool
        Whether a command that opens the sentence shows it as well.
    examples : tuple of str
        Sentences of this form.
    """

    line: str
    instead_of: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    commands: bool
    examples: tuple[str, ...]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Form:
        """Return the form that a table tells."""
        patterns = [re.compile(pattern) for pattern in told.get("patterns", ())]
        if words := told.get("words"):
            patterns.append(words_pattern(words))
        unless = told.get("unless")
        return cls(
            told["line"],
            frozenset(told["instead_of"]),
            tuple(patterns),
            words_pattern(unless) if unless else None,
            told.get("commands", False),
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
        small = folded(sentence)
        if self.unless is not None and self.unless.search(small):
            return None
        for pattern in self.patterns:
            if found := pattern.search(small):
                return found.span("spot" if "spot" in pattern.groupindex else 0)
        if self.commands and (verb := command(sentence)):
            at = max(small.find(verb), 0)
            return at, at + len(verb)
        return None
