"""Exact additive explanations: each word's share of the log-odds of client against customer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clientvoice.framing.model import SentenceModel, Share
from clientvoice.records import Contribution, Cue, Explanation

_WORD = re.compile(r"\S+")
_EDGES = ".,;:!?()[]\"'\u201c\u201d\u2018\u2019…-–— "


def explain(model: SentenceModel, sentence: str) -> Explanation:
    """Hand out the log-odds of client against customer to the words of a sentence.

    The n-gram part of a word is exact because the model is linear; the
    encoder's is exact because pooling is a mean and the head is linear
    (contextual, as in an additive decomposition; not a surrogate model).

    Returns
    -------
    Explanation
        ``bias + sum of log_odds == decision`` up to rounding of float64;
        offsets are half-open characters of ``sentence``. Above zero speaks for
        client, below zero for customer.

    Examples
    --------
    >>> from clientvoice.store import load_model
    >>> found = explain(load_model("fast").sentences, "Hurry, buy now!")
    >>> total = found.bias + sum(part.log_odds for part in found.contributions)
    >>> abs(total - found.decision) < 1e-9
    True
    """
    return _gather(sentence, model.frame_shares(sentence))


def explain_cue(model: SentenceModel, sentence: str, cue: str) -> Explanation:
    """Hand out one cue's log-odds to the words of a sentence, as :func:`explain` does."""
    return _gather(sentence, model.cue_shares(sentence, cue))


def strongest_span(explanation: Explanation, *, keep: float = 0.35) -> tuple[int, int]:
    """Return the stretch of words that speaks most for what is explained.

    It grows from the word with the largest share to its neighbours while they
    carry at least ``keep`` of that share.
    """
    parts = explanation.contributions
    if not parts:
        return 0, 0
    first = last = max(range(len(parts)), key=lambda index: parts[index].log_odds)
    floor = keep * parts[first].log_odds
    while first > 0 and parts[first - 1].log_odds >= floor:
        first -= 1
    while last + 1 < len(parts) and parts[last + 1].log_odds >= floor:
        last += 1
    return parts[first].start, parts[last].end


def model_cue(model: SentenceModel, sentence: str, name: str, offset: int = 0) -> Cue:
    """Return a cue that the model named, at the words that speak most for it."""
    start, end = strongest_span(explain_cue(model, sentence, name))
    words = sentence[start:end]
    if bare := words.strip(_EDGES):  # a comma is no reason; a lone "!" may be
        start += words.index(bare)
        end = start + len(bare)
    return Cue(name, offset + start, offset + end, "model")


def _gather(sentence: str, shares: Iterable[Share]) -> Explanation:
    words = [match.span() for match in _WORD.finditer(sentence)]
    odds = [0.0] * len(words)
    owner = _owners(words, len(sentence))
    bias = 0.0
    for value, start, end in shares:
        if end <= start or not words:
            bias += value
            continue
        first, last = owner[min(start, len(owner) - 1)], owner[min(end, len(owner)) - 1]
        part = value / (last - first + 1)
        for word in range(first, last + 1):
            odds[word] += part
    contributions = tuple(
        Contribution(start, end, sentence[start:end], value)
        for (start, end), value in zip(words, odds, strict=True)
    )
    return Explanation(bias + sum(odds), bias, contributions)


def _owners(words: list[tuple[int, int]], length: int) -> list[int]:
    """Return for each character the word that it belongs to; white space goes to the word before."""
    owner = [0] * length
    for word, (start, _) in enumerate(words):
        following = words[word + 1][0] if word + 1 < len(words) else length
        owner[start:following] = [word] * (following - start)
    return owner
