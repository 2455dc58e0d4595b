"""Whether the model reads a candidate better than its sentence, and whether it may be applied unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from clientvoice.framing.model import CUES, Scores
from clientvoice.records import FRAMES, Rewrite, SentenceAnalysis
from clientvoice.rewrites.candidates.casing import is_loud
from clientvoice.rewrites.candidates.source import EDITS, Candidate
from clientvoice.rewrites.changes import changes
from clientvoice.rewrites.facts.claims import claims
from clientvoice.rewrites.facts.lexicon import folded, listed
from clientvoice.rewrites.guards.frequencies import tokens
from clientvoice.rewrites.guards.verdict import Verdict
from clientvoice.rules import RuleBook, match
from clientvoice.rules.folding import plain

LEAST_GAIN = 0.5
"""Fall in the log-odds of customer below which a candidate is no help."""

SAFE_GAIN = 1.0
"""Fall from which it may be applied unread.

An editor's best sentence is often about the deal still: of 4,599 on real sentences the model calls three
in four a sentence to a customer. So a rule whose hits readers took (``proven``) needs the fall alone; of
what others say of sentences nobody had read they took 79 % where another frame follows, else 60 %.
"""

CUE_MARGIN = 0.25
"""What a pushing cue's log-odds may rise by: the scorer is not exact to the last digit."""

STAYING_MARGIN = 1.5
"""The same for the price, where its amounts and words were there before: alone, it speaks louder."""

FEWEST_GONE = 4
"""Words that a phrase or clause of ours must take out to be a suggestion by itself.

Of 78 readings of smaller ones 16 found them better than the sentence (``data/rewrites/readings.tsv``).
"""

BUTTON_WORDS = 6
"""Words that stand on a button at most, unless it had more: a sentence does not fit there."""

_PUSHING = ("pressure", "price", "sales_push")
_SMALL = (*EDITS, "pair")


def weighed(
    found: SentenceAnalysis, candidate: Candidate, verdict: Verdict, then: Scores, now: Scores, book: RuleBook
) -> Rewrite | None:
    """Return a candidate as a suggestion, or None where it helps too little.

    Parameters
    ----------
    found : SentenceAnalysis
    candidate : Candidate
    verdict : Verdict
        What the guards say of its text.
    then, now : Scores
        Of the sentence and of the candidate, a row each.
    book : RuleBook
    """
    column = FRAMES.index("customer")
    before, after = float(then.probabilities[0, column]), float(now.probabilities[0, column])
    gain = log_odds(before) - log_odds(after)
    label = FRAMES[int(now.probabilities[0].argmax())]
    # A word or clause less that leaves the pitch standing helps nobody: only a new sentence may.
    small = candidate.weak or candidate.method in _SMALL
    if (
        gain < LEAST_GAIN
        or (label == "customer" and small)
        or is_slight(found.text, candidate)
        or is_too_wide(found, candidate.text)
        or pushes_more(found.text, candidate.text, then, now, book)
    ):
        return None
    doubts = [*verdict.why, *_doubts(found, candidate, label, gain)]
    told = [f"Check that this is true: “{claim.text}”." for claim in claims(candidate.text)]
    return Rewrite(
        start=found.start,
        end=found.end,
        original=found.text,
        text=candidate.text,
        changes=changes(found.text, candidate.text),
        cues=candidate.cues or tuple(cue.name for cue in found.cues),
        method=candidate.method,
        gain=round(gain, 3),
        # Rounded here and again when shown, 0.99496 would be 100 %, and 99 % beside the sentence.
        before=before,
        after=after,
        label=label,
        safe=verdict.safe and not doubts and candidate.method != "llm",
        warnings=(*doubts, *told),
        reason=candidate.note,
    )


def is_slight(text: str, candidate: Candidate) -> bool:
    """Whether a phrase or clause takes out too few words to help; a house's own rules may."""
    if candidate.method not in EDITS or candidate.house:
        return False
    gone = Counter(tokens(text)) - Counter(tokens(candidate.text))
    return sum(count for word, count in gone.items() if word[0].isalnum()) < FEWEST_GONE


def is_too_wide(found: SentenceAnalysis, text: str) -> bool:
    """Whether words are too many for the button on which they would stand."""
    return found.kind == "button" and len(text.split()) > max(BUTTON_WORDS, len(found.text.split()))


def _doubts(found: SentenceAnalysis, candidate: Candidate, label: str, gain: float) -> Iterator[str]:
    """Yield why a person should read it before it is applied."""
    if found.framing.uncertain:
        yield "The sentence may be no push at all: judge for yourself."
    if label == "customer" and not (candidate.proven and gain >= SAFE_GAIN):
        yield "Still reads as selling to the model: judge for yourself."
    elif candidate.method in _SMALL:
        yield "A small change: read whether it helps."
    elif candidate.weak:
        yield "A turn for want of a better one: read whether it fits here."
    elif gain < SAFE_GAIN:
        yield "Reads only a little better to the model: judge for yourself."
    if is_loud(found.text) and not is_loud(candidate.text):
        yield "The sentence was in capitals: give its names theirs."


def pushes_more(before: str, after: str, then: Scores, now: Scores, book: RuleBook) -> bool:
    """Whether a pushing cue is surer than it was; a price that was there may be the clearer for it."""
    margins = dict.fromkeys(_PUSHING, CUE_MARGIN)
    if not _new_push(before, after, book):
        margins["price"] = STAYING_MARGIN
    rows = [CUES.index(name) for name in margins]
    rise = now.cues[0, rows] - then.cues[0, rows]
    shown = now.cues[0, rows] > 0  # what stays unlikely may wander
    return bool(((rise > np.array(list(margins.values()))) & shown).any())


def _new_push(before: str, after: str, book: RuleBook) -> bool:
    """Whether words of price or pressure stand there that the sentence did not hold."""
    old = plain(before)
    hits = [after[hit.start : hit.end] for hit in match(book, after) if hit.cue in _PUSHING]
    lures = listed("similarity", "luring").findall(folded(after))
    return any(plain(words) not in old for words in (*hits, *lures))


def log_odds(chance: float) -> float:
    """Return the log-odds of a probability, bounded where it is next to none or all.

    Examples
    --------
    >>> round(log_odds(0.75), 3)
    1.099
    """
    chance = float(np.clip(chance, 1e-6, 1 - 1e-6))
    return float(np.log(chance / (1 - chance)))
