"""Which pairs would mislead as an example: another command, a button, a deal beside a gift or a duty."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from clientvoice.rewrites.candidates.grammar import opens_with_verb
from clientvoice.rewrites.candidates.patterns import SentencePattern, compile_pattern
from clientvoice.rewrites.candidates.sentence import calm_tokens
from clientvoice.rewrites.candidates.words import lists
from clientvoice.rewrites.facts.lexicon import word_lists
from clientvoice.rewrites.guards.duties import is_duty

SHORT = 6
"""Words of a command up to which its verb is most of what it says: “Pay now.”"""

_CLOSING = " \t\"'”’)]*_"


def is_gift(sentence: str) -> bool:
    """Whether a sentence tells what good a sum of money does, which is no price.

    Examples
    --------
    >>> is_gift("£25 pays for a bed for one night"), is_gift("£25 pays for your bed")
    (True, False)
    """
    _, tokens = calm_tokens(sentence)
    opens, unless = _gifts()
    told = any(pattern.starts_at(tokens, 0) for pattern in opens)
    return told and not any(next(pattern.search(tokens), None) for pattern in unless)


@lru_cache(maxsize=8_192)
def command(sentence: str) -> str:
    """Return the verb with which a sentence commands, or nothing; a question commands nobody.

    Examples
    --------
    >>> [command(text) for text in ("Please pay now.", "Don't miss it!", "The room is free.")]
    ['pay', 'miss', '']
    """
    _, tokens = calm_tokens(sentence)
    openers = word_lists("examples")["commands"]["openers"]
    at = next(
        (at for at, token in enumerate(tokens) if token.key not in openers and token.text != ","), len(tokens)
    )
    if [token.key for token in tokens[at : at + 2]] == ["do", "not"]:
        at += 2
    asks = bool(tokens) and tokens[-1].key == "?"
    return tokens[at].key if not asks and opens_with_verb(tokens[at:], 0) else ""


def shown_for(sentence: str, cues: Collection[str]) -> frozenset[str]:
    """Return the cues of which an example for a sentence does one: its own, or those of a gift.

    Examples
    --------
    >>> sorted(shown_for("£100 keeps the lights on", ["price"]))
    ['solicitation']
    """
    return frozenset((word_lists("examples")["gifts"]["cue"],) if is_gift(sentence) else cues)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a sentence decides which examples would mislead beside it.

    Parameters
    ----------
    duty : bool
        Whether it speaks of a duty.
    verb : str
        With which it commands where it is short, else nothing.
    ended : bool
        Whether a mark ends it, unlike a button or a heading.
    leads : bool
        Whether it leads in a list.
    """

    duty: bool
    verb: str
    ended: bool = False
    leads: bool = False

    @classmethod
    def of(cls, sentence: str) -> Likeness:
        """Look at a sentence once, for all examples."""
        verb = command(sentence) if len(sentence.split()) <= SHORT else ""
        return cls(is_duty(sentence), verb, _ended(sentence), _leads(sentence))

    def misleads(self, other: str, cues: Collection[str]) -> bool:
        """Whether a pair's sentence, which does what ``cues`` say, is no example beside it.

        Examples
        --------
        >>> Likeness.of("Pay now.").misleads("Buy now, pay 2006", ["pressure"])
        True
        >>> Likeness.of("Order now.").misleads("Buy now!", ["sales_push"])
        False
        """
        if self.duty and not _deals().isdisjoint(cues):
            return True
        button = len(other.split()) < SHORT and not _ended(other)
        if (self.ended and button) or self.leads != _leads(other):
            return True
        verbs = {self.verb, command(other)} if self.verb else {""}
        return "" not in verbs and len(verbs) > 1 and not verbs <= _buying()


def _ended(sentence: str) -> bool:
    return sentence.rstrip(_CLOSING).endswith((".", "!", "?", ":", ";", ",", "…"))


def _leads(sentence: str) -> bool:
    return sentence.rstrip(_CLOSING).endswith(":")


@cache
def _deals() -> frozenset[str]:
    """Return the cues that are no example beside a duty."""
    return frozenset(word_lists("examples")["duties"]["deals"])


@cache
def _buying() -> frozenset[str]:
    """Return the verbs that all bid to buy."""
    return frozenset(verb for verb in lists().choices["buyverb"] if " " not in verb)


@cache
def _gifts() -> tuple[tuple[SentencePattern, ...], tuple[SentencePattern, ...]]:
    told = word_lists("examples")["gifts"]
    return tuple(map(compile_pattern, told["patterns"])), tuple(map(compile_pattern, told["unless"]))
