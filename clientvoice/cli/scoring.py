"""One run of ``clientvoice score``: find, score or take from the store, write, sum up."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import typer

from clientvoice.cli.account import Account
from clientvoice.cli.outcomes import note
from clientvoice.cli.outputs import FILES, OWN, PAGES, Writer, is_own_output, present, writers
from clientvoice.cli.progress import progress
from clientvoice.cli.wanted import wanted
from clientvoice.errors import ConfigError
from clientvoice.reports import JsonlWriter

if TYPE_CHECKING:
    from clientvoice.batch import Finished, ResultStore, VoiceSource
    from clientvoice.house import HouseStyle
    from clientvoice.readers import Found, Limits, TableColumns
    from clientvoice.records import Failure, MessageAnalysis
    from clientvoice.voice import ClientVoice

Files: TypeAlias = "list[Found | Failure]"
Result: TypeAlias = "MessageAnalysis | Failure"

MANY = 2_000
"""Files to score from which on more processes than one pay."""

MOST_JOBS = 8
"""Processes that are started unasked; one process writes what all of them find."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked to do; without ``out`` nothing is written, without ``kept_in`` nothing is kept.

    ``piped`` is the file that holds what came by standard input.
    """

    paths: tuple[Path, ...]
    out: Path | None
    kept_in: Path | None
    formats: tuple[str, ...]
    source: VoiceSource
    house: HouseStyle
    limits: Limits
    config: Path | None = None
    jobs: int | None = None
    time_limit: float | None = None
    memory_limit: int | None = None
    fail_under: float | None = None
    fresh: bool = False
    quiet: bool = False
    as_json: bool = False
    piped: Path | None = None
    columns: TableColumns | None = None


def run_once(
    plan: Plan, found: Files, voice: ClientVoice, extra: Sequence[Writer] = (), *, show: bool = True
) -> int:
    """Score the files of a plan and return the exit code."""
    account = Account(plan.fail_under)
    takers: list[Writer] = [account, *extra]
    if plan.as_json:
        takers.append(JsonlWriter(sys.stdout))
    with ExitStack() as stack:
        store = _prepared(plan, voice, stack)
        finished = _finished(plan, found, voice, store)
        unchanged = False
        if finished is not None and finished.stands():
            _score(plan, found, takers, store, account.unchanged)
            # A file saved in the meantime is told by now, and yet to be written.
            takers, unchanged = [], finished.is_steady()
        if not unchanged:
            _write(plan, found, takers, voice, store, account.unchanged if takers else None, finished)
    if show and not plan.quiet:
        if plan.as_json:
            typer.echo(account.summary(), err=True)
        else:
            account.show()
        _tell_files(plan, unchanged=unchanged)
    account.complain(everything_in=str(plan.out / FILES[plan.formats[0]][0]) if plan.out else None)
    return account.exit_code


def find(plan: Plan) -> Files:
    """Return the files of a plan in order; none at all is wrong usage."""
    from clientvoice.readers import find_files
    from clientvoice.records import Failure

    named = frozenset(plan.paths)
    found = [
        _named(wanted(entry, plan.house, named), plan)
        for entry in find_files(plan.paths, limits=plan.limits)
        if not is_own_output(Path(entry.path or ""), plan.out)
    ]
    missing = [entry for entry in found if isinstance(entry, Failure) and entry.code == "not_found"]
    if not found:
        places = ", ".join(str(path) for path in plan.paths[:5])
        raise ConfigError(f"nothing to score in {places}. Expected mail, pages, text or tables: see --help.")
    if len(missing) == len(found):
        raise ConfigError(" ".join(entry.text for entry in missing[:5]))
    return found


def _named(entry: Found | Failure, plan: Plan) -> Found | Failure:
    """Return a file; what came by standard input is called so."""
    from clientvoice.readers import Found

    if isinstance(entry, Found) and entry.path == plan.piped:
        return Found(entry.path, "standard input")
    return entry


def _prepared(plan: Plan, voice: ClientVoice, stack: ExitStack) -> ResultStore | None:
    """Lock the folder of the results, tidy up after a run that was killed, and open the store."""
    from clientvoice.batch import FolderLock, ResultStore, context_of
    from clientvoice.batch.outbox import made, swept

    if plan.out is not None:
        made(plan.out)
        stack.enter_context(FolderLock(plan.out))
        swept(plan.out, OWN, PAGES)
    if plan.kept_in is None:
        return None
    context = context_of(voice.digest, plan.limits, plan.columns)
    return stack.enter_context(ResultStore(plan.kept_in, context, fresh=plan.fresh, notify=note))


def _finished(plan: Plan, found: Files, voice: ClientVoice, store: ResultStore | None) -> Finished | None:
    """Return what an earlier run into this folder came to, None where nothing is written or kept."""
    from clientvoice.batch import Finished, code_digest, context_of

    if store is None or plan.out is None or plan.kept_in != plan.out:
        return None
    settings = context_of(voice.digest, voice.name, plan.limits, plan.columns, plan.formats, code_digest())
    return Finished.of(store, present(plan.formats, plan.out), found, plan.limits, settings)


def _write(
    plan: Plan,
    found: Files,
    takers: list[Writer],
    voice: ClientVoice,
    store: ResultStore | None,
    on_kept: Callable[[Result], None] | None,
    finished: Finished | None,
) -> None:
    """Score, and where a folder is asked for, write its files."""
    from clientvoice.batch import Outbox

    if plan.out is None:
        _score(plan, found, takers, store, on_kept)
        return
    with ExitStack() as stack:
        box = stack.enter_context(Outbox(plan.out))
        takers = [*takers, *writers(plan.formats, box, voice, stack)]
        _score(plan, found, takers, store, on_kept)
    if finished is not None:
        finished.keep(box.delivered)


def _score(
    plan: Plan,
    found: Files,
    takers: list[Writer],
    store: ResultStore | None,
    on_kept: Callable[[Result], None] | None,
) -> None:
    from clientvoice.batch import score_files

    with progress(len(found), "files", quiet=plan.quiet) as advance:
        results = score_files(
            found,
            plan.source,
            limits=plan.limits,
            jobs=plan.jobs or fitting_jobs(len(found) - (len(store) if store else 0)),
            time_limit=plan.time_limit,
            memory_limit=plan.memory_limit,
            columns=plan.columns,
            store=store,
            on_files=_settling(advance),
            on_kept=on_kept,
        )
        with closing(results):
            for result in results:
                for taker in takers:
                    taker.write(result)


def fitting_jobs(files: int) -> int:
    """Return how many processes pay for so many files that are to be scored.

    Examples
    --------
    >>> fitting_jobs(20)
    1
    """
    if files < MANY:
        return 1
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(free, MOST_JOBS)


def _settling(advance: Callable[[int], None]) -> Callable[[int], None]:
    """Settle the memory of this process once its first task is done and everything is loaded."""
    from clientvoice.batch.memory import settled

    settled_by_now = False

    def on_files(files: int) -> None:
        nonlocal settled_by_now
        if not settled_by_now:
            settled_by_now = True
            settled()
        advance(files)

    return on_files


def _tell_files(plan: Plan, *, unchanged: bool) -> None:
    if plan.house.path is not None:
        typer.echo(f"House style: {plan.house.path}", err=plan.as_json)
    if plan.out is not None:
        names = ", ".join(name for written in plan.formats for name in FILES[written])
        what = "Unchanged, so left as they are in" if unchanged else "Written to"
        typer.echo(f"{what} {plan.out}: {names}", err=plan.as_json)
