"""What tells one file's content from another's: of what is read, and of what the library reads by."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from clientvoice.readers import FORMATS, Limits, holds_many

_BLOCK = 1_048_576
_ENDINGS = 3


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The digest of a file's content and endings, and the state in which it was read."""

    digest: bytes
    state: tuple[int, int, int]


def fingerprint(path: Path, limits: Limits) -> Fingerprint | None:
    """Return the fingerprint of a regular file, None where there is none to take.

    The endings of the name are part of it, because they tell the format.

    Examples
    --------
    >>> fingerprint(Path("no-such-file.eml"), Limits()) is None
    True
    """
    endings = "".join(path.suffixes[-_ENDINGS:]).lower()
    total = hashlib.sha256(f"{endings}\0".encode("utf-8", "surrogatepass"))
    try:
        # A pipe put in the place of a file must not be waited for.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb", buffering=0) as file:  # noqa: PTH123 - of a handle
            seen = os.fstat(handle)
            if not stat.S_ISREG(seen.st_mode) or seen.st_size > _most(path, limits):
                return None
            while block := file.read(_BLOCK):
                total.update(block)
    except (OSError, ValueError):
        return None  # the reader tells what is wrong with it, as a row
    return Fingerprint(total.digest(), _state(seen))


@cache
def resources_digest() -> str:
    """Return the sha256 of the word lists and rules that the library goes by, which their readers may edit.

    Examples
    --------
    >>> len(resources_digest())
    64
    """
    return _digest(files("clientvoice") / "resources")


@cache
def code_digest() -> str:
    """Return the sha256 of the library's own code, which may be edited where its version stays.

    Examples
    --------
    >>> len(code_digest())
    64
    """
    return _digest(files("clientvoice"), ".py")


def _digest(folder: Traversable, ending: str = "") -> str:
    total = hashlib.sha256()
    for path, content in sorted(_contents(folder, "", ending)):
        total.update(f"{path}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def _contents(folder: Traversable, path: str, ending: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _contents(entry, f"{path}/{entry.name}", ending)
        elif entry.name.endswith(ending):
            yield f"{path}/{entry.name}", entry.read_bytes()


def unchanged(path: Path, taken: Fingerprint) -> bool:
    """Tell whether a file is in the state in which its fingerprint was taken."""
    try:
        return _state(path.stat()) == taken.state
    except (OSError, ValueError):
        return False


def _most(path: Path, limits: Limits) -> float:
    """Return the size beyond which a reader looks at nothing of a file: no digest is worth taking."""
    if FORMATS.get(path.suffix.lower()) == "mbox":
        return float("inf")
    return limits.max_archive if holds_many(path) else limits.max_bytes


def _state(seen: os.stat_result) -> tuple[int, int, int]:
    return seen.st_size, seen.st_mtime_ns, seen.st_ino
