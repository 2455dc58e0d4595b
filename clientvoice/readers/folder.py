"""From the paths a user names to the files that can be read, in a stable order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from clientvoice.readers.formats import format_of, remedy_for
from clientvoice.readers.limits import DEFAULT_LIMITS, Limits
from clientvoice.records import Failure


class Found(NamedTuple):
    """A file to read and the name to show for it, which is safe to print.

    Examples
    --------
    >>> Found(Path("mail/june.eml"), "mail/june.eml").name
    'mail/june.eml'
    """

    path: Path
    name: str


def find_files(paths: Iterable[Path], *, limits: Limits = DEFAULT_LIMITS) -> Iterator[Found | Failure]:
    """Yield every file to read, folders searched through and sorted by name.

    A file named outright is always yielded, whatever its ending. In folders,
    hidden entries and files of unknown type are reported as skipped, links are
    not followed out of the folder, and nothing is yielded twice.

    Parameters
    ----------
    paths : iterable of Path
    limits : Limits
        ``max_depth`` bounds the nesting of folders.

    Examples
    --------
    >>> [item.code for item in find_files([Path("no-such-folder")])]
    ['not_found']
    """
    seen: set[str] = set()
    for given in paths:
        path = Path(given)
        name = display_name(path)
        try:
            real = os.path.realpath(path)
            is_folder, exists = path.is_dir(), path.exists()
        except (OSError, ValueError) as error:
            text = f"{name}: {reason_of(error)}; check that you may read it."
            yield Failure(name, "unreadable", text, name)
            continue
        if not exists:
            yield Failure(name, "not_found", f"{name}: no such file or folder; check the path.", name)
        elif is_folder:
            yield from _walk(path, real, seen, limits)
        elif real not in seen:
            seen.add(real)
            yield Found(path, name)


def display_name(path: Path) -> str:
    r"""Return a path as text that is safe to print and to write as UTF-8.

    Examples
    --------
    >>> display_name(Path("mail/a\x1b[31m.eml"))
    'mail/a\\x1b[31m.eml'
    """
    text = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() or char == " " else f"\\x{ord(char):02x}" for char in text)


def reason_of(error: OSError | ValueError) -> str:
    """Say in words why the system refused."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


class _Entry(NamedTuple):
    path: Path
    real: str
    depth: int


def _walk(root: Path, real_root: str, seen: set[str], limits: Limits) -> Iterator[Found | Failure]:
    # A stack of sorted entries, the first on top: reading order without recursion.
    stack = [_Entry(root, real_root, 0)]
    while stack:
        entry = stack.pop()
        name = display_name(entry.path)
        try:
            if entry.depth and entry.path.is_symlink():
                yield from _link(entry.path, name, real_root)
            elif entry.depth and entry.path.name.startswith("."):
                text = f"{name}: hidden, so left out; name it outright to have it read."
                yield Failure(name, "skipped_hidden", text, name)
            elif entry.real in seen:
                continue
            elif not entry.path.is_dir():
                yield from _file(entry, name, seen)
            elif entry.depth >= limits.max_depth:
                text = (
                    f"{name}: nested deeper than {limits.max_depth:,} folders (max_depth); name it outright."
                )
                yield Failure(name, "too_deep", text, name)
            else:
                seen.add(entry.real)
                stack += _below(entry)
        except OSError as error:
            text = f"{name}: {reason_of(error)}; check that you may read it."
            yield Failure(name, "unreadable", text, name)


def _below(folder: _Entry) -> list[_Entry]:
    inside = sorted(folder.path.iterdir(), key=lambda path: path.name, reverse=True)
    return [_Entry(path, f"{folder.real}{os.sep}{path.name}", folder.depth + 1) for path in inside]


def _file(entry: _Entry, name: str, seen: set[str]) -> Iterator[Found | Failure]:
    if format_of(entry.path):
        seen.add(entry.real)
        yield Found(entry.path, name)
        return
    remedy = remedy_for(entry.path) or "no type that is read, so left out; name it outright to have it read"
    yield Failure(name, "skipped_unknown", f"{name}: {remedy}.", name)


def _link(path: Path, name: str, real_root: str) -> Iterator[Failure]:
    # A link inside the folder leads to what is met anyway.
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(real_root) or not target.exists():
        text = (
            f"{name}: a link out of the folder or to nowhere, so left out; name its target to have it read."
        )
        yield Failure(name, "skipped_link", text, name)
