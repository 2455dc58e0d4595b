"""Propose which sentences of a folder are most worth labelling by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clientvoice.framing.model import SentenceModel
from clientvoice.records import FRAMES, UNCOUNTED, Frame, Message
from clientvoice.segments import mark_boilerplate, segment
from clientvoice.vectors.masking import mask

Why = Literal["uncertain", "rare", "random"]

RANDOM_SHARE = 0.1
FEWEST_WORDS = 2
ALIKE = 0.6
"""Cosine from which two sentences teach the same."""

EACH_MESSAGE = 3
POOL = 20
"""The most doubtful are compared with each other: this many for each one wanted."""

BATCH = 512


@dataclass(frozen=True, slots=True)
class Candidate:
    """A counted sentence, with who sent it and where it stands."""

    text: str
    sender: str
    file: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence to label, why it was chosen, and what the model says of it.

    Parameters
    ----------
    candidate : Candidate
    why : str
        ``uncertain``: the model wavers. ``rare``: it wavers less, but on a frame
        it seldom names. ``random``: drawn blindly, so that the labels can also measure.
    label : str
    probability : float
    """

    candidate: Candidate
    why: Why
    label: Frame
    probability: float


def candidates_in(message: Message) -> list[Candidate]:
    """Return the sentences of a message that count toward its score and hold at least two words.

    Examples
    --------
    >>> from clientvoice.readers import read_text
    >>> [found.text for found in candidates_in(read_text("Thanks. We ring you first."))]
    ['We ring you first.']
    """
    file = message.path or message.id
    return [
        Candidate(sentence.text, message.sender or file, message.id)
        for sentence in segment(mark_boilerplate(message))
        if sentence.kind not in UNCOUNTED and len(sentence.text.split()) >= FEWEST_WORDS
    ]


def suggest(
    model: SentenceModel,
    candidates: Iterable[Candidate],
    *,
    count: int = 100,
    seed: int = 0,
    on_scored: Callable[[int], None] | None = None,
) -> list[Suggestion]:
    """Choose the sentences most worth labelling, none twice.

    A sentence is worth the more, the closer the model's two likeliest frames are
    and the rarer the likeliest is among all candidates; none is like another that was
    chosen, and few are of one message. A tenth is drawn at random, whatever it is like.

    Parameters
    ----------
    model : SentenceModel
    candidates : iterable of Candidate
    count : int
    seed : int
        Of the random part.
    on_scored : callable, optional
        Told the number of sentences scored, batch by batch.

    Returns
    -------
    list of Suggestion
        The worthiest first, the random ones last; fewer than ``count`` where
        there are not as many that differ.
    """
    distinct = list({" ".join(one.text.lower().split()): one for one in candidates}.values())
    if not distinct:
        return []
    chances = _chances(model, [one.text for one in distinct], on_scored)
    rng = np.random.default_rng(seed)
    blind = rng.permutation(len(distinct))[: max(1, round(count * RANDOM_SHARE))].tolist()
    doubt, worth = _worth(chances)
    order = np.argsort(-worth, kind="stable")
    picked = _varied(distinct, order[: POOL * count + len(blind)], blind, count - len(blind))
    plain = set(np.argsort(-doubt, kind="stable")[: len(picked) + len(blind)].tolist())
    reasons: list[tuple[int, Why]] = [(row, "uncertain" if row in plain else "rare") for row in picked]
    reasons += [(row, "random") for row in blind]
    top = chances.argmax(axis=1)
    return [
        Suggestion(distinct[row], why, FRAMES[int(top[row])], float(chances[row].max()))
        for row, why in reasons
    ]


def _chances(
    model: SentenceModel, texts: Sequence[str], on_scored: Callable[[int], None] | None
) -> NDArray[np.float64]:
    parts = []
    for at in range(0, len(texts), BATCH):
        batch = texts[at : at + BATCH]
        parts.append(model.score(batch).probabilities)
        if on_scored:
            on_scored(len(batch))
    return np.concatenate(parts)


def _worth(chances: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how much the model doubts each sentence, and that doubt weighted by rarity."""
    ranked = np.sort(chances, axis=1)
    doubt = 1 - (ranked[:, -1] - ranked[:, -2])
    top = chances.argmax(axis=1)
    shares = np.bincount(top, minlength=len(FRAMES)) / len(top)
    return doubt, doubt / np.sqrt(shares[top])


def _varied(
    candidates: Sequence[Candidate], order: NDArray[np.int64], taken: Sequence[int], wanted: int
) -> list[int]:
    """Return the first ``wanted`` rows in order that resemble nothing taken and crowd no message."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = list(dict.fromkeys([*order.tolist(), *taken]))
    place = {row: at for at, row in enumerate(rows)}
    texts = [candidates[row].text for row in rows]
    words = TfidfVectorizer(analyzer=_words, sublinear_tf=True)
    vectors = words.fit_transform(texts)
    alike = np.zeros(len(rows), dtype=bool)
    crowd: Counter[str] = Counter()

    def take(row: int) -> None:
        near = (vectors @ vectors[place[row]].T).toarray().ravel()
        alike[near >= ALIKE] = True
        crowd[candidates[row].file] += 1

    for row in taken:
        take(row)
    picked: list[int] = []
    for row in order.tolist():
        if len(picked) == wanted:
            break
        if not alike[place[row]] and crowd[candidates[row].file] < EACH_MESSAGE:
            take(row)
            picked.append(row)
    return picked


def _words(text: str) -> list[str]:
    """Return words and pairs, with names, numbers and nouns for the reader masked."""
    words = mask(text).text.lower().split()
    return words + [f"{one} {two}" for one, two in pairwise(words)]
