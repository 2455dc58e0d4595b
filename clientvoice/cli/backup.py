"""Keeps what a new file takes the place of."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from clientvoice.errors import ConfigError

_MOST_BACKUPS = 999


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
