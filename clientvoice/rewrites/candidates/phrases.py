"""Phrase rules: some words of a sentence give way to others, and the rest stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clientvoice.records import RewriteMethod
from clientvoice.rewrites.candidates.casing import first_up, lower_first
from clientvoice.rewrites.candidates.grammar import mend_like
from clientvoice.rewrites.candidates.patterns import Match, SentencePattern, compile_pattern
from clientvoice.rewrites.candidates.plans import fill
from clientvoice.rewrites.candidates.reading import Token, read
from clientvoice.rewrites.candidates.sentence import calm_tokens, trim
from clientvoice.rewrites.candidates.tables import Example
from clientvoice.rewrites.candidates.templates import Template, fill_each, read_template
from clientvoice.rewrites.candidates.words import lists
from clientvoice.rules import CueRule, Rewording, RuleBook
from clientvoice.rules.source import RuleSource

LOOK_BACK = 3
"""Words before a phrase that its ``before`` may ask for."""

_JOIN_START = re.compile(r"(?i)^[\s,;:.!…–—-]*(?:(?:and|so|then|but|or)\b[\s,]*)?")
_JOIN_END = re.compile(r"(?i)[\s,;:–—-]*(?:\s(?:and|so|then|but|or))?[\s,;:–—-]*$")
_STOP = re.compile(r"[.!?…]\s*$")


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """A rewording, ready to find its words.

    Parameters
    ----------
    cue : str
        The cue that it answers, or ``""``.
    find : tuple of SentencePattern
    say : tuple of Template
    at, kinds, unless, before, after, note
        See :class:`clientvoice.rules.Rewording`.
    origin : str
        File and line.
    method : str
        ``phrase`` or ``clause``.
    examples : tuple of Example
    house : bool
        Whether it is the user's own, not one of ours.
    """

    cue: str
    find: tuple[SentencePattern, ...]
    say: tuple[Template, ...]
    at: str
    kinds: tuple[str, ...]
    unless: tuple[SentencePattern, ...]
    before: tuple[SentencePattern, ...]
    after: tuple[SentencePattern, ...]
    note: str
    origin: str
    method: RewriteMethod = "phrase"
    examples: tuple[Example, ...] = ()
    house: bool = False

    @property
    def needed(self) -> frozenset[str]:
        """Words of which one must stand in the sentence; empty if none must."""
        each = [pattern.needed for pattern in self.find]
        return frozenset().union(*each) if all(each) else frozenset()

    def apply(self, text: str, kind: str) -> Iterator[str]:
        """Yield the sentence with the words replaced, one for each way to say it.

        Parameters
        ----------
        text : str
            A calm sentence.
        kind : str
        """
        tokens = trim(read(text))
        found = self._found(tokens, kind)
        if found is None:
            return
        gaps = fill(text, tokens, found)
        for said in fill_each(self.say, gaps):
            whole = splice(text, tokens, found, said)
            if len(whole.split()) > 1 and (said or _stands(whole)):
                yield mend_like(whole, kind, text)

    def _found(self, tokens: Sequence[Token], kind: str) -> Match | None:
        if self.kinds and kind not in self.kinds:
            return None
        for pattern in self.find:
            for found in pattern.search(tokens):
                if self._fits(found, tokens):
                    if any(next(one.search(tokens), None) for one in self.unless):
                        return None
                    return found
        return None

    def _fits(self, found: Match, tokens: Sequence[Token]) -> bool:
        if self.at == "start" and found.first > 0 and tokens[found.first - 1].text not in ".!?":
            return False
        if self.at == "end" and found.last < len(tokens) and tokens[found.last].text not in ".!?":
            return False
        if self.after and not any(one.starts_at(tokens, found.last) for one in self.after):
            return False
        earlier = range(max(0, found.first - LOOK_BACK), found.first)
        return not self.before or any(
            one.whole(tokens[start : found.first]) for one in self.before for start in earlier
        )


def _stands(text: str) -> bool:
    """Tell whether what is left after a drop ends on a word that can end a sentence."""
    words = [token.key for token in trim(read(text)) if token.kind != "mark"]
    return bool(words) and words[-1] not in lists()["dangling"]


def splice(text: str, tokens: Sequence[Token], found: Match, said: str) -> str:
    """Return the text with the found tokens replaced and the seam closed.

    Examples
    --------
    >>> from clientvoice.rewrites.candidates.reading import read
    >>> text = "Hurry, and see the boots."
    >>> splice(text, read(text), Match(0, 1, {}), "")
    'See the boots.'
    """
    start, end = tokens[found.first].start, tokens[found.last - 1].end
    before, after = text[:start], text[end:]
    opens = not before.strip(" \"'“‘([*>=~-•–—") or bool(_STOP.search(before))
    if said:
        lowered = said if opens else lower_first(said)
        if opens:
            return f"{before}{first_up(lowered)}{after}"
        return f"{before}{lowered}{after}"
    if opens:
        after = _JOIN_START.sub("", after) if after.strip(" .!?…") else ""
        return (before + first_up(after)).strip()
    if not after.strip(" .!?…)"):
        return _JOIN_END.sub("", before) + after.lstrip()
    if before.rstrip().endswith(",") and after.lstrip().startswith(","):
        return before.rstrip(" ,") + " " + after.lstrip(" ,")
    if after.lstrip()[:1] in ",;:.!?":
        return before.rstrip(" ,;") + after.lstrip()
    return before.rstrip() + " " + after.lstrip()


def phrase_rules(book: RuleBook) -> tuple[PhraseRule, ...]:
    """Return the phrase rules of every cue of the book, compiled.

    Raises
    ------
    RuleError
        Where a pattern or a text cannot be read: file, line, what is allowed.
    """
    return tuple(compiled(rule, told) for rule in book for told in rule.rewrites)


def compiled(rule: CueRule, told: Rewording) -> PhraseRule:
    """Return one rewording, ready to find its words."""
    try:
        find = tuple(map(compile_bounded, told.find))
        gaps = [gap for pattern in find for gap in pattern.gaps]
        say = tuple(read_template(text, gaps) for text in told.say)
        conditions = [tuple(map(compile_pattern, texts)) for texts in (told.unless, told.before, told.after)]
    except ValueError as error:
        if rule.path is None:
            raise
        told_as = f"[[rewrites]] {told.find[0]!r}: {error}"
        raise RuleSource.read(rule.path).error(told.line, told_as, "Mend the text.") from None
    return PhraseRule(
        cue=rule.name,
        find=find,
        say=say,
        at=told.at,
        kinds=told.kinds,
        unless=conditions[0],
        before=conditions[1],
        after=conditions[2],
        note=told.note,
        origin=f"{rule.frame}/{rule.name}.toml:{told.line}",
        examples=tuple(Example(*example) for example in told.examples),
        house=told.house,
    )


def compile_bounded(text: str) -> SentencePattern:
    """Compile a pattern for a phrase, which has an end of its own."""
    pattern = compile_pattern(text)
    if "rest" in {gap.rstrip("0123456789") for gap in pattern.gaps}:
        raise ValueError("{rest} has no end; in a phrase write {thing:1-8}")
    return pattern


def check_phrases(rules: Iterable[PhraseRule]) -> list[str]:
    """Return a line for each example that its own rule gets wrong."""
    wrong = []
    for rule in rules:
        for example in rule.examples:
            said = list(rule.apply(calm_tokens(example.before)[0], example.kind))
            if example.after not in said:
                wrong.append(f"{rule.origin}: {example.before!r} becomes {said}, not {example.after!r}.")
    return wrong
