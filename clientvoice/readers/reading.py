"""One file, byte string or string to its messages; what cannot be read becomes a failure."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from clientvoice.errors import InputError
from clientvoice.readers.charset import binary_kind, decode, meta_charset
from clientvoice.readers.folder import display_name, reason_of
from clientvoice.readers.formats import READABLE, format_of, remedy_for, sniff
from clientvoice.readers.language import with_language_notice
from clientvoice.readers.limits import DEFAULT_LIMITS, Limits
from clientvoice.readers.mail import charset_notice, no_text_notice, read_mail
from clientvoice.readers.mbox import split_mbox
from clientvoice.records import Failure, Message

_HEAD = 65_536


def read_path(
    path: Path, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Message | Failure]:
    """Read one file; bad content gives failures, never an exception.

    The ending tells the format; a file with another ending is told by its
    first bytes. A mailbox is streamed, a mail at a time.

    Parameters
    ----------
    path : Path
    name : str, optional
        The id and path to show, the path itself by default. Mails in a mailbox
        are ``name#1``, ``name#2``; a mail forwarded in part 2 of a mail is ``name#2``
        (``name#1.2`` in a mailbox).
    limits : Limits

    Examples
    --------
    >>> [failure.code for failure in read_path(Path("no-such-file.eml"))]
    ['not_found']
    """
    path = Path(path)
    shown = display_name(path) if name is None else name
    return _guarded(lambda: _read_file(path, shown, limits), shown, shown)


def read_bytes(
    data: bytes,
    *,
    format: str | None = None,  # noqa: A002
    name: str = "<bytes>",
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Message | Failure]:
    r"""Read the bytes of one file.

    Parameters
    ----------
    data : bytes
    format : {"eml", "mbox", "html", "markdown", "text"}, optional
        Told by the first bytes where it is not given.
    name : str
        The id to show.
    limits : Limits

    Examples
    --------
    >>> message, = read_bytes(b"Subject: Monday\nFrom: jo@example.com\n\nWe will ring you first.")
    >>> message.format, message.subject
    ('eml', 'Monday')
    """
    if not isinstance(data, bytes | bytearray | memoryview):
        raise InputError("not_bytes", f"read_bytes: got {type(data).__name__}, expected bytes; see read_text")
    if format is not None:
        _check_format(format, ("eml", "mbox", "html", "markdown", "text"), "read_bytes")
    content = bytes(data)
    return _guarded(lambda: _read_stream(io.BytesIO(content), format, name, None, limits), name, None)


def first_message(data: bytes, *, format: str | None = None, name: str = "<bytes>") -> Message:  # noqa: A002
    """Read the bytes of one file that holds one message.

    Raises
    ------
    InputError
        If nothing can be read; its code and text are those of the failure.

    Examples
    --------
    >>> first_message(b"<p>We ring you <b>first</b>.</p>").text
    'We ring you first.'
    """
    first = next(read_bytes(data, format=format, name=name))
    if isinstance(first, Failure):
        raise InputError(first.code, first.text)
    return first


def read_text(text: str, *, format: str = "text", name: str = "<text>") -> Message:  # noqa: A002
    """Read a string as one message.

    Parameters
    ----------
    text : str
    format : {"text", "html", "markdown", "eml"}
        A mail gives its own message, not the ones forwarded inside it.
    name : str
        The id to show.

    Raises
    ------
    InputError
        If ``text`` is no string, the format is unknown, or a mail has no text.

    Examples
    --------
    >>> read_text("<p>We ring you <b>first</b>.</p>", format="html").text
    'We ring you first.'
    """
    if not isinstance(text, str):
        raise InputError("not_text", f"read_text: got {type(text).__name__}, expected str; see read_bytes.")
    _check_format(format, ("text", "html", "markdown", "eml"), "read_text")
    if format != "eml":
        return with_language_notice(_document(text, format, name, None))
    return first_message(text.encode("utf-8", "replace"), format="eml", name=name)


def _check_format(kind: str, known: tuple[str, ...], where: str) -> None:
    if kind not in known:
        raise InputError(
            "unknown_format", f"{where}: got format {kind!r}, expected one of {', '.join(known)}"
        )


def _guarded(
    read: Callable[[], Iterator[Message | Failure]], name: str, path: str | None
) -> Iterator[Message | Failure]:
    """Turn what a parser may still throw at damaged input into a failure."""
    try:
        yield from read()
    except InputError as error:
        yield Failure(name, error.code, str(error), path)
    except OSError as error:
        yield Failure(name, "unreadable", f"{name}: {reason_of(error)}; check that you may read it.", path)
    except (ValueError, LookupError, RecursionError, MemoryError) as error:
        kind = type(error).__name__
        text = (
            f"{name}: damaged beyond reading ({kind}: {error}); expected {READABLE}. Please report the file."
        )
        yield Failure(name, "damaged", text, path)


def _read_file(path: Path, name: str, limits: Limits) -> Iterator[Message | Failure]:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        yield Failure(name, "not_found", f"{name}: no such file; check the path.", name)
        return
    except ValueError as error:
        yield Failure(name, "not_found", f"{name}: no path that a file can have ({error}).", name)
        return
    remedy = remedy_for(path)
    if stat.S_ISDIR(mode):
        yield Failure(name, "unreadable", f"{name}: a folder, not a file; search it with find_files.", name)
    elif not stat.S_ISREG(mode):
        # Reading a pipe or a device could wait for ever.
        yield Failure(name, "unreadable", f"{name}: a pipe or a device; expected a file.", name)
    elif remedy:
        yield Failure(name, "unknown_format", f"{name}: {remedy}; expected {READABLE}.", name)
    else:
        with path.open("rb") as stream:
            yield from _read_stream(stream, format_of(path), name, name, limits)


def _read_stream(
    stream: BinaryIO, kind: str | None, name: str, path: str | None, limits: Limits
) -> Iterator[Message | Failure]:
    if kind is None:
        kind = sniff(stream.read(_HEAD))
        stream.seek(0)
    if kind == "mbox":
        yield from _read_mailbox(stream, name, path, limits)
        return
    data = stream.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        yield _too_large(name, path, limits)
    elif not data.strip():
        yield _empty(name, path)
    elif kind == "eml" and binary_kind(data) and sniff(data[:_HEAD]) != "eml":
        # A mail may hold binary parts, but it starts with headers.
        yield _binary(data, name, path)
    elif kind == "eml":
        yield from _read_mail(data, name=name, path=path, limits=limits)
    else:
        yield _read_document(data, kind, name, path, limits)


def _read_mail(
    data: bytes, *, name: str, path: str | None, limits: Limits, joint: str = "#"
) -> Iterator[Message | Failure]:
    for item in read_mail(data, name=name, path=path, joint=joint, limits=limits):
        yield with_language_notice(item) if isinstance(item, Message) else item


def _read_mailbox(
    stream: BinaryIO, name: str, path: str | None, limits: Limits
) -> Iterator[Message | Failure]:
    number = 0
    for raw in split_mbox(stream, limits.max_bytes):
        if raw.data is not None and not raw.data.strip():
            continue
        number += 1
        numbered = f"{name}#{number}"
        if raw.data is None:
            yield _too_large(numbered, path, limits)
        else:
            # Each mail under its own guard: a damaged one must not end the mailbox.
            read = partial(_read_mail, raw.data, name=numbered, path=path, joint=".", limits=limits)
            yield from _guarded(read, numbered, path)
    if not number:
        yield _empty(name, path)


def _read_document(data: bytes, kind: str, name: str, path: str | None, limits: Limits) -> Message | Failure:
    if binary_kind(data):
        return _binary(data, name, path)
    decoded = decode(data, meta_charset(data) if kind == "html" else None)
    excess = limits.excess(decoded.text, kind)
    if excess:
        return Failure(name, "too_large", f"{name}: {excess}; split it, or raise the limit.", path)
    message = _document(decoded.text, kind, name, path)
    if not message.blocks:
        text = f"{name}: no readable text in it (its copy may be in images); expected words."
        return Failure(name, "no_text", text, path)
    guess = (charset_notice(decoded.charset),) if decoded.guessed else ()
    notices = (*message.notices, *no_text_notice(message), *guess)
    return with_language_notice(replace(message, notices=notices))


def _document(text: str, kind: str, name: str, path: str | None) -> Message:
    if kind == "html":
        from clientvoice.readers.html import html_message

        return html_message(text, id=name, path=path)
    if kind == "markdown":
        from clientvoice.readers.markdown import markdown_message

        return markdown_message(text, id=name, path=path)
    from clientvoice.readers.plain import text_message

    return text_message(text, id=name, path=path)


def _binary(data: bytes, name: str, path: str | None) -> Failure:
    text = f"{name}: {binary_kind(data)}, not text; expected {READABLE}. Save it in one of these."
    return Failure(name, "binary", text, path)


def _too_large(name: str, path: str | None, limits: Limits) -> Failure:
    text = f"{name}: larger than {limits.max_bytes:,} bytes; split it, or raise max_bytes."
    return Failure(name, "too_large", text, path)


def _empty(name: str, path: str | None) -> Failure:
    return Failure(name, "empty", f"{name}: empty; expected a message.", path)
