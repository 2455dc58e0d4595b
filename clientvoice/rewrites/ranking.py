"""From candidates to suggestions: guarded, scored again by the model, and put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from clientvoice.framing.model import Scores
from clientvoice.records import Precedent, Rewrite, SentenceAnalysis, Suggestions
from clientvoice.rewrites.advice import AdviceBook, Told
from clientvoice.rewrites.candidates.source import EDITS, Candidate, CandidateSource
from clientvoice.rewrites.guards.duties import duty_slips
from clientvoice.rewrites.guards.frequencies import tokens
from clientvoice.rewrites.guards.similarity import similarity
from clientvoice.rewrites.guards.verdict import Verdict, guard
from clientvoice.rewrites.lessons import Lessons
from clientvoice.rewrites.pairs import Encode, Pairs
from clientvoice.rewrites.weighing import weighed
from clientvoice.rules import RuleBook

Score = Callable[[Sequence[str]], Scores]
Extra = Callable[[str, Sequence[str]], Sequence[Candidate]]

LONGEST = 400
"""Characters of a sentence that is rewritten; a longer one is a paragraph for an editor."""

SHOWN = 3

_NEAR = 2
"""Sentences before one that may say what it is about."""

REMEMBERED = 2_048
"""Sentences whose rewrites are kept."""

_TRUST = {"plan": 0.30, "phrase": 0.20, "pair": 0.15, "clause": 0.15, "llm": 0.0, "hand": 0.0}
"""Head start by origin: whole plans were written for the whole sentence."""

_UNSETTLED = "It could be said anew once more: judge for yourself."


@dataclass(frozen=True, slots=True)
class _Passed:
    """A candidate that passed the guards on its text."""

    row: int
    candidate: Candidate
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A rewrite, its place in the order and where it came from."""

    rank: float
    rewrite: Rewrite
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class _Thought:
    """What there is to say of a sentence, wherever it stands."""

    ranked: list[_Ranked]
    example: Precedent | None


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Suggests how to say sentences to a client.

    Parameters
    ----------
    score : callable
        Sentences to :class:`~clientvoice.framing.model.Scores`.
    book : RuleBook
    source : CandidateSource
        Phrase rules, plans and clauses.
    pairs : Pairs
        What writers set side by side.
    encode : callable, optional
        Sentences to vectors, to find the nearest example.
    advice : AdviceBook

    Notes
    -----
    Every candidate is checked like a stranger's, whoever proposed it: its facts,
    promises, fluency and meaning by :func:`~clientvoice.rewrites.guards.verdict.guard`,
    its framing by the model, and it must be at rest: suggesting again for a
    suggestion finds nothing better. Joint scoring follows the evaluation of
    style transfer (Logacheva et al. 2022, *ParaDetox*).
    """

    score: Score = field(repr=False)
    book: RuleBook = field(repr=False)
    source: CandidateSource = field(repr=False)
    pairs: Pairs = field(repr=False)
    encode: Encode | None = field(default=None, repr=False)
    advice: AdviceBook = field(default_factory=AdviceBook.load, repr=False)
    _kept: dict[tuple[str, str, tuple[str, ...]], _Thought] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _lessons: Lessons = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_lessons", Lessons(self.advice, self.book))

    def __call__(
        self, sentences: Sequence[SentenceAnalysis], *, limit: int = SHOWN, extra: Extra | None = None
    ) -> list[Suggestions | None]:
        """Return suggestions a sentence; None where none are called for.

        Parameters
        ----------
        sentences : sequence of SentenceAnalysis
        limit : int
            Rewrites shown at most for each.
        extra : callable, optional
            More candidates for a sentence's text and cues, such as a language model's;
            they pass through the same guards.
        """
        wanted = [row for row, found in enumerate(sentences) if calls_for_rewriting(found)]
        told = [self._told(sentences[row]) for row in wanted]
        thought = self._thought([sentences[row] for row in wanted], told, extra)
        before = [" ".join(one.text for one in sentences[max(0, row - _NEAR) : row]) for row in wanted]
        fitting = [_in_context(one.ranked, context) for one, context in zip(thought, before, strict=True)]
        varied = _varied(fitting)
        by_row = dict(zip(wanted, zip(told, thought, varied, strict=True), strict=True))
        return [
            self._suggestions(found, *by_row[row], limit) if row in by_row else None
            for row, found in enumerate(sentences)
        ]

    def _suggestions(
        self, found: SentenceAnalysis, told: Told, thought: _Thought, rewrites: Sequence[Rewrite], limit: int
    ) -> Suggestions:
        placed = [replace(one, start=found.start, end=found.end) for one in rewrites[:limit]]
        return Suggestions(tuple(placed), told.text, thought.example)

    def _told(self, found: SentenceAnalysis) -> Told:
        return self.advice.told(found.text, found.cues, found.start, self.book)

    def _thought(
        self, sentences: Sequence[SentenceAnalysis], told: Sequence[Told], extra: Extra | None
    ) -> list[_Thought]:
        """Return what there is to say of each sentence; mail repeats itself, so the latest is remembered."""
        keys = [(one.text, one.kind, tuple(cue.name for cue in one.cues)) for one in sentences]
        kept = self._kept if extra is None else {}
        rows = zip(keys, sentences, told, strict=True)
        fresh = {key: (one, advice) for key, one, advice in rows if key not in kept}
        found = {key: kept[key] for key in keys if key in kept}
        ranked = self._rewrites([one for one, _ in fresh.values()], extra)
        for (key, (one, advice)), rewrites in zip(fresh.items(), ranked, strict=True):
            legal = self.advice.is_legal(one.text)
            example = None if legal else self._example(one, advice)
            found[key] = kept[key] = _Thought(rewrites, example)
        while len(kept) > REMEMBERED:
            kept.pop(next(iter(kept)), None)
        return [found[key] for key in keys]

    def _example(self, found: SentenceAnalysis, advice: Told) -> Precedent | None:
        cues = [cue for cue in found.cues if self.book.frame_of(cue.name) == "customer"]
        if not cues:
            return None
        evidence = found.text[cues[0].start - found.start : cues[0].end - found.start]
        worth = self._lessons.beside(advice)
        return self.pairs.example(found.text, [cue.name for cue in cues], evidence, self.encode, worth)

    def _rewrites(self, sentences: Sequence[SentenceAnalysis], extra: Extra | None) -> list[list[_Ranked]]:
        passed = [
            _Passed(row, candidate, verdict)
            for row, found in enumerate(sentences)
            for candidate, verdict in self._guarded(found, extra)
        ]
        before = self.score([found.text for found in sentences])
        after = self.score([one.candidate.text for one in passed])
        ranked: list[list[_Ranked]] = [[] for _ in sentences]
        for index, one in enumerate(passed):
            then, now = before.take([one.row]), after.take([index])
            found, candidate = sentences[one.row], one.candidate
            if rewrite := weighed(found, candidate, one.verdict, then, now, self.book):
                rewrite = self._settled(rewrite, found)
                ranked[one.row].append(_Ranked(_rank(rewrite), rewrite, candidate))
        return [sorted(found, key=lambda one: (-one.rank, one.rewrite.text)) for found in ranked]

    def _guarded(self, found: SentenceAnalysis, extra: Extra | None) -> list[tuple[Candidate, Verdict]]:
        text = found.text
        if why_untouched(found, self.advice, self.book):
            return []
        cues = [cue.name for cue in found.cues]
        proposed = [*self.source(text, found.kind, cues), *self.pairs.candidates(text, cues)]
        if extra:
            proposed += extra(text, cues)
        distinct = {one.text: one for one in reversed(proposed) if one.text != text}
        judged = [(one, guard(text, one.text)) for one in distinct.values()]
        return [(one, verdict) for one, verdict in judged if verdict.ok and self._at_rest(text, one, found)]

    def _at_rest(self, text: str, candidate: Candidate, found: SentenceAnalysis) -> bool:
        """Whether no plain edit would still take out what the sentence said: a half-way rewrite is none."""
        again = self.source(candidate.text, found.kind, candidate.cues)
        said, told = Counter(tokens(text)), Counter(tokens(candidate.text))
        return not any(
            one.method in EDITS
            and one.text != text
            and (told - Counter(tokens(one.text))) & said
            and guard(candidate.text, one.text).ok
            for one in again
        )

    def _settled(self, rewrite: Rewrite, found: SentenceAnalysis) -> Rewrite:
        """Return a rewrite that is applied unread only where no other would be called for after it."""
        if not (rewrite.safe and rewrite.label == "customer"):
            return rewrite
        again = self.source(rewrite.text, found.kind, rewrite.cues)
        if not any(one.method == "plan" and guard(rewrite.text, one.text).ok for one in again):
            return rewrite
        return replace(rewrite, safe=False, warnings=(_UNSETTLED, *rewrite.warnings))


def _rank(rewrite: Rewrite) -> float:
    """Return what puts it in order: safety first, then gain, meaning and origin, each bounded."""
    meaning = similarity(rewrite.original, rewrite.text)
    gain = min(rewrite.gain, 4.0) / 4.0
    still = 0.5 if rewrite.label == "customer" else 0.0
    return 2.0 * rewrite.safe + gain + meaning + _TRUST[rewrite.method] - still


def _in_context(ranked: Sequence[_Ranked], context: str) -> list[_Ranked]:
    """Return the rewrites that leave no duty to taste of which the sentences before speak."""
    return [one for one in ranked if not any(duty_slips(one.rewrite.original, one.rewrite.text, context))]


def _varied(ranked: Sequence[Sequence[_Ranked]]) -> list[list[Rewrite]]:
    """Say things in different ways in one message: said twice, a turn of phrase is a mannerism.

    A plan of last resort is left to one sentence; any other that was used comes after
    safe ones that were not.
    """
    used: set[str] = set()
    kept = []
    for found in ranked:
        fresh = [one for one in found if not (one.candidate.weak and one.candidate.origin in used)]
        fresh.sort(key=lambda one: (not one.rewrite.safe, one.candidate.origin in used))
        used.update(one.candidate.origin for one in fresh[:1] if one.candidate.method == "plan")
        kept.append([one.rewrite for one in fresh])
    return kept


def why_untouched(found: SentenceAnalysis, advice: AdviceBook, book: RuleBook) -> str:
    """Say why a sentence is never rewritten, whatever there would be to say instead; nothing where it may be.

    Examples
    --------
    >>> from clientvoice.records import Framing, Sentence
    >>> told = "Refunds are at our sole discretion."
    >>> found = SentenceAnalysis(Sentence(0, 35, told), Framing("customer", {"customer": 1.0}))
    >>> why_untouched(found, AdviceBook.load(), RuleBook.load())
    'Contract language is left to whoever answers for it.'
    """
    if found.kind == "picture":
        return "The words belong to a picture, which would have to change with them."
    if len(found.text) > LONGEST:
        return f"A sentence of more than {LONGEST} characters is left to an editor."
    if advice.is_legal(found.text):
        return "Contract language is left to whoever answers for it."
    if not advice.allows_rewriting(found.text, book):
        return "What it says is the trouble, not its wording."
    return ""


def calls_for_rewriting(found: SentenceAnalysis) -> bool:
    """Whether a sentence is one to suggest rewrites for: to a customer, and part of the copy."""
    return found.label == "customer" and found.counted
