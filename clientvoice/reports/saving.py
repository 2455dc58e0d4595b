"""A file that is written as a whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from clientvoice.errors import ConfigError

_STREAM = re.compile(r"/(?:dev|proc/(?P<process>\d{1,9}))/fd/(?P<number>\d{1,9})")
_LINKS = 40
"""Links in a row, at most; the system takes no more either."""


class Draft:
    """A file in the making, which takes its place as a whole when the ``with`` block ends well, or never.

    Until then whatever has its name stays as it was. A link is followed, so that it
    stays one. A pipe, a device or an open stream by its name gets all of it at the end.

    Parameters
    ----------
    path : Path
        Its folder is made if it is not there.
    like : Path, optional
        The file whose rights the new one gets; without it, those of the file that it replaces.

    Raises
    ------
    ConfigError
        If the file cannot be written: where that is plain before anything is written, at once.
    BrokenPipeError
        If it is an open stream by its name (``/dev/stdout``), and its reader has gone.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Draft(Path(folder) / "a.txt") as draft:
    ...         _ = draft.write("Hello.")
    ...     (Path(folder) / "a.txt").read_text()
    'Hello.'
    """

    def __init__(self, path: Path, *, like: Path | None = None) -> None:
        self._path = path
        self._like = like
        self._file: BinaryIO
        self._part: Path | None = None
        self._stream: int | None = None
        self._withdrawn = False

    def __enter__(self) -> Self:
        with self._told():
            if self._path.is_dir():
                raise ConfigError(f"{self._path} is a folder, expected a file to write.")
            self._stream = stream_of(self._path)
            if self._stream is not None or (self._path.exists() and not self._path.is_file()):
                self._file = tempfile.TemporaryFile()
                return self
            self._target = self._path.resolve()
            self._target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(
                prefix=f".{self._target.name[:50]}.", suffix=".part", dir=self._target.parent
            )
            self._file, self._part = os.fdopen(handle, "wb"), Path(name)
        return self

    def write(self, content: str | bytes) -> int:
        """Write bytes, or text as UTF-8, and return how many bytes that are."""
        # a lone surrogate, which UTF-8 cannot hold, stays readable (and valid in JSON) as an escape
        data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
        with self._told():
            return self._file.write(data)

    def withdraw(self) -> None:
        """Have nothing written, so that what is there stays."""
        self._withdrawn = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None and not self._withdrawn:
                with self._told():
                    self._deliver()
        finally:
            with suppress(OSError):  # what could not be flushed is thrown away with the file
                self._file.close()
            if self._part is not None:
                with suppress(OSError):
                    self._part.unlink(missing_ok=True)

    def _deliver(self) -> None:
        self._file.flush()  # may raise (the disk is full), then nothing is moved
        if self._part is None:
            self._file.seek(0)
            with self._opened() as place:
                shutil.copyfileobj(self._file, place)
            return
        os.fsync(self._file.fileno())
        self._file.close()
        with suppress(OSError):  # a file system without rights
            self._part.chmod(_mode(self._like or self._target))
        self._part.replace(self._target)

    def _opened(self) -> BinaryIO:
        if self._stream is None:
            return self._path.open("wb")
        sys.stdout.flush()  # what was said before comes before
        return os.fdopen(os.dup(self._stream), "wb")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say which file cannot be written where the system refuses it."""
        try:
            yield
        except (OSError, RuntimeError) as error:  # links that lead in a circle are the latter up to 3.12
            if isinstance(error, BrokenPipeError) and self._stream is not None:
                raise  # no fault of the place
            reason = getattr(error, "strerror", None) or error
            raise ConfigError(
                f"cannot write {self._path}: {reason}. Choose a place that you may write to."
            ) from error


def save(path: Path, content: str | bytes, *, like: Path | None = None) -> None:
    """Write bytes, or text as UTF-8, as a :class:`Draft` does.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(Path(folder) / "a.txt", "Hello.")
    ...     (Path(folder) / "a.txt").read_text()
    'Hello.'
    """
    with Draft(path, like=like) as draft:
        draft.write(content)


def stream_of(path: Path) -> int | None:
    """Return the number of the open stream that a name such as ``/dev/stdout`` stands for, None for a file's.

    Such a name leads on to whatever the stream is open to. Where that is a file, the
    stream must be written to all the same: it has a place in it, and more may follow.

    Examples
    --------
    >>> stream_of(Path("report.md"))
    """
    place = path.absolute()
    for _ in range(_LINKS):
        place = place.parent.resolve() / place.name
        found = _STREAM.fullmatch(place.as_posix())
        if found:
            own = found["process"] in (None, str(os.getpid()))
            return int(found["number"]) if own else None
        if not place.is_symlink():
            break
        place = place.parent / place.readlink()
    return None


def _mode(like: Path) -> int:
    """Return the rights of a file where there is one, else those that a new file gets."""
    with suppress(OSError):
        return like.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
