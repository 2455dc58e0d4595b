"""What a reader knows of an input besides its bytes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from clientvoice.readers.limits import DEFAULT_LIMITS, Limits
from clientvoice.readers.tables.columns import GUESSED, TableColumns
from clientvoice.records import Failure


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes come from and how they are to be read.

    Parameters
    ----------
    name : str
        The id to show.
    path : str or None
        The file that holds them, None where there is none.
    limits : Limits
    columns : TableColumns
        Which columns of a table to read.

    Examples
    --------
    >>> Origin("a.zip").failure("empty", "empty; expected a message").text
    'a.zip: empty; expected a message.'
    """

    name: str
    path: str | None = None
    limits: Limits = field(default=DEFAULT_LIMITS)
    columns: TableColumns = field(default=GUESSED)

    def inside(self, name: str) -> Origin:
        """Return the origin of something that these bytes hold."""
        return replace(self, name=name)

    def failure(self, code: str, text: str) -> Failure:
        """Return the row that tells why nothing could be read."""
        return Failure(self.name, code, f"{self.name}: {text}.", self.path)
