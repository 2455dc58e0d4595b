"""Score many files: read, analyse in batches, in this process or in several."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

from clientvoice.batch.containment import ENDING, contained, failure_from
from clientvoice.errors import ConfigError
from clientvoice.house import HouseStyle
from clientvoice.readers import Found, Limits, read_path
from clientvoice.records import Failure, Message, MessageAnalysis

if TYPE_CHECKING:
    from clientvoice.voice import ClientVoice

TASK_ITEMS = 64
"""Files or messages a task; tasks of 8 files took twice the time (start of work dominates)."""

TASK_WEIGHT = 8_000_000
"""Bytes (of files) or characters (of messages) that close a task early, so memory stays flat."""

LARGE_FILE = 4_000_000
"""A file this big is read here, message by message: a mailbox would swamp one task."""

WINDOW = 8
"""Tasks a process before results are waited for, so that results cannot pile up unread."""


@dataclass(frozen=True, slots=True)
class VoiceSource:
    """What a process needs to open its own voice: a model name or folder, rules, and the house style.

    Without a model it is the house's, else the default.

    Examples
    --------
    >>> VoiceSource("fast").model
    'fast'
    """

    model: str | None = None
    rules: Path | None = None
    house: HouseStyle | None = None

    def load(self) -> ClientVoice:
        """Load the model and the rules."""
        from clientvoice.voice import load

        return load(self.model, rules=self.rules, house=self.house)


@lru_cache(maxsize=1)
def opened(source: VoiceSource) -> ClientVoice:
    """Return the voice of a source; a process loads it once."""
    return source.load()


@dataclass(frozen=True, slots=True)
class _Task:
    """A bounded piece of work: files still to be read and messages already read, in order."""

    items: tuple[Found | Message | Failure, ...]
    files: int


def score_files(
    found: Iterable[Found | Failure],
    source: VoiceSource,
    *,
    limits: Limits | None = None,
    jobs: int = 1,
    on_files: Callable[[int], None] | None = None,
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
    jobs : int, default 1
        Processes. One is fastest below about 2,000 files: each further process
        pays for imports and a model of its own.
    on_files : callable, optional
        Called with the number of files that are newly done.

    Yields
    ------
    MessageAnalysis or Failure
        Memory stays flat: only a bounded number of messages is held at a time.
    """
    if jobs < 1:
        raise ConfigError(f"jobs is {jobs}, expected 1 or more processes")
    limits = limits or Limits()
    run = partial(_run, source, limits)
    for task, results in _performed(run, _tasks(found, limits), jobs):
        yield from results
        if on_files:
            on_files(task.files)


def _performed(
    run: Callable[[_Task], list[MessageAnalysis | Failure]], tasks: Iterator[_Task], jobs: int
) -> Iterator[tuple[_Task, list[MessageAnalysis | Failure]]]:
    if jobs == 1:
        for task in tasks:
            yield task, run(task)
        return
    from joblib import Parallel, delayed

    with Parallel(n_jobs=jobs, return_as="generator", batch_size=1) as pool:
        while window := list(islice(tasks, WINDOW * jobs)):
            yield from zip(
                window, pool(delayed(_run_apart)(run, os.getpid(), task) for task in window), strict=True
            )


def _tasks(found: Iterable[Found | Failure], limits: Limits) -> Iterator[_Task]:
    items: list[Found | Message | Failure] = []
    files = weight = 0
    for entry in found:
        files += 1
        for item, cost in _unpacked(entry, limits):
            items.append(item)
            weight += cost
            if len(items) >= TASK_ITEMS or weight >= TASK_WEIGHT:
                yield _Task(tuple(items), files)
                items, files, weight = [], 0, 0
    if items:
        yield _Task(tuple(items), files)


def _unpacked(entry: Found | Failure, limits: Limits) -> Iterator[tuple[Found | Message | Failure, int]]:
    if isinstance(entry, Failure):
        yield entry, 0
        return
    try:
        size = entry.path.stat().st_size
    except OSError:
        size = 0  # the reader tells what is wrong with it, as a row
    if size < LARGE_FILE:
        yield entry, size
        return
    for item in _read(entry, limits):
        yield item, len(item.text) + (len(item.source) if isinstance(item, Message) else 0)


def _run_apart(
    run: Callable[[_Task], list[MessageAnalysis | Failure]], parent: int, task: _Task
) -> list[MessageAnalysis | Failure]:
    """Run a task in a process of its own, where ctrl-C is the parent's affair."""
    import signal

    if os.getpid() != parent and current_thread() is main_thread():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return run(task)


def _run(source: VoiceSource, limits: Limits, task: _Task) -> list[MessageAnalysis | Failure]:
    voice = opened(source)
    read: list[Message | Failure] = []
    for item in task.items:
        if isinstance(item, Found):
            read.extend(_read(item, limits))
        else:
            read.append(item)
    messages = [item for item in read if isinstance(item, Message)]
    analyses = iter(analyse_contained(voice, messages))
    return [next(analyses) if isinstance(item, Message) else item for item in read]


def analyse_contained(voice: ClientVoice, messages: Sequence[Message]) -> list[MessageAnalysis | Failure]:
    """Return an analysis per message, sentences batched across them; a fault becomes a failure."""

    def work(batch: Sequence[Message]) -> list[MessageAnalysis]:
        return list(voice.pipe(batch, batch_size=len(batch)))

    def failed(message: Message, error: BaseException) -> Failure:
        return failure_from(error, name=message.id, path=message.path, doing="scoring it")

    return contained(work, messages, failed)


def _read(found: Found, limits: Limits) -> Iterator[Message | Failure]:
    """Read one file; a fault after some messages keeps those messages."""
    empty = True
    try:
        for item in read_path(found.path, name=found.name, limits=limits):
            empty = False
            yield item
    except ENDING:
        raise
    except BaseException as error:  # noqa: BLE001  a fault in one file is a row, the batch goes on
        yield failure_from(error, name=found.name, path=found.name, doing="reading it")
        return
    if empty:
        yield Failure(found.name, "empty", f"{found.name}: no message in this file.", found.name)
