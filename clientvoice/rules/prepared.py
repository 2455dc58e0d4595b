"""A rule book made ready to match: phrases in one trie, patterns waiting for their word.

Each pattern waits until one of its fixed words is in the text, so most sentences
never meet a pattern.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from clientvoice.errors import RuleError
from clientvoice.rules.book import RuleBook
from clientvoice.rules.folding import plain
from clientvoice.rules.patterns import anchor
from clientvoice.rules.rule import CueRule, Pattern

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher, PhraseMatcher
    from spacy.tokens import Doc

Spans = dict[str, list[tuple[int, int]]]
SHORT = 5
"""Words with fewer letters than this are taken for frequent ones."""


class Found(NamedTuple):
    """Tokens ``[first, last)`` that a phrase or pattern of ``rule`` matches."""

    rule: CueRule
    name: str
    kind: str
    first: int
    last: int


@dataclass(frozen=True, eq=False, slots=True)
class Prepared:
    """The matchers of one book."""

    pipeline: Language
    phrases: PhraseMatcher
    phrase_rules: dict[int, tuple[CueRule, str, str]]
    vetoes: PhraseMatcher
    veto_cues: dict[int, tuple[tuple[str, bool], ...]]
    patterns: dict[int, tuple[tuple[CueRule, str, Matcher], ...]]

    def found(self, doc: Doc) -> list[Found]:
        """Return every match of every rule."""
        matches = [Found(*self.phrase_rules[key], first, last) for key, first, last in self.phrases(doc)]
        matches.extend(self._by_pattern(doc))
        return matches

    def vetoed(self, doc: Doc) -> Spans:
        """Return for each cue the tokens where nothing of it may match."""
        spans: Spans = {}
        for key, first, last in self.vetoes(doc):
            for cue, everywhere in self.veto_cues[key]:
                spans.setdefault(cue, []).append((0, len(doc)) if everywhere else (first, last))
        return spans

    def _by_pattern(self, doc: Doc) -> Iterator[Found]:
        from spacy.attrs import LOWER

        tried: set[int] = set()
        for word in self.patterns.keys() & set(doc.to_array(LOWER).tolist()):
            for rule, name, matcher in self.patterns[word]:
                if id(matcher) not in tried:
                    tried.add(id(matcher))
                    for _, first, last in matcher(doc):
                        yield Found(rule, name, name, first, last)


@lru_cache(maxsize=4)
def prepare(book: RuleBook) -> Prepared:
    """Return the matchers of a book; the same book is prepared once."""
    import spacy
    from spacy.matcher import Matcher, PhraseMatcher

    pipeline = spacy.blank("en")
    strings = pipeline.vocab.strings
    phrases = PhraseMatcher(pipeline.vocab, attr="LOWER")
    phrase_rules: dict[int, tuple[CueRule, str, str]] = {}
    patterns: dict[int, list[tuple[CueRule, str, Matcher]]] = {}
    for rule in book:
        for phrase in rule.phrases:
            key = f"{rule.name}: {phrase.text}"
            phrases.add(key, [pipeline.make_doc(plain(phrase.text))])
            phrase_rules[strings[key]] = (rule, phrase.text, phrase.kind)
        for pattern in rule.patterns:
            _check_words(pipeline, rule, pattern)
            matcher = Matcher(pipeline.vocab)
            matcher.add(pattern.name, [[dict(token) for token in pattern.tokens]])
            for word in _rarest(pattern):
                patterns.setdefault(strings.add(word), []).append((rule, pattern.name, matcher))
    vetoes = PhraseMatcher(pipeline.vocab, attr="LOWER")
    vetoing = _vetoing(book)
    for text in vetoing:
        vetoes.add(text, [pipeline.make_doc(text)])
    return Prepared(
        pipeline=pipeline,
        phrases=phrases,
        phrase_rules=phrase_rules,
        vetoes=vetoes,
        veto_cues={strings[text]: tuple(cues) for text, cues in vetoing.items()},
        patterns={word: tuple(waiting) for word, waiting in patterns.items()},
    )


def _vetoing(book: RuleBook) -> dict[str, list[tuple[str, bool]]]:
    """Return for each vetoing phrase its cues, and whether it vetoes the whole text."""
    vetoing: dict[str, list[tuple[str, bool]]] = {}
    for rule in book:
        for everywhere, texts in ((False, rule.exceptions), (True, rule.unless)):
            for text in texts:
                vetoing.setdefault(plain(text), []).append((rule.name, everywhere))
    return vetoing


def _rarest(pattern: Pattern) -> tuple[str, ...]:
    """Return the fixed words of one token, of the token whose words are least often met.

    Short words are the frequent ones, and the shorter the more frequent: the token with the
    fewest letters missing is a good guess.
    """
    choices = [words for token in pattern.tokens if (words := anchor(token))]
    return min(choices, key=lambda words: (sum(max(0, SHORT - len(word)) for word in words), len(words)))


def _check_words(pipeline: Language, rule: CueRule, pattern: Pattern) -> None:
    """Complain about a word that the tokenizer would split: it could never match."""
    for token in pattern.tokens:
        for word in anchor(token):
            if "'" in word:  # the second half of a contraction, such as 'll or n't
                continue
            pieces = [piece.text for piece in pipeline.make_doc(word)]
            if len(pieces) != 1:
                raise RuleError(
                    f"{rule.path}: the pattern {pattern.name!r} holds {word!r}, which is read as "
                    f"{len(pieces)} words and would never match.\n"
                    f"Write {', '.join(repr(piece) for piece in pieces)} as tokens of their own."
                )
