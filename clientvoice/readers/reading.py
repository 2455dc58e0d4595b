"""One file, byte string or string to its messages; what cannot be read becomes a failure."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from clientvoice.errors import InputError
from clientvoice.readers.content import document, read_content
from clientvoice.readers.folder import display_name
from clientvoice.readers.formats import NAMED, READABLE, format_of, remedy_for
from clientvoice.readers.guarding import guarded
from clientvoice.readers.language import with_language_notice
from clientvoice.readers.limits import DEFAULT_LIMITS, Limits
from clientvoice.readers.origin import Origin
from clientvoice.readers.tables.columns import GUESSED, TableColumns
from clientvoice.records import Failure, Message


def read_path(
    path: Path,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    columns: TableColumns = GUESSED,
) -> Iterator[Message | Failure]:
    """Read one file; bad content gives failures, never an exception.

    The ending tells the format; a file with another ending is told by its
    first bytes. Mailboxes and tables are streamed, a message at a time.

    Parameters
    ----------
    path : Path
    name : str, optional
        The id and path to show, the path itself by default. Mails in a mailbox
        and rows of a table are ``name#1``, ``name#2``; a mail forwarded in part 2 of a
        mail is ``name#2`` (``name#1.2`` in a mailbox); a file in an archive is ``name/inner/path``.
    limits : Limits
    columns : TableColumns
        Which columns of a table to read; guessed by default.

    Examples
    --------
    >>> [failure.code for failure in read_path(Path("no-such-file.eml"))]
    ['not_found']
    """
    path = Path(path)
    shown = display_name(path) if name is None else name
    origin = Origin(shown, shown, limits, columns)
    return guarded(lambda: _read_file(path, origin), origin)


def read_bytes(
    data: bytes,
    *,
    format: str | None = None,  # noqa: A002
    name: str = "<bytes>",
    limits: Limits = DEFAULT_LIMITS,
    columns: TableColumns = GUESSED,
) -> Iterator[Message | Failure]:
    r"""Read the bytes of one file.

    Parameters
    ----------
    data : bytes
    format : str, optional
        ``eml``, ``mbox``, ``msg``, ``html``, ``markdown``, ``text``, ``docx``, ``csv``, ``tsv``,
        ``jsonl``, ``xlsx``, ``parquet`` or ``zip``; told by the first bytes where it is not given.
    name : str
        The id to show.
    limits : Limits
    columns : TableColumns
        Which columns of a table to read; guessed by default.

    Examples
    --------
    >>> message, = read_bytes(b"Subject: Monday\nFrom: jo@example.com\n\nWe will ring you first.")
    >>> message.format, message.subject
    ('eml', 'Monday')
    """
    if not isinstance(data, bytes | bytearray | memoryview):
        raise InputError("not_bytes", f"read_bytes: got {type(data).__name__}, expected bytes; see read_text")
    if format is not None:
        check_format(format, NAMED, "read_bytes")
    content = bytes(data)
    origin = Origin(name, None, limits, columns)
    return guarded(lambda: read_content(io.BytesIO(content), format, origin), origin)


def first_message(data: bytes, *, format: str | None = None, name: str = "<bytes>") -> Message:  # noqa: A002
    """Read the bytes of one file that holds one message.

    Raises
    ------
    InputError
        If nothing can be read; its code and text are those of the failure.

    Examples
    --------
    >>> first_message(b"<p>We ring you <b>first</b>.</p>").text
    'We ring you first.'
    """
    first = next(read_bytes(data, format=format, name=name))
    if isinstance(first, Failure):
        raise InputError(first.code, first.text)
    return first


def read_text(text: str, *, format: str = "text", name: str = "<text>") -> Message:  # noqa: A002
    """Read a string as one message.

    Parameters
    ----------
    text : str
    format : {"text", "html", "markdown", "eml"}
        A mail gives its own message, not the ones forwarded inside it.
    name : str
        The id to show.

    Raises
    ------
    InputError
        If ``text`` is no string, the format is unknown, or a mail has no text.

    Examples
    --------
    >>> read_text("<p>We ring you <b>first</b>.</p>", format="html").text
    'We ring you first.'
    """
    if not isinstance(text, str):
        raise InputError("not_text", f"read_text: got {type(text).__name__}, expected str; see read_bytes.")
    check_format(format, ("text", "html", "markdown", "eml"), "read_text")
    if format != "eml":
        return with_language_notice(document(text, format, Origin(name)))
    return first_message(text.encode("utf-8", "replace"), format="eml", name=name)


def check_format(kind: str, known: Sequence[str], where: str) -> None:
    """Refuse a format that is not known.

    Examples
    --------
    >>> check_format("eml", ("eml", "html"), "read_bytes")
    """
    if kind not in known:
        raise InputError(
            "unknown_format", f"{where}: got format {kind!r}, expected one of {', '.join(known)}"
        )


def _read_file(path: Path, origin: Origin) -> Iterator[Message | Failure]:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        yield origin.failure("not_found", "no such file; check the path")
        return
    except ValueError as error:
        yield origin.failure("not_found", f"no path that a file can have ({error})")
        return
    remedy = remedy_for(path)
    if stat.S_ISDIR(mode):
        yield origin.failure("unreadable", "a folder, not a file; search it with find_files")
    elif not stat.S_ISREG(mode):
        # Reading a pipe or a device could wait for ever.
        yield origin.failure("unreadable", "a pipe or a device; expected a file")
    elif remedy:
        yield origin.failure("unknown_format", f"{remedy}; expected {READABLE}")
    else:
        with path.open("rb") as stream:
            yield from read_content(stream, format_of(path), origin)
