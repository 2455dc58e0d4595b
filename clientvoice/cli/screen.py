"""Where text for people goes: as wide as the terminal, and without any style where nobody wants one."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def is_plain() -> bool:
    """Tell whether the user asked for output without colours, bold letters and moving lines.

    Examples
    --------
    >>> is_plain() == bool(os.environ.get("NO_COLOR"))
    True
    """
    return bool(os.environ.get("NO_COLOR"))


def screen(piped_width: int) -> Console:
    """Return the terminal, or the file or pipe in its place, which is so many columns wide.

    Parameters
    ----------
    piped_width : int
        Columns where there is no terminal to fit.

    Examples
    --------
    >>> screen(100).width > 0
    True
    """
    from rich.console import Console

    width = None if sys.stdout.isatty() else piped_width
    # rich itself takes colours away for NO_COLOR, but leaves bold and underlined letters.
    return Console(width=width, highlight=False, color_system=None if is_plain() else "auto")
