"""Label the rows of a table as they are, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from clientvoice.batch.containment import contained, failure_from
from clientvoice.batch.tables import Row
from clientvoice.errors import InputError
from clientvoice.readers.characters import without_surrogates
from clientvoice.readers.formats import has_markup
from clientvoice.readers.items import cell_message
from clientvoice.readers.language import with_language_notice
from clientvoice.records import FRAMES, Failure, Message, MessageAnalysis, sentence_score

if TYPE_CHECKING:
    from clientvoice.voice import ClientVoice

Unit = Literal["sentence", "message"]

CHUNK_ROWS = 2_048
"""Rows labelled together: enough for the model to be fast, few enough for memory to stay flat."""

CHUNK_CHARACTERS = 8_000_000
"""Characters that close a chunk early."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """The verdict on one row of a table; probabilities are rounded to six places.

    ``line`` is where the row stands. ``empty`` says that it has no words, such as tags or an
    emoji alone: what is said of it is then no more than what the model expects of any text.
    ``notices`` are the codes of what there is to know of another, such as ``not_english``.
    """

    id: Any
    label: str
    probabilities: Mapping[str, float]
    score: float
    line: int = field(default=0, compare=False)
    empty: bool = False
    notices: tuple[str, ...] = ()


def label_rows(
    voice: ClientVoice, rows: Iterable[Row | Failure], *, unit: Unit = "sentence"
) -> Iterator[Labelled | Failure]:
    """Yield a label for each row in order; failures pass through in their place.

    Parameters
    ----------
    voice : ClientVoice
    rows : iterable of Row or Failure
        From :func:`read_rows`.
    unit : {"sentence", "message"}, default "sentence"
        Whether a row is one sentence, which is not split, or a whole message
        (with its subject, where the row has one).
    """
    label = _label_sentences if unit == "sentence" else _label_messages
    for chunk in _chunks(rows):
        given = [row for row in chunk if isinstance(row, Row)]
        labelled = iter(contained(lambda batch: label(voice, batch), given, _failed))
        for row in chunk:
            yield next(labelled) if isinstance(row, Row) else row


def _label_sentences(voice: ClientVoice, rows: Sequence[Row]) -> list[Labelled]:
    probabilities = voice.predict_proba([row.text for row in rows])
    return [
        _labelled(row, dict(zip(FRAMES, map(float, values), strict=True)))
        for row, values in zip(rows, probabilities, strict=True)
    ]


def _labelled(row: Row, probabilities: Mapping[str, float]) -> Labelled:
    label = max(probabilities, key=lambda frame: probabilities[frame])
    score = sentence_score(probabilities)
    cell = _cell(row)
    empty = not has_words(cell.text)
    notices = () if empty else _codes(with_language_notice(cell))
    return Labelled(row.id, label, _rounded(probabilities), score, row.line, empty, notices)


def _cell(row: Row) -> Message:
    """Return a cell with its tags left out; what is no page of HTML is taken as it stands."""
    plain = Message("", without_surrogates(row.text), ())
    if not has_markup(row.text):
        return plain
    found = cell_message(row.text, id="", format="html")
    return plain if isinstance(found, Failure) else found


def _codes(message: Message) -> tuple[str, ...]:
    return tuple(dict.fromkeys(notice.code for notice in message.notices))


def has_words(text: str) -> bool:
    r"""Tell whether a text has anything to judge: a letter or a digit.

    Examples
    --------
    >>> has_words("Hello"), has_words(" \U0001f600 … ")
    (True, False)
    """
    return any(map(str.isalnum, text))


def _label_messages(voice: ClientVoice, rows: Sequence[Row]) -> list[Labelled]:
    messages = [row_message(row) for row in rows]
    analyses = voice.pipe(messages, batch_size=len(messages))
    return [_of_message(row, analysis) for row, analysis in zip(rows, analyses, strict=True)]


def _of_message(row: Row, analysis: MessageAnalysis) -> Labelled:
    empty = not has_words(analysis.message.text)
    return Labelled(
        row.id,
        analysis.label,
        _rounded(analysis.probabilities),
        analysis.score,
        row.line,
        empty,
        () if empty else _codes(analysis.message),
    )


def row_message(row: Row) -> Message:
    """Return the row as the message a reader meets: the subject first, where there is one, HTML as HTML.

    Raises
    ------
    InputError
        If there is far more markup or lines in it than a message has.
    """
    subject = " ".join(row.subject.split()) if row.subject else None
    if not row.text.strip() and not subject:
        return Message(str(row.id), "", ())
    found = cell_message(row.text, id=str(row.id), subject=subject)
    if isinstance(found, Failure):
        raise InputError(found.code, found.text)
    return found


def _rounded(probabilities: Mapping[str, float]) -> dict[str, float]:
    return {name: round(float(value), 6) for name, value in probabilities.items()}


def _failed(row: Row, error: BaseException) -> Failure:
    return failure_from(error, name=f"line {row.line}", path=None, doing="labelling it")


def _chunks(rows: Iterable[Row | Failure]) -> Iterator[list[Row | Failure]]:
    chunk: list[Row | Failure] = []
    characters = 0
    for row in rows:
        chunk.append(row)
        characters += len(row.text)
        if len(chunk) >= CHUNK_ROWS or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk
