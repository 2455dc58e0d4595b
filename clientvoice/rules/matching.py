"""Rules on text: where each cue's words stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from clientvoice.rules.book import RuleBook
from clientvoice.rules.edges import whole
from clientvoice.rules.folding import Folded, fold
from clientvoice.rules.prepared import Found, Prepared, Spans, prepare
from clientvoice.rules.rule import CueRule

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ZONE = Lock()


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A cue at its words: ``text[start:end]``.

    ``rule`` is the phrase or the name of the pattern that hit; ``kind`` is the group of
    the phrase or the name of the pattern, and picks the note in the margin.

    Examples
    --------
    >>> hit = match(RuleBook.load(), "Act now!")[0]
    >>> hit.cue, (hit.start, hit.end)
    ('pressure', (0, 7))
    """

    cue: str
    start: int
    end: int
    rule: str
    kind: str = ""


def match(book: RuleBook, text: str) -> tuple[RuleHit, ...]:
    """Return where the rules of ``book`` hit in ``text``, in reading order.

    Within one cue the longest hit wins; hits of different cues may overlap.

    Parameters
    ----------
    book : RuleBook
    text : str
        One sentence, or a short text.

    Examples
    --------
    >>> book = RuleBook.load()
    >>> [(hit.cue, hit.rule) for hit in match(book, "Act now, while supplies last!")]
    [('pressure', 'act now'), ('pressure', 'while supplies last')]
    """
    return match_many(book, [text])[0]


def match_many(book: RuleBook, texts: Iterable[str]) -> list[tuple[RuleHit, ...]]:
    """Return the hits of every text, in order; see :func:`match`.

    Examples
    --------
    >>> [len(hits) for hits in match_many(RuleBook.load(), ["Act now.", "It rains."])]
    [1, 0]
    """
    prepared = prepare(book)
    # spaCy keeps every word it ever met; a zone forgets the words of these texts. There is
    # one at a time, so threads take turns; matching holds Python's own lock anyway.
    with _ZONE, prepared.pipeline.memory_zone():
        return [_hits(prepared, text) for text in texts]


def contrary(book: RuleBook, cue: str, words: str) -> RuleHit | None:
    """Return the hit in ``words`` that denies them to ``cue``, None where nothing speaks against it.

    The model names cues by the sound of a sentence, and a threat sounds much like a
    promise; a rule that knows better has the word.

    Examples
    --------
    >>> book = RuleBook.load()
    >>> contrary(book, "reassurance", "If you don't pay, your heating will be cut off").cue
    'pressure'
    >>> contrary(book, "reassurance", "If you don't like it, we will refund you") is None
    True
    """
    if not any(cue in cues for rule in book for cues in rule.denies.values()):
        return None
    hits = (hit for hit in match(book, words) if cue in book[hit.cue].denies.get(hit.kind, ()))
    return next(hits, None)


def _hits(prepared: Prepared, text: str) -> tuple[RuleHit, ...]:
    folded = fold(text)
    doc = prepared.pipeline.make_doc(folded.text)
    found = prepared.found(doc)
    if not found:
        return ()
    hits = _undenied(_settle(found, prepared.vetoed(doc), doc, folded))
    cues = {hit.cue for hit, _ in hits}
    standing = [hit for hit, rule in hits if cues.isdisjoint(rule.yields_to)]
    return tuple(sorted(standing, key=lambda hit: (hit.start, hit.end, hit.cue)))


def _undenied(hits: list[tuple[RuleHit, CueRule]]) -> list[tuple[RuleHit, CueRule]]:
    """Drop the hits of cues that another hit denies to its words."""
    denying = [(hit, rule.denies[hit.kind]) for hit, rule in hits if hit.kind in rule.denies]
    return [
        (hit, rule)
        for hit, rule in hits
        if not any(
            hit.cue in cues and other.start < hit.end and hit.start < other.end for other, cues in denying
        )
    ]


def _settle(found: list[Found], vetoed: Spans, doc: Doc, folded: Folded) -> list[tuple[RuleHit, CueRule]]:
    """Drop vetoed and quoted matches, let the longest win within a cue, and lead offsets back."""
    taken: Spans = {}
    quotes = _quotes(folded.text) if '"' in folded.text else []
    hits = []
    standing = (one for one in found if not _overlaps(vetoed.get(one.rule.name, ()), one.first, one.last))
    for rule, name, kind, first, last in sorted((_whole(doc, one) for one in standing), key=_longest_first):
        span = doc[first:last]
        start, end = span.start_char, span.end_char
        if not rule.quoted and any(opening < start and end <= closing for opening, closing in quotes):
            continue
        places = taken.setdefault(rule.name, [])
        if not _overlaps(places, first, last):
            places.append((first, last))
            hits.append((RuleHit(rule.name, *folded.original(start, end), name, kind), rule))
    return hits


def _whole(doc: Doc, match: Found) -> Found:
    first, last = whole(doc, match.first, match.last)
    return match._replace(first=first, last=last)


def _longest_first(match: Found) -> tuple[int, int, str]:
    return match.first - match.last, match.first, match.name


def _overlaps(places: Iterable[tuple[int, int]], first: int, last: int) -> bool:
    return any(first < end and start < last for start, end in places)


def _quotes(text: str) -> list[tuple[int, int]]:
    """Return the stretches between double quotes, unless all of the text is one quotation."""
    marks = [place for place, character in enumerate(text) if character == '"']
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [(start, end) for start, end in pairs if text[:start].strip() or text[end + 1 :].strip(" .!?,;")]
