"""Sentence plans: a pattern for a whole sentence, and what to say instead with the same facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clientvoice.rewrites.candidates.casing import lower_first
from clientvoice.rewrites.candidates.grammar import mend
from clientvoice.rewrites.candidates.patterns import Match, SentencePattern
from clientvoice.rewrites.candidates.reading import Token
from clientvoice.rewrites.candidates.spelling import is_written
from clientvoice.rewrites.candidates.tables import KINDS, Example, Table, read_tables
from clientvoice.rewrites.candidates.templates import Template, fill_each
from clientvoice.rules.source import RuleSource

KEYS = (
    "match",
    "say",
    "kinds",
    "needs",
    "unless",
    "last",
    "weak",
    "proven",
    "cue",
    "when",
    "never",
    "note",
    "examples",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan of a file.

    Parameters
    ----------
    match : tuple of SentencePattern
        Any of them must meet the whole sentence.
    say : tuple of Template
        What to say instead, each a candidate of its own.
    kinds : tuple of str
        Kinds of sentence that it is for; empty for all.
    needs, unless : tuple of SentencePattern
        Words of which one must be there, and words that forbid it.
    last : bool
        Whether it is asked only where no other plan has an answer.
    weak : bool
        Whether readers found it little better: shown, and never applied unread.
    proven : bool
        Whether readers took what it says of thousands of sentences.
    cue : tuple of str
        The cues that it answers.
    when, never : tuple of str
        Cues of which one must, or none may, be on the sentence, where its cues are known.
    note : str
        Why the new sentence is better, in a line for the editor.
    origin : str
        File and line.
    examples : tuple of Example
    """

    match: tuple[SentencePattern, ...]
    say: tuple[Template, ...]
    kinds: tuple[str, ...] = ()
    needs: tuple[SentencePattern, ...] = ()
    unless: tuple[SentencePattern, ...] = ()
    last: bool = False
    weak: bool = False
    proven: bool = False
    cue: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    note: str = ""
    origin: str = ""
    examples: tuple[Example, ...] = ()

    def fits(self, kind: str, cues: Sequence[str]) -> bool:
        """Tell whether the plan is for a sentence of this kind with these cues."""
        if self.kinds and kind not in self.kinds:
            return False
        if (cues or self.last) and self.when and not set(cues) & set(self.when):
            return False
        return not set(cues) & set(self.never)

    def say_instead(self, text: str, tokens: Sequence[Token], kind: str) -> Iterator[str]:
        """Yield the sentences that say the same to a client.

        Parameters
        ----------
        text : str
            A calm sentence.
        tokens : sequence of Token
            Its tokens, without the marks around it.
        kind : str
        """
        for pattern in self.match:
            found = pattern.whole(tokens)
            if found is None:
                continue
            if _holds(self.unless, tokens) or (self.needs and not _holds(self.needs, tokens)):
                return
            for said in fill_each(self.say, fill(text, tokens, found)):
                yield mend(said, kind)
            return


def _holds(patterns: Sequence[SentencePattern], tokens: Sequence[Token]) -> bool:
    return any(next(pattern.search(tokens), None) is not None for pattern in patterns)


@dataclass(frozen=True, eq=False)
class Plans:
    """All plans, found by the words that they wait for."""

    plans: tuple[Plan, ...]
    _waiting: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False)
    _always: list[int] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        for place, plan in enumerate(self.plans):
            needed = [pattern.needed for pattern in plan.match]
            if all(needed):
                for word in frozenset().union(*needed):
                    self._waiting.setdefault(word, []).append(place)
            else:
                self._always.append(place)

    def for_words(self, tokens: Iterable[Token]) -> list[Plan]:
        """Return the plans that may meet these tokens, in their order."""
        places = set(self._always)
        for token in tokens:
            places.update(self._waiting.get(token.key, ()))
        return [self.plans[place] for place in sorted(places)]


def fill(text: str, tokens: Sequence[Token], found: Match) -> dict[str, str]:
    """Return the text of each gap; what started the sentence gives up its capital."""
    told = {name: _text(text, tokens, *span) for name, span in found.gaps.items()}
    return {name: _lowered(name, part) for name, part in told.items()}


def _lowered(name: str, part: str) -> str:
    """Return the text of a gap, a verb or a choice that opened the sentence in small letters."""
    if name.startswith("verb"):
        return part.lower()
    if name.startswith("pick") and part.split()[:1] not in ([], ["I"], ["Dr"], ["Mr"], ["Mrs"], ["Ms"]):
        return part if is_written(part) or part[1:2].isdigit() else part[0].lower() + part[1:]
    return part


def _text(text: str, tokens: Sequence[Token], first: int, last: int) -> str:
    if first >= last:
        return ""
    if tokens[first].kind == "mark" and tokens[first].text in ",;:":  # a list is cut in two
        return ""
    told = text[tokens[first].start : tokens[last - 1].end].strip(" ,;:-–—")
    if told[:1] in "'’":  # half of a contraction
        return ""
    return lower_first(told) if first == 0 or tokens[first - 1].text in ".!?:" else told


def read_plans(path: Path, cues: Sequence[str]) -> tuple[Plan, ...]:
    """Read one file of plans.

    Raises
    ------
    RuleError
        With file, line, what was found, what is allowed and the remedy.
    """
    source = RuleSource.read(path)
    return tuple(_read_plan(table, cues) for table in read_tables(source, "plans"))


def _read_plan(table: Table, cues: Sequence[str]) -> Plan:
    table.check(KEYS)
    match = table.patterns("match", needed=True)
    plan = Plan(
        match=match,
        say=table.templates("say", match),
        kinds=table.chosen("kinds", KINDS),
        needs=table.patterns("needs"),
        unless=table.patterns("unless"),
        last=table.switch("last"),
        weak=table.switch("weak"),
        proven=table.switch("proven"),
        cue=table.chosen("cue", cues),
        when=table.chosen("when", cues),
        never=table.chosen("never", cues),
        note=table.text("note"),
        origin=table.origin,
        examples=table.examples(),
    )
    if not plan.examples:
        raise table.error(
            "the plan has no examples",
            'An example is its test: examples = [{before = "Buy now!", after = "See the price"}].',
        )
    if not plan.note:
        raise table.error("the plan has no note", 'Say in a line why it is better: note = "…".')
    return plan


def check_plans(plans: Iterable[Plan]) -> list[str]:
    """Return a line for each example that its own plan gets wrong."""
    from .sentence import calm_tokens

    wrong = []
    for plan in plans:
        for example in plan.examples:
            text, tokens = calm_tokens(example.before)
            said = list(plan.say_instead(text, tokens, example.kind))
            if example.after not in said:
                wrong.append(f"{plan.origin}: {example.before!r} becomes {said}, not {example.after!r}.")
    return wrong
