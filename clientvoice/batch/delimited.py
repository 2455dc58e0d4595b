"""CSV as people export it, from a file that is named by its path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from clientvoice.readers.tables.delimited import delimited_records as records_of
from clientvoice.readers.tables.lines import BadLine


def delimited_records(
    path: Path, *, wanted: Sequence[str], tabs: bool = False
) -> Iterator[tuple[int, dict[str, str] | BadLine]]:
    """Yield ``(line, record)`` for each row below the header; a row that does not fit it is bad.

    Parameters
    ----------
    path : Path
    wanted : sequence of str
        Column names that the right delimiter brings out in the header, and that every row must have.
    tabs : bool, default False
        Whether the file says by its name that the delimiter is a tab.
    """
    with path.open("rb") as file:
        yield from records_of(file, wanted=wanted, required=wanted, tabs=tabs)
