"""What users hand over in Python: a text, the bytes of a file, a message that was read, a cell of a table."""

from __future__ import annotations

from os import PathLike
from typing import Literal

from clientvoice.readers.formats import has_markup
from clientvoice.readers.html.page import html_message
from clientvoice.readers.language import with_language_notice
from clientvoice.readers.limits import DEFAULT_LIMITS, Limits
from clientvoice.readers.plain.text import text_message
from clientvoice.readers.reading import check_format, first_message, read_text
from clientvoice.records import Failure, Message

CellFormat = Literal["auto", "html", "text"]
CELL_FORMATS = ("auto", "html", "text")
"""How the text in a cell of a table may be written."""


def as_message(item: str | bytes | Message) -> Message:
    """Return a message from plain text, the bytes of a file, or a message itself.

    Raises
    ------
    InputError
        If bytes hold nothing that can be read.
    TypeError
        If it is something else.

    Examples
    --------
    >>> as_message(b"<p>We ring you <b>first</b>.</p>").text
    'We ring you first.'
    """
    if isinstance(item, Message):
        return item
    if isinstance(item, str):
        return read_text(item)
    if isinstance(item, bytes):
        return first_message(item)
    raise TypeError(f"expected str, bytes or Message, got {type(item).__name__}; {_remedy(item)}.")


def _remedy(item: object) -> str:
    if isinstance(item, PathLike):
        return "read files with clientvoice.readers.read_path, or give path.read_bytes()"
    return "give plain text as a str, or the bytes of a file"


def cell_message(
    body: str,
    *,
    id: str,  # noqa: A002 - the field of the record has this name
    subject: str | None = None,
    format: CellFormat = "auto",  # noqa: A002
    limits: Limits = DEFAULT_LIMITS,
) -> Message | Failure:
    """Return the message that a cell of a table holds, as the readers of table files read it.

    Parameters
    ----------
    body : str
    id, subject
        Fields of the message.
    format : {"auto", "html", "text"}
        By default a body that has tags of HTML is read as HTML, any other as plain text.
    limits : Limits

    Returns
    -------
    Message or Failure
        A failure where there is far more markup or lines than a message has.

    Examples
    --------
    >>> cell_message("<p>We ring you <b>first</b>.</p>", id="0").text
    'We ring you first.'
    """
    check_format(format, CELL_FORMATS, "format")
    kind = ("html" if has_markup(body) else "text") if format == "auto" else format
    if excess := limits.excess(body, kind):
        return Failure(id, "too_large", f"{id}: {excess}; split it.")
    if kind == "html":
        return with_language_notice(html_message(body, id=id, subject=subject))
    return with_language_notice(text_message(body, id=id, subject=subject))
