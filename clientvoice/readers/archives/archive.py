"""Reads the files in a zip archive, one at a time, without writing any."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast
from zipfile import ZipFile, ZipInfo

from clientvoice.errors import InputError
from clientvoice.readers.archives.foreign import parsing
from clientvoice.readers.archives.unpacking import check_entry, content, opened_zip
from clientvoice.readers.folder import display_name
from clientvoice.readers.formats import STREAMED, format_of, remedy_for
from clientvoice.readers.guarding import guarded
from clientvoice.readers.origin import Origin
from clientvoice.records import Failure, Message

KIND = "a zip archive"
_ENTRY = "an entry of a zip archive"
_DRIVE = re.compile(r"[A-Za-z]:")

Reader = Callable[[BinaryIO, str | None, Origin], Iterator[Message | Failure]]
"""Reads a stream of a known format."""


@dataclass(slots=True)
class Budget:
    """How many bytes an archive and those inside it may still unpack."""

    left: int

    def spend(self, count: int) -> None:
        """Take bytes off what is left."""
        self.left -= count


def read_archive(
    stream: BinaryIO, origin: Origin, read: Reader, budget: Budget
) -> Iterator[Message | Failure]:
    """Read every file of an archive in its order; the ids are ``archive.zip/inner/path``.

    Names only name: nothing is unpacked to a disk, so a path out of the archive leads nowhere.

    Parameters
    ----------
    stream : binary file
    origin : Origin
    read : callable
        Reads one file.
    budget : Budget
        Shared with the archives around this one.

    Raises
    ------
    InputError
        If it is no archive, or a bomb.
    """
    with opened_zip(stream, name=origin.name, kind=KIND, limits=origin.limits, most=budget.left) as archive:
        files = [entry for entry in archive.infolist() if not entry.is_dir()]
        budget.spend(sum(entry.file_size for entry in files))
        taken: dict[str, int] = {}
        for entry in files:
            its = origin.inside(f"{origin.name}/{_free(inner_name(entry.filename), taken)}")
            yield from guarded(partial(_read_entry, archive, entry, its, read), its)
        if not files:
            yield origin.failure("empty", "an archive without files; expected messages in it")


def inner_name(name: str) -> str:
    r"""Return the path of an entry as a plain one: no root, no drive, no way up, safe to print.

    Examples
    --------
    >>> inner_name("../../etc/passwd"), inner_name("C:\\mail\\june.eml")
    ('etc/passwd', 'mail/june.eml')
    """
    pieces = _DRIVE.sub("", name.replace("\\", "/"), count=1).split("/")
    kept = [piece for piece in pieces if piece not in ("", ".", "..")]
    return display_name(Path(*kept)) if kept else "unnamed"


def _free(name: str, taken: dict[str, int]) -> str:
    """Return a name that no entry before had: an archive may hold one twice.

    ``taken`` maps each name to the last number given to it, so that no number is tried twice.
    """
    number, free = taken.get(name, 0), name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    taken[name] = max(number, 1)
    taken.setdefault(free, 1)
    return free


def _read_entry(
    archive: ZipFile, entry: ZipInfo, origin: Origin, read: Reader
) -> Iterator[Message | Failure]:
    path = PurePosixPath(inner_name(entry.filename))
    kind = format_of(path)
    if path.name.startswith(".") or "__MACOSX/" in entry.filename:
        yield origin.failure("skipped_hidden", "hidden, so left out")
    elif kind is None:
        remedy = remedy_for(path) or "no type that is read, so left out"
        yield origin.failure("skipped_unknown", remedy)
    elif kind not in STREAMED and entry.file_size > origin.limits.max_unpacked:
        most = f"{origin.limits.max_unpacked:,} bytes (max_unpacked)"
        yield origin.failure("too_large", f"larger than {most} once unpacked; unpack the archive")
    elif kind in STREAMED:
        check_entry(entry, origin.name)
        with parsing(origin.name, _ENTRY), archive.open(entry) as packed:
            yield from read(cast(BinaryIO, packed), kind, origin)
    else:
        data = content(archive, entry, name=origin.name, kind=_ENTRY)
        yield from read(io.BytesIO(data), kind, origin)


def too_deep(origin: Origin) -> InputError:
    """Return the error of an archive in an archive in an archive.

    Examples
    --------
    >>> too_deep(Origin("a.zip/b.zip/c.zip")).code
    'too_deep'
    """
    text = f"{origin.name}: an archive in an archive in an archive, which is not read; unpack the outer one."
    return InputError("too_deep", text)
