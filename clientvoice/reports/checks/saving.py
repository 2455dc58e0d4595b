"""A file that is written as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from clientvoice.errors import ConfigError


def save(path: Path, text: str) -> None:
    """Write UTF-8 text; the old file stays until the new one is complete.

    A link is followed, so that it stays one. A pipe or a device is written to as it is.

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
    data = text.encode("utf-8", "backslashreplace")
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise ConfigError(f"{path} is a folder, expected a file to write.")
            target.write_bytes(data)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except OSError as error:
        raise ConfigError(
            f"cannot write {path}: {error.strerror or error}. Choose a place that you may write to."
        ) from error


def _replace(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:50]}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        part.chmod(_mode(target))
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _mode(target: Path) -> int:
    """Return the rights of the file that is there, else those that a new file gets."""
    with suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
