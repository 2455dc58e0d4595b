"""Labelled messages: tables of your own, and the whole messages of the natural corpus."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from clientvoice.arguments import is_blank
from clientvoice.corpora.labelled import LabelledRow, LabelledRows, one_of
from clientvoice.errors import InputError
from clientvoice.readers.items import cell_message
from clientvoice.records import MESSAGE_LABELS, Failure, MessageLabel, Sentence, SentenceKind
from clientvoice.segments import mark_boilerplate, segment


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """A message split into sentences, with its label, score (0-100) and sender."""

    sentences: tuple[Sentence, ...]
    label: MessageLabel
    score: float
    group: str

    @property
    def texts(self) -> list[str]:
        """The sentences as text."""
        return [sentence.text for sentence in self.sentences]


def messages_of(table: LabelledRows) -> list[LabelledMessage]:
    r"""Return the rows of a table with a ``score`` and where there is one a ``subject`` as messages.

    A text that has tags of HTML is read as HTML, as ``clientvoice label --unit message`` reads it.

    Raises
    ------
    ConfigError
        If there is no column of scores.
    InputError
        If a row has no score from 0 to 100, or an unknown label.

    Examples
    --------
    >>> import tempfile
    >>> from clientvoice.corpora.labelled import read_labelled
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "mine.csv"
    ...     _ = path.write_text("text,label,score,org\n<p>We ring you first.</p>,client,90,Oak\n")
    ...     (message,) = messages_of(read_labelled(path))
    >>> message.texts, message.group
    (['We ring you first.'], 'Oak')
    """
    table.require("score", "for what readers gave each message (0 to 100)")
    return [
        LabelledMessage(_sentences(row), one_of(row.label, MESSAGE_LABELS, row.where), _score(row), row.group)
        for row in table.rows
    ]


def _score(row: LabelledRow) -> float:
    given = row.record.get("score")
    if is_blank(given):
        raise InputError("bad_row", f"{row.where}: a label but no score; fill it in or drop the row.")
    try:
        score = float(given)  # type: ignore[arg-type]
    except (ValueError, TypeError):
        score = math.nan
    if 0 <= score <= 100:
        return score
    raise InputError("bad_row", f"{row.where}: score {str(given)[:60]!r}, expected a number from 0 to 100.")


def _sentences(row: LabelledRow) -> tuple[Sentence, ...]:
    subject = " ".join(str(row.record.get("subject") or "").split())
    message = cell_message(row.text, id=row.where, subject=subject or None)
    if isinstance(message, Failure):
        raise InputError(message.code, message.text)
    return segment(mark_boilerplate(message))


def read_natural_messages(folder: Path) -> list[LabelledMessage]:
    """Read the authored messages of ``natural/*.txt``: label by their header, score by their lines.

    Their scores are not read by anyone: they are 50 plus the balance of client
    and customer lines, which is what the readers of real messages follow.
    """
    return [message for path in sorted(folder.glob("natural/*.txt")) for message in _natural_messages(path)]


def _natural_messages(path: Path) -> list[LabelledMessage]:
    found = []
    for part in path.read_text("utf-8").split("### ")[1:]:
        head, *lines = part.splitlines()
        fields = head.split(" | ")
        rows = [line.split(" | ", 1) for line in lines if " | " in line]
        if len(rows) < 2 or fields[-1].strip() not in MESSAGE_LABELS:
            continue
        kinds = [_KINDS[mark[0]] for mark, _ in rows]
        marks = [mark.split()[1][0] for mark, _ in rows]
        sentences = tuple(
            Sentence(0, len(text), text, kind) for (_, text), kind in zip(rows, kinds, strict=True)
        )
        care, sale = marks.count("k"), marks.count("c")
        score = 50 + 50 * (care - sale) / (care + sale + 0.25 * marks.count("n") + 1)
        found.append(LabelledMessage(sentences, cast("MessageLabel", fields[-1].strip()), score, fields[0]))
    return found


_KINDS: dict[str, SentenceKind] = {
    "S": "subject",
    "H": "heading",
    "P": "sentence",
    "B": "bullet",
    "X": "button",
    "F": "footer",
}
