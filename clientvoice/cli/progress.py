"""A progress bar for people, silent for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from clientvoice.cli.screen import is_plain


@contextmanager
def progress(total: int | None, unit: str, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr, where a terminal wants one, and give the function that advances it.

    Parameters
    ----------
    total : int or None
        How far the bar goes; None where that is not known.
    unit : str
        What is counted, in plural.
    quiet : bool, default False
        Show nothing.
    """
    if quiet or is_plain() or not sys.stderr.isatty():
        yield _nothing
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f}/s" if speed else "", style="progress.data.speed")

    columns = (
        TextColumn(unit),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(unit, total=total)
        yield lambda steps: bar.advance(task, steps)


def _nothing(steps: int) -> None:
    """Advance no bar."""
