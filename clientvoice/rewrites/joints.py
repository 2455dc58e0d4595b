"""Where a phrase of a sentence ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clientvoice.rewrites.candidates.inflection import base_of
from clientvoice.rewrites.candidates.words import verbs
from clientvoice.rewrites.kinds import Kinds
from clientvoice.rewrites.tokens import Word

GOOD, FAIR, BAD = 2, 1, 0
"""How well a phrase ends with a word: at its end; where it is whole, though more follows; in its middle."""

MERELY = frozenset({"only", "just", "merely", "simply"})
"""Words behind “not” that lead to a “but”."""

LISTED = 10
"""Words on which the last of a list is looked for at most."""


@dataclass(frozen=True, slots=True)
class Joints(Kinds):
    """Which words a phrase ends with, and before which; the parameters are those of ``Kinds``."""

    def ends(self, words: Sequence[Word], row: int, first: int) -> int:
        """Return how well a phrase that begins with one word ends with another: GOOD, FAIR or BAD."""
        word = words[row]
        if self._half_said(words, row, first):
            return BAD
        if word.closes:
            if word.comma and self._before_noun(words, row):
                return BAD
            return FAIR if word.comma and self.listed(words, row) else GOOD
        if word.key in ("more", "less") and row and words[row - 1].key == "or":
            return GOOD
        following = words[row + 1]
        if self._hangs(words, row) or self.does(words, row):
            return BAD
        if following.opens:
            return BAD if self.quality(word.key) else FAIR if self.is_verb(words, row) else GOOD
        if following.key in ("and", "or", "but", "yet", "nor"):
            return self._joined(words, row, first)
        if following.key in self.finite or self.does(words, row + 1):
            return self._before_verb(words, row, first)
        return self._opened(words, row, first)

    def _opened(self, words: Sequence[Word], row: int, first: int) -> int:
        """Return how well a phrase ends with a word by what the next one opens."""
        word, following = words[row], words[row + 1]
        if self._asks_more(words, row):
            return BAD
        if following.key == "to":
            return self._before_to(words, row)
        if following.key == "off" and word.key[-1:].isdigit():  # “50% | off”
            return BAD
        if following.key == "not" and row + 2 < len(words) and words[row + 2].key in MERELY:
            return GOOD
        if following.key in self.links and self.participle(word.key):
            return FAIR  # “will be given | at the door”
        if following.key in self.clauses or following.key in self.links or following.key in self.later:
            return GOOD
        if row + 2 < len(words) and self._apart(following.key, words[row + 2].key):
            return GOOD
        if following.key in self.persons or following.key in self.owners:
            return GOOD if word.key in self.later else FAIR
        return FAIR if row > first + 1 and self._loose(words, row + 1) else BAD

    def _before_noun(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word stands between an article and its noun: “an inclusive, | fun-loving school”."""
        key = words[row].key
        if key in self.nouns or not (self.quality(key) or key.endswith(("ing", "al"))):
            return False
        if (
            row + 1 < len(words)
            and words[row + 1].key in self.owners | self.persons | self.links | self.clauses | self.finite
        ):
            return False
        for before in range(row - 1, max(row - 4, -1), -1):
            key = words[before].key
            if key in self.owners or (
                key in self.links and row + 1 < len(words) and self.quality(words[row + 1].key)
            ):
                return True
            if words[before].closes and not words[before].comma:
                return False
            # “Taste seasonal, | local pears”
            if words[before].opens and key in verbs().all and before == row - 1:
                after = words[row + 1].key if row + 1 < len(words) else ""
                return self.quality(after) or self.adverb(after)
            if not (self.quality(key) or key.endswith("ly") or key in ("very", "most", "more", "and")):
                return False
        return False

    def _hangs(self, words: Sequence[Word], row: int) -> bool:
        key, following = words[row].key, words[row + 1].key
        leads = key in self.links | self.clauses and following in self.owners | self.persons
        asked = row > 0 and words[row - 1].key == "how"  # “how much | you pay”
        return leads or asked or key in self.dangles or self.owns(words, row)

    def _joined(self, words: Sequence[Word], row: int, first: int) -> int:
        """Return how well a phrase ends before “and”: only a clause, a verb or a whole phrase may follow."""
        if self._before_noun(words, row):
            return BAD
        if not self.begins(words, row + 2) and not self._tells_next(words, row + 2, first):
            return FAIR if self.plural(words[row].key) or words[row].key in self.particles else BAD
        if words[row].key[:1].isdigit() and words[row + 2].key[:1].isdigit():
            return BAD
        if words[row + 2].key in self.persons:
            return GOOD
        after_to = row and words[row - 1].key == "to"
        if after_to and not self.adverb(words[row + 2].key):  # “to find | and keep it”
            return BAD
        if self.doing(words[row].key) and self.doing(words[row + 2].key):  # “for mending | and selling boats”
            return BAD
        return FAIR if self.is_verb(words, row) else GOOD

    def _before_verb(self, words: Sequence[Word], row: int, first: int) -> int:
        """Return how well a phrase ends before a verb: it must be the name of a thing, and no clause."""
        key = words[row].key
        if key in self.leads or self.adverb(key) or self.is_verb(words, row):
            return BAD
        # “open at dawn and mills | are”
        if self.is_verb(words, first) and words[row + 1].key not in self.persons:
            return BAD
        linked = any(word.key in self.clauses for word in words[first + 1 : row + 1])
        if first and words[first - 1].key in ("what", "who", "which", "that") and self.acts(words, first):
            return BAD if linked else FAIR  # “what keeps the rye dry | is the loft”
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

    def _asks_more(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word leads to what follows: a verb, a participle, an adjective, “away”."""
        key, following = words[row].key, words[row + 1].key
        if key in self.leads or self.is_verb(words, row) or words[row].key in self.tells:
            return following not in self.clauses
        if self.participle(key) and row and words[row - 1].key in ("be", "been", "is", "are", "was", "were"):
            return following in self.owners or following in self.persons or following in ("to", "that", "as")
        if self.quality(key) or self.adverb(key) or (key.endswith("ing") and key not in self.nouns):
            if (
                key.endswith("ly")
                and following == "to"
                and row + 2 < len(words)
                and words[row + 2].key in verbs().all
            ):
                return False
            return following not in self.clauses or following in ("that", "how", "what", "why", "whether")
        return following in self.owners and (key in self.others or key in ("him", "yourself"))

    def _before_to(self, words: Sequence[Word], row: int) -> int:
        key, after = words[row].key, words[row + 2].key if row + 2 < len(words) else ""
        if key in self.purposes | self.others | {"you", "him"} or key.lstrip("$£€")[:1].isdigit():
            return BAD
        return GOOD if after in verbs().all or after in self.owners else FAIR

    def _loose(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word begins what is only added to a noun: “the skills | needed for it”."""
        key = words[row].key
        shaped = self.participle(key) or (key.endswith("ing") and key not in self.nouns)
        return (
            shaped
            and (
                words[row].closes or self.takes(words, row, self.links | self.owners | self.persons | {"to"})
            )
            and words[row - 1].key not in self.persons
        )

    def _half_said(self, words: Sequence[Word], row: int, first: int) -> bool:
        """Whether a clause has no verb yet, or “not just” no “but”: “so that the old mill | may turn”."""
        told = words[first : row + 1]
        keys = [word.key for word in told]
        if "that" in keys[1:-1] and not words[row].closes:
            clause = range(first + keys.index("that", 1) + 1, row + 1)
            verb = any(
                self.acts(words, at) or self.tells_of(words, at) or base_of(words[at].key) for at in clause
            )
            if not verb and not self.plural(words[clause[0]].key):  # “a mill that | shines”
                return True
        for at in range(first, row):
            if words[at].key == "not" and words[at + 1].key in MERELY:
                later = [word.key for word in words[at:]]
                return "but" in later and "but" not in keys
        return False

    def listed(self, words: Sequence[Word], row: int) -> bool:
        """Whether a word is followed by more of its kind, up to “and”: “for tea, | bread and cakes”."""
        if self.begins(words, row + 1):
            return False
        for at in range(row + 1, min(row + LISTED, len(words))):
            key = words[at].key
            if key in ("and", "or"):
                more = at > row + 1 or any(word.comma for word in words[max(row - 4, 0) : row])
                return more and not self.begins(words, at + 1)
            if key == "to" or key in self.finite | self.persons | self.clauses or self.does(words, at):
                return False
            if words[at].closes and not words[at].comma:
                return False
        return False
