"""Tables of pandas, polars or pyarrow, scored a message a row."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from clientvoice.errors import ConfigError
from clientvoice.readers.items import CELL_FORMATS, CellFormat, cell_message
from clientvoice.readers.reading import check_format
from clientvoice.records import MESSAGE_LABELS, Failure, Message, MessageAnalysis

Table = TypeVar("Table")

ADDED = ("label", "score", *(f"p_{label}" for label in MESSAGE_LABELS))
"""The columns that scoring adds; the first is text, the others are 64-bit floats."""


def check_columns(columns: Iterable[object], *wanted: str | None) -> None:
    """Refuse a table that lacks a column; what is None is not asked for.

    Raises
    ------
    ConfigError
        If there is no such column.

    Examples
    --------
    >>> check_columns(["body", "subject"], "body", None)
    """
    names = list(columns)
    for name in filter(None, wanted):
        if name not in names:
            raise ConfigError(f"no column {name!r}; the frame has {', '.join(map(str, names))}.")


def scored_frame(
    pipe: Callable[[Iterable[Message]], Iterator[MessageAnalysis]],
    frame: Table,
    column: str,
    subject: str | None = None,
    format: CellFormat = "auto",  # noqa: A002 - as the readers call it
) -> Table:
    """Return a copy of a table with the columns :data:`ADDED`; see :meth:`ClientVoice.score_frame`.

    Parameters
    ----------
    pipe : callable
        Analyses messages in order.
    frame : DataFrame or Table
        Of pandas, polars or pyarrow.
    column, subject : str
        Where the messages' text and their subjects are.
    format : {"auto", "html", "text"}
        How the text is written.

    Examples
    --------
    >>> import pandas as pd
    >>> list(scored_frame(lambda messages: iter(()), pd.DataFrame({"body": []}), "body"))[:3]
    ['body', 'label', 'score']
    """
    import narwhals.stable.v1 as nw

    check_format(format, CELL_FORMATS, "score_frame: format")
    table = nw.from_native(frame, eager_only=True)
    check_columns(table.columns, column, subject)
    if taken := [name for name in ADDED if name in table.columns]:
        raise ConfigError(f"the frame has {', '.join(taken)} already; rename what would be overwritten.")
    bodies = texts_of(table[column].to_list())
    subjects = texts_of(table[subject].to_list()) if subject else [""] * len(bodies)
    cells = Cells(zip(map(str, range(len(bodies))), bodies, subjects, strict=True), format)
    rows: list[tuple[Any, ...]] = [(None,) * len(ADDED)] * len(bodies)
    for place, found in enumerate(pipe(cells)):
        chances = found.probabilities
        rows[cells.rows[place]] = (found.label, found.score, *(chances[label] for label in MESSAGE_LABELS))
    cells.warn(stacklevel=4)
    types: list[Any] = [nw.String, *[nw.Float64] * (len(ADDED) - 1)]
    backend = nw.get_native_namespace(table)
    columns = [
        nw.new_series(name, [row[at] for row in rows], kind, native_namespace=backend)
        for at, (name, kind) in enumerate(zip(ADDED, types, strict=True))
    ]
    return table.with_columns(*columns).to_native()


class Cells:
    r"""The messages of a table, read as they are asked for, and what is to be said of them all at the end.

    Parameters
    ----------
    cells : iterable of (str, str, str)
        Id, body and subject of each row.
    format : {"auto", "html", "text"}
        How the bodies are written.

    Examples
    --------
    >>> [message.text for message in Cells([("a", "<b>Ring us</b> first.", "Monday")], "auto")]
    ['Monday\n\nRing us first.']
    """

    def __init__(self, cells: Iterable[tuple[str, str, str]], format: CellFormat) -> None:  # noqa: A002
        self._cells = cells
        self._format = format
        self._seen = 0
        self._foreign = 0
        self._unread: list[str] = []
        self.rows: list[int] = []
        """The places of the rows that were given out."""

    def __iter__(self) -> Iterator[Message]:
        for row, (name, body, head) in enumerate(self._cells):
            self._seen = row + 1
            item = cell_message(body, id=name, subject=head or None, format=self._format)
            if isinstance(item, Failure):
                self._unread.append(item.text)
                continue
            self._foreign += any(notice.code == "not_english" for notice in item.notices)
            self.rows.append(row)
            yield item

    def warn(self, *, stacklevel: int) -> None:
        """Warn once of rows that are not in English, and of rows that could not be read."""
        if self._foreign:
            told = f"{self._foreign:,} of {self._seen:,} rows read as another language than English"
            text = f"{told}; their scores mean little, for scores and cues hold for English copy only."
            warnings.warn(text, stacklevel=stacklevel)
        if self._unread:
            told = f"{len(self._unread):,} of {self._seen:,} rows could not be read and have no score"
            warnings.warn(f"{told}; the first is row {self._unread[0]}", stacklevel=stacklevel)


def texts_of(values: Iterable[Any]) -> list[str]:
    """Return a column's texts; what is missing, also as pandas writes it, is empty.

    Examples
    --------
    >>> texts_of(["Ring us.", None, float("nan"), 5])
    ['Ring us.', '', '', '5']
    """
    return ["" if is_missing(value) else str(value) for value in values]


def is_missing(value: Any) -> bool:
    """Tell whether a cell is empty: None, or what is not equal to itself (``NaN``, ``NaT``, ``NA``).

    Examples
    --------
    >>> is_missing(None), is_missing(float("nan")), is_missing("")
    (True, True, False)
    """
    return value is None or type(value).__name__ in ("NAType", "NaTType") or bool(value != value)
