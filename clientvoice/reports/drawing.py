"""What the plots are drawn with: their colours, axes, legends and notes."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from clientvoice.errors import ConfigError
from clientvoice.reports.inert import one_line

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

CLIENT, CUSTOMER, NEUTRAL, MIXED, MUTED = "#00656b", "#c0500f", "#b4b8bc", "#5a4a9c", "#5a626a"
COLOURS = {"client": CLIENT, "customer": CUSTOMER, "neutral": NEUTRAL}

NOTHING = "No messages to draw"

NAME = 36
"""Characters of a name beside an axis."""


def heat(ax: Axes, shares: list[list[float]], colours: Sequence[str]) -> None:
    """Fill cells by their share, each column in its colour, and write the percentage into them."""
    from matplotlib.colors import to_rgb

    top = max((share for line in shares for share in line), default=0.0) or 1.0
    inks = [to_rgb(colour) for colour in colours]
    grid = [
        [tuple(1 - (1 - part) * share / top for part in ink) for share, ink in zip(line, inks, strict=True)]
        for line in shares
    ]
    ax.imshow(grid or [inks], aspect="auto", alpha=1.0 if grid else 0.0)
    for down, line in enumerate(shares):
        for across, share in enumerate(line):
            if share >= 0.005:
                ink = "white" if share > 0.55 * top else "black"
                ax.text(across, down, f"{100 * share:.0f}", ha="center", va="center", color=ink, fontsize=8)


def plain(text: str, limit: int = NAME) -> str:
    """Return text that matplotlib draws as it stands: dollar signs would make a formula, fonts lack emoji."""
    drawn = "".join(sign for sign in text[: 8 * limit] if unicodedata.category(sign) not in ("So", "Mn"))
    return one_line(drawn, limit).replace("$", r"\$")


def whole_numbers(axis: Axis) -> None:
    """Let an axis tell whole numbers only."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(integer=True))


def labels(ax: Axes, title: str, across: str, up: str) -> None:
    """Name the axes; a title too long for the picture goes on in a line below."""
    _title(ax, title, 8)
    ax.set_xlabel(across)
    ax.set_ylabel(up)
    ax.spines[["top", "right"]].set_visible(False)


def legend(ax: Axes, keys: Sequence[Artist] | None = None) -> None:
    """Add a legend, by default of what has a label, in a line of its own under the title."""
    shown: Sequence[Artist] = ax.get_legend_handles_labels()[0] if keys is None else keys
    if not shown:
        return
    _title(ax, ax.get_title(loc="left"), 24)
    ax.legend(
        handles=list(shown),
        frameon=False,
        ncols=len(shown),
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        borderpad=0,
        borderaxespad=0.4,
        handletextpad=0.3,
    )


def _title(ax: Axes, title: str, pad: float) -> None:
    ax.set_title(title, loc="left", fontweight="bold", pad=pad, wrap=True)


def note(ax: Axes, text: str) -> None:
    """Say in the middle of the axes why nothing is drawn."""
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center", color=MUTED, wrap=True)


def axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """Return the axes to draw on; where none are given, those of a new figure of this size in inches."""
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ConfigError(
            "Plots need matplotlib, which is not installed. "
            "Install it with: pip install 'clientvoice[plots]'."
        ) from None
    # A figure of pyplot shows itself in a notebook; its layout makes room for long names.
    return pyplot.subplots(figsize=size, layout="constrained")[1]
