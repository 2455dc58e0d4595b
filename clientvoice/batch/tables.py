"""Rows of a JSONL or CSV table, one at a time, with every bad line told by its number."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from clientvoice.batch.delimited import delimited_records
from clientvoice.batch.lines import BadLine, encoding_of, numbered_lines
from clientvoice.errors import ConfigError, InputError
from clientvoice.records import Failure

JSON_SUFFIXES = (".jsonl", ".ndjson")
CSV_SUFFIXES = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table to use.

    ``subject`` is used where the table has it and left out where not;
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


def read_rows(path: Path, columns: Columns) -> Iterator[Row | Failure]:
    r"""Yield the rows of a table in order; a line that is no row is a failure in its place.

    Parameters
    ----------
    path : Path
        ``.jsonl`` or ``.ndjson`` (an object a line), ``.csv`` or ``.tsv`` (with a header).
    columns : Columns

    Raises
    ------
    ConfigError
        If the table has no such columns or is of another kind.
    InputError
        If the file cannot be opened.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder) / "mails.csv"
    ...     _ = table.write_text("id,text\n7,We will ring you first.\n")
    ...     list(read_rows(table, Columns()))
    [Row(line=2, id='7', text='We will ring you first.', subject=None)]
    """
    checked = False
    for line, found in _records(path, columns):
        if isinstance(found, BadLine):
            row: Row | BadLine = found
        else:
            if not checked:
                _check(columns, found.keys(), path)
                checked = True
            row = _row(line, found, columns)
        if isinstance(row, BadLine):
            yield Failure(f"{path}:{line}", "bad_row", f"{path}, line {line}: {row.text}", str(path))
        else:
            yield row


def _records(path: Path, columns: Columns) -> Iterator[tuple[int, dict[str, Any] | BadLine]]:
    suffix = path.suffix.lower()
    known = (*JSON_SUFFIXES, *CSV_SUFFIXES)
    if suffix not in known:
        raise ConfigError(
            f"{path}: got a table with the suffix {suffix!r}, expected one of {', '.join(known)}"
        )
    try:
        if suffix in JSON_SUFFIXES:
            yield from _json_records(path)
        else:
            yield from delimited_records(path, wanted=(columns.text, columns.id), tabs=suffix == ".tsv")
    except UnicodeError as error:
        raise InputError("unreadable", f"{path}: damaged UTF-16. Save the file as UTF-8.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError("unreadable", f"{path}: {reason}. Check the path and its permissions.") from error


def _json_records(path: Path) -> Iterator[tuple[int, dict[str, Any] | BadLine]]:
    with path.open(encoding=encoding_of(path), errors="surrogateescape", newline="\n") as file:
        for number, line in numbered_lines(file):
            if isinstance(line, BadLine):
                yield number, line
            elif line.strip():
                yield number, _parsed(line)


def _parsed(line: str) -> dict[str, Any] | BadLine:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        where = f" (at character {error.pos + 1})" if isinstance(error, json.JSONDecodeError) else ""
        return BadLine(f"not JSON{where}, expected one object a line")
    if not isinstance(record, dict):
        return BadLine(f"a JSON {type(record).__name__}, expected one object a line")
    return record


def _row(line: int, record: dict[str, Any], columns: Columns) -> Row | BadLine:
    for name in (columns.id, columns.text):
        if name not in record:
            return BadLine(f"no {name!r}, expected it in every row")
    text, name = record[columns.text], record[columns.id]
    if text is not None and not isinstance(text, str):
        return BadLine(f"{columns.text!r} is a {type(text).__name__}, expected a text")
    if isinstance(name, dict | list) or (isinstance(name, float) and not math.isfinite(name)):
        return BadLine(f"{columns.id!r} is a {type(name).__name__}, expected a text or number")
    subject = record.get(columns.subject) if columns.subject else None
    return Row(line, name, text or "", subject if isinstance(subject, str) and subject.strip() else None)


def _check(columns: Columns, names: Collection[str], path: Path) -> None:
    for option, wanted in (("--text-column", columns.text), ("--id-column", columns.id)):
        if wanted in names:
            continue
        shown = ", ".join(repr(str(name)[:60]) for name in list(names)[:40]) or "none"
        close = get_close_matches(wanted.lower(), [str(name).lower() for name in names], n=1)
        near = next((name for name in names if close and name.lower() == close[0]), None)
        hint = f" Did you mean {near!r}?" if near else ""
        raise ConfigError(f"{path}: no column {wanted!r}. Columns: {shown}.{hint} Name it with {option}.")
