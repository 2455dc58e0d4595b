"""Spark: score a DataFrame on a cluster with ``mapInPandas``.

Example::

    from clientvoice.integrations.spark import score

    scored = score(spark.read.parquet("s3://mails/"), "body", model="fast")
    scored.write.parquet("s3://scored/")

Every Python worker loads the model once and keeps it for the tasks that follow;
clientvoice has to be installed on the workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from clientvoice.dataframes import ADDED, check_columns
from clientvoice.integrations.partitions import check_frame, score_partition
from clientvoice.readers.items import CELL_FORMATS, CellFormat
from clientvoice.readers.reading import check_format
from clientvoice.voice import DEFAULT_MODEL

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

__all__ = ["score", "score_batches", "scored_schema"]


def score(
    frame: DataFrame,
    column: str,
    *,
    subject: str | None = None,
    model: str = DEFAULT_MODEL,
    format: CellFormat = "auto",  # noqa: A002 - as the readers call it
) -> DataFrame:
    """Return the Spark frame with label, score and probabilities of each message; nothing runs yet.

    Parameters
    ----------
    frame : pyspark.sql.DataFrame
    column : str
        Where the messages' text is.
    subject : str, optional
        Where their subjects are.
    model : str
        A model's name, or a folder that every worker can read.
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
    >>> score(spark.createDataFrame([("Buy now!",)], ["body"]), "body", model="fast")  # doctest: +SKIP
    DataFrame[body: string, label: string, score: double, p_client: double, ...]
    """
    check_format(format, CELL_FORMATS, "score: format")
    check_frame(frame, "mapInPandas", "Spark")
    check_columns(frame.columns, column, subject)
    return frame.mapInPandas(
        score_batches(column, subject=subject, model=model, format=format), scored_schema(frame.schema)
    )


def score_batches(
    column: str,
    *,
    subject: str | None = None,
    model: str = DEFAULT_MODEL,
    format: CellFormat = "auto",  # noqa: A002
) -> Callable[[Iterator[pd.DataFrame]], Iterator[pd.DataFrame]]:
    """Return the function for ``mapInPandas`` that scores batch after batch.

    Parameters
    ----------
    column, subject, model, format
        As for :func:`score`.

    Examples
    --------
    >>> import pandas as pd
    >>> batches = [pd.DataFrame({"body": [text]}) for text in ("Buy now and save!", "We meet at noon.")]
    >>> [part["label"].item() for part in score_batches("body", model="fast")(iter(batches))]
    ['customer', 'neutral']
    """

    def scored(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for batch in batches:
            yield score_partition(batch, column, subject, model, format)

    return scored


def scored_schema(schema: StructType) -> StructType:
    """Return the schema with the columns that scoring adds.

    Examples
    --------
    >>> scored_schema(frame.schema).fieldNames()[-2:]  # doctest: +SKIP
    ['p_mixed', 'p_neutral']
    """
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    text, *floats = ADDED
    taken = [field for field in schema.fields if field.name not in ADDED]
    return StructType(
        [*taken, StructField(text, StringType()), *(StructField(name, DoubleType()) for name in floats)]
    )
