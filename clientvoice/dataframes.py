"""Tables of pandas, polars or pyarrow, scored a message a row."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from clientvoice.arguments import a_type, is_missing
from clientvoice.errors import ConfigError
from clientvoice.readers.characters import one_line
from clientvoice.readers.items import CELL_FORMATS, CellFormat, cell_message
from clientvoice.readers.reading import check_format
from clientvoice.records import MESSAGE_LABELS, Failure, Message, MessageAnalysis
from clientvoice.records.messages import is_foreign

if TYPE_CHECKING:
    import narwhals.stable.v1 as nw

Table = TypeVar("Table")

_NAMED = 10
"""Rows that a warning names; of the rest it tells the number."""

_LABEL = 80
"""Characters of a row's label that are told."""

ADDED = ("label", "score", *(f"p_{label}" for label in MESSAGE_LABELS))
"""The columns that scoring adds; the first is text, the others are 64-bit floats."""


def check_columns(columns: Iterable[object], *wanted: object) -> None:
    """Refuse a table that lacks a column, or names two alike; what is None is not asked for.

    Raises
    ------
    ConfigError
        If there is no such column, or several have one name.

    Examples
    --------
    >>> check_columns(["body", "subject"], "body", None)
    """
    names = list(columns)
    if twice := [name for name, number in Counter(names).items() if number > 1]:
        raise ConfigError(
            f"the frame has several columns named {', '.join(map(repr, twice))}; give each a name of its own."
        )
    for name in wanted:
        if name is not None and name not in names:
            raise ConfigError(f"no column {name!r}; the frame has {', '.join(map(str, names))}.")


def as_table(frame: Any, where: str) -> nw.DataFrame[Any]:
    """Return a table of pandas, polars or pyarrow as narwhals shows it.

    Raises
    ------
    TypeError
        If it is something else; the message says what to give instead.
    ConfigError
        If two of its columns have one name.

    Examples
    --------
    >>> import pandas as pd
    >>> as_table(pd.DataFrame({"body": ["Ring us."]}), "score_frame").columns
    ['body']
    """
    import narwhals.stable.v1 as nw
    from narwhals.exceptions import DuplicateError

    try:
        table: nw.DataFrame[Any] = nw.from_native(frame, eager_only=True)
        check_columns(table.columns)
    except DuplicateError:
        check_columns(getattr(frame, "column_names", getattr(frame, "columns", ())))
        raise
    except TypeError:
        expected = f"{where}: expected a DataFrame of pandas, polars or pyarrow"
        raise TypeError(f"{expected}, got {a_type(frame)}; {_remedy(frame)}.") from None
    return table


def _remedy(frame: Any) -> str:
    """Return what to give instead of something that is no table."""
    home = type(frame).__module__.partition(".")[0]
    if home in ("pyspark", "dask", "dask_expr"):
        return f"use clientvoice.integrations.{'spark' if home == 'pyspark' else 'dask'}.score"
    if hasattr(frame, "collect"):
        return "call .collect() first"
    if hasattr(frame, "to_frame"):
        return "give a DataFrame: series.to_frame()"
    return 'make one of it, such as pandas.DataFrame({"body": texts})'


def scored_frame(
    pipe: Callable[[Iterable[Message]], Iterator[MessageAnalysis]],
    frame: Table,
    column: Hashable,
    subject: Hashable | None = None,
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
        Where the messages' text and their subjects are; of pandas any name of a column.
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
    table = as_table(frame, "score_frame")
    if column is None:
        names = ", ".join(map(str, table.columns))
        raise ConfigError(f"score_frame: column is None, expected the name of one; the frame has {names}.")
    check_columns(table.columns, column, subject)
    added = _added_names(frame)
    if taken := [name for name, key in added.items() if key in table.columns]:
        raise ConfigError(f"the frame has {', '.join(taken)} already; rename what would be overwritten.")
    cells = Cells.of(table, column, subject, format, "score_frame")
    rows: list[tuple[Any, ...]] = [(None,) * len(ADDED)] * len(table)
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
    if not nw.dependencies.is_pandas_dataframe(frame):
        scored: Table = table.with_columns(*columns).to_native()
        return scored
    # Only its own assign keeps what a frame of pandas has besides columns: its class, and its attrs.
    copy: Any = frame.assign()
    for new in columns:
        copy[added[new.name]] = new.to_native().array
    return cast("Table", copy)


def _added_names(frame: Any) -> dict[str, Hashable]:
    """Return what each added column is called: below levels of columns, as pandas has them, blanks follow."""
    levels = getattr(getattr(frame, "columns", None), "nlevels", 1)
    return {name: (name, *[""] * (levels - 1)) if levels > 1 else name for name in ADDED}


class Cells:
    r"""The messages of a table, read as they are asked for, and what is to be said of them all at the end.

    Parameters
    ----------
    cells : iterable of (str, str, str)
        Label, body and subject of each row.
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
        self._foreign: list[str] = []
        self._bare: list[str] = []
        self._unread: list[str] = []
        self._first_unread = ""
        self.rows: list[int] = []
        """The places of the rows that were given out."""

    @classmethod
    def of(
        cls,
        table: nw.DataFrame[Any],
        column: Hashable,
        subject: Hashable | None,
        format: CellFormat,  # noqa: A002
        where: str,
    ) -> Cells:
        """Return the messages of a table; rows go by their label in the index, or else by their number.

        Raises
        ------
        TypeError
            If a cell is no text.
        """
        import narwhals.stable.v1 as nw

        index = nw.maybe_get_index(table)
        labels = [one_line(str(label))[:_LABEL] for label in (range(len(table)) if index is None else index)]

        def texts(name: Any) -> list[str]:
            return texts_of(table.get_column(name).to_list(), labels, f"{where}: column {name!r}")

        subjects = [""] * len(labels) if subject is None else texts(subject)
        return cls(zip(labels, texts(column), subjects, strict=True), format)

    def __iter__(self) -> Iterator[Message]:
        for row, (name, body, head) in enumerate(self._cells):
            self._seen = row + 1
            item = cell_message(body, id=name, subject=head or None, format=self._format)
            if isinstance(item, Failure):
                self._unread.append(name)
                self._first_unread = self._first_unread or item.text
            elif not item.blocks:
                self._bare.append(name)
            else:
                if is_foreign(item.notices):
                    self._foreign.append(name)
                self.rows.append(row)
                yield item

    def warn(self, *, stacklevel: int) -> None:
        """Warn once of rows that are not in English, and once of rows that have no score."""
        if self._foreign:
            told = f"{len(self._foreign):,} of {self._seen:,} rows read as another language than English"
            text = f"{told} ({_named(self._foreign)}); "
            text += "their scores mean little, for scores and cues hold for English copy only."
            warnings.warn(text, stacklevel=stacklevel)
        if lost := len(self._bare) + len(self._unread):
            why = [f"{len(self._bare):,} without text ({_named(self._bare)})"] if self._bare else []
            if self._unread:
                why.append(f"{len(self._unread):,} that could not be read ({_named(self._unread)})")
            first = f". Row {self._first_unread.rstrip('.')}" if self._unread else ""
            told = f"{lost:,} of {self._seen:,} rows have no score: {', '.join(why)}{first}."
            warnings.warn(told, stacklevel=stacklevel)


def _named(labels: Sequence[str]) -> str:
    """Return the first labels, and how many more there are."""
    more = len(labels) - _NAMED
    return ", ".join(labels[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def texts_of(values: Iterable[Any], labels: Iterable[object], where: str) -> list[str]:
    """Return a column's texts; what is missing, also as pandas writes it, is empty.

    Raises
    ------
    TypeError
        If a value is neither a text nor missing; the message names its row.

    Examples
    --------
    >>> texts_of(["Ring us.", None, float("nan")], range(3), "score_frame: column 'body'")
    ['Ring us.', '', '']
    """
    texts: list[str] = []
    for value, label in zip(values, labels, strict=True):
        if not isinstance(value, str) and not is_missing(value):
            remedy = "decode it" if isinstance(value, bytes) else "make it text, such as by .astype(str)"
            got = f"{a_type(value)} ({repr(value)[:60]})"
            raise TypeError(f"{where}, row {label}: expected a string, got {got}; {remedy}.")
        texts.append(value if isinstance(value, str) else "")
    return texts
