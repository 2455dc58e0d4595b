"""One sentence: its frame, its cues and its words' shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clientvoice.records.labels import CueSource, Frame, SentenceKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or fragment; ``message.text[start:end] == text``, always."""

    start: int
    end: int
    text: str
    kind: SentenceKind = "sentence"


@dataclass(frozen=True, slots=True)
class Cue:
    """Why a sentence reads as it does: a cue of the labelling guide, at its words."""

    name: str
    start: int
    end: int
    source: CueSource = "rule"


@dataclass(frozen=True, slots=True)
class Framing:
    """A label with calibrated probabilities per frame, which sum to one."""

    label: Frame
    probabilities: Mapping[str, float]
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """A stretch of words and its exact share of the log-odds of client against customer."""

    start: int
    end: int
    text: str
    log_odds: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The log-odds of client against customer, as a bias plus one share a word.

    ``bias + sum(c.log_odds for c in contributions)`` is ``decision``.
    """

    decision: float
    bias: float
    contributions: tuple[Contribution, ...]
