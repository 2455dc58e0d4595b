"""CSV as people export it: any common delimiter and encoding, ragged rows told by line."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from clientvoice.batch.lines import LINE_LIMIT, BadLine, encoding_of

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = (",", ";", "\t", "|")
FALLBACK_ENCODING = "cp1252"
"""What spreadsheets on Windows write where they do not write UTF-8."""


def delimited_records(
    path: Path, *, wanted: Sequence[str], tabs: bool = False
) -> Iterator[tuple[int, dict[str, str] | BadLine]]:
    """Yield ``(line, record)`` for each row below the header; a row that does not fit it is bad.

    Parameters
    ----------
    path : Path
    wanted : sequence of str
        Column names that the right delimiter brings out in the header.
    tabs : bool, default False
        Whether the file says by its name that the delimiter is a tab.
    """
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        start = file.readline(LINE_LIMIT)
        delimiter = "\t" if tabs else _delimiter(start, wanted)
        csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))
        lines = chain([start] if start else [], _lines(file))
        yield from _records(csv.reader(lines, delimiter=delimiter, strict=True), wanted)


def _records(rows: Reader, wanted: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | BadLine]]:
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
        else:
            yield line, _record(header, values, wanted)


def _record(header: list[str], values: list[str], wanted: Sequence[str]) -> dict[str, str] | BadLine:
    if any(values[len(header) :]):
        text = f"{len(values)} values under {len(header)} columns"
        return BadLine(f"{text}; is there a delimiter inside a text? Put quotes around it.")
    if not set(wanted).isdisjoint(header[len(values) :]):
        return BadLine(f"only {len(values)} of {len(header)} columns")
    # reversed, so that the first of two columns with one name counts
    return dict(reversed(list(zip_longest(header, values[: len(header)], fillvalue=""))))


def _explained(reason: str, first: int, last: int) -> str:
    if "unexpected end of data" in reason:
        lost = f"; lines {first + 1} to {last} are lost in it" if last > first else ""
        return f"a quote is opened and never closed{lost}. Close it, or double quotes inside quoted text."
    if "field larger than" in reason:
        return f"a value longer than {LINE_LIMIT:,} characters; is a quote never closed?"
    return f"{reason}. Double the quotes inside quoted text."


def _lines(file: TextIO) -> Iterator[str]:
    return iter(partial(file.readline, LINE_LIMIT + 1), "")


def _delimiter(header: str, wanted: Sequence[str]) -> str:
    def names(delimiter: str) -> list[str]:
        try:
            return [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
        except csv.Error:
            return []

    def fitness(delimiter: str) -> tuple[int, int]:
        found = names(delimiter)
        return sum(name in found for name in wanted), len(found)

    return max(DELIMITERS, key=fitness)


def _encoding(path: Path) -> str:
    marked = encoding_of(path)
    if marked == "utf-16":
        return marked
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return FALLBACK_ENCODING
    return marked
