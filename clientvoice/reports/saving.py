"""A file that is written as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from clientvoice.errors import ConfigError


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

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(Path(folder) / "a.txt", "Hello.")
    ...     (Path(folder) / "a.txt").read_text()
    'Hello.'
    """
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise ConfigError(f"{path} is a folder, expected a file to write.")
            target.write_bytes(data)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data, like or target)
    except OSError as error:
        raise ConfigError(
            f"cannot write {path}: {error.strerror or error}. Choose a place that you may write to."
        ) from error


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
