"""Parquet for data tools: one row a message, one row a sentence, in a schema that stays.

The columns are those of the CSV files, in their order. Text is ``string``;
scores, probabilities and shares ``double``; counts and offsets ``int64``; flags
``bool``; ``notices`` and ``cues`` are lists of strings instead of one joined text.
The schema's metadata holds ``clientvoice.schema``; a column is only ever added
within one value of it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from clientvoice.errors import ConfigError
from clientvoice.records import Failure, MessageAnalysis
from clientvoice.reports.csv import MESSAGE_COLUMNS, SENTENCE_COLUMNS, message_cells, sentence_cells
from clientvoice.reports.inert import encodable

SCHEMA = 1
ROWS = 20_000
"""Rows of a group, written together."""

_INTEGERS = frozenset({"sentences", "practices", "number", "start", "end", "source_start", "source_end"})
_FLAGS = frozenset({"uncertain", "counted"})
_LISTS = frozenset({"notices", "cues"})


class _Table:
    """Collects rows and writes them in groups to a file that appears when it is complete."""

    columns: tuple[str, ...] = ()

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._part = self._path.with_name(f".{self._path.name}.{os.getpid()}.part")
        self._schema = parquet_schema(self.columns)
        self._rows: list[Sequence[Any]] = []
        self._file = _opened(self._part, self._schema)

    def _add(self, cells: Sequence[Any]) -> None:
        self._rows.append([_value(name, cell) for name, cell in zip(self.columns, cells, strict=True)])
        if len(self._rows) >= ROWS:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return
        pa = _pyarrow()
        arrays = [
            pa.array([row[at] for row in self._rows], field.type) for at, field in enumerate(self._schema)
        ]
        self._file.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._flush()
            self._file.close()
            if error is None:
                self._part.replace(self._path)
        finally:
            with suppress(OSError):
                self._part.unlink(missing_ok=True)


class MessagesParquet(_Table):
    """Writes one row a message or failure, with the columns of ``messages.csv``.

    Parameters
    ----------
    path : str or Path
        The file, which appears when the ``with`` block ends well.

    Raises
    ------
    ConfigError
        Without pyarrow, or where the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import pyarrow.parquet as pq
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with MessagesParquet(f"{folder}/messages.parquet") as table:
    ...         table.write(Failure("a.eml", "empty", "a.eml is empty"))
    ...     pq.read_table(f"{folder}/messages.parquet").to_pylist()[0]["notices"]
    ['empty']
    """

    columns = MESSAGE_COLUMNS

    def write(self, item: MessageAnalysis | Failure) -> None:
        """Append the row of one result."""
        self._add(message_cells(item))


class SentencesParquet(_Table):
    """Writes one row a sentence, with the columns of ``sentences.csv``; failures have none.

    Parameters
    ----------
    path : str or Path
        The file, which appears when the ``with`` block ends well.
    """

    columns = SENTENCE_COLUMNS

    def write(self, item: MessageAnalysis | Failure) -> None:
        """Append the rows of one result's sentences."""
        if isinstance(item, Failure):
            return
        for position, sentence in enumerate(item.sentences, 1):
            self._add(sentence_cells(item, position, sentence))


def parquet_schema(columns: Sequence[str]) -> Any:
    """Return the Arrow schema of these columns.

    Examples
    --------
    >>> str(parquet_schema(["score", "notices"]).field("notices").type)
    'list<element: string>'
    """
    pa = _pyarrow()
    schema = pa.schema([pa.field(name, _type(pa, name)) for name in columns])
    return schema.with_metadata({"clientvoice.schema": str(SCHEMA)})


def _type(pa: Any, name: str) -> Any:
    if name in _INTEGERS:
        return pa.int64()
    if name in _FLAGS:
        return pa.bool_()
    if name in _LISTS:
        return pa.list_(pa.field("element", pa.string()))
    return pa.float64() if name == "score" or name.startswith(("p_", "share_")) else pa.string()


def _value(name: str, cell: Any) -> Any:
    if name in _LISTS:
        return [encodable(part) for part in cell.split("; ") if part]
    return encodable(cell) if isinstance(cell, str) else cell


def _opened(part: Path, schema: Any) -> Any:
    pq = import_module("pyarrow.parquet")
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        return pq.ParquetWriter(part, schema, compression="zstd")
    except OSError as error:
        raise ConfigError(
            f"cannot write to {part.parent}: {error.strerror or error}. Choose another folder."
        ) from error


def _pyarrow() -> Any:
    try:
        return import_module("pyarrow")
    except ImportError:
        raise ConfigError("Parquet needs pyarrow: pip install 'clientvoice[tables]'.") from None
