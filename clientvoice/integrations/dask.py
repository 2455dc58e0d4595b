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
from clientvoice.integrations.partitions import score_partition
from clientvoice.voice import DEFAULT_MODEL

if TYPE_CHECKING:
    import dask.dataframe as dd


def score(
    frame: dd.DataFrame, column: str, *, subject: str | None = None, model: str = DEFAULT_MODEL
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

    Raises
    ------
    ConfigError
        If there is no such column.
    """
    check_columns(frame.columns, column, subject)
    text, *floats = ADDED
    meta = frame._meta.assign(**{text: ""}, **dict.fromkeys(floats, 0.0)).astype({text: "string"})
    scored: dd.DataFrame = frame.map_partitions(  # type: ignore[no-untyped-call, unused-ignore]
        _typed, column, subject, model, meta=meta, enforce_metadata=True
    )
    return scored


def _typed(part: object, column: str, subject: str | None, model: str) -> object:
    import pandas as pd

    assert isinstance(part, pd.DataFrame)  # noqa: S101 (Dask hands over what its frame is made of)
    return score_partition(part, column, subject, model).astype({ADDED[0]: "string"})
