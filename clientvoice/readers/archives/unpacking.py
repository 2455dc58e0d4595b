"""Opens what is a zip inside, after its own listing says that unpacking it is harmless."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from clientvoice.errors import InputError
from clientvoice.readers.archives.foreign import parsing
from clientvoice.readers.limits import Limits

_TAIL = 65_557
"""The end record of a zip and the longest comment behind it."""
_ENTRY = 300
"""Bytes that an entry of ordinary name takes in the listing, with room to spare."""
_SMALL = 1_000_000
"""What is no larger unpacked may be as dense as it likes."""
ENCRYPTED = 0x1


def opened_zip(stream: BinaryIO, *, name: str, kind: str, limits: Limits, most: int) -> ZipFile:
    """Return an archive whose listing promises no more than the limits.

    Nothing can be larger than its listing says: reading an entry stops there.

    Parameters
    ----------
    stream : binary file
    name, kind : str
        The input and what it is, for errors.
    limits : Limits
    most : int
        Most bytes of all entries together.

    Raises
    ------
    InputError
        If it is no zip, or a bomb.
    """
    _check_listing(stream, name, limits)
    with parsing(name, kind):
        archive = ZipFile(stream)
    entries = archive.infolist()
    if len(entries) > limits.max_entries:
        raise _excess(name, f"{len(entries):,} entries", f"{limits.max_entries:,} (max_entries)")
    total = sum(entry.file_size for entry in entries)
    if total > most:
        raise _excess(name, f"{total:,} bytes once unpacked", f"{most:,}")
    for entry in entries:
        if is_bomb(entry, limits):
            ratio = entry.file_size // max(entry.compress_size, 1)
            raise _excess(name, f"an entry that grows {ratio:,} times", f"{limits.max_ratio:,} (max_ratio)")
    return archive


def is_bomb(entry: ZipInfo, limits: Limits) -> bool:
    """Tell whether an entry becomes suspiciously large."""
    return entry.file_size > max(_SMALL, entry.compress_size * limits.max_ratio)


def _excess(name: str, what: str, most: str) -> InputError:
    text = f"{name}: holds {what}, expected at most {most}; it may be a zip bomb. If you trust it, unpack it."
    return InputError("too_large", text)


def _check_listing(stream: BinaryIO, name: str, limits: Limits) -> None:
    """Refuse a listing that would fill the memory, before anything reads it."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    stream.seek(0)
    at = tail.rfind(b"PK\5\6")
    wide = tail.rfind(b"PK\6\6")
    listing = 0
    if 0 <= at <= len(tail) - 16:
        listing = struct.unpack_from("<L", tail, at + 12)[0]
    if listing == 0xFFFFFFFF and 0 <= wide <= len(tail) - 48:
        listing = struct.unpack_from("<Q", tail, wide + 40)[0]
    if listing > limits.max_entries * _ENTRY:
        raise _excess(
            name, f"a listing of {listing:,} bytes", f"{limits.max_entries:,} entries (max_entries)"
        )
