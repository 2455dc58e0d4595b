"""The words' shares of a label, as a small row of chips: which words pull, which way, how hard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from clientvoice.records import Contribution, Explanation, SentenceAnalysis
from clientvoice.reports.inert import one_line

Explain = Callable[[str], Explanation | None]
"""What hands out a sentence's log-odds to its words, such as ``voice.explain``; None is no answer."""

MOST_CHIPS = 8
LONGEST_EXPLAINED = 1_000
"""Characters of a sentence beyond which no shares are shown: nobody reads a hundred chips."""

_TOGETHER = 0.5
"""A neighbour joins a phrase if it pulls the same way at least this hard beside its strongest word."""

_PHRASE = 4
_TEXT = 40


@dataclass(frozen=True, slots=True)
class Share:
    """A word or phrase, the side that it speaks for, how much, and its tint in percent."""

    text: str
    frame: Literal["client", "customer"]
    log_odds: float
    tint: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Where any sentence starts, the strongest words in reading order, what the others add, the sum.

    ``start + sum of the words + rest`` is ``total``.
    """

    start: float
    words: tuple[Share, ...]
    rest: float
    total: float

    @property
    def side(self) -> str:
        """The frame that the sentence as a whole speaks for, of these two."""
        return _side(self.total)


def word_shares(sentence: SentenceAnalysis, explain: Explain | None) -> Shares | None:
    """Return the shares to show for a marked sentence, None where nobody can explain it.

    Examples
    --------
    >>> from clientvoice.records import Framing, Sentence
    >>> words = (Contribution(0, 3, "Buy", -2.0), Contribution(4, 8, "now.", -1.5))
    >>> sentence = SentenceAnalysis(Sentence(0, 8, "Buy now."), Framing("customer", {"customer": 1.0}))
    >>> found = word_shares(sentence, lambda text: Explanation(-3.0, 0.5, words))
    >>> found.start, found.words[0].text, found.words[0].log_odds, found.rest, found.total
    (0.5, 'Buy now.', -3.5, 0.0, -3.0)
    """
    told = explain(sentence.text) if explain and len(sentence.text) <= LONGEST_EXPLAINED else None
    if told is None:
        return None
    phrases = _phrases(told.contributions)
    strongest = sorted(range(len(phrases)), key=lambda at: -abs(phrases[at][1]))[:MOST_CHIPS]
    top = abs(phrases[strongest[0]][1]) if strongest else 0.0
    shown = [phrases[at] for at in sorted(strongest) if _told(phrases[at][1])]
    words = tuple(
        Share(one_line(text, _TEXT), _side(value), value, round(100 * abs(value) / top))
        for text, value in shown
    )
    rest = told.decision - told.bias - sum(word.log_odds for word in words)
    return Shares(told.bias, words, rest, told.decision)


def sparing(explain: Explain, limit: int) -> Explain:
    """Return an explainer that asks ``explain`` for the first ``limit`` distinct sentences only.

    To explain a sentence costs about as much as to score it; on a page of many
    messages nobody looks at all of them.

    Examples
    --------
    >>> asked = sparing(lambda text: Explanation(0.0, 0.0, ()), limit=1)
    >>> asked("Hello.") is None, asked("Hello.") is None, asked("Goodbye.") is None
    (False, False, True)
    """
    left = limit

    @lru_cache(maxsize=4_096)
    def ask(text: str) -> Explanation | None:
        nonlocal left
        left -= 1
        return explain(text) if left >= 0 else None

    return ask


def _side(log_odds: float) -> Literal["client", "customer"]:
    return "client" if log_odds > 0 else "customer"


def _told(log_odds: float) -> bool:
    """Tell whether a share is more than nothing at the one digit that is shown."""
    return round(abs(log_odds), 1) > 0


def _phrases(words: Sequence[Contribution]) -> list[tuple[str, float]]:
    """Join neighbours that pull the same way about as hard."""
    runs: list[list[Contribution]] = []
    for word in words:
        if runs and len(runs[-1]) < _PHRASE and _belongs(word.log_odds, [it.log_odds for it in runs[-1]]):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [(" ".join(it.text for it in run), sum(it.log_odds for it in run)) for run in runs]


def _belongs(value: float, run: Sequence[float]) -> bool:
    if any((value > 0) != (other > 0) for other in run):
        return False
    sizes = [abs(value), *map(abs, run)]
    return min(sizes) >= _TOGETHER * max(sizes) and _told(min(sizes))
