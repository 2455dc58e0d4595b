"""Lines of a text file of unknown size and encoding, bounded and numbered."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, TextIO

LINE_LIMIT = 20_000_000
"""Characters of one line, or of one value; more is refused, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """Why a line is no row."""

    text: str


def marked_encoding(stream: BinaryIO) -> str:
    r"""Return ``utf-16`` where a stream starts with its mark, else UTF-8 with or without a mark.

    Examples
    --------
    >>> import io
    >>> marked_encoding(io.BytesIO(b"text"))
    'utf-8-sig'
    """
    head = stream.read(2)
    stream.seek(0)
    return "utf-16" if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def numbered_lines(file: TextIO) -> Iterator[tuple[int, str | BadLine]]:
    r"""Yield ``(number, line)`` from 1; a line too long or not in the file's encoding is bad.

    ``file`` is open with ``errors="surrogateescape"``, which is how bytes of
    another encoding show.

    Examples
    --------
    >>> import io
    >>> list(numbered_lines(io.StringIO("a\nb")))
    [(1, 'a\n'), (2, 'b')]
    """
    number = 0
    while line := file.readline(LINE_LIMIT):
        number += 1
        if len(line) == LINE_LIMIT and not line.endswith("\n"):
            while line and not line.endswith("\n"):
                line = file.readline(LINE_LIMIT)
            yield number, BadLine(f"longer than {LINE_LIMIT:,} characters")
        elif _has_foreign_bytes(line):
            yield number, BadLine("not in UTF-8. Save the file as UTF-8.")
        else:
            yield number, line


def _has_foreign_bytes(line: str) -> bool:
    if line.isascii():
        return False
    try:
        line.encode()
    except UnicodeEncodeError:
        return True
    return False
