"""A mailbox to its mails, one at a time, in the memory of one mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

_PIECE = 1 << 18
_LONGEST_LINE = 1_000
"""No separator line is longer; any other need not be seen whole."""
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
    mail = _Mail(max_bytes)
    waiting, at_start = b"", True
    # In large pieces, of which the last line waits for its end: it may be a separator.
    while piece := stream.read(_PIECE):
        data = waiting + piece
        cut = data.rfind(b"\n") + 1
        if len(data) - cut > _LONGEST_LINE:
            cut = len(data)
        waiting = data[cut:]
        for separator, start, end in _stretches(data[:cut], at_start=at_start):
            if separator:
                yield from mail.close()
                mail.opened = True
            else:
                mail.add(data[start:end])
        at_start = data[:cut].endswith(b"\n") if cut else at_start
    for separator, start, end in _stretches(waiting, at_start=at_start):
        if separator:
            yield from mail.close()
            mail.opened = True
        else:
            mail.add(waiting[start:end])
    yield from mail.close()


def _stretches(data: bytes, *, at_start: bool) -> Iterator[tuple[bool, int, int]]:
    """Yield the separator lines and what stands between them."""
    position = 0
    found = 0 if at_start and data.startswith(b"From ") else data.find(b"\nFrom ") + 1 or -1
    while found >= 0:
        end = data.find(b"\n", found) + 1 or len(data)
        if is_separator(data[found : min(end, found + _LONGEST_LINE)]):
            if found > position:
                yield False, position, found
            yield True, found, end
            position = end
        found = data.find(b"\nFrom ", end - 1) + 1 or -1
    if position < len(data):
        yield False, position, len(data)


class _Mail:
    """The mail at hand: its bytes while they are within the limit, its size always."""

    def __init__(self, most: int) -> None:
        self.opened = False
        self._most = most
        self._data = bytearray()
        self._size = 0

    def add(self, data: bytes) -> None:
        """Append bytes."""
        self._size += len(data)
        if self._size <= self._most:
            self._data += data
        else:
            self._data.clear()

    def close(self) -> Iterator[RawMail]:
        """Yield the mail, if there is one, and begin the next."""
        if self.opened or self._size:
            yield _finish(self._data, self._size, self._most)
        self._data, self._size = bytearray(), 0


def _finish(mail: bytearray, size: int, max_bytes: int) -> RawMail:
    if size > max_bytes:
        return RawMail(None, size)
    data = bytes(mail)
    return RawMail(_ESCAPED.sub(b"", data) if b">From " in data else data, size)
