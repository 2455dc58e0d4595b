"""Writes a file whole or not at all, and keeps what it takes the place of."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from clientvoice.errors import ConfigError

_MOST_BACKUPS = 999


def write_whole(path: Path, data: bytes, *, like: Path | None = None) -> None:
    """Write a file under a temporary name beside it and move it into place.

    Parameters
    ----------
    path : Path
        Its folder is made if it is not there.
    data : bytes
    like : Path, optional
        The file whose permissions it gets.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder) / "new" / "a.txt", b"hello")
    ...     (Path(folder) / "new" / "a.txt").read_text()
    'hello'
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if like is not None:
            with suppress(OSError):  # a file system without permissions
                shutil.copymode(like, part)
        part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(f"cannot write {path}: {reason}. Choose a place that you may write to.") from error
    finally:
        part.unlink(missing_ok=True)


def keep_backup(path: Path, data: bytes) -> Path:
    """Write ``data``, the content of ``path``, to ``path.bak`` or the next free name like it.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     place = Path(folder) / "a.txt"
    ...     [keep_backup(place, b"hello").name for _ in range(2)]
    ['a.txt.bak', 'a.txt.bak.2']
    """
    for number in range(1, _MOST_BACKUPS + 1):
        backup = path.with_name(f"{path.name}.bak" + (f".{number}" if number > 1 else ""))
        try:
            with backup.open("xb") as file:  # only ever a new file
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            continue
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigError(f"cannot write the backup {backup}: {reason}. Use --out instead.") from error
        with suppress(OSError):
            shutil.copymode(path, backup)
        return backup
    raise ConfigError(f"{path}.bak: there are {_MOST_BACKUPS} backups already; remove some, or use --out.")
