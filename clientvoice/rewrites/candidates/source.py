"""All candidates for a sentence: phrases and clauses stacked, then plans on what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from clientvoice.errors import RuleError
from clientvoice.records import UNCOUNTED, RewriteMethod, SentenceKind
from clientvoice.rewrites.candidates.clauses import Puff, read_clauses
from clientvoice.rewrites.candidates.phrases import PhraseRule, phrase_rules
from clientvoice.rewrites.candidates.plans import Plan, Plans, read_plans
from clientvoice.rewrites.candidates.reading import Token, read
from clientvoice.rewrites.candidates.sentence import calm_tokens, is_broken, list_mark, trim
from clientvoice.rewrites.candidates.words import shipped
from clientvoice.rules import RuleBook
from clientvoice.rules.folding import plain

EDITS: tuple[RewriteMethod, ...] = ("phrase", "clause")
"""What leaves a sentence standing and takes something out of it."""

_DOTS = re.compile(r"\s?(?:…|\.{3})$")
"""With the space before them, where the writer sets one."""

MOST = 24
LONGEST = 600
MOST_STACKED = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence to say instead, before any guard has seen it.

    Parameters
    ----------
    text : str
    method : str
        ``phrase``, ``plan``, ``clause``, ``pair`` or ``llm``.
    cues : tuple of str
        The cues that it answers.
    origin : str
        Where the rule stands, such as ``plans/deadline.toml:12``.
    note : str
        Why it is better, in a line for the editor.
    weak : bool
        Whether it mends little: praise taken out, or a plan of last resort.
    house : bool
        Whether a rule of the user's own had a part in it.
    proven : bool
        Whether readers took what its rule said of thousands of sentences.
    """

    text: str
    method: RewriteMethod
    cues: tuple[str, ...] = ()
    origin: str = ""
    note: str = ""
    weak: bool = False
    house: bool = False
    proven: bool = False


@dataclass(frozen=True, eq=False)
class CandidateSource:
    """The rules of the rewrites, ready for sentences.

    Examples
    --------
    >>> source = CandidateSource.load(RuleBook.load())
    >>> [c.text for c in source("Hurry, our sale ends on Sunday!", "sentence", ["pressure"])][0]
    'Our sale ends on Sunday.'
    """

    phrases: tuple[PhraseRule, ...]
    clauses: tuple[PhraseRule, ...]
    puff: Puff
    plans: Plans

    @classmethod
    def load(cls, book: RuleBook, folder: Path | str | None = None) -> CandidateSource:
        """Load the shipped rules, and those of a folder of the user's own on top.

        Parameters
        ----------
        book : RuleBook
            Its cues' phrase rules are used, and its cues may be named by the plans.
        folder : Path or str, optional
            May hold ``plans/*.toml`` and ``clauses.toml``, written like the shipped ones.

        Raises
        ------
        RuleError
            With file, line, what was found, what is allowed and the remedy.
        """
        own = Path(folder) if folder is not None else None
        if own is not None and not own.is_dir():
            raise RuleError(f"{own}: no such folder of rewrites. Give one that holds plans/*.toml.")
        cues = book.cues
        clauses, puff, plans = _shipped(cues)
        if own is not None:
            plans = (
                tuple(
                    plan for path in sorted((own / "plans").glob("*.toml")) for plan in read_plans(path, cues)
                )
                + plans
            )
            if (own / "clauses.toml").is_file():
                more, words = read_clauses(own / "clauses.toml", cues)
                clauses = tuple(replace(rule, house=True) for rule in more) + clauses
                puff = Puff(
                    puff.adjectives | words.adjectives,
                    puff.adverbs | words.adverbs,
                    puff.keep | words.keep,
                    puff.after_the | words.after_the,
                    puff.hollow | words.hollow,
                    puff.told_by_readers | words.told_by_readers,
                )
        return cls(phrase_rules(book), clauses, puff, Plans(plans))

    def __call__(self, sentence: str, kind: SentenceKind, cues: Sequence[str]) -> list[Candidate]:
        """Return the candidates of one sentence, each once, none equal to it.

        Parameters
        ----------
        sentence : str
        kind : str
            Footers and quotes have no candidates.
        cues : sequence of str
            The cues found in it; plans may ask for one or shun one.
        """
        if kind in UNCOUNTED or len(sentence) > LONGEST:
            return []
        text, tokens = calm_tokens(sentence)
        if not tokens or _is_quoted(text) or is_broken(text, tokens):
            return []
        found = list(self._reduced(text, kind))
        texts = [text, *dict.fromkeys(candidate.text for candidate in found)]
        for last in (False, True):
            planned = [
                one for start in texts[: MOST // 2] for one in self._planned(start, kind, cues, last=last)
            ]
            if planned:
                break
        return _distinct([_trailing_off(one, text) for one in found + planned], text)

    def _reduced(self, text: str, kind: str) -> Iterator[Candidate]:
        """Yield the sentence less what presses, all at once and then step by step."""
        steps: list[Candidate] = []
        now = text
        waiting = {token.key for token in read(text)}
        rules = [rule for rule in (*self.clauses, *self.phrases) if not rule.needed or rule.needed & waiting]
        for rule in rules:
            said = [one for one in rule.apply(now, kind) if plain(one) != plain(now)]
            if said:
                steps.append(_by_rule(rule, said[0]))
                yield from (_by_rule(rule, one) for one in said[1:])
                now = said[0]
                if len(steps) == MOST_STACKED:
                    break
        bare = self.puff.drop(now, kind)
        if bare != now:
            steps.append(
                Candidate(bare, "clause", ("self_promotion",), "clauses.toml", PUFF_NOTE, weak=not steps)
            )
        if steps:
            whole = steps[-1]
            cues = tuple(dict.fromkeys(cue for step in steps for cue in step.cues))
            note = " ".join(dict.fromkeys(step.note for step in steps))
            house = any(step.house for step in steps)
            yield Candidate(
                whole.text, whole.method, cues, steps[0].origin, note, weak=steps[0].weak, house=house
            )
        yield from steps[:-1]

    def _planned(self, text: str, kind: str, cues: Sequence[str], *, last: bool) -> Iterator[Candidate]:
        if text.rstrip()[-1:] == ":":  # it leads to a list, which a plan would cut off
            return
        tokens: Sequence[Token] = trim(read(text))
        lead = list_mark(text, tokens)
        for plan in self.plans.for_words(tokens):
            if plan.last is last and plan.fits(kind, cues):
                for said in plan.say_instead(text, tokens, kind):
                    yield Candidate(
                        lead + said,
                        "plan",
                        plan.cue,
                        plan.origin,
                        plan.note,
                        weak=last or plan.weak,
                        proven=plan.proven,
                    )


PUFF_NOTE = "Says what it is, without praise that the reader cannot check."


def _by_rule(rule: PhraseRule, text: str) -> Candidate:
    cues = (rule.cue,) if rule.cue else ()
    return Candidate(text, rule.method, cues, rule.origin, rule.note, house=rule.house)


def _trailing_off(candidate: Candidate, sentence: str) -> Candidate:
    """Return a candidate that trails off where the sentence does."""
    dots = _DOTS.search(sentence)
    if dots is None or _DOTS.search(candidate.text):
        return candidate
    return replace(candidate, text=candidate.text.rstrip(" .") + dots.group())


def _distinct(found: Sequence[Candidate], sentence: str) -> list[Candidate]:
    """Return each text once, none that only differs from the sentence in case or marks."""
    seen = {_letters(sentence)}
    kept = []
    for candidate in found:
        key = _letters(candidate.text)
        if key and key not in seen:
            seen.add(key)
            kept.append(candidate)
    plans = [candidate for candidate in kept if candidate.method == "plan"]
    reduced = [candidate for candidate in kept if candidate.method != "plan"]
    return (reduced[: MOST // 3] + plans)[:MOST]


def _letters(text: str) -> str:
    return "".join(character for character in plain(text) if character.isalnum() or character in "$£€%")


def _is_quoted(text: str) -> bool:
    """Tell whether someone else speaks: a testimonial in quotation marks is not ours to change."""
    return text.lstrip()[:1] in '"“«' or text.rstrip()[-1:] in "”»"


@lru_cache(maxsize=4)
def _shipped(cues: tuple[str, ...]) -> tuple[tuple[PhraseRule, ...], Puff, tuple[Plan, ...]]:
    clauses, puff = read_clauses(shipped("clauses.toml"), cues)
    paths = sorted(shipped("plans").glob("*.toml"))
    return clauses, puff, tuple(plan for path in paths for plan in read_plans(path, cues))
