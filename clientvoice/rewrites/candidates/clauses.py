"""What goes: clauses that only press, and puffed words that say nothing a reader can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clientvoice.rewrites.candidates.grammar import mend_like
from clientvoice.rewrites.candidates.phrases import PhraseRule, compile_bounded
from clientvoice.rewrites.candidates.reading import Token, read
from clientvoice.rewrites.candidates.sentence import trim
from clientvoice.rewrites.candidates.tables import Table, read_tables
from clientvoice.rewrites.candidates.templates import Template
from clientvoice.rewrites.candidates.words import lists
from clientvoice.rules.source import RuleSource

KEYS = ("find", "say", "at", "kinds", "unless", "before", "after", "cue", "note", "examples")
PUFF_KEYS = ("adjectives", "adverbs", "keep", "after_the", "hollow", "told_by_readers")
LEAST_LEFT = 4
"""Words that a sentence must keep: less is a scrap."""

SHORT = 7
"""Words under which a line without an end is taken for a heading."""

MOST_WORDS = 11
"""Words of a sentence for each that goes: one of thirty changes nothing that a reader would notice."""

NOUNS = 4
"""Words after a puffed one that are looked at for the noun."""


_PLACES = frozenset(("by", "near", "beside", "in", "on"))


@dataclass(frozen=True, slots=True)
class Puff:
    """Words that praise: adjectives go where a noun is left, adverbs wherever a word follows.

    ``keep`` holds pairs of words that are a name for a thing, such as "hot water";
    ``after_the`` adjectives that stay after "the", where they single out: "the ideal place";
    ``hollow`` nouns that say nothing without an adjective: "a great time";
    ``told_by_readers`` words that with "I" or "me" show that a reader speaks: theirs to praise.
    """

    adjectives: frozenset[str]
    adverbs: frozenset[str]
    keep: frozenset[str]
    after_the: frozenset[str] = frozenset()
    hollow: frozenset[str] = frozenset()
    told_by_readers: frozenset[str] = frozenset()

    def drop(self, text: str, kind: str) -> str:
        """Return the sentence without its puffed words, all of them, or as it was.

        Examples
        --------
        >>> puff = Puff(frozenset({"amazing", "unique"}), frozenset({"truly"}), frozenset())
        >>> puff.drop("A truly amazing and unique hotel by the sea.", "sentence")
        'A hotel by the sea.'
        >>> puff.drop("The hotel is amazing.", "sentence")
        'The hotel is amazing.'
        """
        tokens = trim(read(text))
        gone = self._gone(tokens)
        words = [token for token in tokens if token.kind != "mark"]
        if not gone or len(words) - len(gone) < LEAST_LEFT or len(words) > MOST_WORDS * len(gone):
            return text
        if any(_is_in_quotes(text, tokens[place].start) for place in gone):
            return text
        if len(words) < SHORT and text.rstrip()[-1:].isalnum():  # a heading stands by its own words
            return text
        left = {token.key for place, token in enumerate(tokens) if place not in gone}
        if left & (self.adjectives | lists()["superlatives"]) or self._is_testimonial(words):
            return text
        kept, last = [], 0
        for place in sorted(gone):
            kept.append(text[last : tokens[place].start])
            last = tokens[place].end
        kept.append(text[last:])
        return mend_like("".join(kept), kind, text)

    def _is_testimonial(self, words: Sequence[Token]) -> bool:
        keys = {word.key for word in words}
        return bool(keys & self.told_by_readers) and bool(keys & {"i", "me", "my", "thanks", "thank"})

    def _gone(self, tokens: Sequence[Token]) -> set[int]:
        """Return the places of what goes; an adverb goes only with an adjective, alone it mends nothing."""
        gone: set[int] = set()
        praised = False
        place = 0
        while place < len(tokens):
            end = self._chain(tokens, place)
            if end > place and self._leaves_noun(tokens, place, end):
                stressed = place > 0 and tokens[place - 1].key in lists()["stress"]
                gone.update(range(place - stressed, end))
                praised = True
                place = end
            elif tokens[place].key in self.adverbs and self._leaves_word(tokens, place):
                gone.add(place)
            place += 1
        return gone if praised else set()

    def _chain(self, tokens: Sequence[Token], place: int) -> int:
        """Return where a run of puffed adjectives and what joins them ends."""
        end = place
        while end < len(tokens):
            step = end
            while step < len(tokens) and step > place and tokens[step].key in ("and", ",", "&"):
                step += 1
            while step < len(tokens) and tokens[step].key in self.adverbs:
                step += 1
            if step >= len(tokens) or tokens[step].key not in self.adjectives:
                break
            end = step + 1
        if (
            end > place
            and end + 1 < len(tokens)
            and tokens[end].key in (",", "and")
            and _is_plain(tokens[end + 1])
        ):
            return end + 1 if _adjective_like(tokens, end + 1) else end
        return end

    def _leaves_noun(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        if last >= len(tokens) or not _is_plain(tokens[last]):
            return False
        pair = f"{tokens[last - 1].key} {tokens[last].key}"
        before = first - 1
        while before >= 0 and tokens[before].key in lists()["stress"] | self.adverbs:
            before -= 1
        earlier = tokens[before].key if before >= 0 else ""
        if first and tokens[first].text[0].isupper():  # part of a name
            return False
        if first > 1 and earlier in ("a", "an") and tokens[first - 2].key in ("such", "what", "quite"):
            return False
        if not first and last + 1 < len(tokens) and tokens[last + 1].kind == "mark":  # "Great service, …"
            return False
        if earlier in ("the", "your") and tokens[first].key in self.after_the:
            return False
        return (
            pair not in self.keep
            and tokens[last].key not in lists()["not_a_noun"]
            and earlier not in lists()["predicates"]
            and self._says_enough(tokens, before, last)
        )

    def _says_enough(self, tokens: Sequence[Token], before: int, at: int) -> bool:
        """Tell whether the noun at ``at`` is told apart by something else than the praise.

        "Our great tours" and "great tours of the mill" do without it; of "it gives you a great
        workout" nothing would be left to say.
        """
        earlier = tokens[before].key if before >= 0 else ""
        end = at
        while end < len(tokens) and end < at + NOUNS and _is_plain(tokens[end]):
            if end > at and tokens[end].key in lists()["not_a_noun"] | lists()["heads_stop"]:
                break
            end += 1
        following = tokens[end].key if end < len(tokens) else ""
        told = earlier in lists()["telling"] or earlier.endswith(("'s", "s'")) or earlier[:1].isdigit()
        if told and earlier != "the":
            return True
        if tokens[end - 1].key in self.hollow or tokens[at].key in self.hollow:
            return False
        if told:
            return True
        if end - at > 1:
            return tokens[at + 1].key not in lists()["after_verb"] and not tokens[at + 1].key.endswith("ly")
        if earlier in ("a", "an") and (following == "to" or (not before and following in _PLACES)):
            return True
        return following in lists()["told_apart"]

    def _leaves_word(self, tokens: Sequence[Token], place: int) -> bool:
        if place + 1 >= len(tokens) or not _is_plain(tokens[place + 1]):
            return False
        return f"{tokens[place].key} {tokens[place + 1].key}" not in self.keep


def _is_in_quotes(text: str, at: int) -> bool:
    """Tell whether the words at ``at`` are quoted: they are another's."""
    before = text[:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _is_plain(token: Token) -> bool:
    return token.kind == "word" and token.text[:1] not in "'’"


def _adjective_like(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word after a joining "and" or comma is followed by a noun of its own."""
    return (
        place + 1 < len(tokens)
        and _is_plain(tokens[place + 1])
        and tokens[place].key not in lists()["not_a_noun"]
        and tokens[place + 1].key not in lists()["not_a_noun"]
    )


def read_clauses(path: Path, cues: Sequence[str]) -> tuple[tuple[PhraseRule, ...], Puff]:
    """Read ``clauses.toml``: its ``[[clauses]]`` and its ``[puff]``.

    Raises
    ------
    RuleError
        With file, line, what was found, what is allowed and the remedy.
    """
    source = RuleSource.read(path)
    rules = tuple(_read_clause(table, cues) for table in read_tables(source, "clauses", others=("puff",)))
    return rules, _read_puff(source, source.parse().get("puff", {}))


def _read_clause(table: Table, cues: Sequence[str]) -> PhraseRule:
    table.check(KEYS)
    try:
        find = tuple(map(compile_bounded, table.texts("find", needed=True)))
    except ValueError as error:
        raise table.error(f"find: {error}", "Mend the pattern.") from None
    say = table.templates("say", find, empty=True) if "say" in table.values else (_NOTHING,)
    cue = table.chosen("cue", cues)
    rule = PhraseRule(
        cue=cue[0] if cue else "",
        find=find,
        say=say,
        at=(table.chosen("at", ("anywhere", "start", "end")) or ("anywhere",))[0],
        kinds=table.texts("kinds"),
        unless=table.patterns("unless"),
        before=table.patterns("before"),
        after=table.patterns("after"),
        note=table.text("note"),
        origin=table.origin,
        method="clause",
        examples=table.examples(),
    )
    if not rule.examples or not rule.note:
        raise table.error("a clause needs a note and examples", 'Add note = "…" and examples = [{…}].')
    return rule


def _read_puff(source: RuleSource, told: Any) -> Puff:
    if not isinstance(told, Mapping):
        raise source.error(source.line_of_key("puff"), "puff is no table", "Write [puff].")
    for key, words in told.items():
        if key not in PUFF_KEYS:
            raise source.unknown("key in [puff]", key, PUFF_KEYS)
        if not isinstance(words, list) or not all(
            isinstance(word, str) and word == word.lower() for word in words
        ):
            raise source.error(
                source.line_of_key(key), f"{key} is no list of words in lower case", 'Write ["…"].'
            )
    return Puff(*(frozenset(told.get(key, [])) for key in PUFF_KEYS))


_NOTHING = Template("", ())
