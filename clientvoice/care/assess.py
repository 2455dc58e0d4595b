"""A message at a glance: which practices of care it shows, and in which sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from clientvoice.care.guide import PracticeRule, practice_rules
from clientvoice.care.signs import signs_of, without_formula
from clientvoice.records import Practice, SentenceAnalysis

MOST_EVIDENCE = 5
"""Sentences that are named as evidence of one practice."""

_NEUTRAL = 0.5
"""What a cue in a neutral sentence is worth beside one in a sentence that speaks to a client."""

_EACH = 0.7
"""The strength that one sentence of full weight gives alone; each more adds this share of the rest."""


def assess(sentences: Sequence[SentenceAnalysis]) -> tuple[Practice, ...]:
    """Return the practices of care that a message shows, always all of them, in a fixed order.

    Footers and quotes do not count, nor does a sentence that speaks to a
    customer: care that is told in order to sell is no evidence of care. Neither is
    a stock greeting. Every cue counts that is given: a voice leaves out those that
    a rule of its book denies (:meth:`~clientvoice.sentences.Judged.vouched`).

    Parameters
    ----------
    sentences : sequence of SentenceAnalysis
        All sentences of one message, in reading order.

    Examples
    --------
    >>> practices = assess([])
    >>> len(practices), practices[0].evidence, practices[0].strength
    (7, (), 0.0)
    >>> practices[0].advice
    'Say what you watch over for your readers, against what, and who does it.'
    """
    signs = signs_of(sentences)
    # A sentence without cue and sign weighs nothing for any practice, and most have neither.
    admitted = [
        place
        for place, sentence in enumerate(sentences)
        if (sentence.cues or place in signs) and is_evidence(sentence)
    ]
    cues = {place: _cues(sentences[place]) for place in admitted}
    found = []
    for rule in practice_rules():
        weights = {
            place: _weight(sentences[place], cues[place], signs.get(place, ()), rule) for place in admitted
        }
        ranked = sorted((place for place in admitted if weights[place] > 0), key=lambda at: -weights[at])
        best = _distinct(ranked, sentences)
        found.append(
            Practice(
                key=rule.key,
                question=rule.question,
                evidence=tuple(best[:MOST_EVIDENCE]),
                strength=strength(weights[place] for place in best),
                advice="" if best else rule.advice,
            )
        )
    return tuple(found)


def is_evidence(sentence: SentenceAnalysis) -> bool:
    """Tell whether a sentence may be evidence of care: it counts, and speaks to no customer."""
    return sentence.counted and sentence.label != "customer"


def strength(weights: Iterable[float]) -> float:
    """Return how strongly sentences of these weights show something together, from 0 to 1.

    Examples
    --------
    >>> strength([]), strength([1.0]), strength([1.0, 1.0])
    (0.0, 0.7, 0.91)
    """
    return round(1 - prod((1 - _EACH * weight for weight in weights), start=1.0), 4)


def _cues(sentence: SentenceAnalysis) -> tuple[str, ...]:
    """Return the cues that are evidence: those of a stock line are none."""
    return tuple(cue.name for cue in sentence.cues) if without_formula(sentence.text) else ()


def _weight(
    sentence: SentenceAnalysis, cues: Iterable[str], signs: Iterable[str], rule: PracticeRule
) -> float:
    chances = sentence.probabilities
    belief = min(1.0, chances.get("client", 0.0) + _NEUTRAL * chances.get("neutral", 0.0))
    by_cue = max((rule.cues.get(cue, 0.0) for cue in cues), default=0.0)
    return max(belief * by_cue, max((rule.signs.get(sign, 0.0) for sign in signs), default=0.0))


def _distinct(ranked: Sequence[int], sentences: Sequence[SentenceAnalysis]) -> list[int]:
    """Keep the first of sentences with the same words, such as a subject that is also the heading."""
    first: dict[str, int] = {}
    for place in ranked:
        first.setdefault(" ".join(sentences[place].text.casefold().split()), place)
    return list(first.values())
