"""What earlier runs found out, in the folder of the results: a file is scored once, until it changes.

The store is one SQLite file. A row holds the results of one file, or of a part of
a large one, under a key made of the file's content and of everything else that
decides them: model, rules, house style, limits, version. What is in the store is
data and is checked as such; a store that does not pass is set aside.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from clientvoice.batch.codec import UnfitError, schema_digest
from clientvoice.batch.database import VERSION, beside, opened, removed, system_error
from clientvoice.batch.fingerprint import resources_digest
from clientvoice.batch.packing import Result, unpack
from clientvoice.batch.renaming import renamed

STORE = ".clientvoice.sqlite3"
DAMAGED = f"{STORE}.damaged"

KEPT_DAYS = 90
"""Days after which the results of a file that no run has met are let go."""

_DAY = 86_400

_DECIDING = (
    *("onnxruntime", "tokenizers", "numpy", "spacy", "py3langid"),
    *("turbohtml", "markdown-it-py", "mdit-py-plugins", "pyyaml", "pandas"),
    *("mammoth", "openpyxl", "pyarrow", "python-oxmsg"),
)
"""Libraries whose answers stand in results: of the encoder, of the language, of the formats."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store has of one file: how many parts and results, and whether that is all."""

    key: bytes
    name: str
    parts: int
    count: int
    whole: bool


class ResultStore:
    """Results by file, kept from run to run; whoever opens one holds the folder's lock.

    Parameters
    ----------
    folder : Path
    context : str
        What decides the results besides the files: see :func:`context_of`.
    fresh : bool, default False
        Forget what earlier runs left.
    notify : callable, optional
        Told in a line what is wrong with a store that had to be set aside.

    Examples
    --------
    >>> import tempfile
    >>> from clientvoice.batch.packing import pack
    >>> from clientvoice.records import Failure
    >>> results = [Failure("a.eml", "empty", "a.eml: empty.", "a.eml")]
    >>> with tempfile.TemporaryDirectory() as folder, ResultStore(Path(folder), "fast") as store:
    ...     store.keep(b"content", "a.eml", pack(results), len(results))
    ...     list(store.results(store.kept(b"content", "b.eml"), "b.eml"))
    [Failure(id='b.eml', code='empty', text='b.eml: empty.', path='b.eml')]
    """

    def __init__(
        self, folder: Path, context: str, *, fresh: bool = False, notify: Callable[[str], None] | None = None
    ) -> None:
        self.path = folder / STORE
        self._context = context.encode("utf-8", "surrogatepass")
        self._notify = notify or (lambda text: None)
        self._today = int(time.time() // _DAY)
        self._rows: sqlite3.Connection | None = None
        if fresh:
            removed(self.path)

    def __enter__(self) -> Self:
        for attempt in (1, 2):
            try:
                self._rows = opened(self.path)
                return self
            except sqlite3.OperationalError as error:
                raise system_error(error, self.path) from error
            except (sqlite3.DatabaseError, UnfitError) as error:
                if attempt == 2:
                    raise
                self._set_aside(error)
        raise AssertionError("unreachable")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._rows is None:
            return
        with suppress(sqlite3.Error):  # what a run has done well is not lost for a tidy end
            if kind is None:
                self._rows.execute("DELETE FROM results WHERE used < ?", (self._today - KEPT_DAYS,))
            self.commit()
        self._rows.close()
        self._rows = None

    def kept(self, digest: bytes, name: str) -> Kept | None:
        """Return what there is of a file with this content under this name, None for nothing."""
        for key in (self._key(digest), self._key(digest, name)):
            parts = self._asked(
                "SELECT part, last, count, used, name FROM results WHERE key = ? ORDER BY part", (key,)
            )
            if not parts or not all(map(_is_sound, parts, range(len(parts)))):
                continue
            if any(part[1] for part in parts[:-1]):  # something follows the last part
                continue
            if any(part[3] != self._today for part in parts):
                self._told("UPDATE results SET used = ? WHERE key = ?", (self._today, key))
            return Kept(key, parts[0][4], len(parts), sum(part[2] for part in parts), bool(parts[-1][1]))
        return None

    def results(self, kept: Kept, name: str) -> Iterator[Result]:
        """Yield the results that are kept of a file, under its name of today.

        Raises
        ------
        UnfitError
            If they are damaged, before any of that part is handed out.
        """
        for part in range(kept.parts):
            rows = self._asked("SELECT items FROM results WHERE key = ? AND part = ?", (kept.key, part))
            if not rows or not isinstance(rows[0][0], bytes):
                raise UnfitError(f"no part {part}")
            found: list[Result] | None = unpack(rows[0][0])
            if kept.name != name:
                found = renamed(found or [], kept.name, name)
            if found is None:
                raise UnfitError(f"results of {kept.name!r:.80}, not of this file")
            yield from found

    def keep(
        self,
        digest: bytes,
        name: str,
        packed: bytes,
        count: int,
        *,
        shared: bool = True,
        part: int = 0,
        last: bool = True,
    ) -> None:
        """Keep the packed results of a file, or of a part of it; see :meth:`commit`.

        ``shared`` says that files of other names with the same content may have them too.
        """
        key = self._key(digest) if shared else self._key(digest, name)
        # Parts are kept in order: what stands above this one is of an earlier, other cut.
        self._told("DELETE FROM results WHERE key = ? AND part > ?", (key, part))
        self._told(
            "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?)",
            (key, part, int(last), count, self._today, _text(name), packed),
        )

    def forget(self, kept: Kept) -> None:
        """Let go of results that turned out damaged."""
        self._told("DELETE FROM results WHERE key = ?", (kept.key,))

    def finished(self) -> str:
        """Return the note that the last finished run left, empty where there is none."""
        rows = self._asked("SELECT told FROM finished", ())
        return rows[0][0] if len(rows) == 1 and type(rows[0][0]) is str else ""

    def note_finished(self, told: str) -> None:
        """Leave a note for the next run, in place of the one before."""
        self._told("INSERT OR REPLACE INTO finished VALUES (1, ?)", (told,))
        self.commit()

    def commit(self) -> None:
        """Make sure that what was kept so far outlives this process, however it ends."""
        if self._rows is not None and self._rows.in_transaction:
            self._told("COMMIT", ())

    def __len__(self) -> int:
        rows = self._asked("SELECT count(*) FROM results WHERE part = 0", ())
        return int(rows[0][0]) if rows else 0

    def _key(self, digest: bytes, name: str | None = None) -> bytes:
        total = hashlib.sha256(self._context)
        total.update(digest)
        if name is not None:
            total.update(name.encode("utf-8", "surrogatepass"))
        return total.digest()

    def _asked(self, question: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if self._rows is None:
            return []
        try:
            return self._rows.execute(question, values).fetchall()
        except sqlite3.Error as error:
            self._broken(error)
            return []

    def _told(self, order: str, values: tuple[object, ...]) -> None:
        if self._rows is None:
            return
        try:
            if order != "COMMIT" and not self._rows.in_transaction:
                self._rows.execute("BEGIN")
            self._rows.execute(order, values)
        except sqlite3.Error as error:
            self._broken(error)

    def _broken(self, error: sqlite3.Error) -> None:
        """Go on without a store that fails in the middle of a run; a full disk ends the run."""
        if isinstance(error, sqlite3.OperationalError):
            raise system_error(error, self.path) from error
        if self._rows is not None:
            with suppress(sqlite3.Error):
                self._rows.close()
        self._rows = None
        self._set_aside(error)

    def _set_aside(self, error: Exception) -> None:
        aside = self.path.with_name(DAMAGED)
        for path in beside(self.path)[1:]:
            with suppress(OSError):
                path.unlink()
        self.path.replace(aside)
        self._notify(
            f"{self.path}: the store of earlier results is damaged ({error}). It is set aside as "
            f"{DAMAGED}, and every file is scored anew."
        )


def context_of(*settings: object) -> str:
    """Return what decides results besides the files, as one text: versions, word lists, settings given.

    An upgrade of a library that reads, cuts or scores may move results, so their versions count, too.

    Examples
    --------
    >>> context_of("fast", 1) == context_of("fast", 2)
    False
    """
    from clientvoice import __version__

    return repr((VERSION, __version__, _versions(), schema_digest(), resources_digest(), settings))


@cache
def _versions() -> tuple[tuple[str, str], ...]:
    """Return the installed versions of the libraries that decide results."""
    found = []
    for name in _DECIDING:
        with suppress(PackageNotFoundError):  # of an extra that is not installed
            found.append((name, version(name)))
    return tuple(found)


def _is_sound(row: tuple[Any, ...], place: int) -> bool:
    """Tell whether a row has values of our kinds and is the part that belongs in this place."""
    return row[0] == place and all(type(it) is int and it >= 0 for it in row[:4]) and type(row[4]) is str


def _text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
