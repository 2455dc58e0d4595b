"""A mailbox to its mails, one at a time, in the memory of one mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_PIECE = 65_536
_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ ]+"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DATE = _DAY + rb"(?:" + _MONTH + rb"[ ]+\d{1,2}|\d{1,2}[ ]+" + _MONTH + rb")\b"
_FROM = re.compile(rb"From [^\r\n]{0,300}?\b" + _DATE + rb"[^\r\n]{0,20}?\d:\d\d[^\r\n]{0,40}?\b\d{4}\b")
_ESCAPED = re.compile(rb"^>(?=>*From )", re.M)


class RawMail(NamedTuple):
    """The bytes of one mail in a mailbox, or None where it is over the limit, and its size."""

    data: bytes | None
    size: int


def is_separator(line: bytes) -> bool:
    r"""Whether a line opens a mail in a mailbox: ``From ``, a sender and a date with a time.

    Examples
    --------
    >>> is_separator(b"From jo@example.com Mon Jun  1 10:00:00 2026\n")
    True
    >>> is_separator(b"From the desk of our founder:\n")
    False
    """
    return line.startswith(b"From ") and _FROM.match(line) is not None


def split_mbox(stream: BinaryIO, max_bytes: int) -> Iterator[RawMail]:
    r"""Cut a mailbox into its mails, without the separator lines and ``>From `` escapes.

    Parameters
    ----------
    stream : binary file
    max_bytes : int
        A mail over this size is passed over and comes as ``RawMail(None, size)``.

    Examples
    --------
    >>> import io
    >>> one = b"From a@example.com Mon Jun  1 10:00:00 2026\nSubject: Hi\n\n>From here on\n\n"
    >>> [mail.data for mail in split_mbox(io.BytesIO(one + one), 1_000)]
    [b'Subject: Hi\n\nFrom here on\n\n', b'Subject: Hi\n\nFrom here on\n\n']
    """
    mail = bytearray()
    size, opened, line_start = 0, False, True
    # A long line comes in pieces, so that memory stays bounded by one mail.
    while piece := stream.readline(_PIECE):
        if line_start and piece.startswith(b"From ") and is_separator(piece):
            if opened or size:
                yield _finish(mail, size, max_bytes)
            mail, size, opened = bytearray(), 0, True
        else:
            size += len(piece)
            if size <= max_bytes:
                mail += piece
            else:
                mail.clear()
        line_start = piece.endswith(b"\n")
    if opened or size:
        yield _finish(mail, size, max_bytes)


def _finish(mail: bytearray, size: int, max_bytes: int) -> RawMail:
    if size > max_bytes:
        return RawMail(None, size)
    data = bytes(mail)
    return RawMail(_ESCAPED.sub(b"", data) if b">From " in data else data, size)
