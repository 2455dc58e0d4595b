"""One part of a big table at a time, with one model load a worker process."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from clientvoice.readers.items import CellFormat
from clientvoice.voice import DEFAULT_MODEL, ClientVoice, load

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["score_partition"]


def score_partition(
    frame: pd.DataFrame,
    column: str,
    subject: str | None = None,
    model: str = DEFAULT_MODEL,
    format: CellFormat = "auto",  # noqa: A002 - as the readers call it
) -> pd.DataFrame:
    """Score one part of a table as :meth:`ClientVoice.score_frame` does.

    Parameters
    ----------
    frame : DataFrame
    column, subject : str
        Where the messages' text and their subjects are.
    model : str
        A model's name, or a folder that every worker can read.
    format : {"auto", "html", "text"}
        How the text is written.

    Examples
    --------
    >>> import pandas as pd
    >>> score_partition(pd.DataFrame({"body": ["Buy now and save!"]}), "body", model="fast")["label"].item()
    'customer'
    """
    return _voice(model).score_frame(frame, column, subject=subject, format=format)


@lru_cache(maxsize=1)
def _voice(model: str) -> ClientVoice:
    """Load a model once in this process; the next part finds it there."""
    return load(model)
