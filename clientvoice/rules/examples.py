"""A rule's examples are its tests: what it must hit, and what it must let pass."""

from __future__ import annotations

from collections.abc import Iterator

from clientvoice.errors import RuleError
from clientvoice.rules.book import RuleBook
from clientvoice.rules.matching import match
from clientvoice.rules.rule import CueRule
from clientvoice.rules.source import RuleSource


def check_examples(book: RuleBook) -> None:
    """Raise a RuleError that names every example that its own rule gets wrong.

    Examples
    --------
    >>> check_examples(RuleBook.load())
    """
    wrong = [line for rule in book for line in _wrong_examples(book, rule)]
    if wrong:
        raise RuleError("\n".join(wrong))


def _wrong_examples(book: RuleBook, rule: CueRule) -> Iterator[str]:
    for text in rule.flag:
        if not any(hit.cue == rule.name for hit in match(book, text)):
            yield f"{_where(rule, text)}: examples.flag: nothing hits {text!r}. Add a phrase that does."
    for text in rule.clean:
        for hit in match(book, text):
            if hit.cue == rule.name:
                yield (
                    f"{_where(rule, text)}: examples.pass: {hit.rule!r} hits {text!r}. "
                    "Narrow the phrase, or list a longer one around it under exceptions."
                )


def _where(rule: CueRule, text: str) -> str:
    return f"{rule.path}:{RuleSource.read(rule.path).line_of_value(text)}" if rule.path else rule.name
