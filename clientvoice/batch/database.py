"""The SQLite file of a store: opened with care, since it may come from anywhere."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

from clientvoice.batch.codec import UnfitError

VERSION = 2
"""Of the tables; a file of another version is made anew."""

_OURS = 0x436C5669
_LONGEST = 200_000_000
_TABLE = (
    "CREATE TABLE results (key BLOB NOT NULL, part INTEGER NOT NULL, last INTEGER NOT NULL, "
    "count INTEGER NOT NULL, used INTEGER NOT NULL, name TEXT NOT NULL, items BLOB NOT NULL, "
    "PRIMARY KEY (key, part))"
)
_NOTE = "CREATE TABLE finished (only INTEGER PRIMARY KEY, told TEXT NOT NULL)"


def opened(path: Path) -> sqlite3.Connection:
    """Open the file of a store, made if it is not there.

    Raises
    ------
    UnfitError or sqlite3.DatabaseError
        If it is none of ours.
    """
    try:
        seen = path.lstat()
    except FileNotFoundError:
        pass
    else:
        if not stat.S_ISREG(seen.st_mode):
            raise UnfitError("it is no plain file")
    rows = sqlite3.connect(path, isolation_level=None, timeout=10)
    try:
        _guard(rows)
        if rows.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            _made_anew(rows)
        found = rows.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        if found != [("table", "results", _TABLE), ("table", "finished", _NOTE)]:
            raise UnfitError("it holds other tables than ours")
    except BaseException:
        rows.close()
        raise
    return rows


def _guard(rows: sqlite3.Connection) -> None:
    """Set what makes a file of strangers safe to open, and one of ours safe to be killed at."""
    rows.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    rows.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "locking_mode = EXCLUSIVE",
        "journal_mode = WAL",
        "synchronous = NORMAL",
    ):
        rows.execute(f"PRAGMA {pragma}")


def _made_anew(rows: sqlite3.Connection) -> None:
    """Fill an empty file, and one of ours that another version wrote; no other is touched."""
    if rows.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        if rows.execute("PRAGMA application_id").fetchone()[0] != _OURS:
            raise UnfitError("it is a database of something else")
        rows.execute("DROP TABLE IF EXISTS results")
        rows.execute("DROP TABLE IF EXISTS finished")
    rows.execute("BEGIN")
    rows.execute(_TABLE)
    rows.execute(_NOTE)
    rows.execute(f"PRAGMA application_id = {_OURS}")
    rows.execute(f"PRAGMA user_version = {VERSION}")
    rows.execute("COMMIT")


def beside(path: Path) -> tuple[Path, ...]:
    """Return the file of a store and the files that SQLite puts beside it."""
    return path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def removed(path: Path) -> None:
    """Remove a store with all that belongs to it."""
    for each in beside(path):
        with suppress(FileNotFoundError):
            each.unlink()


def system_error(error: sqlite3.OperationalError, path: Path) -> OSError:
    """Return what the system refuses, as the error that any other file would meet."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return OSError(errno.EACCES, f"the store of results cannot be written ({error})", str(path))
    return OSError(errno.EIO, f"the store of results fails ({error})", str(path))
