"""CSV as people export it: any common delimiter and encoding, ragged rows told by line."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import partial
from io import TextIOWrapper
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, BinaryIO, TextIO

from clientvoice.readers.charset import mostly_utf8
from clientvoice.readers.tables.columns import plain_name
from clientvoice.readers.tables.lines import LINE_LIMIT, BadLine, marked_encoding

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 2_000
"""No table of messages is wider, and every row costs as many steps."""
FALLBACK_ENCODING = "cp1252"
"""What spreadsheets on Windows write where they do not write UTF-8."""


def delimited_records(
    stream: BinaryIO, *, wanted: Collection[str], required: Collection[str] = (), tabs: bool = False
) -> Iterator[tuple[int, dict[str, str] | BadLine]]:
    r"""Yield ``(line, record)`` for each row below the header; a row that does not fit it is bad.

    Parameters
    ----------
    stream : binary file
        At its start, and able to go back there.
    wanted : collection of str
        Column names, of which the right delimiter brings out most in the header; capitals do not count.
    required : collection of str
        Columns that every row must reach.
    tabs : bool, default False
        Whether the file says by its name that the delimiter is a tab.

    Examples
    --------
    >>> import io
    >>> list(delimited_records(io.BytesIO(b"id;text\n7;Hello, you"), wanted=["text"]))
    [(2, {'id': '7', 'text': 'Hello, you'})]
    """
    file = TextIOWrapper(stream, encoding=_encoding(stream), errors="replace", newline="")
    try:
        start = file.readline(LINE_LIMIT)
        delimiter = "\t" if tabs else _delimiter(start, wanted)
        csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))
        lines = chain([start] if start else [], _lines(file))
        yield from _records(csv.reader(lines, delimiter=delimiter, strict=True), required)
    finally:
        with suppress(ValueError):  # closed before this was done
            file.detach()  # whoever opened the stream closes it


def _records(rows: Reader, required: Collection[str]) -> Iterator[tuple[int, dict[str, str] | BadLine]]:
    header: list[str] | None = None
    while True:
        line = rows.line_num + 1
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, BadLine(_explained(str(error), line, rows.line_num))
            continue
        if not any(value.strip() for value in values):
            continue
        if header is None:
            header = [name.strip() for name in values]
            if len(header) > MOST_COLUMNS:
                yield line, BadLine(f"a header of {len(header):,} columns, more than {MOST_COLUMNS:,}")
                return
        else:
            yield line, _record(header, values, required)


def _record(header: list[str], values: list[str], required: Collection[str]) -> dict[str, str] | BadLine:
    if any(values[len(header) :]):
        text = f"{len(values)} values under {len(header)} columns"
        return BadLine(f"{text}; is there a delimiter inside a text? Put quotes around it.")
    if not set(required).isdisjoint(header[len(values) :]):
        return BadLine(f"only {len(values)} of {len(header)} columns")
    record: dict[str, str] = {}
    for name, value in zip_longest(header, values[: len(header)], fillvalue=""):
        record.setdefault(name, value)  # the first of two columns with one name counts
    return record


def _explained(reason: str, first: int, last: int) -> str:
    if "unexpected end of data" in reason:
        lost = f"; lines {first + 1} to {last} are lost in it" if last > first else ""
        return f"a quote is opened and never closed{lost}. Close it, or double quotes inside quoted text."
    if "field larger than" in reason:
        return f"a value longer than {LINE_LIMIT:,} characters; is a quote never closed?"
    return f"{reason}. Double the quotes inside quoted text."


def _lines(file: TextIO) -> Iterator[str]:
    return iter(partial(file.readline, LINE_LIMIT + 1), "")


def _delimiter(header: str, wanted: Collection[str]) -> str:
    lower = {name.lower() for name in wanted}

    def names(delimiter: str) -> list[str]:
        try:
            return [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
        except csv.Error:
            return []

    def fitness(delimiter: str) -> tuple[int, int]:
        found = names(delimiter)
        return sum(name.lower() in lower or plain_name(name) in lower for name in found), len(found)

    return max(DELIMITERS, key=fitness)


def _encoding(stream: BinaryIO) -> str:
    marked = marked_encoding(stream)
    if marked == "utf-16":
        return marked
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := stream.read(1 << 20):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        stream.seek(0)
        return marked if mostly_utf8(iter(lambda: stream.read(1 << 20), b"")) else FALLBACK_ENCODING
    finally:
        stream.seek(0)
    return marked
