"""A mail to messages: its own body, and each mail that it holds."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import replace

from clientvoice.readers.charset import decode
from clientvoice.readers.limits import DEFAULT_LIMITS, Limits
from clientvoice.readers.mail.bodies import Bodies, Body, part_number
from clientvoice.readers.mail.headers import Headers, date_text, header_text, sender_text
from clientvoice.readers.mail.mime import Part, Parts, split_parts
from clientvoice.records import Failure, Message, Notice

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_mail(
    data: bytes,
    *,
    name: str,
    path: str | None = None,
    joint: str = "#",
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Message | Failure]:
    r"""Read a mail, then the mails forwarded inside it, each as a row of its own.

    Parameters
    ----------
    data : bytes
    name : str
        The id of the mail. A mail inside it has its part number added: ``name#2``.
    path : str or None
    joint : str
        What stands between the name and that number.
    limits : Limits

    Examples
    --------
    >>> message, = read_mail(b"Subject: Hello\n\nWe will ring you on Monday.", name="a.eml")
    >>> message.subject, message.part
    ('Hello', '1 text/plain')
    """
    data = _as_ascii(data)
    found = split_parts(data, limits)
    bodies = Bodies(data, found.parts, limits)
    for root, inner in _mails(found.parts).items():
        headers = found.parts[root].headers
        body = bodies.body(root)
        # A mail that only wraps others is told by their rows.
        if inner and body is None and "subject" not in headers:
            continue
        id_ = _id(found.parts, root, name, joint)
        excess = limits.excess(body.source, body.format) if body else None
        if excess:
            yield Failure(id_, "too_large", f"{id_}: {excess}; split it, or raise the limit.", path)
            continue
        message = _message(id_, path, headers, body, found.parts, limits)
        if message is None:
            yield _no_text(id_, path, found)
            continue
        inner_ids = [_id(found.parts, index, name, joint) for index in inner[:3]]
        notices = (*_limit_notices(found, headers, limits), *_nested_notice(inner_ids, len(inner)))
        yield replace(message, notices=(*message.notices, *notices))


def _as_ascii(data: bytes) -> bytes:
    """Return the mail in an encoding whose headers are ASCII, without a byte-order mark."""
    if data.startswith(_UTF16) or b"\0" in data[:4]:
        return decode(data).text.encode()
    return data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n")


def _mails(parts: list[Part]) -> dict[int, list[int]]:
    """Map the outermost part of each mail in the file to those of the mails right inside it."""
    mails: dict[int, list[int]] = {}
    owner = [0] * len(parts)
    for index, part in enumerate(parts):
        if part.parent is None or parts[part.parent].is_message:
            mails[index] = []
            owner[index] = index
            if part.parent is not None:
                mails[owner[part.parent]].append(index)
        else:
            owner[index] = owner[part.parent]
    return mails


def _id(parts: list[Part], root: int, name: str, joint: str) -> str:
    parent = parts[root].parent
    return name if parent is None else f"{name}{joint}{part_number(parts, parent)}"


def _message(
    id_: str, path: str | None, headers: Headers, body: Body | None, parts: list[Part], limits: Limits
) -> Message | None:
    from clientvoice.readers.html.page import html_message
    from clientvoice.readers.plain.text import text_message

    subject = header_text(headers.get("subject"), limits.max_header)
    sender = sender_text(headers.get("from"), limits.max_header)
    date = date_text(headers.get("date"))
    source = body.source if body else ""
    part = _label(parts, body) if body else None
    if body and body.format == "html":
        message = html_message(
            source, id=id_, subject=subject, sender=sender, date=date, path=path, part=part, format="eml"
        )
    else:
        message = text_message(
            source,
            id=id_,
            subject=subject,
            sender=sender,
            date=date,
            path=path,
            part=part,
            cut_tags=True,
        )
    if not message.blocks:
        return None
    notices = (*message.notices, *no_text_notice(message), *_charset_notice(body))
    return replace(message, format="eml", notices=notices)


def no_text_notice(message: Message) -> Iterator[Notice]:
    """Yield the ``no_text`` notice for a message of which only the subject could be read."""
    if all(block.kind == "subject" for block in message.blocks):
        yield Notice(
            "no_text",
            "There is a subject but no readable text (the copy may be in images or attachments); "
            "only the subject was read.",
        )


def _label(parts: list[Part], body: Body) -> str:
    numbers = [part_number(parts, index) for index in (body.leaves[0], body.leaves[-1])]
    span = "..".join(dict.fromkeys(numbers))
    return f"{span} text/{'html' if body.format == 'html' else 'plain'}"


def _charset_notice(body: Body | None) -> Iterator[Notice]:
    if body is not None and body.guessed:
        yield charset_notice(", ".join(body.guessed))


def charset_notice(charset: str) -> Notice:
    """Return the ``charset_guessed`` notice."""
    return Notice(
        "charset_guessed",
        f"The text fits neither UTF-8 nor an encoding that it declares; it was read as {charset}, a guess. "
        "If letters look wrong, save it as UTF-8.",
    )


def _limit_notices(found: Parts, headers: Headers, limits: Limits) -> Iterator[Notice]:
    long = [name for name in ("subject", "from") if len(headers.get(name, b"")) > limits.max_header]
    if long:
        yield Notice(
            "truncated",
            f"The header {' and '.join(long)} was cut after {limits.max_header:,} bytes (max_header).",
        )
    if found.cut:
        yield Notice(
            "truncated",
            f"Parts were left out: the mail has more than {limits.max_parts:,} of them (max_parts) "
            f"or nests them deeper than {limits.max_depth:,} (max_depth).",
        )


def _nested_notice(ids: list[str], count: int) -> Iterator[Notice]:
    if ids:
        some = ", ".join(ids) + (", ..." if count > len(ids) else "")
        yield Notice("nested_message", f"Holds {count} forwarded mail(s), each a row of its own: {some}.")


def _no_text(id_: str, path: str | None, found: Parts) -> Failure:
    if found.cut:
        text = "no text within the limits on parts and depth (max_parts, max_depth); raise them to read it"
        return Failure(id_, "too_deep", f"{id_}: {text}.", path)
    text = (
        "no readable text in its body (it may be empty, or its copy may be in images or attachments); "
        "expected a text/plain or text/html part with words"
    )
    return Failure(id_, "no_text", f"{id_}: {text}.", path)
