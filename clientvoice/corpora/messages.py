"""Labelled messages: JSON Lines of your own, and the whole messages of the natural corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from clientvoice.corpora.sentences import LabelledRows, read_labelled, sender_of
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


def read_messages(path: Path) -> list[LabelledMessage]:
    """Read a table with ``text``, ``label``, ``score`` and where there are ``subject`` and a sender.

    It is JSON Lines, CSV, TSV, Excel or Parquet. A text that has tags of HTML is read as HTML, as
    ``clientvoice label --unit message`` reads it. Rows whose label is empty are skipped. The sender
    is ``org``, or where that is absent ``sender``.

    Raises
    ------
    InputError
        If a row cannot be read, has no text, no score from 0 to 100 or an unknown label, or if
        none has a label.
    """
    return messages_of(read_labelled(path))


def messages_of(table: LabelledRows) -> list[LabelledMessage]:
    """Return the rows of a table as messages; see :func:`read_messages`."""
    found = []
    for number, row in table.rows:
        where, label = f"{table.path}:{number}", str(row["label"]).strip().lower()
        try:
            score = float(row["score"])
        except (ValueError, KeyError, TypeError) as error:
            raise InputError("damaged", f"{where}: expected text, label and score ({error!r}).") from error
        if not 0 <= score <= 100:
            raise InputError("damaged", f"{where}: score {score:g}, expected 0 to 100.")
        if label not in MESSAGE_LABELS:
            expected = ", ".join(MESSAGE_LABELS)
            raise InputError(
                "damaged", f"{where}: label {str(row['label'])[:60]!r}, expected one of {expected}."
            )
        found.append(
            LabelledMessage(_sentences(row, where), label, score, sender_of(row, ("org", "sender"), number))
        )
    return found


def _sentences(row: Mapping[str, Any], where: str) -> tuple[Sentence, ...]:
    text, subject = str(row["text"] or ""), " ".join(str(row.get("subject") or "").split())
    if not text.strip():
        raise InputError("damaged", f"{where}: a label but no text; fill it in or drop the row.")
    message = cell_message(text, id=where, subject=subject or None)
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
