"""Where a phrase of a sentence ends: told by short lists of words, without a tagger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clientvoice.rewrites.candidates.inflection import base_of
from clientvoice.rewrites.candidates.words import lists, verbs

GOOD, FAIR, BAD = 2, 1, 0
"""How well a phrase ends with a word: at its end; where it is whole, though more follows; in its middle."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, with the pauses at its sides."""

    start: int
    end: int
    key: str
    opens: bool  # a pause, or nothing, stands before it
    closes: bool  # a pause, or nothing, stands after it
    comma: bool = False  # this pause is a comma, and words follow


@dataclass(frozen=True, slots=True)
class Joints:
    """Which words a phrase ends with, and before which.

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
    def of(cls, told: Mapping[str, Sequence[str]]) -> Joints:
        """Return what a table of ``advice.toml`` says."""
        listed: dict[str, Any] = {name: frozenset(told[name]) for name in cls.__dataclass_fields__}
        return cls(**listed | {"qualities": tuple(told["qualities"])})

    def ends(self, words: Sequence[Word], row: int, first: int) -> int:
        """Return how well a phrase that begins with one word ends with another: GOOD, FAIR or BAD."""
        word = words[row]
        if word.closes:
            return BAD if word.comma and self._before_noun(words, row) else GOOD
        if word.key in ("more", "less") and row and words[row - 1].key == "or":
            return GOOD
        following = words[row + 1]
        if self._hangs(words, row):
            return BAD
        if following.opens:
            return BAD if self._quality(word.key) else FAIR if self.is_verb(words, row) else GOOD
        if following.key in ("and", "or", "but", "yet", "nor"):
            return self._joined(words, row, first)
        if following.key in self.finite:
            return self._before_verb(words, row, first)
        return self._opened(words, row, first)

    def _opened(self, words: Sequence[Word], row: int, first: int) -> int:
        """Return how well a phrase ends with a word by what the next one opens."""
        word, following = words[row], words[row + 1]
        if self._asks_more(words, row):
            return BAD
        if following.key == "to":
            return self._before_to(words, row)
        if following.key in self.links and self._participle(word.key):
            return FAIR  # “will be given | at the door”
        if following.key in self.clauses or following.key in self.links or following.key in self.later:
            return GOOD
        if row + 2 < len(words) and self._apart(following.key, words[row + 2].key):
            return GOOD
        if following.key in self.persons or following.key in self.owners:
            return GOOD if word.key in self.later else FAIR
        return FAIR if row > first + 1 and self._loose(words, row + 1) else BAD

    def is_clause(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether words tell something of a subject, as a clause does."""
        for row in range(first, last + 1):
            if self._finite(words, row):
                return True
            if words[row].key in self.persons and row < last and self._acts(words, row + 1):
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
            if self._finite(words, row):
                return True
        return False

    def is_verb(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word is a verb in its base form, or a past one that no ending shows."""
        key, before = words[row].key, words[row - 1].key if row and not words[row].opens else ""
        if key not in verbs().all:
            return False
        helped = before in ("us", "them", "me") or before.endswith("n't") or self._adverb(before)
        if helped or before in lists()["before_verb"] - {"is"} or before in self.persons:
            return key not in self.adjectives
        if key in self.nouns:
            return False
        if key in verbs().nouns or key in self.adjectives:
            return False
        before_verb = (
            lists()["before_verb"] | self.persons | {"", "and", "or", "us", "them", "me", "who", "that"}
        )
        return before in before_verb or (before.endswith("s") and not self._quality(before))

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
        if key in verbs().all and self._takes(words, row, self.owners | self.persons):
            return True
        if words[row].key in self.tells:
            return True
        if self._participle(key):
            return self._takes(words, row, self.links | self.owners | {"to"})
        shaped = key.endswith("ing") or bool(base_of(key))
        return shaped and self._takes(words, row, self.owners | self.persons)

    def _takes(self, words: Sequence[Word], row: int, objects: frozenset[str]) -> bool:
        """Whether what follows a word shows that it is a verb: its object, or “up”."""
        if words[row].closes:
            return False
        after = words[row + 1].key
        return after in objects or after in (
            "us",
            "me",
            "them",
            "yourself",
            "up",
            "out",
            "back",
            "off",
            "down",
            "away",
        )

    def _acts(self, words: Sequence[Word], row: int) -> bool:
        key = words[row].key
        return key in verbs().all or words[row].key in self.tells or self._participle(key)

    def _participle(self, key: str) -> bool:
        return (len(key) > 3 and key.endswith("ed") and key not in self.nouns) or key in self.past

    def _quality(self, key: str) -> bool:
        if key in self.nouns or not key:
            return False
        return (
            key in self.adjectives or (len(key) > 4 and key.endswith(self.qualities)) or self._participle(key)
        )

    def _adverb(self, key: str) -> bool:
        return key.endswith("ly") and key not in self.nouns and key not in self.adjectives

    def _before_noun(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word stands between an article and its noun: “an inclusive, | fun-loving school”."""
        key = words[row].key
        if key in self.nouns or not (self._quality(key) or key.endswith(("ing", "al"))):
            return False
        if (
            row + 1 < len(words)
            and words[row + 1].key in self.owners | self.persons | self.links | self.clauses | self.finite
        ):
            return False
        for before in range(row - 1, max(row - 4, -1), -1):
            key = words[before].key
            if key in self.owners or (
                key in self.links and row + 1 < len(words) and self._quality(words[row + 1].key)
            ):
                return True
            if words[before].closes and not words[before].comma:
                return False
            if not (self._quality(key) or key.endswith("ly") or key in ("very", "most", "more", "and")):
                return False
        return False

    def _hangs(self, words: Sequence[Word], row: int) -> bool:
        return words[row].key in self.dangles or self._owns(words, row)

    def _finite(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word is a verb with a subject before it; “may” is one, but not in “3 May”."""
        dated = words[row].key == "may" and row and words[row - 1].key[:1].isdigit()
        return not dated and words[row].key in self.finite | self.tells

    def _owns(self, words: Sequence[Word], row: int) -> bool:
        return (
            bool(row) and words[row].key.endswith("'s") and words[row].key not in ("it's", "that's", "let's")
        )

    def _joined(self, words: Sequence[Word], row: int, first: int) -> int:
        """Return how well a phrase ends before “and”: only a clause, a verb or a whole phrase may follow."""
        if self._before_noun(words, row):
            return BAD
        if not self.begins(words, row + 2) and not self._tells_next(words, row + 2, first):
            return FAIR if self._plural(words[row].key) else BAD
        if words[row].key[:1].isdigit() and words[row + 2].key[:1].isdigit():
            return BAD
        if words[row + 2].key in self.persons:
            return GOOD
        if row and words[row - 1].key == "to":  # “to find | and keep it”
            return BAD
        return FAIR if self.is_verb(words, row) else GOOD

    def _before_verb(self, words: Sequence[Word], row: int, first: int) -> int:
        """Return how well a phrase ends before a verb: it must be the name of a thing, and no clause."""
        key = words[row].key
        if key in self.leads or self._adverb(key) or self.is_verb(words, row):
            return BAD
        linked = any(word.key in self.clauses for word in words[first + 1 : row + 1])
        return BAD if linked or self.is_clause(words, first, row) else GOOD

    def _apart(self, key: str, after: str) -> bool:
        """Whether two words begin a phrase that others do without: “every day”, “other than”."""
        return (key in ("every", "each") and after in self.times) or (
            key in ("other", "rather") and after == "than"
        )

    def _tells_next(self, words: Sequence[Word], row: int, first: int) -> bool:
        """Whether another clause begins with a bare noun: “the hall is shut | and dogs are out”."""
        back = first
        while back > max(first - 3, 0) and not words[back].opens:
            back -= 1
        if not self.is_clause(words, back, row - 2):
            return False
        for following in words[row + 1 : row + 4]:
            if following.key in self.finite:
                return True
            if following.key in self.links or following.key in ("and", "or", "to"):
                return False
        return False

    def _plural(self, key: str) -> bool:
        return key.endswith("s") and not key.endswith(("ss", "us", "is", "'s")) and key not in self.nouns

    def _asks_more(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word leads to what follows: a verb, a participle, an adjective, “away”."""
        key, following = words[row].key, words[row + 1].key
        if key in self.leads or self.is_verb(words, row) or words[row].key in self.tells:
            return following not in self.clauses
        if self._participle(key) and row and words[row - 1].key in ("be", "been", "is", "are", "was", "were"):
            return following in self.owners or following in self.persons or following in ("to", "that", "as")
        if self._quality(key) or self._adverb(key) or (key.endswith("ing") and key not in self.nouns):
            if (
                key.endswith("ly")
                and following == "to"
                and row + 2 < len(words)
                and words[row + 2].key in verbs().all
            ):
                return False
            return following not in self.clauses or following == "that"
        return following in self.owners and key in ("us", "me", "him", "them", "yourself")

    def _before_to(self, words: Sequence[Word], row: int) -> int:
        key, after = words[row].key, words[row + 2].key if row + 2 < len(words) else ""
        if key in self.purposes or key[:1].isdigit() or key.lstrip("$£€")[:1].isdigit():
            return BAD
        return GOOD if after in verbs().all or after in self.owners else FAIR

    def _loose(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word begins what is only added to a noun: “the skills | needed for it”."""
        key = words[row].key
        shaped = self._participle(key) or (key.endswith("ing") and key not in self.nouns)
        return (
            shaped
            and (
                words[row].closes or self._takes(words, row, self.links | self.owners | self.persons | {"to"})
            )
            and words[row - 1].key not in self.persons
        )
