"""A table of any kind by the ending of its name, one record a row, every bad row told by its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from clientvoice.errors import ConfigError, InputError
from clientvoice.readers.folder import display_name
from clientvoice.readers.origin import Origin
from clientvoice.readers.tables.delimited import delimited_records
from clientvoice.readers.tables.json_lines import json_records
from clientvoice.readers.tables.lines import BadLine
from clientvoice.readers.tables.parquet import parquet_records
from clientvoice.readers.tables.workbook import workbook_sheets

JSON_SUFFIXES = (".jsonl", ".ndjson")
CSV_SUFFIXES = (".csv", ".tsv")
SUFFIXES = (*JSON_SUFFIXES, *CSV_SUFFIXES, ".xlsx", ".parquet")
"""Endings of the tables that are read, the last two with the extra ``tables``."""

_GUARDED = re.compile(r"^'(?=[=+\-@＝＋－＠])")


def table_records(
    path: Path,
    *,
    wanted: Collection[str],
    needed: Callable[[Sequence[str]], Sequence[str]] = lambda names: names,
    name: str = "",
) -> Iterator[tuple[int, dict[str, Any] | BadLine]]:
    r"""Yield ``(line, record)`` for each row of a table in order.

    Parameters
    ----------
    path : Path
        ``.jsonl`` or ``.ndjson`` (an object a line), ``.csv`` or ``.tsv`` (with a header),
        ``.xlsx`` (the first sheet) or ``.parquet``.
    wanted : collection of str
        Columns that every row must reach.
    needed : callable, optional
        Takes the names of all columns of a Parquet file and returns those to read.
    name : str, optional
        What to call the table in messages; its path by default.

    Raises
    ------
    ConfigError
        If the table is of another kind.
    InputError
        If the file cannot be opened, or its optional reader is not installed.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder) / "mails.csv"
    ...     _ = table.write_text("id,text\n7,We will ring you first.\n")
    ...     list(table_records(table, wanted=["text"]))
    [(2, {'id': '7', 'text': 'We will ring you first.'})]
    """
    name, suffix = name or str(path), path.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise ConfigError(f"{name}: got a table with the suffix {suffix!r}, expected one of {known}.")
    origin = Origin(display_name(path) if name == str(path) else name, str(path))
    try:
        with path.open("rb") as file:
            if suffix in JSON_SUFFIXES:
                yield from json_records(file)
            elif suffix in CSV_SUFFIXES:
                yield from delimited_records(file, wanted=wanted, required=wanted, tabs=suffix == ".tsv")
            elif suffix == ".parquet":
                yield from parquet_records(file, origin, needed)
            else:
                for _, records in workbook_sheets(file, origin):
                    yield from records
                    return
    except UnicodeError as error:
        raise InputError("unreadable", f"{name}: damaged UTF-16. Save the file as UTF-8.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError("unreadable", f"{name}: {reason}. Check the path and its permissions.") from error


def unguarded(text: str) -> str:
    """Return a text without the apostrophe by which our own tables keep it from being read as a formula.

    Examples
    --------
    >>> unguarded("'=50 % off"), unguarded("'Tis the season")
    ('=50 % off', "'Tis the season")
    """
    return _GUARDED.sub("", text)
