"""One part of a big table at a time, with one model load a worker process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from clientvoice.arguments import a_type
from clientvoice.readers.items import CellFormat
from clientvoice.voice import DEFAULT_MODEL, ClientVoice, load

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_frame", "score_partition"]


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
    return kept_voice(model).score_frame(frame, column, subject=subject, format=format)


def check_frame(frame: object, method: str, engine: str) -> None:
    """Refuse what is no DataFrame of an engine, which has this method.

    Raises
    ------
    TypeError
        The message says what it is, and what to do with it.

    Examples
    --------
    >>> check_frame([], "mapInPandas", "Spark")
    Traceback (most recent call last):
    TypeError: score: expected a DataFrame of Spark, got a list; use voice.score_frame for tables in memory.
    """
    if hasattr(frame, method) and hasattr(frame, "columns"):
        return
    home = type(frame).__module__.partition(".")[0]
    got = a_type(frame) if home == "builtins" else f"{a_type(frame)} of {home}"
    remedy = "use voice.score_frame for tables in memory"
    if home in ("dask", "dask_expr", "pyspark"):
        other = "spark" if home == "pyspark" else "dask"
        whole = hasattr(frame, "columns")
        remedy = f"use clientvoice.integrations.{other}.score" if whole else "give a frame: .to_frame()"
    raise TypeError(f"score: expected a DataFrame of {engine}, got {got}; {remedy}.")


def kept_voice(model: str) -> ClientVoice:
    """Return the voice of a model, loaded once in this process, and anew when its folder was written anew.

    Examples
    --------
    >>> kept_voice("fast") is kept_voice("fast")
    True
    """
    return _loaded(model, _state(model))


@lru_cache(maxsize=2)
def _loaded(model: str, state: tuple[str, int, int] | None) -> ClientVoice:
    return load(model)


def _state(model: str) -> tuple[str, int, int] | None:
    """Return what changes when a model is trained into its folder again; None for a shipped one."""
    try:
        config = Path(model, "config.json").resolve()
        seen = config.stat()
    except (OSError, TypeError, ValueError):
        return None
    return str(config), seen.st_mtime_ns, seen.st_size
