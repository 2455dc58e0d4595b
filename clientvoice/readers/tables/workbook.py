"""Rows of an Excel workbook (.xlsx), a sheet at a time, formulas as the text that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any, BinaryIO
from zipfile import ZipFile, ZipInfo

from clientvoice.errors import InputError
from clientvoice.readers.archives.foreign import library, parsing
from clientvoice.readers.archives.unpacking import content, opened_zip, xml_pieces
from clientvoice.readers.folder import display_name
from clientvoice.readers.origin import Origin
from clientvoice.readers.tables.lines import BadLine

KIND = "an Excel workbook (.xlsx)"
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 256
_DENSE = 131_072
"""Tags in a megabyte without the end of a row: more cells than a row can have."""
_MOST_STRINGS = 1_000_000
_MOST_SETTINGS = 8_000_000
_STRING = re.compile(rb"<(?:[^<>/:\s]{1,40}:)?si[\s/>]")
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
    excel = library("openpyxl.reader.excel", extra="tables", name=origin.name, kind=KIND)
    limits = origin.limits
    with opened_zip(stream, name=origin.name, kind=KIND, limits=limits, most=limits.max_unpacked) as archive:
        _check_parts(archive, origin)
        with parsing(origin.name, KIND):
            reader = excel.ExcelReader(stream, read_only=True, data_only=False, keep_links=False)
            reader.archive = _Parts(archive, origin)
            reader.read_chartsheet = lambda sheet, part: None  # it has no rows
            reader.read()
        for sheet in reader.wb.worksheets:
            yield " ".join(str(sheet.title).split())[:80], _records(sheet, origin)


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


class _Parts:
    """The archive as openpyxl sees it, which makes a tree of every part that it reads whole.

    Rows and texts it opens and drops one by one. Which part is which, the workbook says, not
    the name of a part; so what is read whole has to be small, whatever it is called.
    """

    def __init__(self, archive: ZipFile, origin: Origin) -> None:
        self.filename = origin.name
        self.namelist, self.close = archive.namelist, archive.close
        self._archive, self._origin = archive, origin
        self._tags = 0

    def read(self, name: str) -> bytes:
        """Return a part that will be a tree."""
        entry = self._archive.getinfo(name)
        if entry.file_size > _MOST_SETTINGS:
            raise _excess(self._origin, f"{_shown(entry)} of {entry.file_size:,} bytes")
        part = content(self._archive, entry, name=self._origin.name, kind=KIND)
        self._tags += part.count(b"<")
        if self._tags > self._origin.limits.max_lines:
            most = self._origin.limits.max_lines
            raise _excess(self._origin, f"more than {most:,} tags (max_lines) outside its rows")
        return part

    def open(self, name: str) -> IO[bytes]:
        """Return a part that is read a piece at a time."""
        return self._archive.open(name)


def _check_parts(archive: ZipFile, origin: Origin) -> None:
    """Refuse a row of more cells than there can be, and a million texts: these are in memory at once."""
    for entry in archive.infolist():
        strings = 0
        for piece in xml_pieces(archive, entry, name=origin.name, kind=KIND):
            strings += len(_STRING.findall(piece))
            if piece.count(b"<") > _DENSE and len(_ROW_END.findall(piece)) < 2:
                raise _excess(origin, f"{_shown(entry)} with a row of more cells than a row can have")
        if strings > _MOST_STRINGS:
            raise _excess(origin, f"{strings:,} different texts")


def _shown(entry: ZipInfo) -> str:
    """Return the name of a part, safe to print."""
    return display_name(Path(entry.filename))[:80]


def _excess(origin: Origin, what: str) -> InputError:
    text = f"{origin.name}: holds {what}; it is too large to be read here. Save the sheet as .csv."
    return InputError("too_large", text)
