"""What a process does with a task: read its files, score their messages together, pack the results."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from clientvoice.batch.containment import contained, failure_from
from clientvoice.batch.deadline import STRIDE, TimedOutError, allowed, within
from clientvoice.batch.fingerprint import Fingerprint, unchanged
from clientvoice.batch.memory import bounded_memory
from clientvoice.batch.packing import Result, pack
from clientvoice.batch.renaming import renamed
from clientvoice.batch.source import VoiceSource, opened
from clientvoice.errors import ENDING
from clientvoice.readers import Found, Limits, TableColumns, read_bytes, read_path
from clientvoice.readers.tables.columns import GUESSED
from clientvoice.records import Failure, Message, MessageAnalysis

if TYPE_CHECKING:
    from clientvoice.voice import ClientVoice

_SAMPLES = (
    b"Subject: Hello\nContent-Type: text/html\n\n<p>Hurry, buy now and save 50%!</p><p>Ring me first.</p>",
    b"# Hello\n\nWe **ring** you, see [how](https://example.com). Only three left!",
)
"""Messages that take the usual ways through the readers and the model."""

SHARE = 16
"""Messages that have one time limit together when they are scored together."""


@dataclass(frozen=True, slots=True)
class Order:
    """How every task of a run is to be done.

    ``packed`` asks for results that can be kept. ``parent`` is the process that
    hands out the tasks: another one may be ended for the sake of a limit.
    """

    source: VoiceSource
    limits: Limits
    time_limit: float | None = None
    memory_limit: int | None = None
    packed: bool = False
    columns: TableColumns = GUESSED
    parent: int = field(default_factory=os.getpid)

    @property
    def apart(self) -> bool:
        """Whether this is another process than the one that hands out the tasks."""
        return os.getpid() != self.parent


@dataclass(frozen=True, slots=True)
class Work:
    """One file to read and score, or messages that have been read of a large one."""

    name: str
    items: Found | tuple[Message | Failure, ...]
    taken: Fingerprint | None = None

    @property
    def size(self) -> int:
        """How many bytes are to be read, or characters to be scored."""
        if isinstance(self.items, Found):
            return size_of(self.items.path)
        return sum(len(item.text) for item in self.items)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one piece of work; ``results`` is None where only the packed ones travel.

    ``shared`` says that a file with another name may have the packed results too.
    """

    results: tuple[Result, ...] | None
    count: int
    packed: bytes | None = None
    shared: bool = False


def perform(order: Order, works: Sequence[Work]) -> list[Outcome]:
    """Do a task: one outcome for each piece of work, in order."""
    voice = opened(order.source)
    if order.time_limit is not None:
        warmed(order.source)
    if order.apart:
        bounded_memory(order.memory_limit)
    read = [list(_items(work, order)) for work in works]
    # Asked right after reading: what a file was changed to later is no concern of these results.
    lasting = [order.packed and _lasts(work) for work in works]
    messages = [item for items in read for item in items if isinstance(item, Message)]
    analyses = iter(analyse_contained(voice, messages, order))
    outcomes = []
    for work, items, lasts in zip(works, read, lasting, strict=True):
        results = tuple(next(analyses) if isinstance(item, Message) else item for item in items)
        outcomes.append(_outcome(work, results, lasts, order.apart))
    return outcomes


@lru_cache(maxsize=1)
def warmed(source: VoiceSource) -> None:
    """Read and score a sample, so that no file's time is spent on what is loaded at its first use.

    Once a process, and only where files have a limit; a fault shows at the files themselves.
    """
    items = [item for sample in _SAMPLES for item in read_bytes(sample)]
    messages = [item for item in items if isinstance(item, Message)]
    analyse_contained(opened(source), messages, Order(source, Limits()))


def analyse_contained(voice: ClientVoice, messages: Sequence[Message], order: Order) -> list[Result]:
    """Return an analysis per message, sentences batched across them; a fault becomes a failure."""

    def work(batch: Sequence[Message]) -> list[MessageAnalysis]:
        size = max(-(-len(batch) // SHARE) * STRIDE, sum(len(message.text) for message in batch))
        with within(allowed(order.time_limit, size), batch[0].id, fatal=order.apart):
            return list(voice.pipe(batch, batch_size=len(batch)))

    def failed(message: Message, error: BaseException) -> Failure:
        if isinstance(error, TimedOutError):
            return Failure(message.id, "timed_out", str(error), message.path)
        return failure_from(error, name=message.id, path=message.path, doing="scoring it")

    return contained(work, messages, failed)


def read_contained(found: Found, order: Order) -> Iterator[Message | Failure]:
    """Read one file; a fault after some messages keeps those messages."""
    empty = True
    limit = allowed(order.time_limit, min(size_of(found.path), order.limits.max_bytes))
    try:
        items = iter(read_path(found.path, name=found.name, limits=order.limits, columns=order.columns))
        while True:
            with within(limit, found.name, fatal=order.apart):
                item = next(items, None)
            if item is None:
                break
            empty = False
            yield item
    except ENDING:
        raise
    except TimedOutError as error:
        yield Failure(found.name, "timed_out", str(error), found.name)
        return
    except BaseException as error:  # noqa: BLE001  a fault in one file is a row, the batch goes on
        yield failure_from(error, name=found.name, path=found.name, doing="reading it")
        return
    if empty:
        yield Failure(found.name, "empty", f"{found.name}: no message in this file.", found.name)


def size_of(path: Path) -> int:
    """Return the bytes of a file, 0 where that cannot be told: the reader says what is wrong with it."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _items(work: Work, order: Order) -> Iterator[Message | Failure]:
    return iter(work.items) if not isinstance(work.items, Found) else read_contained(work.items, order)


def _lasts(work: Work) -> bool:
    if work.taken is None:
        return False
    return not isinstance(work.items, Found) or unchanged(Path(work.items.path), work.taken)


def _outcome(work: Work, results: tuple[Result, ...], lasts: bool, apart: bool) -> Outcome:
    packed = pack(results) if lasts else None
    if packed is None:
        return Outcome(results, len(results))
    shared = isinstance(work.items, Found) and renamed(results, work.name, work.name) is not None
    return Outcome(None if apart else results, len(results), packed, shared)
