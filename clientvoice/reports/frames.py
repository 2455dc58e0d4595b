"""DataFrames of results, with the same columns and types whatever comes in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from clientvoice.records import Failure, MessageAnalysis
from clientvoice.reports.csv import MESSAGE_COLUMNS, SENTENCE_COLUMNS, Cell, message_cells, sentence_cells

if TYPE_CHECKING:
    import pandas as pd

# Nullable types where a value can be missing; all are the same in pandas 2 and 3.
_TYPES: Mapping[str, str] = {
    "score": "float64",
    "sentences": "Int64",
    "practices": "Int64",
    "number": "int64",
    "start": "int64",
    "end": "int64",
    "source_start": "Int64",
    "source_end": "Int64",
    "uncertain": "bool",
    "counted": "bool",
}


def messages_frame(items: Iterable[MessageAnalysis | Failure]) -> pd.DataFrame:
    """Return one row a message or failure, with the columns of ``messages.csv``.

    Returns
    -------
    pandas.DataFrame
        Shape ``(n, 20)``. Scores, probabilities and shares are ``float64``,
        counts ``Int64`` (``practices`` counts the practices of care that are shown,
        of seven), all else ``string``.

    Examples
    --------
    >>> messages_frame([Failure("a.eml", "empty", "a.eml is empty")])["notices"].tolist()
    ['empty']
    """
    return _frame(MESSAGE_COLUMNS, [message_cells(item) for item in items])


def sentences_frame(items: Iterable[MessageAnalysis | Failure]) -> pd.DataFrame:
    """Return one row a sentence, with the columns of ``sentences.csv``; failures have none.

    Returns
    -------
    pandas.DataFrame
        Shape ``(n, 18)``. ``start`` and ``end`` are characters of the message's
        text, ``source_start`` and ``source_end`` of its decoded source.

    Examples
    --------
    >>> len(sentences_frame([]))
    0
    """
    rows = [
        sentence_cells(item, position, sentence)
        for item in items
        if not isinstance(item, Failure)
        for position, sentence in enumerate(item.sentences, 1)
    ]
    return _frame(SENTENCE_COLUMNS, rows)


def _frame(columns: Sequence[str], rows: list[list[Cell]]) -> pd.DataFrame:
    import pandas as pd

    series = {
        name: pd.Series([row[at] for row in rows], dtype=_type(name)) for at, name in enumerate(columns)
    }
    return pd.DataFrame(series)


def _type(column: str) -> str:
    floats = column.startswith(("p_", "share_"))
    return _TYPES.get(column, "float64" if floats else "string")
