"""Reads standard input: one file of any format, kept on disk only while it is large."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from clientvoice.readers.content import HEAD, read_content
from clientvoice.readers.formats import MANY, NAMED, sniff
from clientvoice.readers.guarding import guarded
from clientvoice.readers.limits import DEFAULT_LIMITS, Limits
from clientvoice.readers.origin import Origin
from clientvoice.readers.reading import check_format
from clientvoice.readers.tables.columns import GUESSED, TableColumns
from clientvoice.records import Failure, Message

STDIN = "-"
"""What stands for standard input on the command line."""
_PIECE = 1 << 20
_IN_MEMORY = 20_000_000


def read_stdin(
    stream: BinaryIO,
    *,
    format: str | None = None,  # noqa: A002
    name: str = "standard input",
    limits: Limits = DEFAULT_LIMITS,
    columns: TableColumns = GUESSED,
) -> Iterator[Message | Failure]:
    r"""Read a stream that cannot go back, such as a pipe; bad content gives failures, never an exception.

    Parameters
    ----------
    stream : binary file
    format : str, optional
        As for :func:`~clientvoice.readers.read_bytes`; told by the first bytes where it is not given.
    name : str
        The id to show.
    limits : Limits
        A mailbox, table or archive may have ``max_archive`` bytes, anything else ``max_bytes``.
    columns : TableColumns
        Which columns of a table to read; guessed by default.

    Raises
    ------
    InputError
        If the format is unknown.

    Examples
    --------
    >>> import io
    >>> [message.id for message in read_stdin(io.BytesIO(b"We will ring you first."))]
    ['standard input']
    """
    if format is not None:
        check_format(format, NAMED, "standard input")
    origin = Origin(name, None, limits, columns)
    return guarded(lambda: _read(stream, format, origin), origin)


def kept_stdin(stream: BinaryIO, path: Path, limits: Limits = DEFAULT_LIMITS) -> Path:
    """Write a stream to a file that is read as any other; what is over ``max_archive`` is too large there.

    Examples
    --------
    >>> import io, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kept_stdin(io.BytesIO(b"We will ring you first."), Path(folder) / "kept").read_bytes()
    b'We will ring you first.'
    """
    with path.open("xb") as kept:
        size = 0
        while size <= limits.max_archive and (piece := stream.read(_PIECE)):
            kept.write(piece)
            size += len(piece)
    return path


def _read(stream: BinaryIO, kind: str | None, origin: Origin) -> Iterator[Message | Failure]:
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as kept:
        head = b""
        while len(head) < HEAD and (piece := stream.read(HEAD - len(head))):
            head += piece
        kind = kind or sniff(head)
        most = origin.limits.max_archive if kind in MANY else origin.limits.max_bytes
        kept.write(head)
        size = len(head)
        while size <= most and (piece := stream.read(_PIECE)):
            kept.write(piece)
            size += len(piece)
        if size > most:
            limit = "max_archive" if kind in MANY else "max_bytes"
            yield origin.failure("too_large", f"larger than {most:,} bytes ({limit}); score it as a file")
            return
        kept.seek(0)
        yield from read_content(cast(BinaryIO, kept), kind, origin)
