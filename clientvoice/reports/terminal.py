"""The end of a run on a terminal: the most transactional messages and one line for all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from clientvoice.records import MessageLabel
from clientvoice.reports.inert import visible
from clientvoice.reports.page.sections import PLACE_LIMIT, title_of
from clientvoice.reports.page.template import counted
from clientvoice.reports.rows import Row
from clientvoice.reports.tally import Tally

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

STYLES = {"client": "cyan", "customer": "dark_orange", "mixed": "magenta", "neutral": "dim"}
GLYPHS = {"client": "●", "customer": "◆", "mixed": "◐", "neutral": "○"}
_ORDER: tuple[MessageLabel, ...] = ("customer", "mixed", "neutral", "client")
_BAR = 6
"""Characters of the bar on each side of the middle."""


def ranking_table(tally: Tally) -> Table:
    """Return the most transactional messages, the most first.

    Examples
    --------
    >>> ranking_table(Tally()).row_count
    0
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    rows = tally.transactional
    head = "Most transactional first"
    if tally.judged > len(rows):
        head += f", {len(rows)} of {tally.judged:,}"
    table = Table(
        title=head, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False, expand=True
    )
    # Only with ratios and the full width does rich leave the narrow columns what they need.
    table.add_column("Score", justify="right", no_wrap=True)
    table.add_column(Text("0    50   100", style="dim"), no_wrap=True)
    table.add_column("Reads as", no_wrap=True)
    table.add_column("Message", no_wrap=True, overflow="ellipsis", ratio=3)
    table.add_column("File", no_wrap=True, ratio=2, style="dim")
    for row in rows:
        label = row.label or "neutral"
        table.add_row(
            Text(f"{row.score:.0f}", style="bold"),
            _bar(row),
            Text(f"{GLYPHS[label]} {label}", style=STYLES[label]),
            Text(title_of(row)),
            _Ending(row.place),
        )
    return table


def summary_line(tally: Tally) -> Text:
    """Return what a run came to, in one line.

    Examples
    --------
    >>> summary_line(Tally()).plain
    '0 messages scored'
    """
    from rich.text import Text

    line = Text(counted(tally.messages, "message") + " scored")
    parts = [(f"{tally.labels[label]:,} {label}", STYLES[label]) for label in _ORDER if tally.labels[label]]
    for place, (words, style) in enumerate(parts):
        line.append(", " if place else ": ").append(words, style=style)
    if tally.middle is not None:
        line.append(f" · middle score {tally.middle:.0f} of 100")
    if tally.foreign:
        line.append(f" · {tally.foreign:,} in another language left out of these counts")
    if failed := tally.statuses["failed"]:
        line.append(" · ").append(f"{failed:,} could not be read", style="bold red")
    if skipped := tally.statuses["skipped"]:
        line.append(f" · {skipped:,} skipped")
    return line


class _Ending:
    """A path on one line; where it is too long its end is kept, which tells files apart."""

    def __init__(self, path: str) -> None:
        # The end of a hostile length is taken before any work is done on it.
        self._text = " ".join(visible(path[-4 * PLACE_LIMIT :]).split())[-PLACE_LIMIT:]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        from rich.text import Text

        yield Text(ending(self._text, options.max_width), no_wrap=True, overflow="crop")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        from rich.cells import cell_len
        from rich.measure import Measurement

        return Measurement(1, max(1, min(cell_len(self._text), options.max_width)))


def ending(text: str, width: int) -> str:
    """Return the end of a text that fits into a number of cells, an ellipsis before it.

    Examples
    --------
    >>> ending("newsletters/2024/june.eml", 12), ending("june.eml", 12)
    ('…24/june.eml', 'june.eml')
    """
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return text
    kept = text[-width:]
    while kept and cell_len(kept) > width - 1:
        kept = kept[1:]
    return f"…{kept}"[:width]


def _bar(row: Row) -> Text:
    """Draw the score as a bar from the middle: left for customer, right for client."""
    from rich.text import Text

    lean = ((row.score or 0.0) - 50) / 50
    length = min(_BAR, round(abs(lean) * _BAR))
    left = ("━" * length if lean < 0 else "").rjust(_BAR)
    right = ("━" * length if lean > 0 else "").ljust(_BAR)
    return Text.assemble((left, STYLES["customer"]), ("│", "dim"), (right, STYLES["client"]))
