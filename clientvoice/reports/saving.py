"""A file that is written as a whole or not at all."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from clientvoice.errors import ConfigError

_STREAM = re.compile(r"/(?:dev|proc/(?P<process>\d{1,9}))/fd/(?P<number>\d{1,9})")
_LINKS = 40
"""Links in a row, at most; the system takes no more either."""


def save(path: Path, content: str | bytes, *, like: Path | None = None) -> None:
    """Write bytes, or text as UTF-8; the old file stays until the new one is complete.

    A link is followed, so that it stays one. A pipe or a device is written to as it is.

    Parameters
    ----------
    path : Path
        Its folder is made if it is not there.
    content : str or bytes
    like : Path, optional
        The file whose rights the new one gets; without it, those of the file that it replaces.

    Raises
    ------
    ConfigError
        If the file cannot be written.
    BrokenPipeError
        If it is an open stream by its name (``/dev/stdout``), and its reader has gone.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(Path(folder) / "a.txt", "Hello.")
    ...     (Path(folder) / "a.txt").read_text()
    'Hello.'
    """
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    try:
        stream = stream_of(path)
        if stream is not None:
            sys.stdout.flush()  # what was said before comes before
            with os.fdopen(os.dup(stream), "wb") as file:
                file.write(data)
            return
        if path.is_dir():
            raise ConfigError(f"{path} is a folder, expected a file to write.")
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data, like or target)
    except OSError as error:
        if isinstance(error, BrokenPipeError) and stream_of(path) is not None:
            raise  # no fault of the place
        raise ConfigError(
            f"cannot write {path}: {error.strerror or error}. Choose a place that you may write to."
        ) from error


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


def _replace(target: Path, data: bytes, like: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:50]}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):  # a file system without rights
            part.chmod(_mode(like))
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _mode(like: Path) -> int:
    """Return the rights of a file where there is one, else those that a new file gets."""
    with suppress(OSError):
        return like.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
