"""A small pattern language for sentences and phrases, matched in linear time.

``call (us)? <now> (on|at) {phone}`` is met by "Call us today on 01632 960 001!".

- a word stands for itself, in any case; contractions are parted, so ``do not`` meets "don't";
- ``(a|b c)`` is a choice, ``(a)?`` may be missing, ``<now>`` is a list of ``lists.toml``;
- ``{amount}``, ``{percent}``, ``{date}``, ``{number}``, ``{name}``, ``{link}``, ``{phone}``, ``{tag}``,
  ``{verb}`` (a base form, "save") and ``{does}`` ("saves") are gaps of a kind; ``{thing}`` is one to
  eight words without punctuation, ``{thing:1-3}`` one to three, ``{rest}`` the rest of the sentence
  with its commas, and ``{pick:get|earn}`` a choice whose words are kept;
- a second gap of a kind carries a figure: ``{thing2}``.

A pattern becomes a short program whose states are visited at most once for each
place of the text, so hostile text costs no more than its length times the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clientvoice.rewrites.candidates.expressions import Choice, Expression, Gap, Word, parse
from clientvoice.rewrites.candidates.reading import Token
from clientvoice.rewrites.candidates.slots import FINDERS, in_rest, in_thing


class Step(NamedTuple):
    """One instruction; ``words`` and ``gap`` depend on ``op``."""

    op: str  # word, gap, thing, rest, open, close, split, jump, done
    words: frozenset[str] = frozenset()
    gap: str = ""
    to: int = 0
    other: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``[first, last)`` that met a pattern, and the tokens of each gap."""

    first: int
    last: int
    gaps: Mapping[str, tuple[int, int]]


class Mark(NamedTuple):
    """Where a gap opens or closes, and the marks made before it."""

    before: Mark | None
    name: str
    at: int


Marks = Mark | None


@dataclass(frozen=True, slots=True)
class SentencePattern:
    """A pattern ready to match.

    Parameters
    ----------
    text : str
        As it was written.
    steps : tuple of Step
    gaps : tuple of str
        The names of its gaps.
    needed : frozenset of str
        Words of which one must stand in the text; empty if none must.
    """

    text: str
    steps: tuple[Step, ...]
    gaps: tuple[str, ...]
    needed: frozenset[str]

    def whole(self, tokens: Sequence[Token]) -> Match | None:
        """Return the match of the whole token sequence, or None.

        Examples
        --------
        >>> from clientvoice.rewrites.candidates.reading import read
        >>> tokens = read("Save 20% on all boots")
        >>> compile_pattern("save {percent} on {thing}").whole(tokens).gaps
        {'percent': (1, 3), 'thing': (4, 6)}
        """
        return self._run(tokens, 0, whole=True)

    def starts_at(self, tokens: Sequence[Token], at: int) -> bool:
        """Tell whether the tokens from ``at`` begin with the pattern."""
        return self._run(tokens, at, whole=False) is not None

    def search(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """Yield the matches of stretches of the tokens, left to right, disjoint."""
        at = 0
        while at < len(tokens):
            found = self._run(tokens, at, whole=False)
            if found is not None and found.last > found.first:
                yield found
                at = found.last
            else:
                at += 1

    def _run(self, tokens: Sequence[Token], start: int, *, whole: bool) -> Match | None:
        seen: set[tuple[int, int]] = set()
        stack: list[tuple[int, int, Marks]] = [(0, start, None)]
        while stack:
            state, at, marks = stack.pop()
            if (state, at) in seen:
                continue
            seen.add((state, at))
            step = self.steps[state]
            if step.op == "done":
                if not whole or at == len(tokens):
                    return Match(start, at, _gaps(marks))
            else:
                stack.extend(_next(step, tokens, state, at, marks))
        return None


def compile_pattern(text: str) -> SentencePattern:
    """Compile a pattern, or raise a ValueError that says what is wrong with it.

    Examples
    --------
    >>> compile_pattern("(do not|never) miss {thing:1-4}").gaps
    ('thing',)
    """
    parsed = parse(text)
    steps: list[Step] = []
    _emit(parsed, steps)
    steps.append(Step("done"))
    gaps = tuple(step.gap for step in steps if step.op == "open")
    return SentencePattern(text, tuple(steps), gaps, _needed(parsed))


def _next(
    step: Step, tokens: Sequence[Token], state: int, at: int, marks: Marks
) -> list[tuple[int, int, Marks]]:
    """Return the states that follow, the preferred one last."""
    if step.op == "split":
        return [(step.other, at, marks), (step.to, at, marks)]
    if step.op == "jump":
        return [(step.to, at, marks)]
    if step.op in ("open", "close"):
        return [(state + 1, at, Mark(marks, f"{step.op} {step.gap}", at))]
    if step.op == "gap":
        return [(state + 1, end, marks) for end in reversed(FINDERS[step.gap](tokens, at))]
    if at < len(tokens) and _meets(step, tokens[at]):
        return [(state + 1, at + 1, marks)]
    return []


def _meets(step: Step, token: Token) -> bool:
    if step.op == "word":
        return token.key in step.words
    return in_thing(token) if step.op == "thing" else in_rest(token)


def _gaps(marks: Marks) -> dict[str, tuple[int, int]]:
    places: dict[str, int] = {}
    while marks is not None:
        places.setdefault(marks.name, marks.at)
        marks = marks.before
    names = sorted((at, name.split()[1]) for name, at in places.items() if name.startswith("open "))
    return {name: (at, places[f"close {name}"]) for at, name in names}


def _emit(parts: Sequence[Expression], steps: list[Step]) -> None:
    for part in parts:
        if isinstance(part, Word):
            steps.append(Step("word", frozenset((part.key,))))
        elif isinstance(part, Gap):
            steps.append(Step("open", gap=part.name))
            _emit_gap(part, steps)
            steps.append(Step("close", gap=part.name))
        else:
            _emit_choice(part, steps)


def _emit_gap(gap: Gap, steps: list[Step]) -> None:
    if gap.kind == "pick":
        _emit_choice(Choice(gap.options), steps)
        return
    if gap.kind in FINDERS:
        steps.append(Step("gap", gap=gap.kind))
        return
    steps.extend(Step(gap.kind) for _ in range(gap.least))
    if gap.kind == "rest":  # as short as it can be, like a thing
        here = len(steps)
        steps.extend((Step("split", to=here + 3, other=here + 1), Step("rest"), Step("jump", to=here)))
        return
    optional = gap.most - gap.least
    end = len(steps) + 2 * optional
    for _ in range(optional):  # as short as it can be
        here = len(steps)
        steps.extend((Step("split", to=end, other=here + 1), Step(gap.kind)))


def _emit_choice(choice: Choice, steps: list[Step]) -> None:
    singles = [option[0].key for option in choice.options if len(option) == 1 and isinstance(option[0], Word)]
    if len(singles) == len(choice.options) and not choice.optional:
        steps.append(Step("word", frozenset(singles)))
        return
    jumps: list[int] = []
    options = sorted(choice.options, key=len, reverse=True)
    for place, option in enumerate(options):
        last = place == len(options) - 1 and not choice.optional
        split = len(steps)
        if not last:
            steps.append(Step("split"))
        _emit(option, steps)
        jumps.append(len(steps))
        steps.append(Step("jump"))
        if not last:
            steps[split] = Step("split", to=split + 1, other=len(steps))
    for jump in jumps:
        steps[jump] = Step("jump", to=len(steps))


def _needed(parts: Sequence[Expression]) -> frozenset[str]:
    """Return the rarest-looking words of which one must be there."""
    found = [words for part in parts if (words := _needed_of(part))]
    return min(found, key=lambda words: (min(map(len, words)) < 4, len(words)), default=frozenset())


def _needed_of(part: Expression) -> frozenset[str]:
    if isinstance(part, Word):
        return frozenset((part.key,))
    if (isinstance(part, Gap) and part.kind != "pick") or (isinstance(part, Choice) and part.optional):
        return frozenset()
    each = [_needed(option) for option in part.options]
    return frozenset().union(*each) if all(each) else frozenset()
