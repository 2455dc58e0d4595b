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
from clientvoice.cli.outputs import FILES, OWN, PAGES, Writer, is_own_output, writers
from clientvoice.cli.progress import progress
from clientvoice.errors import ConfigError
from clientvoice.reports import JsonlWriter

if TYPE_CHECKING:
    from clientvoice.batch import ResultStore, VoiceSource
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
        if plan.out is not None:
            from clientvoice.batch import Outbox

            takers += writers(plan.formats, stack.enter_context(Outbox(plan.out)), voice, stack)
        _score(plan, found, takers, store, stack, account.unchanged)
    if show and not plan.quiet:
        if plan.as_json:
            typer.echo(account.summary(), err=True)
        else:
            account.show()
        _tell_files(plan)
    account.complain(everything_in=str(plan.out / FILES[plan.formats[0]][0]) if plan.out else None)
    return account.exit_code


def find(plan: Plan) -> Files:
    """Return the files of a plan in order; none at all is wrong usage."""
    from clientvoice.readers import find_files
    from clientvoice.records import Failure

    named = frozenset(plan.paths)
    found = [
        _named(entry, plan) if entry.path in named else _chosen(entry, plan.house)
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
    """Return a file that was named outright; what came by standard input is called so."""
    from clientvoice.readers import Found

    if isinstance(entry, Found) and entry.path == plan.piped:
        return Found(entry.path, "standard input")
    return entry


def _chosen(entry: Found | Failure, house: HouseStyle) -> Found | Failure:
    """Return a file that a folder holds, or that the house leaves it out."""
    from clientvoice.records import Failure

    if isinstance(entry, Failure) or house.wants(entry.path):
        return entry
    text = f"{entry.name}: left out by include or exclude in {house.path}; name it outright to have it read."
    return Failure(entry.name, "skipped_excluded", text, entry.name)


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


def _score(
    plan: Plan,
    found: Files,
    takers: list[Writer],
    store: ResultStore | None,
    stack: ExitStack,
    on_kept: Callable[[Result], None],
) -> None:
    from clientvoice.batch import score_files

    results = score_files(
        found,
        plan.source,
        limits=plan.limits,
        jobs=plan.jobs or fitting_jobs(len(found) - (len(store) if store else 0)),
        time_limit=plan.time_limit,
        memory_limit=plan.memory_limit,
        columns=plan.columns,
        store=store,
        on_files=_settling(stack.enter_context(progress(len(found), "files", quiet=plan.quiet))),
        on_kept=on_kept,
    )
    for result in stack.enter_context(closing(results)):
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


def _tell_files(plan: Plan) -> None:
    if plan.house.path is not None:
        typer.echo(f"House style: {plan.house.path}", err=plan.as_json)
    if plan.out is not None:
        names = ", ".join(name for written in plan.formats for name in FILES[written])
        typer.echo(f"Written to {plan.out}: {names}", err=plan.as_json)
