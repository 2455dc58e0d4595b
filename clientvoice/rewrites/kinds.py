"""What kind of word each word of a sentence is: told by short lists and endings, without a tagger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from clientvoice.rewrites.candidates.inflection import base_of
from clientvoice.rewrites.candidates.words import lists, verbs
from clientvoice.rewrites.tokens import Word


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which words are verbs, prepositions, articles and the like.

    Parameters
    ----------
    dangles : frozenset of str
        Words that need the next one.
    links : frozenset of str
        Prepositions: the phrase before one is whole, unless its last word leads to it (“looking | for”).
    clauses : frozenset of str
        Words that begin another clause.
    persons : frozenset of str
        Words that begin a clause as its subject.
    others : frozenset of str
        Persons to whom something is done.
    particles : frozenset of str
        Words that show that a verb stands before them: “carry out”.
    owners : frozenset of str
        Words that begin the name of a thing: articles and the like.
    finite : frozenset of str
        Verbs by which their subject ends: a phrase by itself, but not what a clause ends with.
    times : frozenset of str
        Words for spans of time, before which “every” begins a phrase.
    later : frozenset of str
        Adverbs that stand behind a whole clause.
    leads : frozenset of str
        Words that lead to a preposition or to “to”: “away from”, “able to”.
    purposes : frozenset of str
        Nouns that say little without their “to”: “the ability to”.
    tells : frozenset of str
        Verbs that only a subject stands before: “comes”, “began”.
    past : frozenset of str
        Participles that no ending shows.
    adjectives : frozenset of str
        Words that need their noun after an article.
    qualities : tuple of str
        Endings of such words.
    nouns : frozenset of str
        Words that have an ending of adjectives, participles or verbs, and are none.
    """

    dangles: frozenset[str]
    links: frozenset[str]
    clauses: frozenset[str]
    persons: frozenset[str]
    others: frozenset[str]
    particles: frozenset[str]
    owners: frozenset[str]
    finite: frozenset[str]
    times: frozenset[str]
    later: frozenset[str]
    leads: frozenset[str]
    purposes: frozenset[str]
    tells: frozenset[str]
    past: frozenset[str]
    adjectives: frozenset[str]
    qualities: tuple[str, ...]
    nouns: frozenset[str]

    @classmethod
    def of(cls, told: Mapping[str, Sequence[str]]) -> Self:
        """Return what a table of ``advice.toml`` says."""
        listed: dict[str, Any] = {name: frozenset(told[name]) for name in cls.__dataclass_fields__}
        return cls(**listed | {"qualities": tuple(told["qualities"])})

    def is_clause(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether words tell something of a subject, as a clause does."""
        for row in range(first, last + 1):
            if self.tells_of(words, row):
                return True
            if words[row].key in self.persons and row < last and self.acts(words, row + 1):
                return True
        return False

    def subject(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether words begin with the name of a thing and its verb, rather than with a person or an act."""
        if words[first].key in self.persons | self.finite | self.clauses | self.links or self.is_verb(
            words, first
        ):
            return False
        for row in range(first + 1, last + 1):
            if words[row - 1].closes or words[row].key in self.clauses | self.links | self.persons | {"to"}:
                return False
            if self.tells_of(words, row):
                return True
        return False

    def is_verb(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word is a verb in its base form, or a past one that no ending shows."""
        key, before = words[row].key, words[row - 1].key if row and not words[row].opens else ""
        if key not in verbs().all:
            return False
        helped = before in self.others or before.endswith("n't") or self.adverb(before)
        if helped or before in lists()["before_verb"] - {"is"} or before in self.persons:
            return key not in self.adjectives
        if key in self.nouns:
            return False
        if key in verbs().nouns or key in self.adjectives:
            return False
        before_verb = lists()["before_verb"] | self.persons | self.others | {"", "and", "or", "who", "that"}
        return before in before_verb or (before.endswith("s") and not self.quality(before))

    def begins(self, words: Sequence[Word], row: int) -> bool:
        """Whether a clause, a phrase of its own or a verb begins with a word."""
        if row >= len(words):
            return False
        key = words[row].key
        if key in self.persons or key in self.owners or key in self.finite or key in self.clauses:
            return True
        if key in self.links or key in ("to", "then", "also", "please", "not", "never", "always", "just"):
            return True
        if key in verbs().all - verbs().nouns - self.adjectives:
            return True
        if key in verbs().all and self.takes(words, row, self.owners | self.persons):
            return True
        if words[row].key in self.tells:
            return True
        if self.participle(key):
            return self.takes(words, row, self.links | self.owners | {"to"})
        shaped = key.endswith("ing") or bool(base_of(key))
        return shaped and self.takes(words, row, self.owners | self.persons)

    def takes(self, words: Sequence[Word], row: int, objects: frozenset[str]) -> bool:
        """Whether what follows a word shows that it is a verb: its object, or “up”."""
        if words[row].closes:
            return False
        after = words[row + 1].key
        return after in objects | self.others | self.particles or after == "yourself"

    def acts(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word may be a verb, if a subject stands before it."""
        key = words[row].key
        return key in verbs().all or words[row].key in self.tells or self.participle(key)

    def does(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word is a verb between its subject and its object: “the mill grinds our rye”."""
        return bool(base_of(words[row].key)) and self.takes(words, row, self.owners)

    def is_command(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word is a verb in its base form with its object or its “up” behind it."""
        return words[row].key in verbs().all and self.takes(words, row, self.owners)

    def doing(self, key: str) -> bool:
        """Whether a word is a verb in -ing."""
        return len(key) > 4 and key.endswith("ing") and key not in self.nouns

    def participle(self, key: str) -> bool:
        """Whether a word is a participle of the past."""
        return (len(key) > 3 and key.endswith("ed") and key not in self.nouns) or key in self.past

    def quality(self, key: str) -> bool:
        """Whether a word is an adjective or a participle."""
        if key in self.nouns or not key:
            return False
        return (
            key in self.adjectives or (len(key) > 4 and key.endswith(self.qualities)) or self.participle(key)
        )

    def adverb(self, key: str) -> bool:
        """Whether a word is an adverb in -ly."""
        return key.endswith("ly") and key not in self.nouns and key not in self.adjectives

    def tells_of(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word is a verb with a subject before it; “may” is one, but not in “3 May”."""
        return words[row].key in self.finite | self.tells and not self.dated(words, row)

    def dated(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word is the month of May, with its day before it."""
        return words[row].key == "may" and row > 0 and words[row - 1].key[:1].isdigit()

    def owns(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word says whose the next is: “the mill's”."""
        return (
            bool(row)
            and words[row].key.endswith("'s")
            and words[row].key not in self.persons
            and words[row].key not in ("here's", "what's", "who's", "he's", "she's", "where's", "how's")
        )

    def plural(self, key: str) -> bool:
        """Whether a word is a plural."""
        return key.endswith("s") and not key.endswith(("ss", "us", "is", "'s")) and key not in self.nouns
