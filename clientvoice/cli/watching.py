"""``clientvoice score --watch``: score again what an editor saves, until ctrl-C."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from clientvoice.cli.ending import TERMINATED, code_of
from clientvoice.cli.outcomes import complain, note
from clientvoice.cli.outputs import is_own_output
from clientvoice.cli.renewal import DEBOUNCE, Settings
from clientvoice.cli.scoring import Files, Plan, find, run_once
from clientvoice.errors import ClientVoiceError, ConfigError
from clientvoice.records import Failure, MessageAnalysis
from clientvoice.reports import row
from clientvoice.reports.inert import one_line

if TYPE_CHECKING:
    from clientvoice.voice import ClientVoice

LOOK = 1_000
"""Milliseconds between looks at the settings, whose files may stand anywhere above what is watched."""


class Verdicts:
    """Takes the results of run after run, and tells which of them are not as in the run before.

    Examples
    --------
    >>> seen = Verdicts()
    >>> seen.write(Failure("a.eml", "empty", "a.eml: empty."))
    >>> list(seen.changed()), list(seen.changed())
    (['unread           a.eml: empty.'], ['gone             a.eml'])
    """

    def __init__(self) -> None:
        self._before: dict[str, bytes] = {}
        self._now: dict[str, bytes] = {}
        self._lines: list[str] = []

    def write(self, item: MessageAnalysis | Failure) -> None:
        """Take in one result."""
        line = _line(item)
        text = item.text if isinstance(item, Failure) else item.message.text
        state = hashlib.sha256(f"{line}\0{text}".encode("utf-8", "surrogatepass")).digest()
        self._now[item.id] = state
        if self._before.get(item.id) != state:
            self._lines.append(line)

    def changed(self) -> Iterator[str]:
        """Yield a line for each message that is new, changed or gone, and begin the next run."""
        yield from self._lines
        for name in self._before:
            if name not in self._now:
                yield f"{'gone':<16} {one_line(name, 200)}"
        self._before, self._now, self._lines = self._now, {}, []


def watch(plan: Plan, found: Files, voice: ClientVoice) -> int:
    """Score, then score again after every change of messages or settings; ctrl-C is the way to end it.

    Returns
    -------
    int
        The exit code of the last run, or that of SIGTERM.
    """
    changes = _watcher()
    seen = Verdicts()
    code = run_once(plan, found, voice, [seen])
    for _ in seen.changed():
        pass  # the table of the first run has told them
    note(f"Watching {', '.join(map(str, plan.paths[:5]))}. Press ctrl-C to end.")
    settings = Settings(replace(plan, fresh=False), voice)
    try:
        for changed in changes(plan):
            if not (settings.renewed() or changed):
                continue
            try:
                code = run_once(settings.plan, find(settings.plan), settings.voice, [seen], show=False)
            except ClientVoiceError as error:
                complain(str(error))  # such as: nothing left to score; the next change may mend it
                continue
            for line in seen.changed():
                typer.echo(line)
    except KeyboardInterrupt as stop:
        note("Watching ended.")
        return TERMINATED if code_of(stop) == TERMINATED else code
    return code


def _watcher() -> Callable[[Plan], Iterator[object]]:
    """Return what waits for changes and yields them, now and then none, or say how to install it."""
    try:
        from watchfiles import watch as changes
    except ImportError:
        raise ConfigError('--watch needs watchfiles: pip install "clientvoice[watch]"') from None

    def waiting(plan: Plan) -> Iterator[object]:
        def wanted(change: object, path: str) -> bool:
            place = Path(path)
            return not place.name.startswith(".") and not is_own_output(place, plan.out)

        # A file is watched by its folder: many editors save by putting a new file in its place.
        places = {path if path.is_dir() else path.parent for path in plan.paths}
        found: Iterator[object] = changes(
            *sorted(places),
            watch_filter=wanted,
            debounce=DEBOUNCE,
            step=50,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            raise_interrupt=True,
        )
        return found

    return waiting


def _line(item: MessageAnalysis | Failure) -> str:
    if isinstance(item, Failure):
        return f"{'unread':<16} {one_line(item.text, 300)}"
    told = row(item)
    subject = f"  {one_line(told.subject, 80)}" if told.subject else ""
    return f"{item.label:<8} {item.score:7.2f} {one_line(item.id, 200)}{subject}"
