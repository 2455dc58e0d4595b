"""One run at a time in one folder of results."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from clientvoice.batch.outbox import unwritable
from clientvoice.errors import ClientVoiceError

LOCK = ".clientvoice.lock"

_TRIES = 5
_LONGEST = 1_000
_BYTE = 4_096
"""Where the lock lies on Windows, beyond the note, which others may then read."""


class BusyError(ClientVoiceError):
    """Another run writes to the same folder."""


class FolderLock:
    """Holds a folder of results for one run; the system lets it go when the process ends, however it ends.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with FolderLock(Path(folder)):
    ...         try:
    ...             FolderLock(Path(folder)).__enter__()
    ...         except BusyError as error:
    ...             str(os.getpid()) in str(error)
    True
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / LOCK
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        for _ in range(_TRIES):
            file = self._opened()
            if not _locked(file):
                note = _note(file)
                file.close()
                raise BusyError(_told(self.folder, note))
            if self._is_ours(file):
                self._file = file
                self._sign(file)
                return self
            file.close()  # the run before took its lock away just now; try with the next one
        raise BusyError(_told(self.folder, {}))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None:
            return
        # Taken away while it is held, so that nobody finds a lock whose owner is gone.
        with suppress(OSError):
            self._path.unlink()
        self._file.close()
        self._file = None
        if sys.platform == "win32":
            with suppress(OSError):
                self._path.unlink()

    def _opened(self) -> IO[bytes]:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            return os.fdopen(os.open(self._path, flags | getattr(os, "O_NONBLOCK", 0), 0o666), "r+b")
        except OSError as error:
            raise unwritable(self.folder, error) from error

    def _is_ours(self, file: IO[bytes]) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        except OSError:
            return False

    def _sign(self, file: IO[bytes]) -> None:
        note = {"pid": os.getpid(), "host": socket.gethostname(), "since": time.strftime("%Y-%m-%d %H:%M:%S")}
        try:
            file.truncate(0)
            file.write(json.dumps(note).encode())
            file.flush()
        except OSError as error:
            self.__exit__(None, None, None)
            raise unwritable(self.folder, error) from error


def _locked(file: IO[bytes]) -> bool:
    """Take the lock of an open file, or tell that another process has it."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        file.seek(0)
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _note(file: IO[bytes]) -> dict[str, str]:
    """Return what the owner wrote of itself, as far as that can be read and shown."""
    try:
        file.seek(0)
        found = json.loads(file.read(_LONGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    told = found if isinstance(found, dict) else {}
    return {str(key): "".join(filter(str.isprintable, str(value)))[:80] for key, value in told.items()}


def _told(folder: Path, note: dict[str, str]) -> str:
    who = f"process {note['pid']} on {note.get('host', '?')}" if "pid" in note else "another process"
    since = f", since {note['since']}" if "since" in note else ""
    return (
        f"{folder}: another run is writing its results here ({who}{since}). "
        "Wait for it, end it, or choose another folder with --out."
    )
