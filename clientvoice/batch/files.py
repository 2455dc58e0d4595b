"""Score many files: read, analyse in batches, in this process or in several; keep what is done."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator

from clientvoice.batch.codec import UnfitError
from clientvoice.batch.packing import Result, unpack
from clientvoice.batch.pool import performed
from clientvoice.batch.results import Kept, ResultStore
from clientvoice.batch.source import VoiceSource
from clientvoice.batch.tasks import Part, Slot, Stored, Task, Tasks, Twin
from clientvoice.batch.work import Order, Outcome, Work, perform
from clientvoice.errors import ConfigError
from clientvoice.readers import Found, Limits, TableColumns
from clientvoice.records import Failure, MessageAnalysis


def score_files(
    found: Iterable[Found | Failure],
    source: VoiceSource,
    *,
    limits: Limits | None = None,
    jobs: int | None = 1,
    time_limit: float | None = None,
    memory_limit: int | None = None,
    columns: TableColumns | None = None,
    store: ResultStore | None = None,
    on_files: Callable[[int], None] | None = None,
    on_kept: Callable[[MessageAnalysis | Failure], None] | None = None,
) -> Generator[MessageAnalysis | Failure, None, None]:
    """Yield an analysis or a failure for every message of every file, in the order given.

    Parameters
    ----------
    found : iterable of Found or Failure
        From :func:`clientvoice.readers.find_files`; failures pass through in place.
    source : VoiceSource
        Where each process gets its model.
    limits : Limits, optional
        Bounds for the readers.
    jobs : int or None, default 1
        Processes. One is fastest below about 2,000 files: each further process
        pays for imports and a model of its own. None leaves it to
        :func:`joblib.parallel_config`, backend and all.
    time_limit : float, optional
        Seconds a file (or a message of a large file), and as much again for each further
        100,000 bytes; what takes longer becomes a failure with the code ``timed_out``.
    memory_limit : int, optional
        Megabytes that a worker process may take beyond its model (Linux).
    columns : TableColumns, optional
        Which columns of tables hold the text and the subject; guessed by default.
    store : ResultStore, optional
        What it has is not scored again; what is new is kept there. Results from
        it come without the source of their message.
    on_files : callable, optional
        Called with the number of files that are newly done.
    on_kept : callable, optional
        Called with each result that an earlier run left in the store, before it is handed on.

    Yields
    ------
    MessageAnalysis or Failure
        Memory stays flat: only a bounded number of messages is held at a time.
    """
    if jobs is not None and jobs < 1:
        raise ConfigError(f"jobs is {jobs}, expected 1 or more processes")
    if time_limit is not None and not time_limit > 0:
        raise ConfigError(f"time_limit is {time_limit}, expected seconds above 0")
    order = Order(
        source,
        limits or Limits(),
        time_limit,
        memory_limit,
        packed=store is not None,
        columns=columns or TableColumns(),
    )
    run = _Run(order, store, on_kept)
    for task, outcomes in performed(order, run.tasks.cut(found), jobs):
        yield from run.results(task, outcomes)
        if on_files:
            on_files(task.files)


class _Run:
    """Puts results in order: those just made, which it keeps, and those of the store."""

    def __init__(
        self, order: Order, store: ResultStore | None, on_kept: Callable[[Result], None] | None
    ) -> None:
        self._order = order
        self._store = store
        self._on_kept = on_kept
        self.tasks = Tasks(order, store)

    def results(self, task: Task, outcomes: list[Outcome]) -> Iterator[Result]:
        # All of the task is kept before any of it is handed on: its twins look for it there.
        made = iter(outcomes)
        kept = [self._kept(slot, next(made)) if isinstance(slot, Part) else slot for slot in task.slots]
        if self._store is not None:
            self._store.commit()
        for place in kept:
            yield from self._place(place)

    def _kept(self, part: Part, outcome: Outcome) -> Outcome:
        if self._store is not None and outcome.packed is not None and part.work.taken is not None:
            self._store.keep(
                part.work.taken.digest,
                part.work.name,
                outcome.packed,
                outcome.count,
                shared=outcome.shared,
                part=part.number,
                last=part.last,
            )
        self.tasks.done(part.work)
        return outcome

    def _place(self, place: Slot | Outcome) -> Iterator[Result]:
        if isinstance(place, Failure):
            yield place
        elif isinstance(place, Outcome):
            yield from unpack(place.packed or b"") if place.results is None else place.results
        elif isinstance(place, Stored):
            yield from self._restored(place.found, place.kept, self._on_kept)
        elif isinstance(place, Twin):
            kept = self._store.kept(place.taken.digest, place.found.name) if self._store else None
            yield from self._restored(place.found, kept if kept and kept.whole else None)

    def _restored(
        self, found: Found, kept: Kept | None, on_kept: Callable[[Result], None] | None = None
    ) -> Iterator[Result]:
        """Yield what the store has of a file; where that is damaged, the file is scored after all."""
        given = 0
        if kept is not None and self._store is not None:
            try:
                for result in self._store.results(kept, found.name):
                    if on_kept:
                        on_kept(result)
                    yield result
                    given += 1
                return
            except UnfitError:
                self._store.forget(kept)
        (outcome,) = perform(self._order, [Work(found.name, found)])
        results = outcome.results or ()
        limit = kept.count if kept is not None and not kept.whole else None
        yield from results[given:limit]
