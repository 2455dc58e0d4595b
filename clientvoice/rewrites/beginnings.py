"""Where a phrase of a sentence begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clientvoice.rewrites.joints import Joints
from clientvoice.rewrites.tokens import Word

WIDENED = 3
"""Words by which a quote is widened at most to where its phrase begins."""

FURTHER = 5
"""Words on which the beginning of a clause is looked for at most."""


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Which words a phrase begins with, and which not.

    Parameters
    ----------
    joins : frozenset of str
        Words in the middle of a phrase or a clause, with which no quote begins.
    sheds : frozenset of str
        Those of them that a quote does without: its words are a phrase when they are gone.
    opens : frozenset of str
        Words that open a phrase: a quote may be widened back to them.
    dangles : frozenset of str
        Words that need the next one.
    acts : frozenset of str
        Verbs before which no words belong to their phrase.
    denies : frozenset of str
        Words without which a quote would say the contrary.
    idle : frozenset of str
        Words behind or before which these deny nothing: “why not”, “not only”.
    modals : frozenset of str
        Verbs with which a quote may begin without its subject.
    joints : Joints
        Where a phrase ends, and which word is of which kind.
    """

    joins: frozenset[str]
    sheds: frozenset[str]
    opens: frozenset[str]
    dangles: frozenset[str]
    acts: frozenset[str]
    denies: frozenset[str]
    idle: frozenset[str]
    modals: frozenset[str]
    joints: Joints

    @classmethod
    def of(cls, told: Mapping[str, Sequence[str]]) -> Beginnings:
        """Return what a table of ``advice.toml`` says."""
        names = ("joins", "sheds", "opens", "dangles", "acts", "denies", "idle", "modals")
        return cls(**{name: frozenset(told[name]) for name in names}, joints=Joints.of(told))

    def begin(self, words: Sequence[Word], first: int, last: int, *, grow: bool) -> int | None:
        """Return where the quote of some words begins, or None where no phrase does.

        Parameters
        ----------
        words : sequence of Word
        first, last : int
            The first and the last that are to be quoted.
        grow : bool
            Whether to take in what of their phrase stands before them.
        """
        begins = self._begin(words, self._grown(words, first) if grow else first, last)
        if begins is None:  # “sent from you to us | will not be kept”
            modals = (row for row in range(first + 1, last) if words[row].key in self.modals)
            begins = next(modals, None)
        return None if begins is None else self._denied(words, self._front(words, begins))

    def _begin(self, words: Sequence[Word], first: int, last: int) -> int | None:
        """Return where the quote begins: where it does, a word later, or back where a phrase starts."""
        word = words[first]
        if word.comma and first < last and not word.opens:  # “in 2015, | offers you a home”
            return first + 1
        if last - first > 2 and self._halved(words, first):
            return self._back(words, first)
        listed = first and words[first - 1].comma and not self.joints.participle(word.key)
        if listed and self.joints.listed(words, first - 1):  # “tea, | bread and jam”
            back = self._back(words, first)
            return first if back is None else back
        if word.key in ("if", "when", "while", "because") and last - first > 1:
            return first
        if first and word.key in self.joints.persons and words[first - 1].key in self.joints.finite:
            return self._asked(words, first)
        plain = word.key not in self.joins or word.key in self.opens
        if first == 0 or plain or (word.opens and word.key not in self.sheds):
            return first
        toward = word.key == "to" and first < last and words[first + 1].key in self.joints.owners
        sheds = (word.key in self.sheds or toward) and self._stands(words, first + 1, last)
        if sheds and (word.key not in ("and", "or") or self.joints.begins(words, first + 1)):
            return first + (2 if words[first + 1].comma else 1)
        for row in range(first - 1, max(first - WIDENED, 0) - 1, -1):
            told = words[row]
            if told.breaks:
                break
            links = self.joints.links - {"of"}
            led = row > 0 and word.key in links and words[row - 1].key in links  # “in the loft | for rent”
            helped = word.key == "to" and row == first - 1  # “it helps you | to find”
            if told.key in self.opens and not led and not helped:
                return row
            if told.opens and told.key not in self.joins:
                return row
        return None

    def _halved(self, words: Sequence[Word], first: int) -> bool:
        """Whether words are the second half of what “or” joins: “barns or | sheds left open”."""
        if first == 0 or words[first].opens or words[first - 1].opens or words[first - 1].key != "or":
            return False
        return not self.joints.begins(words, first)

    def _back(self, words: Sequence[Word], first: int) -> int | None:
        """Return where the phrase begins in which a word comes after “or”, if not too far."""
        for row in range(first - 1, max(first - FURTHER, 0) - 1, -1):
            before = words[row - 1].key if row else ""
            if words[row].key in self.opens or (words[row].opens and words[row].key not in self.joins):
                return row
            if (
                words[row].key not in self.joins
                and row
                and (
                    before in self.joins - {"of", "or", "and"}
                    or self.joints.is_verb(words, row - 1)
                    or self.joints.doing(before)
                )
            ):
                return row
        return None

    def _asked(self, words: Sequence[Word], first: int) -> int | None:
        """Return where a question begins whose subject a word is: “what are | you waiting for”."""
        if words[first - 1].opens or first == 1:
            return first - 1
        return first - 2 if words[first - 2].key in self.joints.clauses else None

    def _stands(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether words are a phrase by themselves, unlike “in | full will” and “to | find”."""
        if last - first < 1 or words[first].key in self.joins:
            return False
        following = words[first + 1].key
        if words[first].key in self.joints.persons and following in self.joints.links | {"to"}:
            return False  # “from | you to us”
        return (
            words[first].key in self.opens | self.joints.persons
            or following in self.sheds
            or following not in self.dangles
        )

    def _front(self, words: Sequence[Word], first: int) -> int:
        """Return where the name of a thing begins that a word is of: at its article or its number."""
        while first and not words[first].opens and self._belongs(words, first):
            first -= 1
        return first

    def _belongs(self, words: Sequence[Word], first: int) -> bool:
        """Whether the word before is of the same name: “2 | months free”, “as | low as”."""
        before, key = words[first - 1].key, words[first].key
        if before == "as":
            return first + 1 < len(words) and words[first + 1].key == "as"
        if before in ("whatever", "what", "everything", "anything"):
            return key in self.joints.persons
        if key in self.joins | self.opens or self.joints.begins(words, first):
            return False
        if before[:1].isdigit():
            return self.joints.plural(key) and first > 1
        if self.joints.quality(before) and not self.joints.participle(before):
            return True
        owned = key.endswith("'s") and before == "the"
        return owned or before in ("a", "an", "your", "our", "no") or self.joints.owns(words, first - 1)

    def _denied(self, words: Sequence[Word], first: int) -> int:
        """Return where a quote begins that keeps its “no” or “not”, if one is close before it."""
        for row in range(first - 1, max(first - FURTHER, 0) - 1, -1):
            key, before = words[row].key, words[row - 1].key if row else ""
            if key in self.denies or key.endswith("n't"):
                if words[row].closes or {before, words[row + 1].key} & self.idle:
                    break
                return row - 1 if before in self.joints.finite and not words[row].opens else row
            if words[row].closes or key in self.joints.clauses | self.joints.links | {"and", "or", "but"}:
                break
            if self.joints.participle(key):  # “those not asked | pay it”
                break
        return first

    def _grown(self, words: Sequence[Word], first: int) -> int:
        """Return where the phrase of a word begins."""
        if words[first].key in (self.dangles | self.acts) - self.opens:  # “the hall | will be shut”
            return first
        told = first and words[first - 1].key in self.joints.persons  # “we | lend our boats”
        if first and not told and self.joints.is_command(words, first):  # “From your baker | Taste a bun”
            return first
        for row in range(first, max(first - WIDENED, 0) - 1, -1):
            if words[row].key in self.opens:
                return row
            if words[row].opens or words[row - 1].key in self.joins:
                break
        return first

    def whole(self, words: Sequence[Word], begins: int, ends: int) -> int | None:
        """Return where a clause begins with its whole subject: “the smell of | our bread drew” is none."""
        if begins == 0 or words[begins].opens or not self.joints.subject(words, begins, ends):
            return begins
        for row in range(begins, max(begins - FURTHER, 0) - 1, -1):
            before = words[row - 1].key if row else ""
            if row == 0 or words[row].opens or before in ("and", "or", "but"):
                return row
            if before in self.joints.clauses or self.joints.is_verb(words, row - 1):
                return row
            if words[row].key in self.joints.owners and before not in self.joints.links | {"of"}:
                return row
        return None
