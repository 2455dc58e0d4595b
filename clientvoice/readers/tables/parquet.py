"""Rows of a Parquet file, in batches, only the columns that are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from clientvoice.errors import InputError
from clientvoice.readers.archives.foreign import library, parsing
from clientvoice.readers.origin import Origin
from clientvoice.readers.tables.lines import BadLine

KIND = "a Parquet file"
_BATCH = 64
_MOST_COLUMNS = 10_000
_MOST_IN_GROUP = 2_000_000_000
_LIMITS = {"thrift_string_size_limit": 50_000_000, "thrift_container_size_limit": 1_000_000}


def parquet_records(
    stream: BinaryIO, origin: Origin, wanted: Callable[[Sequence[str]], Sequence[str]]
) -> Iterator[tuple[int, dict[str, Any] | BadLine]]:
    """Yield ``(row, record)`` from 1.

    Parameters
    ----------
    stream : binary file
    origin : Origin
    wanted : callable
        Takes the names of all columns and returns those to read.

    Raises
    ------
    InputError
        If it is no Parquet file, or a row group of it would fill the memory.
    """
    parquet = library("pyarrow.parquet", extra="tables", name=origin.name, kind=KIND)
    with parsing(origin.name, KIND):
        file = parquet.ParquetFile(stream, memory_map=False, buffer_size=1 << 20, pre_buffer=False, **_LIMITS)
        names = [str(name) for name in file.schema_arrow.names]
    if len(names) > _MOST_COLUMNS:
        raise _excess(origin, f"{len(names):,} columns")
    columns = list(wanted(names))
    _check_groups(file, columns, origin)
    number = 0
    batches = file.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False)
    while True:
        with parsing(origin.name, KIND):
            batch = next(batches, None)
            rows = [] if batch is None else batch.to_pylist()
        if batch is None:
            return
        for row in rows:
            number += 1
            yield number, {name: _plain(value) for name, value in row.items()}


def _check_groups(file: Any, columns: Sequence[str], origin: Origin) -> None:
    with parsing(origin.name, KIND):
        metadata = file.metadata
        wanted = set(columns)
        for group in range(metadata.num_row_groups):
            held = metadata.row_group(group)
            chunks = (held.column(index) for index in range(held.num_columns))
            size = sum(
                chunk.total_uncompressed_size
                for chunk in chunks
                if chunk.path_in_schema.split(".")[0] in wanted
            )
            if size > _MOST_IN_GROUP:
                raise _excess(origin, f"a row group of {size:,} bytes")


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if value is None or isinstance(value, str | int | float | list | dict):
        return value
    return str(value)  # a decimal, a time, a UUID


def _excess(origin: Origin, what: str) -> InputError:
    text = f"{origin.name}: holds {what}; it is too large to be read here. Write it in smaller pieces."
    return InputError("too_large", text)
