"""Files that appear complete or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from clientvoice.digests import sha256
from clientvoice.errors import ConfigError


class Outbox:
    """A folder whose new files appear together when all are complete, or not at all.

    Each file is written under a hidden temporary name and moved when the ``with``
    block ends well; otherwise every temporary file is removed and older results
    stay as they were.

    Parameters
    ----------
    folder : Path
        Made if it is not there.

    Attributes
    ----------
    delivered : dict of str to str
        Once the block has ended well, the sha256 of each new file by its name.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Outbox(Path(folder)) as box:
    ...         _ = box.open("hello.txt").write("hello")
    ...     (Path(folder) / "hello.txt").read_text()
    'hello'
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.delivered: dict[str, str] = {}
        self._open: list[tuple[TextIO, Path, Path]] = []
        self._older: set[Path] = set()

    def __enter__(self) -> Self:
        made(self.folder)
        return self

    def open(self, name: str) -> TextIO:
        """Return a text file to write, which becomes ``folder/name`` at the end."""
        target = self.folder / name
        if target.is_dir():
            raise ConfigError(f"{target} is a folder, expected a file to write")
        part = self.folder / f".{name}.{os.getpid()}.part"
        try:
            part.unlink(missing_ok=True)  # whatever lies there, a link above all, is not written through
            # a lone surrogate, which UTF-8 cannot hold, stays readable (and valid in JSON) as an escape
            file = part.open("x", encoding="utf-8", errors="backslashreplace", newline="")
        except OSError as error:
            raise unwritable(self.folder, error) from error
        self._open.append((file, part, target))
        return file

    def replaces(self, name: str) -> None:
        """Have an older file go when the new ones appear, unless one of them has its name."""
        self._older.add(self.folder / name)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._deliver()
        finally:
            for file, part, _ in self._open:
                _discard(file, part)

    def _deliver(self) -> None:
        for file, _, _ in self._open:
            file.flush()  # may raise (the disk is full), then nothing is moved
            os.fsync(file.fileno())
            file.close()
        digests = {target.name: sha256(part) for _, part, target in self._open}
        for _, part, target in self._open:
            part.replace(target)
        for path in self._older - {target for _, _, target in self._open}:
            path.unlink(missing_ok=True)
        _synced(self.folder)
        self.delivered = digests


def _discard(file: TextIO, part: Path) -> None:
    with suppress(OSError):  # what could not be flushed is thrown away with the file
        file.close()
    part.unlink(missing_ok=True)


def _synced(folder: Path) -> None:
    """Have the new names on the disk too, where the system knows how."""
    if hasattr(os, "O_DIRECTORY"):
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def made(folder: Path) -> None:
    """Make a folder for results, if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise ConfigError(f"{folder} is a file, expected a folder for the results") from None
    except OSError as error:
        raise unwritable(folder, error) from error


def swept(folder: Path, names: Iterable[str], more: re.Pattern[str]) -> None:
    """Remove the temporary files of these names that a run left behind when it was killed."""
    parts = re.compile(rf"\.(?:{'|'.join(map(re.escape, names))}|{more.pattern})\.\d{{1,10}}\.part")
    for path in folder.iterdir():
        if parts.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def unwritable(folder: Path, error: OSError) -> ConfigError:
    """Say that nothing can be written to a folder, and why."""
    reason = error.strerror or str(error)
    return ConfigError(f"cannot write to {folder}: {reason}. Choose a folder that you may write to.")
