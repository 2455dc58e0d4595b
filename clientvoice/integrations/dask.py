"""Dask: score a DataFrame that does not fit in memory, a partition at a time.

Example::

    import dask.dataframe as dd
    from clientvoice.integrations.dask import score

    scored = score(dd.read_parquet("mails/"), "body", model="fast")
    scored.to_parquet("scored/")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientvoice.dataframes import ADDED, check_columns
from clientvoice.integrations.partitions import check_frame, score_partition
from clientvoice.readers.items import CELL_FORMATS, CellFormat
from clientvoice.readers.reading import check_format
from clientvoice.voice import DEFAULT_MODEL

if TYPE_CHECKING:
    import dask.dataframe as dd

__all__ = ["score"]


def score(
    frame: dd.DataFrame,
    column: str,
    *,
    subject: str | None = None,
    model: str = DEFAULT_MODEL,
    format: CellFormat = "auto",  # noqa: A002 - as the readers call it
) -> dd.DataFrame:
    """Return the Dask frame with label, score and probabilities of each message; nothing runs yet.

    Parameters
    ----------
    frame : dask.dataframe.DataFrame
    column : str
        Where the messages' text is.
    subject : str, optional
        Where their subjects are.
    model : str
        A model's name, or a folder that every worker can read; each worker process loads it once.
    format : {"auto", "html", "text"}
        How the text is written; see :meth:`clientvoice.ClientVoice.score_frame`.

    Raises
    ------
    TypeError
        If it is another kind of frame.
    ConfigError
        If there is no such column.

    Examples
    --------
    >>> import dask.dataframe as dd  # doctest: +SKIP
    >>> mails = dd.from_dict({"body": ["Buy now!"]}, npartitions=1)  # doctest: +SKIP
    >>> score(mails, "body", model="fast").compute()["label"].tolist()  # doctest: +SKIP
    ['customer']
    """
    check_format(format, CELL_FORMATS, "score: format")
    check_frame(frame, "map_partitions", "Dask")
    check_columns(frame.columns, column, subject)
    text, *floats = ADDED
    meta = frame._meta.assign(**{text: ""}, **dict.fromkeys(floats, 0.0)).astype({text: "string"})
    scored: dd.DataFrame = frame.map_partitions(  # type: ignore[no-untyped-call, unused-ignore]
        _typed, column, subject, model, format, meta=meta, enforce_metadata=True
    )
    return scored


def _typed(part: object, column: str, subject: str | None, model: str, format: CellFormat) -> object:  # noqa: A002
    import pandas as pd

    assert isinstance(part, pd.DataFrame)  # noqa: S101 (Dask hands over what its frame is made of)
    return score_partition(part, column, subject, model, format).astype({ADDED[0]: "string"})
