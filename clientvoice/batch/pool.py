"""Tasks done in this process or in several, in order, whatever becomes of a process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from threading import current_thread, main_thread
from time import monotonic
from typing import Any

from clientvoice.batch.deadline import allowed, timeout_text
from clientvoice.batch.memory import settled
from clientvoice.batch.tasks import Task
from clientvoice.batch.work import Order, Outcome, Work, perform
from clientvoice.records import Failure

WINDOW = 8
"""Tasks a process before results are waited for, so that results cannot pile up unread."""


def performed(order: Order, tasks: Iterator[Task], jobs: int | None) -> Iterator[tuple[Task, list[Outcome]]]:
    """Yield each task with its outcomes, in order.

    Parameters
    ----------
    order : Order
    tasks : iterator of Task
    jobs : int or None
        Processes; None for what ``joblib.parallel_config`` says, which is one by default.
    """
    if jobs is None:
        from joblib import effective_n_jobs

        processes = int(effective_n_jobs(None))
    else:
        processes = jobs
    if processes == 1:
        for task in tasks:
            yield task, perform(order, task.works) if task.works else []
        return
    while window := list(islice(tasks, WINDOW * processes)):
        done = _elsewhere(order, [task.works for task in window if task.works], jobs)
        for task in window:
            yield task, next(done) if task.works else []


def _elsewhere(order: Order, piles: list[list[Work]], jobs: int | None) -> Iterator[list[Outcome]]:
    """Do piles of work in other processes; one that ends its process is done again, a file at a time."""
    if not piles:
        return
    from joblib.externals.loky.process_executor import BrokenProcessPool

    finished = 0
    try:
        for outcomes in _pooled(order, piles, jobs):
            finished += 1
            yield outcomes
    except BrokenProcessPool:
        left = piles[finished:]
        for pile in left:
            # Who else than the only one can it have been.
            yield _apiece(order, pile, jobs) if len(left) == 1 else _again(order, pile, jobs)


def _again(order: Order, pile: list[Work], jobs: int | None) -> list[Outcome]:
    from joblib.externals.loky.process_executor import BrokenProcessPool

    started = monotonic()
    try:
        return next(iter(_pooled(order, [pile], jobs)))
    except BrokenProcessPool:
        if len(pile) > 1:
            return _apiece(order, pile, jobs)
        return [_ended(pile[0], order, monotonic() - started)]


def _apiece(order: Order, pile: list[Work], jobs: int | None) -> list[Outcome]:
    return [_again(order, [work], jobs)[0] for work in pile]


def _ended(work: Work, order: Order, seconds: float) -> Outcome:
    """Return the row of a file that ended the process which had it."""
    limit = allowed(order.time_limit, min(work.size, order.limits.max_bytes))
    if limit is not None and seconds >= limit:
        failure = Failure(work.name, "timed_out", timeout_text(work.name, limit), work.name)
    else:
        text = (
            f"{work.name}: the process that read it was ended, by the system or by a fault "
            "(out of memory?). Leave the file out, and please report it."
        )
        failure = Failure(work.name, "worker_ended", text, work.name)
    return Outcome((failure,), 1)


def _pooled(order: Order, piles: list[list[Work]], jobs: int | None) -> Iterator[list[Outcome]]:
    from joblib import Parallel, delayed

    run = delayed(partial(_apart, order))
    options: dict[str, Any] = {"n_jobs": jobs, "batch_size": 1}
    try:
        pool = Parallel(return_as="generator", **options)
    except ValueError:  # some backends can only give all results together
        pool = Parallel(**options)
    yield from pool(run(pile) for pile in piles)


def _apart(order: Order, works: list[Work]) -> list[Outcome]:
    """Do a task in a process of its own, where ctrl-C is the parent's affair."""
    import signal

    from clientvoice.batch.source import opened

    if order.apart and current_thread() is main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        fresh = not opened.cache_info().currsize
        opened(order.source)
        if fresh:
            settled()
    return perform(order, works)
