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

SURE = Worth(0.04, 0.49, 0.13)
SAME = Worth(0.04, 0.52, 0.16, eases=0.04)
SHOWN = Worth(0.02, 0.53, 0.16, words=1, eases=0.03)
VAGUE = Worth(0.02, 0.56, 0.20)
KIN = Worth(0.0, 0.55, 0.22, words=1)
OTHER = Worth(0.0, 0.58, 0.26, words=1, eases=0.06)
"""What pairs are worth: of the same advice, of its form among others, of advice that says little, and so on.

Of 298 examples that strict readers judged, 48 of 57 of the same advice were apt, 30 of 38 of its form or
of advice that says little, 17 of 26 of the same kind, 45 of 134 others (of which four of six from 0.62 on).
"""

ELSEWHERE = 0.06
"""How much nearer a pair must be that has none of the words which are the trouble of the sentence."""

HELD = 0.6
"""Share of the words that are the trouble from which an edit has kept them."""

_STEM = 5
_FEW = 4
_WORD = re.compile(r"[a-z]{3,}")
_FIGURE = re.compile(r"\d+")


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
    >>> beside = lessons.beside(Told("", "price.cheap", ("only £2",)))
    >>> kept = Pair("1", "Soup for only £4!", "Soup for only £4", "price", ("price",))
    >>> mended = Pair("2", "Soup for only £4!", "A bowl of soup is £4.", "price", ("price",))
    >>> beside(kept), beside(mended) == SURE
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

    def beside(self, advice: Told) -> Callable[[Pair], Worth | None]:
        """Return what tells how much a pair is worth beside an advice: None where it would mislead."""
        return lambda pair: self._told(advice, pair)

    def _told(self, advice: Told, pair: Pair) -> Worth | None:
        """Return what a pair is worth, less where it has none of the words that the advice quotes."""
        worth = self._worth(advice, pair)
        if worth is None or _stems(advice.quoted) & _stems([pair.customer]):
            return worth
        return worth._replace(close=worth.close + ELSEWHERE, telling=worth.telling + ELSEWHERE)

    def _worth(self, advice: Told, pair: Pair) -> Worth | None:
        line, own = advice.line, self._own(pair)
        told = word_lists("examples")["lines"]
        if self._holds(line, own, pair) or (line in told["gone"] and self._stays(advice, pair)):
            return None
        vague = line in told["vague"] or line.endswith(".default")
        cue = line.partition(".")[0]
        if line and own.line == line:
            sure = SURE if cue in told["sure"] or line in told["sure"] else SAME
            return VAGUE if vague else sure._replace(words=int(line in told["bare"]))
        if line in told["own"]:
            return None
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

    def _stays(self, advice: Told, pair: Pair) -> bool:
        """Whether an edit is of the form that the advice mends, claims as much, or keeps what it quotes."""
        told = word_lists("examples")["lines"]
        lines = {advice.line, *told["claims"]}
        if any(form.spot(pair.client) for line in lines for form in self._forms.get(line, ())):
            return True
        if any(f"{hit.cue}.{hit.kind or 'default'}" == advice.line for hit in match(self.book, pair.client)):
            return True
        figures = set(_FIGURE.findall(" ".join(self._own(pair).quoted)))
        if advice.line in told["counts"] and figures and figures <= set(_FIGURE.findall(pair.client)):
            return True
        shared = _stems(advice.quoted) & _stems([pair.customer])
        return bool(shared) and shared <= _stems([pair.client])

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
