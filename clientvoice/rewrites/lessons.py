"""What a pair teaches beside the advice on a sentence: the same thing mended, or nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from clientvoice.records import Cue
from clientvoice.rewrites.advice import AdviceBook, Told
from clientvoice.rewrites.facts.lexicon import folded, word_lists
from clientvoice.rewrites.forms import Form
from clientvoice.rewrites.pairs import Pair, Worth
from clientvoice.rules import RuleBook, match

SAME = Worth(0.04, 0.48, 0.13)
SHOWN = Worth(0.02, 0.50, 0.16)
VAGUE = Worth(0.02, 0.50, 0.16)
KIN = Worth(0.0, 0.55, 0.22)
OTHER = Worth(0.0, 0.62, 0.32)
"""What pairs are worth: of the same advice, of its form among others, of advice that says little, and so on.

Of 298 examples that strict readers judged, 48 of 57 of the same advice were apt, 30 of 38 of its form or
of advice that says little, 17 of 26 of the same kind, 45 of 134 others (of which four of six from 0.62 on).
"""

HELD = 0.6
"""Share of the words that are the trouble from which an edit has kept them."""

_STEM = 5
_FEW = 4
_WORD = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Lessons:
    """Tells what pairs are worth as examples beside an advice.

    Parameters
    ----------
    advice : AdviceBook
    book : RuleBook
        By whose cues the pairs are read.

    Examples
    --------
    >>> lessons = Lessons(AdviceBook.load(), RuleBook.load())
    >>> beside = lessons.beside("price.cheap")
    >>> kept = Pair("1", "Soup for only £4!", "Soup for only £4", "price", ("price",))
    >>> mended = Pair("2", "Soup for only £4!", "A bowl of soup is £4.", "price", ("price",))
    >>> beside(kept), beside(mended) == SAME
    (None, True)
    """

    advice: AdviceBook
    book: RuleBook
    _forms: Mapping[str, tuple[Form, ...]] = field(init=False, repr=False, compare=False)
    _known: dict[str, Told] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forms: dict[str, list[Form]] = defaultdict(list)
        for form in self.advice.forms:
            forms[form.line].append(form)
        object.__setattr__(self, "_forms", {line: tuple(some) for line, some in forms.items()})

    def beside(self, line: str) -> Callable[[Pair], Worth | None]:
        """Return what tells how much a pair is worth beside a line of advice: None where it would mislead."""
        return lambda pair: self._worth(line, pair)

    def _worth(self, line: str, pair: Pair) -> Worth | None:
        own = self._own(pair)
        if self._holds(line, own, pair):
            return None
        told = word_lists("examples")["lines"]
        vague = line in told["vague"] or line.endswith(".default")
        cue = line.partition(".")[0]
        if line and own.line == line:
            return VAGUE if vague else SAME
        if not vague and any(form.spot(pair.customer) for form in self._forms.get(line, ())):
            return SHOWN
        return KIN if cue in told["kin"] and own.line.startswith(f"{cue}.") else OTHER

    def _holds(self, line: str, own: Told, pair: Pair) -> bool:
        """Whether an edit still holds what the advice would take out."""
        told = word_lists("examples")["lines"]
        after = folded(pair.client)
        if line.startswith("price.") and any(words in after for words in told["limits"]):
            return True
        if line not in told["struck"]:
            return False
        troubles = [words for words in own.quoted if own.line == line and len(words.split()) <= _FEW]
        for form in self._forms.get(line, ()):
            spot = form.spot(pair.customer)
            if spot and form.marks is not None:
                troubles.append(" ".join(form.marked(pair.customer)))
            elif spot and not form.commands:
                troubles.append(pair.customer[slice(*spot)])
        kept = _stems([after])
        return any(
            words and len(words & kept) >= HELD * len(words) for words in (_stems([one]) for one in troubles)
        )

    def _own(self, pair: Pair) -> Told:
        """Return the advice on a pair's own customer side; its writers' cues stand in for the model's."""
        if pair.id not in self._known:
            hits = match(self.book, pair.customer)
            cues = []
            for name in pair.cues:
                hit = next((hit for hit in hits if hit.cue == name), None)
                whole = Cue(name, 0, len(pair.customer), "model")
                cues.append(Cue(name, hit.start, hit.end) if hit else whole)
            self._known[pair.id] = self.advice.told(pair.customer, cues, 0, self.book)
        return self._known[pair.id]


def _stems(texts: Iterable[str]) -> frozenset[str]:
    small = word_lists("similarity")["ignored"]["small"]
    words = (word for text in texts for word in _WORD.findall(folded(text)))
    return frozenset(word[:_STEM] for word in words if word not in small)
