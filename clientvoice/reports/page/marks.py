"""A message's text, block by block, ready to be shown: marked sentences and their margin notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from clientvoice.records import (
    FRAMES,
    UNCOUNTED,
    Block,
    BlockKind,
    Message,
    MessageAnalysis,
    SentenceAnalysis,
)
from clientvoice.reports.inert import visible
from clientvoice.reports.page.cards import Card, card
from clientvoice.reports.page.notes import Note, marks_words, note
from clientvoice.reports.page.shares import Explain, Shares, word_shares

SHOWN_SENTENCES = 1_500
"""Sentences of one message that are shown; the rest is told by number."""

SHOWN_CHARACTERS = 5_000
"""Characters of one sentence, or of text between two, that are shown."""

_BULLETS = frozenset("-*+•·‣◦▪–—")
_WRAPPED = 50


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``cue`` names the cues at these words, if any."""

    text: str
    cue: str = ""
    family: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence, or text that is in none (``title`` is empty then).

    ``frame`` is ``client`` or ``customer`` for a marked sentence, else empty;
    ``note`` is the number of its margin note, else 0. ``place`` is the index of
    the sentence, and ``proof`` says that it is evidence of a practice of care.
    """

    pieces: tuple[Piece, ...]
    title: str = ""
    frame: str = ""
    uncertain: bool = False
    note: int = 0
    place: int = -1
    proof: bool = False
    shares: Shares | None = None

    @property
    def target(self) -> str:
        """The end of the id under which the page shows it, empty where nothing points at it."""
        return f"s{self.note}" if self.note else f"e{self.place}" if self.proof else ""


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block; ``reflow`` means that its line breaks are those of a narrow editor."""

    kind: str
    stretches: tuple[Stretch, ...]
    notes: tuple[Note, ...]
    reflow: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring blocks of one kind, such as the bullets of one list."""

    kind: str
    blocks: tuple[BlockView, ...]


_Placed = tuple[int, SentenceAnalysis]


@dataclass(frozen=True, slots=True)
class _Span:
    block: Block
    sentences: tuple[_Placed, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is the same for all sentences of a message."""

    text: str
    message: Message
    cards: Mapping[str, Card]
    explain: Explain | None
    proofs: frozenset[int]


def groups(
    analysis: MessageAnalysis, cards: Mapping[str, Card], explain: Explain | None = None
) -> tuple[Group, ...]:
    """Return the blocks of a message with marks and notes, neighbours of a kind together.

    With ``explain`` each marked sentence tells the shares of its words.
    """
    proofs = frozenset(at for practice in analysis.practices for at in practice.evidence)
    shown = _Shown(visible(analysis.message.text), analysis.message, cards, explain, proofs)
    views: list[BlockView] = []
    number = 0
    for span in _spans(analysis):
        view = _view(span, shown, number)
        number += len(view.notes)
        if view.stretches:
            views.append(view)
    return tuple(Group(kind, tuple(some)) for kind, some in groupby(views, key=lambda view: view.kind))


def _spans(analysis: MessageAnalysis) -> Iterator[_Span]:
    """Give each sentence to its block; one that is in none gets a paragraph of its own."""
    pending = sorted(enumerate(analysis.sentences), key=lambda it: it[1].start)[:SHOWN_SENTENCES]
    # A message cut short ends where its last sentence that is shown ends.
    limit = pending[-1][1].end if len(analysis.sentences) > SHOWN_SENTENCES else len(analysis.message.text)
    at = 0
    for block in sorted(analysis.message.blocks, key=lambda b: b.start):
        while at < len(pending) and pending[at][1].start < block.start:
            yield _alone(pending[at])
            at += 1
        first = at
        while at < len(pending) and pending[at][1].start < block.end:
            at += 1
        if block.start < limit:
            yield _Span(replace(block, end=min(block.end, limit)), tuple(pending[first:at]))
    yield from map(_alone, pending[at:])


def _alone(placed: _Placed) -> _Span:
    sentence = placed[1]
    kind: BlockKind = "paragraph" if sentence.counted else "footer"
    return _Span(Block(sentence.start, sentence.end, kind), (placed,))


def _view(span: _Span, shown: _Shown, number: int) -> BlockView:
    block, text, message = span.block, shown.text, shown.message
    stretches: list[Stretch] = []
    notes: list[Note] = []
    at = block.start
    for place, sentence in span.sentences:
        stretches += _between(text, at, max(at, sentence.start), block)
        marked = sentence.counted and block.kind not in UNCOUNTED and sentence.label != "neutral"
        if marked:
            number += 1
            notes.append(note(sentence, text, shown.cards, number))
        stretches.append(_stretch(sentence, place, shown, number if marked else 0))
        at = max(at, sentence.end)
    stretches += _between(text, at, block.end, block)
    whole = text[block.start : block.end]
    plain = message.format in {"text", "markdown"} or (message.part or "").endswith("text/plain")
    return BlockView(block.kind, tuple(stretches), tuple(notes), plain and _is_wrapped(whole))


def _is_wrapped(text: str) -> bool:
    """Tell lines broken by a narrow editor from lines broken on purpose: those are short."""
    return any(len(line) >= _WRAPPED for line in text.split("\n")[:-1])


def _between(text: str, start: int, end: int, block: Block) -> list[Stretch]:
    """Return the text that is in no sentence, without the sign of a bullet: the list draws it."""
    gap = text[start:end]
    if not gap or (start == block.start and block.kind == "bullet" and gap.strip() in _BULLETS):
        return []
    edge = start == block.start or end == block.end
    return [] if edge and gap.isspace() else [Stretch((Piece(_cut(gap)),))]


def _stretch(sentence: SentenceAnalysis, place: int, shown: _Shown, note: int) -> Stretch:
    text = shown.text
    whole = (Piece(_cut(text[sentence.start : sentence.end])),)
    return Stretch(
        _pieces(sentence, text, shown.cards) if note else whole,
        title=spoken(sentence.probabilities, FRAMES),
        frame=sentence.label if note else "",
        uncertain=sentence.framing.uncertain and sentence.counted,
        note=note,
        place=place,
        proof=place in shown.proofs,
        shares=word_shares(sentence, shown.explain) if note else None,
    )


def _pieces(sentence: SentenceAnalysis, text: str, cards: Mapping[str, Card]) -> tuple[Piece, ...]:
    """Cut a sentence where cues begin and end. A cue of the whole sentence marks no words."""
    cues = [cue for cue in sentence.cues if marks_words(cue, sentence)]
    start, end = sentence.start, min(sentence.end, sentence.start + SHOWN_CHARACTERS)
    cuts = {start, end} | {min(max(at, start), end) for cue in cues for at in (cue.start, cue.end)}
    borders = sorted(cuts)
    pieces = []
    for a, b in pairwise(borders):
        here = [cue for cue in cues if cue.start <= a and b <= cue.end]
        found = [card(cue.name, cards) for cue in here]
        families = {each.family for each in found}
        pieces.append(
            Piece(
                text[a:b],
                ", ".join(dict.fromkeys(each.title for each in found)),
                sentence.label if sentence.label in families else next(iter(sorted(families)), ""),
                "rule" if any(cue.source == "rule" for cue in here) else "model" if here else "",
            )
        )
    if end < sentence.end:
        pieces.append(Piece(_hidden(sentence.end - end)))
    return tuple(pieces)


def spoken(probabilities: Mapping[str, float], labels: Sequence[str]) -> str:
    """Return probabilities as words, the highest first.

    Examples
    --------
    >>> spoken({"client": 0.02, "customer": 0.9, "neutral": 0.08}, FRAMES)
    'customer 90%, neutral 8%, client 2%'
    """
    ranked = sorted(labels, key=lambda label: -probabilities.get(label, 0.0))
    return ", ".join(f"{label} {probabilities.get(label, 0.0):.0%}" for label in ranked)


def _cut(text: str) -> str:
    cut = len(text) - SHOWN_CHARACTERS
    return text if cut <= 0 else text[:SHOWN_CHARACTERS] + _hidden(cut)


def _hidden(number: int) -> str:
    return f" … [{number:,} more characters are not shown here]"
