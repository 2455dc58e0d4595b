"""Opens what is a zip inside, after its own listing says that unpacking it is harmless."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from clientvoice.errors import InputError
from clientvoice.readers.archives.foreign import parsing
from clientvoice.readers.limits import Limits

_TAIL = 1 << 17
"""More than the end record of a zip and the longest comment behind it."""
_ENTRY = 300
"""Bytes that an entry of ordinary name takes in the listing, with room to spare."""
_PIECE = 1 << 20
_SMALL = 1_000_000
"""What is no larger unpacked may be as dense as it likes."""
_ENCRYPTED = 0x1
_METHODS = {9: "Deflate64", 12: "bzip2", 14: "LZMA"}
_BLANK = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
"""What may stand before the first tag of XML in any encoding: marks of byte order, and white space."""


def opened_zip(stream: BinaryIO, *, name: str, kind: str, limits: Limits, most: int) -> ZipFile:
    """Return an archive whose listing promises no more than the limits.

    What an entry holds is read by :func:`content`, or in pieces once :func:`check_entry` let it pass:
    then it takes no more memory than its listing says.

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
    listing = _Listing(stream, name, limits)
    with parsing(name, kind):
        archive = ZipFile(listing)
    listing.read_already = True
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


def check_entry(entry: ZipInfo, name: str) -> None:
    """Refuse an entry with a password, or packed in a way that is unpacked without a bound.

    Of the ways to pack, ``zipfile`` unpacks none but Deflate in pieces: a few hundred bytes
    of bzip2 would fill the memory, whatever the listing says.

    Parameters
    ----------
    entry : ZipInfo
    name : str
        The input, for the error.

    Raises
    ------
    InputError

    Examples
    --------
    >>> entry = ZipInfo("june.txt")
    >>> entry.compress_type = 12
    >>> check_entry(entry, "a.zip/june.txt")
    Traceback (most recent call last):
    clientvoice.errors.InputError: a.zip/june.txt: packed by bzip2, which is not read; pack it by Deflate, ...
    """
    if entry.flag_bits & _ENCRYPTED:
        text = "protected by a password, so it cannot be read; save or pack it without one"
        raise InputError("encrypted", f"{name}: {text}.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        method = _METHODS.get(entry.compress_type, f"method {entry.compress_type}")
        text = f"packed by {method}, which is not read; pack it by Deflate, the usual method of zip files"
        raise InputError("unknown_format", f"{name}: {text}.")


def content(archive: ZipFile, entry: ZipInfo, *, name: str, kind: str) -> bytes:
    """Return all that an entry holds, no more than the listing says.

    Parameters
    ----------
    archive : ZipFile
    entry : ZipInfo
    name, kind : str
        The input and what it is, for errors.

    Raises
    ------
    InputError
        If it is damaged, or :func:`check_entry` refuses it.
    """
    check_entry(entry, name)
    with parsing(name, kind), archive.open(entry) as packed:
        # Without a number a whole entry is unpacked before it is cut to its size.
        return packed.read(entry.file_size)


def xml_pieces(archive: ZipFile, entry: ZipInfo, *, name: str, kind: str) -> Iterator[bytes]:
    """Yield what an entry holds, a megabyte at a time, if it may be XML: a picture has no tag first.

    Parameters
    ----------
    archive : ZipFile
    entry : ZipInfo
    name, kind : str
        The input and what it is, for errors.

    Raises
    ------
    InputError
        If it is damaged, or :func:`check_entry` refuses it.
    """
    check_entry(entry, name)
    with parsing(name, kind), archive.open(entry) as part:
        piece = part.read(_PIECE)
        if piece.lstrip(_BLANK)[:1] not in (b"<", b""):
            return
        while piece:
            yield piece
            piece = part.read(_PIECE)


def _excess(name: str, what: str, most: str) -> InputError:
    text = f"{name}: holds {what}, expected at most {most}; it may be a zip bomb. If you trust it, unpack it."
    return InputError("too_large", text)


class _Listing:
    """A stream that refuses to give out a listing that would fill the memory.

    Which of the sizes in the end records counts, ``zipfile`` alone decides; it reads the
    listing at once, and nothing else as long before an entry is opened.
    """

    def __init__(self, stream: BinaryIO, name: str, limits: Limits) -> None:
        self.read_already = False
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable
        self._stream, self._name, self._limits = stream, name, limits

    def read(self, size: int = -1) -> bytes:
        """Read up to so many bytes."""
        most = self._limits.max_entries
        if not self.read_already and size > max(most * _ENTRY, _TAIL):
            raise _excess(self._name, f"a listing of {size:,} bytes", f"{most:,} entries (max_entries)")
        return self._stream.read(size)
