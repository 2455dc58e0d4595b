"""Rows of an Excel workbook (.xlsx), a sheet at a time, formulas as the text that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO
from zipfile import ZipFile

from clientvoice.errors import InputError
from clientvoice.readers.archives.foreign import library, parsing
from clientvoice.readers.archives.unpacking import opened_zip
from clientvoice.readers.origin import Origin
from clientvoice.readers.tables.lines import BadLine

KIND = "an Excel workbook (.xlsx)"
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 256
_CHUNK = 1 << 20
_DENSE = 131_072
"""Tags in a megabyte without the end of a row: more cells than a row can have."""
_MOST_STRINGS = 1_000_000
_SETTINGS = re.compile(r"(?:^|/)(?:styles|workbook|theme\d{0,3}|\[Content_Types\])\.xml$|\.rels$")
_MOST_SETTINGS = 8_000_000
_ROW_END = re.compile(rb"</(?:\w{1,20}:)?(?:row|si)\b")

Records = Iterator[tuple[int, dict[str, Any] | BadLine]]


def workbook_sheets(stream: BinaryIO, origin: Origin) -> Iterator[tuple[str, Records]]:
    """Yield each sheet that has rows by its title, with its records under the first row that is not empty.

    Parameters
    ----------
    stream : binary file
        Closed no sooner than the last record is taken.
    origin : Origin

    Raises
    ------
    InputError
        If it is no workbook, or a bomb.
    """
    openpyxl = library("openpyxl", extra="tables", name=origin.name, kind=KIND)
    limits = origin.limits
    with opened_zip(stream, name=origin.name, kind=KIND, limits=limits, most=limits.max_unpacked) as archive:
        _check_parts(archive, origin)
    with parsing(origin.name, KIND):
        stream.seek(0)
        book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
    try:
        for sheet in book.worksheets:
            yield " ".join(str(sheet.title).split())[:80], _records(sheet, origin)
    finally:
        book.close()


def _records(sheet: Any, origin: Origin) -> Records:
    header: list[str] | None = None
    rows = sheet.iter_rows(min_row=1, max_row=_MOST_ROWS, min_col=1, max_col=_MOST_COLUMNS, values_only=True)
    number = 0
    while True:
        with parsing(origin.name, KIND):
            values = next(rows, None)
        if values is None:
            return
        number += 1
        if not any(value is not None and value != "" for value in values):
            continue
        if header is None:
            header = [" ".join(str(value if value is not None else "").split()) for value in values]
            continue
        record: dict[str, Any] = {}
        for name, value in zip(header, values, strict=True):
            if name:
                record.setdefault(name, _plain(value))  # the first of two columns with one name counts
        yield number, record


def _plain(value: object) -> object:
    """Return dates as ISO 8601 and what is no plain value as its text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(getattr(value, "text", value))  # an array formula keeps its text inside


def _check_parts(archive: ZipFile, origin: Origin) -> None:
    """Refuse what makes a tree of a million branches: rows are dropped one by one, nothing else is."""
    for entry in archive.infolist():
        if _SETTINGS.search(entry.filename) and entry.file_size > _MOST_SETTINGS:
            raise _excess(origin, f"{entry.filename[:80]} of {entry.file_size:,} bytes")
        if not entry.filename.endswith(".xml"):
            continue
        strings = 0
        with parsing(origin.name, KIND), archive.open(entry) as part:
            while piece := part.read(_CHUNK):
                strings += piece.count(b"</si>") + piece.count(b"<si/>")
                if piece.count(b"<") > _DENSE and len(_ROW_END.findall(piece)) < 2:
                    raise _excess(
                        origin, f"{entry.filename[:80]} with a row of more cells than a row can have"
                    )
        if strings > _MOST_STRINGS:
            raise _excess(origin, f"{strings:,} different texts")


def _excess(origin: Origin, what: str) -> InputError:
    text = f"{origin.name}: holds {what}; it is too large to be read here. Save the sheet as .csv."
    return InputError("too_large", text)
