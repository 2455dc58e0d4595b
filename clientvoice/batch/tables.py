"""Rows of a JSONL, CSV, Excel or Parquet table, one at a time, every bad line told by its number."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from clientvoice.arguments import a_type
from clientvoice.errors import ConfigError
from clientvoice.readers.tables.columns import TableColumns, choose
from clientvoice.readers.tables.lines import BadLine
from clientvoice.readers.tables.named import CSV_SUFFIXES, JSON_SUFFIXES, SUFFIXES, table_records
from clientvoice.records import Failure

__all__ = ["CSV_SUFFIXES", "JSON_SUFFIXES", "SUFFIXES", "Columns", "Row", "read_rows"]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table to use.

    ``subject`` is used where the table has it, under that name or another that the
    readers of messages know (``Subject``, ``subject_line``), and left out where not;
    ``None`` leaves it out always.
    """

    text: str = "text"
    id: str = "id"
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a text to label, as it is. ``id`` is any JSON scalar."""

    line: int
    id: Any
    text: str
    subject: str | None = None


def read_rows(path: Path, columns: Columns, *, name: str = "") -> Iterator[Row | Failure]:
    r"""Yield the rows of a table in order; a line that is no row is a failure in its place.

    Parameters
    ----------
    path : Path
        ``.jsonl`` or ``.ndjson`` (an object a line), ``.csv`` or ``.tsv`` (with a header),
        ``.xlsx`` (the first sheet) or ``.parquet``.
    columns : Columns
    name : str, optional
        What to call the table in messages; its path by default.

    Raises
    ------
    ConfigError
        If the table has no such columns or is of another kind.
    InputError
        If the file cannot be opened, or its optional reader is not installed.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder) / "mails.csv"
    ...     _ = table.write_text("id,text\n7,We will ring you first.\n")
    ...     list(read_rows(table, Columns()))
    [Row(line=2, id='7', text='We will ring you first.', subject=None)]
    """
    checked, name = False, name or str(path)
    for line, found in _records(path, columns, name):
        if isinstance(found, BadLine):
            row: Row | BadLine = found
        else:
            if not checked:
                _check(columns, found.keys(), name)
                checked = True
            row = _row(line, found, columns)
        if isinstance(row, BadLine):
            yield Failure(f"{name}:{line}", "bad_row", f"{name}, line {line}: {row.text}", name)
        else:
            yield row


def _records(path: Path, columns: Columns, name: str) -> Iterator[tuple[int, dict[str, Any] | BadLine]]:
    wanted = (columns.text, columns.id)
    return table_records(path, wanted=wanted, needed=lambda names: _needed(columns, names), name=name)


def _needed(columns: Columns, names: Sequence[str]) -> Sequence[str]:
    """Return the columns to read; all where one is missing, so that the error can list them."""
    subject = _subject(columns, tuple(names))
    wanted = [name for name in (columns.id, columns.text, subject) if name and name in names]
    return wanted if {columns.id, columns.text} <= set(wanted) else names


def _row(line: int, record: dict[str, Any], columns: Columns) -> Row | BadLine:
    for name in (columns.id, columns.text):
        if name not in record:
            return BadLine(f"no {name!r}, expected it in every row")
    text, name = record[columns.text], record[columns.id]
    if text is not None and not isinstance(text, str):
        return BadLine(f"{columns.text!r} is {a_type(text)}, expected a text")
    if isinstance(name, dict | list) or (isinstance(name, float) and not math.isfinite(name)):
        return BadLine(f"{columns.id!r} is {a_type(name)}, expected a text or number")
    found = _subject(columns, tuple(record))
    subject = record[found] if found else None
    return Row(line, name, text or "", subject if isinstance(subject, str) and subject.strip() else None)


@lru_cache(maxsize=64)
def _subject(columns: Columns, names: tuple[str, ...]) -> str | None:
    """Return the column of the subjects: of that very name, else as the readers of messages choose it."""
    if columns.subject is None or columns.subject in names:
        return columns.subject
    others = (name for name in names if name not in (columns.id, columns.text))
    return choose(TableColumns("text"), ["text", *others], "").subject


def _check(columns: Columns, names: Collection[str], table: str) -> None:
    for option, wanted in (("--text-column", columns.text), ("--id-column", columns.id)):
        if wanted in names:
            continue
        shown = ", ".join(repr(str(name)[:60]) for name in list(names)[:40]) or "none"
        close = get_close_matches(wanted.lower(), [str(name).lower() for name in names], n=1)
        near = next((name for name in names if close and name.lower() == close[0]), None)
        hint = f" Did you mean {near!r}?" if near else ""
        raise ConfigError(f"{table}: no column {wanted!r}. Columns: {shown}.{hint} Name it with {option}.")
