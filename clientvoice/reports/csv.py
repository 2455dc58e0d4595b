"""CSV for spreadsheets: one row a message, one row a sentence, written as they come.

A cell that a spreadsheet would read as a formula starts with an apostrophe.
Open the file with ``newline=""``, and with ``encoding="utf-8-sig"`` if it is
meant for Excel, which else takes it for another encoding.
"""

from __future__ import annotations

import csv
from typing import TextIO

from clientvoice.records import FRAMES, MESSAGE_LABELS, Failure, MessageAnalysis, SentenceAnalysis
from clientvoice.reports.inert import REPLACEMENT, encodable
from clientvoice.reports.rows import number, row

Cell = str | float | bool | None

MESSAGE_COLUMNS: tuple[str, ...] = (
    "id",
    "path",
    "status",
    "format",
    "label",
    "score",
    "p_client",
    "p_customer",
    "p_mixed",
    "p_neutral",
    "sentences",
    "share_client",
    "share_customer",
    "share_neutral",
    "practices",
    "subject",
    "sender",
    "date",
    "notices",
    "problem",
)
"""Columns of ``messages.csv`` and of :func:`clientvoice.reports.frames.messages_frame`."""

SENTENCE_COLUMNS: tuple[str, ...] = (
    "id",
    "path",
    "number",
    "start",
    "end",
    "source_start",
    "source_end",
    "kind",
    "label",
    "score",
    "p_client",
    "p_customer",
    "p_neutral",
    "uncertain",
    "counted",
    "cues",
    "reason",
    "text",
)
"""Columns of ``sentences.csv`` and of :func:`clientvoice.reports.frames.sentences_frame`."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class MessagesWriter:
    """Writes ``messages.csv``: one row a message or failure, under a header.

    Examples
    --------
    >>> import io
    >>> file = io.StringIO(newline="")
    >>> MessagesWriter(file).write(Failure("a.eml", "empty", "a.eml is empty"))
    >>> file.getvalue().splitlines()[1][:13]
    'a.eml,,failed'
    """

    def __init__(self, stream: TextIO) -> None:
        self._rows = csv.writer(stream)
        self._rows.writerow(MESSAGE_COLUMNS)

    def write(self, item: MessageAnalysis | Failure) -> None:
        """Append the row of one result."""
        self._rows.writerow([safe_cell(cell) for cell in message_cells(item)])


class SentencesWriter:
    """Writes ``sentences.csv``: one row a sentence, under a header; failures have none.

    Examples
    --------
    >>> import io
    >>> file = io.StringIO(newline="")
    >>> SentencesWriter(file).write(Failure("a.eml", "empty", "a.eml is empty"))
    >>> len(file.getvalue().splitlines())
    1
    """

    def __init__(self, stream: TextIO) -> None:
        self._rows = csv.writer(stream)
        self._rows.writerow(SENTENCE_COLUMNS)

    def write(self, item: MessageAnalysis | Failure) -> None:
        """Append the rows of one result's sentences."""
        if isinstance(item, Failure):
            return
        for position, sentence in enumerate(item.sentences, 1):
            cells = sentence_cells(item, position, sentence)
            self._rows.writerow([safe_cell(cell) for cell in cells])


def message_cells(item: MessageAnalysis | Failure) -> list[Cell]:
    """Return the values of :data:`MESSAGE_COLUMNS` for one result, as they are."""
    it = row(item)
    probabilities = it.probabilities or {}
    return [
        it.id,
        it.path,
        it.status,
        it.format,
        it.label,
        number(it.score),
        *(number(probabilities.get(label)) for label in MESSAGE_LABELS),
        it.sentences,
        *(number(it.share(frame)) for frame in FRAMES),
        it.practices,
        it.subject,
        it.sender,
        it.date,
        "; ".join(notice.code for notice in it.notices),
        it.problem,
    ]


def sentence_cells(analysis: MessageAnalysis, position: int, sentence: SentenceAnalysis) -> list[Cell]:
    """Return the values of :data:`SENTENCE_COLUMNS` for one sentence, as they are."""
    message = analysis.message
    source = message.source_map.to_source(sentence.start, sentence.end) or (None, None)
    return [
        message.id,
        message.path,
        position,
        sentence.start,
        sentence.end,
        *source,
        sentence.kind,
        sentence.label,
        number(sentence.score),
        *(number(sentence.probabilities.get(frame)) for frame in FRAMES),
        sentence.framing.uncertain,
        sentence.counted,
        "; ".join(dict.fromkeys(cue.name for cue in sentence.cues)),
        sentence.reason,
        sentence.text,
    ]


def safe_cell(cell: Cell) -> Cell:
    """Return a cell as a spreadsheet may read it: no formula, nothing that UTF-8 cannot hold.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("1+1"), safe_cell(True), safe_cell(0.5)
    ("'=1+1", '1+1', 'true', 0.5)
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, str):
        return cell
    text = encodable(cell).replace("\0", REPLACEMENT)
    return f"'{text}" if text.startswith(_FORMULA) else text
