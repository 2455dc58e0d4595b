"""Suggestions for the sentences of an analysis, with candidates that a user's own callable proposes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from clientvoice import arguments
from clientvoice.framing.model import SentenceModel
from clientvoice.readers.characters import without_surrogates
from clientvoice.records import MessageAnalysis
from clientvoice.rewrites.candidates.source import Candidate, CandidateSource
from clientvoice.rewrites.pairs import Pairs
from clientvoice.rewrites.ranking import Extra, Rewriter
from clientvoice.rules import RuleBook

Proposer = Callable[[str, Sequence[str]], Iterable[str | Candidate]]
"""Takes a sentence's text and the names of its cues, and returns what may be said instead."""

_PROPOSED = "expected a list of strings or of Candidate"


def rewriter_of(model: SentenceModel, book: RuleBook) -> Rewriter:
    """Return what rewrites sentences with the shipped candidates and these rules, scored by this model.

    Examples
    --------
    >>> from clientvoice.store import load_model
    >>> rewriter_of(load_model("fast").sentences, RuleBook.load())([])
    []
    """
    encoders = [branch.vectorizer.transform for branch in model.branches if branch.name == "encoder"]
    return Rewriter(
        score=model.score,
        book=book,
        source=CandidateSource.load(book),
        pairs=Pairs.load(),
        encode=encoders[0] if encoders else None,
    )


def suggested(
    rewriter: Rewriter, analysis: MessageAnalysis, limit: int, extra: Proposer | None = None
) -> MessageAnalysis:
    """Return the analysis with suggestions, at most so many rewrites a sentence.

    Raises
    ------
    TypeError
        If ``extra`` is no callable, or what it returns is of another kind.

    Examples
    --------
    >>> import clientvoice
    >>> voice = clientvoice.load("fast")
    >>> (found,) = voice.pipe(["Don't miss our spring sale!"])
    >>> told = suggested(rewriter_of(voice.model.sentences, voice.book), found, 1)
    >>> len(told.sentences[0].rewrites)
    1
    """
    more = None if extra is None else _candidates_of(extra)
    suggestions = rewriter(analysis.sentences, limit=limit, extra=more)
    return replace(
        analysis,
        sentences=tuple(
            replace(found, suggestions=some) if some else found
            for found, some in zip(analysis.sentences, suggestions, strict=True)
        ),
    )


def _candidates_of(proposer: object) -> Extra:
    """Return what gives candidates, whether a user's callable proposes strings or candidates."""
    if not callable(proposer):
        told = f"suggest: extra is {arguments.a_type(proposer)}"
        raise TypeError(f"{told}, expected a callable that takes a sentence and its cues.")

    def candidates(text: str, cues: Sequence[str]) -> list[Candidate]:
        proposed: object = proposer(text, cues)
        if isinstance(proposed, str | bytes | Mapping) or not isinstance(proposed, Iterable):
            raise TypeError(f"suggest: extra returned {arguments.a_type(proposed)}, {_PROPOSED}.")
        return [_candidate(item, cues) for item in proposed]

    return candidates


def _candidate(item: object, cues: Sequence[str]) -> Candidate:
    if isinstance(item, Candidate):
        return item
    if isinstance(item, str):
        # Where a text comes from is not told, so a person reads it first, as with a language model's.
        return Candidate(without_surrogates(item), "llm", tuple(cues))
    raise TypeError(f"suggest: extra returned {arguments.a_type(item)} in its list, {_PROPOSED}.")
