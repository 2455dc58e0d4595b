"""What each sentence reads as by itself; mail repeats itself, so the latest answers are remembered."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from clientvoice.explain import cue_spans
from clientvoice.framing.model import CUES, Scores, SentenceModel
from clientvoice.records import FRAMES, Cue, Frame, Framing, Sentence, SentenceAnalysis
from clientvoice.rules import RuleBook, RuleHit, contrary, margin_note, match_many

if TYPE_CHECKING:
    from numpy.typing import NDArray

REMEMBERED = 32_768
"""Sentences whose answers are kept; at about 1.2 kB each they take 40 MB."""

AT_ONCE = 256
"""Sentences scored and then explained together, while the model still has their words at hand."""

LONGEST = 500
"""Characters of a sentence that may be remembered: longer ones hardly come again."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is said of one text, whatever message it stands in; cues have offsets in the text itself.

    ``scores`` has one row. ``denied`` are the cues that the model names for words that a rule
    denies to them: they are shown, for the reason at their words tells that rule, but vouch for nothing.
    """

    framing: Framing
    cues: tuple[Cue, ...]
    reason: str
    scores: Scores
    denied: frozenset[str]

    def at(self, sentence: Sentence) -> SentenceAnalysis:
        """Return the analysis of a sentence with this text at its place."""
        start = sentence.start
        cues = tuple(replace(cue, start=start + cue.start, end=start + cue.end) for cue in self.cues)
        return SentenceAnalysis(sentence, self.framing, cues, self.reason)

    def vouched(self, found: SentenceAnalysis) -> SentenceAnalysis:
        """Return the analysis of a sentence with this text without the cues that a rule denies."""
        if not self.denied:
            return found
        return replace(found, cues=tuple(cue for cue in found.cues if cue.name not in self.denied))


class SentenceReader:
    """Judges sentences by model and rules, each distinct one once while it is remembered.

    Parameters
    ----------
    model : SentenceModel
    book : RuleBook
    remembered : int
        Sentences whose answers are kept.

    Examples
    --------
    >>> from clientvoice.store import load_model
    >>> read = SentenceReader(load_model("fast").sentences, RuleBook.load())
    >>> [judged.framing.label for judged in read(["Hurry, buy now!", "Hurry, buy now!"])]
    ['customer', 'customer']
    """

    def __init__(self, model: SentenceModel, book: RuleBook, *, remembered: int = REMEMBERED) -> None:
        self.model = model
        self.book = book
        self._size = remembered
        self._kept: OrderedDict[str, Judged] = OrderedDict()
        self._lock = Lock()

    def __reduce__(self) -> tuple[type[SentenceReader], tuple[SentenceModel, RuleBook]]:
        return type(self), (self.model, self.book)  # a copy in another process remembers for itself

    def __call__(self, texts: Sequence[str]) -> list[Judged]:
        """Return what each text reads as, in order."""
        with self._lock:
            found = {text: kept for text in dict.fromkeys(texts) if (kept := self._kept.get(text))}
        fresh = [text for text in dict.fromkeys(texts) if text not in found]
        for first in range(0, len(fresh), AT_ONCE):
            some = fresh[first : first + AT_ONCE]
            found.update(zip(some, self._judged(some), strict=True))
        with self._lock:
            for text in found:
                if len(text) <= LONGEST:
                    self._kept[text] = found[text]
                    self._kept.move_to_end(text)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return [found[text] for text in texts]

    def reason(self, sentence: Sentence, framing: Framing, cues: Sequence[Cue]) -> str:
        """Return the reason in the margin that these cues give, empty where none speaks for the label."""
        if not (cue := self._speaking(framing, cues)):
            return ""
        words = sentence.text[cue.start - sentence.start : cue.end - sentence.start]
        return margin_note(cue.name, words, book=self.book)

    def _judged(self, texts: list[str]) -> Iterator[Judged]:
        scores = self.model.score(texts)
        chances = scores.probabilities
        for row, (text, hits) in enumerate(zip(texts, match_many(self.book, texts), strict=True)):
            framing = self._framing(chances[row])
            cues = self._cues(text, framing, scores.cues[row], hits)
            denials = self._denials(text, cues)
            reason = self._reason(text, self._speaking(framing, cues), hits, denials)
            # Taken by a list of rows, for a copy: a view would keep the whole batch alive.
            yield Judged(framing, cues, reason, scores.take([row]), frozenset(denials))

    def _framing(self, chances: NDArray[np.float64]) -> Framing:
        top = int(chances.argmax())
        label: Frame = FRAMES[top]
        uncertain = bool(chances[top] < self.model.uncertain_below)
        return Framing(label, dict(zip(FRAMES, chances.tolist(), strict=True)), uncertain=uncertain)

    def _cues(
        self, text: str, framing: Framing, logits: NDArray[np.float64], hits: Sequence[RuleHit]
    ) -> tuple[Cue, ...]:
        found = [Cue(hit.cue, hit.start, hit.end, "rule") for hit in hits]
        named = {cue.name for cue in found}
        if framing.label != "neutral":
            by_model = [CUES[index] for index in np.flatnonzero(logits > self.model.cue_thresholds)]
            if not any(self.book.frame_of(name) == framing.label for name in {*named, *by_model}):
                # A flag without a reason helps nobody: its likeliest cue speaks, if below its threshold.
                # A house that sets a threshold of 1 wants the model to name none of that cue.
                open_to = np.flatnonzero(np.isfinite(self.model.cue_thresholds))
                own = [row for row in open_to if self.book.frame_of(CUES[row]) == framing.label]
                by_model += [CUES[max(own, key=logits.__getitem__)]] if own else []
            fresh = [name for name in by_model if name not in named]
            spans = cue_spans(self.model, text, fresh)
            found += [Cue(name, *spans[name], "model") for name in fresh]
        strength = dict(zip(CUES, logits.tolist(), strict=True))
        return tuple(sorted(found, key=lambda cue: -strength.get(cue.name, 0.0)))

    def _denials(self, text: str, cues: Sequence[Cue]) -> dict[str, RuleHit]:
        """Return by the cues of the model that a rule denies to their words what hits there, placed in them.

        Each such cue stands once: the model names none that a rule names.
        """
        named = ((cue.name, text[cue.start : cue.end]) for cue in cues if cue.source == "model")
        return {name: hit for name, words in named if (hit := contrary(self.book, name, words))}

    def _speaking(self, framing: Framing, cues: Sequence[Cue]) -> Cue | None:
        """Return the first cue that speaks for the label."""
        return next((cue for cue in cues if self.book.frame_of(cue.name) == framing.label), None)

    def _reason(
        self, text: str, cue: Cue | None, hits: Sequence[RuleHit], denials: Mapping[str, RuleHit]
    ) -> str:
        if cue is None:
            return ""
        words = text[cue.start : cue.end]
        if other := denials.get(cue.name):
            return margin_note(other.cue, words[other.start : other.end], kind=other.kind, book=self.book)
        own = (hit for hit in hits if (hit.cue, hit.start, hit.end) == (cue.name, cue.start, cue.end))
        return margin_note(cue.name, words, kind=next((hit.kind for hit in own), ""), book=self.book)
