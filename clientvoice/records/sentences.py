"""One sentence: its frame, its cues and its words' shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clientvoice.records.labels import CueSource, Frame, SentenceKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or fragment; ``message.text[start:end] == text``, always.

    Examples
    --------
    >>> message = "Hello. Ring us first."
    >>> it = Sentence(7, 21, "Ring us first.")
    >>> message[it.start : it.end] == it.text
    True
    """

    start: int
    end: int
    text: str
    kind: SentenceKind = "sentence"


@dataclass(frozen=True, slots=True)
class Cue:
    """Why a sentence reads as it does: a cue of the labelling guide, at its words.

    Examples
    --------
    >>> cue = Cue("pressure", 0, 5)
    >>> "Hurry, buy now!"[cue.start : cue.end], cue.source
    ('Hurry', 'rule')
    """

    name: str
    start: int
    end: int
    source: CueSource = "rule"


@dataclass(frozen=True, slots=True)
class Framing:
    """A label with calibrated probabilities per frame, which sum to one.

    Examples
    --------
    >>> framing = Framing("client", {"client": 0.5, "customer": 0.2, "neutral": 0.3}, uncertain=True)
    >>> framing.label, framing.probabilities["customer"]
    ('client', 0.2)
    """

    label: Frame
    probabilities: Mapping[str, float]
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """A stretch of words and its exact share of the log-odds of client against customer.

    Examples
    --------
    >>> word = Contribution(0, 5, "Hurry", -1.25)
    >>> "toward customer" if word.log_odds < 0 else "toward client"
    'toward customer'
    """

    start: int
    end: int
    text: str
    log_odds: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The log-odds of client against customer, as a bias plus one share a word.

    ``bias + sum(c.log_odds for c in contributions)`` is ``decision``.

    Examples
    --------
    >>> found = Explanation(-1.0, 0.25, (Contribution(0, 5, "Hurry", -1.25),))
    >>> found.bias + sum(word.log_odds for word in found.contributions) == found.decision
    True
    """

    decision: float
    bias: float
    contributions: tuple[Contribution, ...]
