"""The bytes of one file, told apart by format, to its messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from clientvoice.readers.archives.archive import Budget, read_archive, too_deep
from clientvoice.readers.charset import binary_kind, decode, meta_charset
from clientvoice.readers.formats import READABLE, TABLES, sniff, sniff_template
from clientvoice.readers.guarding import guarded
from clientvoice.readers.language import with_language_notice
from clientvoice.readers.mail.mails import charset_notice, no_text_notice, read_mail
from clientvoice.readers.mail.mbox import split_mbox
from clientvoice.readers.origin import Origin
from clientvoice.readers.own_output import OWN, is_own_page, is_own_report
from clientvoice.records import Failure, Message

HEAD = 65_536
"""First bytes by which a format is told."""
_ARCHIVES_DEEP = 2


def read_content(
    stream: BinaryIO, kind: str | None, origin: Origin, *, budget: Budget | None = None, depth: int = 0
) -> Iterator[Message | Failure]:
    """Read a file.

    Parameters
    ----------
    stream : binary file
        At its start, and able to go back there.
    kind : str or None
        Its format, told by its first bytes where it is None.
    origin : Origin
    budget : Budget, optional
        What an archive around it leaves to unpack.
    depth : int
        How many archives are around it.
    """
    if kind is None:
        kind = sniff(stream.read(HEAD))
        stream.seek(0)
    if kind == "mbox":
        yield from _read_mailbox(stream, origin)
    elif kind == "zip":
        if depth >= _ARCHIVES_DEEP:
            raise too_deep(origin)
        budget = budget or Budget(origin.limits.max_archive)
        read = partial(read_content, budget=budget, depth=depth + 1)
        yield from read_archive(stream, origin, read, budget)
    elif kind in TABLES:
        from clientvoice.readers.tables.rows import read_table

        for item in read_table(stream, kind, origin):
            yield with_language_notice(item) if isinstance(item, Message) else item
    else:
        yield from _read_whole(stream, kind, origin)


def _read_whole(stream: BinaryIO, kind: str, origin: Origin) -> Iterator[Message | Failure]:
    data = stream.read(origin.limits.max_bytes + 1)
    if len(data) > origin.limits.max_bytes:
        yield _too_large(origin)
    elif not data.strip():
        yield _empty(origin)
    elif kind == "msg":
        from clientvoice.readers.mail.outlook import read_outlook

        for item in read_outlook(data, origin):
            yield with_language_notice(item) if isinstance(item, Message) else item
    elif kind == "docx":
        yield _read_docx(data, origin)
    elif kind == "eml" and binary_kind(data) and sniff(data[:HEAD]) != "eml":
        # A mail may hold binary parts, but it starts with headers.
        yield _binary(data, origin)
    elif kind == "eml":
        yield from _read_mail(data, origin)
    else:
        yield _read_document(data, kind, origin)


def _read_mail(data: bytes, origin: Origin, joint: str = "#") -> Iterator[Message | Failure]:
    for item in read_mail(data, name=origin.name, path=origin.path, joint=joint, limits=origin.limits):
        yield with_language_notice(item) if isinstance(item, Message) else item


def _read_mailbox(stream: BinaryIO, origin: Origin) -> Iterator[Message | Failure]:
    number = 0
    for raw in split_mbox(stream, origin.limits.max_bytes):
        if raw.data is not None and not raw.data.strip():
            continue
        number += 1
        its = origin.inside(f"{origin.name}#{number}")
        if raw.data is None:
            yield _too_large(its)
        else:
            # Each mail under its own guard: a damaged one must not end the mailbox.
            yield from guarded(partial(_read_mail, raw.data, its, joint="."), its)
    if not number:
        yield _empty(origin)


def _read_docx(data: bytes, origin: Origin) -> Message | Failure:
    from clientvoice.readers.archives.docx import docx_message

    message = docx_message(data, origin)
    if not message.blocks:
        return _no_text(origin)
    return with_language_notice(replace(message, notices=(*message.notices, *no_text_notice(message))))


def _read_document(data: bytes, kind: str, origin: Origin) -> Message | Failure:
    if binary_kind(data):
        return _binary(data, origin)
    decoded = decode(data, meta_charset(data) if kind in ("html", "template") else None)
    kind = sniff_template(decoded.text) if kind == "template" else kind
    if is_own_page(data) if kind == "html" else is_own_report(decoded.text):
        return origin.failure("skipped_own", OWN)
    excess = origin.limits.excess(decoded.text, kind)
    if excess:
        return origin.failure("too_large", f"{excess}; split it, or raise the limit")
    message = document(decoded.text, kind, origin, cut_tags=True)
    if not message.blocks:
        return _no_text(origin)
    guess = (charset_notice(decoded.charset),) if decoded.guessed else ()
    notices = (*message.notices, *no_text_notice(message), *guess)
    return with_language_notice(replace(message, notices=notices))


def document(text: str, kind: str, origin: Origin, *, cut_tags: bool = False) -> Message:
    """Read the decoded text of a page, of Markdown or of a plain text.

    Examples
    --------
    >>> document("<p>We ring you.</p>", "html", Origin("a.html")).text
    'We ring you.'
    """
    if kind == "html":
        from clientvoice.readers.html.page import html_message

        return html_message(text, id=origin.name, path=origin.path, front_matter=True)
    if kind == "markdown":
        from clientvoice.readers.markdown.document import markdown_message

        return markdown_message(text, id=origin.name, path=origin.path)
    from clientvoice.readers.plain.text import text_message

    return text_message(text, id=origin.name, path=origin.path, cut_tags=cut_tags)


def _binary(data: bytes, origin: Origin) -> Failure:
    text = f"{binary_kind(data)}, not text; expected {READABLE}. Save it in one of these"
    return origin.failure("binary", text)


def _too_large(origin: Origin) -> Failure:
    return origin.failure(
        "too_large", f"larger than {origin.limits.max_bytes:,} bytes; split it, or raise max_bytes"
    )


def _empty(origin: Origin) -> Failure:
    return origin.failure("empty", "empty; expected a message")


def _no_text(origin: Origin) -> Failure:
    return origin.failure("no_text", "no readable text in it (its copy may be in images); expected words")
