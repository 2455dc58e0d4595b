"""Files cut into tasks of a bounded size, in order; what the store has is no work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from clientvoice.batch.fingerprint import Fingerprint, fingerprint, unchanged
from clientvoice.batch.results import Kept, ResultStore
from clientvoice.batch.work import Order, Work, read_contained, size_of
from clientvoice.readers import Found, holds_many
from clientvoice.records import Failure, Message

TASK_ITEMS = 64
"""Files or messages a task; tasks of 8 files took twice the time (start of work dominates)."""

TASK_WEIGHT = 8_000_000
"""Bytes (of files) or characters (of messages) that close a task early, so memory stays flat."""

TASK_SLOTS = 1_024
"""Places of a task; those of the store weigh nothing, and progress should be told now and then."""

LARGE_FILE = 4_000_000
"""A file this big is read here, message by message: it would swamp one task."""

MANY_FILE = 100_000
"""The same for a mailbox, a table or an archive: packed, it may hold a thousand times as much."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A file with the content of one that is being scored: its results are there when it has its turn."""

    found: Found
    taken: Fingerprint


@dataclass(frozen=True, slots=True)
class Stored:
    """A file, or the first part of a large one, whose results the store has."""

    found: Found
    kept: Kept


@dataclass(frozen=True, slots=True)
class Part:
    """Where the results of a piece of work belong: which part of its file, and whether it is the last.

    ``sound`` is False where the file was changed while it was read: nothing of it is kept.
    """

    work: Work
    number: int = 0
    last: bool = True
    sound: bool = True


Slot = Failure | Stored | Twin | Part


@dataclass
class Task:
    """A bounded run of slots, in order; ``files`` is how many files begin in it."""

    slots: list[Slot] = field(default_factory=list)
    files: int = 0
    items: int = 0
    weight: int = 0

    @property
    def works(self) -> list[Work]:
        """What is to be done."""
        return [slot.work for slot in self.slots if isinstance(slot, Part)]

    @property
    def full(self) -> bool:
        """Whether it is time for the next one."""
        return self.items >= TASK_ITEMS or self.weight >= TASK_WEIGHT or len(self.slots) >= TASK_SLOTS


class Tasks:
    """Cuts files into tasks.

    Parameters
    ----------
    order : Order
    store : ResultStore, optional
        Where results of earlier runs are.
    """

    def __init__(self, order: Order, store: ResultStore | None = None) -> None:
        self._order = order
        self._store = store
        self._under_way: set[bytes] = set()
        self._task = Task()

    def cut(self, found: Iterable[Found | Failure]) -> Iterator[Task]:
        """Yield the tasks of these files."""
        for entry in found:
            self._task.files += 1
            if isinstance(entry, Failure):
                self._task.slots.append(entry)
            else:
                yield from self._placed(entry)
            if self._task.full:
                yield self._handed()
        if self._task.slots or self._task.files:
            yield self._handed()

    def done(self, work: Work) -> None:
        """Hear that the results of a piece of work are in the store, if they can be."""
        if work.taken is not None:
            self._under_way.discard(work.taken.digest)

    def _handed(self) -> Task:
        task, self._task = self._task, Task()
        return task

    def _placed(self, found: Found) -> Iterator[Task]:
        taken = fingerprint(found.path, self._order.limits) if self._store is not None else None
        kept = self._store.kept(taken.digest, found.name) if self._store is not None and taken else None
        if kept is not None:
            self._task.slots.append(Stored(found, kept))
            if kept.whole:
                return
        elif taken is not None and taken.digest in self._under_way:
            self._task.slots.append(Twin(found, taken))
            return
        size = taken.state[0] if taken else size_of(found.path)
        if size >= (MANY_FILE if holds_many(found.path) else LARGE_FILE):
            yield from self._streamed(found, taken, kept)
            return
        if taken is not None:
            self._under_way.add(taken.digest)
        self._task.slots.append(Part(Work(found.name, found, taken)))
        self._task.items += 1
        self._task.weight += size

    def _streamed(self, found: Found, taken: Fingerprint | None, kept: Kept | None) -> Iterator[Task]:
        """Read a large file here, and go on after the parts that the store has."""
        number, pile = (kept.parts, kept.count) if kept else (0, 0)
        stream = islice(read_contained(found, self._order), pile, None)
        items: list[Message | Failure] = []
        for item in stream:
            items.append(item)
            self._task.items += 1
            self._task.weight += len(item.text) + (len(item.source) if isinstance(item, Message) else 0)
            if self._task.full:
                self._task.slots.append(_part(found, taken, items, number, last=False))
                yield self._handed()
                items, number = [], number + 1
        self._task.slots.append(_part(found, taken, items, number, last=True))


def _part(
    found: Found, taken: Fingerprint | None, items: list[Message | Failure], number: int, *, last: bool
) -> Part:
    sound = taken is not None and unchanged(found.path, taken)
    return Part(Work(found.name, tuple(items), taken if sound else None), number, last, sound)
