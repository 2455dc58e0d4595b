"""Which of the files that a folder holds are wanted by the house style."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clientvoice.house import HouseStyle
    from clientvoice.readers import Found
    from clientvoice.records import Failure

EXCLUDED = "skipped_excluded"
"""The code of a file that ``include`` or ``exclude`` leaves out."""


def wanted(entry: Found | Failure, house: HouseStyle, named: Collection[Path]) -> Found | Failure:
    """Return a file that is to be read, or that the house style leaves it out.

    Parameters
    ----------
    entry : Found or Failure
        A failure stays as it is.
    house : HouseStyle
    named : collection of Path
        What was named outright, and so is read whatever the globs say.

    Examples
    --------
    >>> from clientvoice.house import HouseStyle
    >>> from clientvoice.readers import Found
    >>> draft, house = Found(Path("drafts/june.md"), "drafts/june.md"), HouseStyle(exclude=("drafts",))
    >>> wanted(draft, house, named=[]).code
    'skipped_excluded'
    >>> wanted(draft, house, named=[draft.path]) is draft
    True
    """
    from clientvoice.records import Failure

    if isinstance(entry, Failure) or entry.path in named or house.wants(entry.path):
        return entry
    text = f"{entry.name}: left out by include or exclude in {house.path}; name it outright to have it read."
    return Failure(entry.name, EXCLUDED, text, entry.name)
