"""Tables of pandas, polars or pyarrow, scored a message a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from clientvoice.errors import ConfigError
from clientvoice.readers.plain.text import text_message
from clientvoice.records import MESSAGE_LABELS, Message, MessageAnalysis

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

    Examples
    --------
    >>> import pandas as pd
    >>> list(scored_frame(lambda messages: iter(()), pd.DataFrame({"body": []}), "body"))[:3]
    ['body', 'label', 'score']
    """
    import narwhals.stable.v1 as nw

    table = nw.from_native(frame, eager_only=True)
    check_columns(table.columns, column, subject)
    if taken := [name for name in ADDED if name in table.columns]:
        raise ConfigError(f"the frame has {', '.join(taken)} already; rename what would be overwritten.")
    bodies = _cells(table[column])
    subjects = _cells(table[subject]) if subject else [""] * len(bodies)
    messages = (
        text_message(body, id=str(row), subject=head or None)
        for row, (body, head) in enumerate(zip(bodies, subjects, strict=True))
    )
    rows = [
        (found.label, found.score, *(found.probabilities[label] for label in MESSAGE_LABELS))
        for found in pipe(messages)
    ]
    types: list[Any] = [nw.String, *[nw.Float64] * (len(ADDED) - 1)]
    backend = nw.get_native_namespace(table)
    columns = [
        nw.new_series(name, [row[at] for row in rows], kind, native_namespace=backend)
        for at, (name, kind) in enumerate(zip(ADDED, types, strict=True))
    ]
    return table.with_columns(*columns).to_native()


def _cells(column: Any) -> list[str]:
    """Return a column's texts; what is missing, also as pandas writes it, is empty."""
    return ["" if value is None or value != value else str(value) for value in column.to_list()]
