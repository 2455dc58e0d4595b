"""The part of the report that one message fills: its line in the list, facts, arc and text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from clientvoice.records import MESSAGE_LABELS, MessageAnalysis
from clientvoice.records.places import parted
from clientvoice.reports.inert import one_line
from clientvoice.reports.page.arc import Arc, arc
from clientvoice.reports.page.cards import Card, card
from clientvoice.reports.page.checklist import Item, checklist
from clientvoice.reports.page.marks import SHOWN_SENTENCES, Group, groups, spoken
from clientvoice.reports.page.shares import Explain
from clientvoice.reports.rows import Row, row

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?\Z")

_UNNAMED = frozenset({"<text>", "<bytes>"})
"""The ids of what was handed over in Python, which name no file."""

SUBJECT_LIMIT = 160
PLACE_LIMIT = 240


@dataclass(frozen=True, slots=True)
class Section:
    """One message, ready for the template; every text in it is visible and of bounded length."""

    number: int
    anchor: str
    row: Row
    title: str
    sender: str
    date: str
    path: str
    reading: str
    cues: tuple[Card, ...]
    uncertain: int
    hidden: int
    arc: Arc | None
    practices: tuple[Item, ...]
    groups: tuple[Group, ...]
    notices: tuple[str, ...]

    @property
    def notes(self) -> Mapping[int, int]:
        """The number of the margin note of each marked sentence, by the place of the sentence."""
        return {
            stretch.place: stretch.note
            for group in self.groups
            for block in group.blocks
            for stretch in block.stretches
            if stretch.note
        }

    @property
    def day(self) -> str:
        """The date without the time."""
        return self.date.partition("T")[0]

    @property
    def moment(self) -> str:
        """The date with the time of day and its offset, as a person writes it."""
        found = _MOMENT.match(self.date)
        return f"{found[1]} {found[2]} {found[3]}".rstrip() if found else self.date


def section(
    analysis: MessageAnalysis,
    number: int,
    cards: Mapping[str, Card],
    anchor: str | None = None,
    explain: Explain | None = None,
    shown: bool = True,
) -> Section:
    """Return the section of the ``number``-th message; ``anchor`` starts every id in it.

    One that is not ``shown`` in full has its facts but no text, which takes most of the time.
    """
    it = row(analysis)
    text = groups(analysis, cards, explain) if shown else ()
    counted = [sentence for sentence in analysis.sentences if sentence.counted]
    names = dict.fromkeys(cue.name for sentence in counted for cue in sentence.cues)
    return Section(
        number=number,
        anchor=anchor or f"m{number}",
        row=it,
        title=title_of(it),
        sender=one_line(it.sender or "", SUBJECT_LIMIT),
        date=one_line(it.date or "", 40),
        path=one_line("" if it.place in _UNNAMED else it.place, PLACE_LIMIT),
        reading=spoken(analysis.probabilities, MESSAGE_LABELS),
        cues=tuple(card(name, cards) for name in names),
        uncertain=sum(sentence.framing.uncertain for sentence in counted),
        hidden=max(0, len(analysis.sentences) - SHOWN_SENTENCES),
        arc=arc(analysis.sentences) if shown else None,
        practices=checklist(analysis, text) if shown else (),
        groups=text,
        notices=tuple(one_line(notice.text, 600) for notice in it.notices),
    )


def title_of(it: Row) -> str:
    """Return the subject, else the name of the file or of what lies in it, the first words, or the id.

    Examples
    --------
    >>> title_of(Row("in/a.txt", "in/a.txt", "scored")), title_of(Row("a", None, "scored", subject=" Hi "))
    ('a.txt', 'Hi')
    >>> title_of(Row("in/b.csv#4", "in/b.csv", "scored"))
    'b.csv#4'
    >>> title_of(Row("in/old.zip/2022/may.txt", "in/old.zip", "scored"))
    '2022/may.txt'
    """
    subject = one_line(it.subject or "", SUBJECT_LIMIT)
    if subject:
        return subject
    if not it.path and (first := one_line(it.opening, SUBJECT_LIMIT)):
        return first
    if it.member.startswith("/"):
        return one_line(it.member[1:], PLACE_LIMIT)
    place = one_line(it.place, PLACE_LIMIT)
    return parted(place.rstrip("/"))[1] or "No subject"
