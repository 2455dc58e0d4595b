"""JSON Lines, an object a line, each bad line told by its number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, BinaryIO

from clientvoice.readers.tables.lines import BadLine, marked_encoding, numbered_lines


def json_records(stream: BinaryIO) -> Iterator[tuple[int, dict[str, Any] | BadLine]]:
    r"""Yield ``(line, object)`` for each line that is not blank.

    Parameters
    ----------
    stream : binary file
        At its start, and able to go back there.

    Examples
    --------
    >>> import io
    >>> list(json_records(io.BytesIO(b'{"text": "Hello"}\n\n[1]')))
    [(1, {'text': 'Hello'}), (3, BadLine(text='a JSON list, expected one object a line'))]
    """
    file = TextIOWrapper(stream, marked_encoding(stream), errors="surrogateescape", newline="\n")
    try:
        for number, line in numbered_lines(file):
            if isinstance(line, BadLine):
                yield number, line
            elif line.strip():
                yield number, _parsed(line)
    finally:
        with suppress(ValueError):  # closed before this was done
            file.detach()  # whoever opened the stream closes it


def _parsed(line: str) -> dict[str, Any] | BadLine:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        where = f" (at character {error.pos + 1})" if isinstance(error, json.JSONDecodeError) else ""
        return BadLine(f"not JSON{where}, expected one object a line")
    if not isinstance(record, dict):
        return BadLine(f"a JSON {type(record).__name__}, expected one object a line")
    return record
