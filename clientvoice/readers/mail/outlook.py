"""Reads Outlook messages (.msg): what is stored as HTML or text, and messages inside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from clientvoice.errors import InputError
from clientvoice.readers.archives.foreign import library, parsing
from clientvoice.readers.characters import one_line
from clientvoice.readers.charset import decode, meta_charset
from clientvoice.readers.html.page import html_message
from clientvoice.readers.mail.bodies import LOOKS_HTML
from clientvoice.readers.mail.mails import no_text_notice
from clientvoice.readers.origin import Origin
from clientvoice.readers.plain.text import text_message
from clientvoice.records import Failure, Message, Notice

_KIND = "an Outlook message (.msg)"
_HEADER, _HEADER_INSIDE = 32, 24
"""Bytes before the properties of a message, and of one inside another."""
_EMBEDDED = "__substg1.0_3701000D"
_SUBJECT, _BODY, _HTML = 0x0037, 0x1000, 0x1013
_SENDER_NAME, _SENDER_SMTP, _SENDER_ADDRESS, _REPRESENTED = 0x0C1A, 0x5D01, 0x0C1F, 0x0042
_SENT, _RECEIVED = 0x0039, 0x0E06
_CODE_PAGE, _BODY_CODE_PAGE = 0x3FFD, 0x3FDE
_FILE_NAME, _SHORT_NAME = 0x3707, 0x3704
_MOST_STORAGES = 20_000
_DEEPEST = 60


def read_outlook(data: bytes, origin: Origin) -> Iterator[Message | Failure]:
    """Read a message, then the messages attached to it, each as a row of its own.

    The body is the HTML where the message holds it, else the text: Outlook keeps
    the text even where it stores the rest as RTF. The source map leads into that body.

    Parameters
    ----------
    data : bytes
    origin : Origin

    Raises
    ------
    InputError
        If it is no Outlook message.
    """
    storages = library("oxmsg.storage", extra="msg", name=origin.name, kind=_KIND)
    olefile = library("olefile", extra="msg", name=origin.name, kind=_KIND)
    if not data.startswith(olefile.MAGIC):
        text = (
            f"{origin.name}: not an Outlook message (.msg) inside; expected one. Save it again, or as .eml."
        )
        raise InputError("damaged", text)
    with parsing(origin.name, _KIND), olefile.OleFileIO(io.BytesIO(data)) as ole:
        _check_size(ole, len(data), origin)
        root = storages.Storage.from_ole(ole)
    if not any(stream.name == "__properties_version1.0" for stream in root.streams):
        text = f"{origin.name}: an Office file, but no Outlook message (.msg); save it in its own format."
        raise InputError("unknown_format", text)
    # A stack, not recursion: messages may hold messages.
    waiting = [(root, origin, _HEADER, 0)]
    while waiting:
        storage, named, header, depth = waiting.pop()
        inside, files = _attached(storage)
        if depth < _DEEPEST:
            named_inside = [(held, named.inside(f"{named.name}#{n}")) for n, held in enumerate(inside, 1)]
            waiting += [(held, its, _HEADER_INSIDE, depth + 1) for held, its in reversed(named_inside)]
        with parsing(named.name, _KIND):
            found = _message(storage, named, header)
        if isinstance(found, Message):
            notices = tuple(_held_notices(named.name, len(inside), files))
            found = replace(found, notices=(*found.notices, *notices))
        yield found


def _check_size(ole: Any, size: int, origin: Origin) -> None:
    """Refuse streams that share their bytes, and more storages than a message has."""
    entries = [entry for entry in ole.direntries if entry is not None]
    total = sum(max(entry.size, 0) for entry in entries if entry.entry_type == 2)
    if len(entries) > _MOST_STORAGES or total > min(2 * size + 4_096, origin.limits.max_unpacked):
        text = f"{origin.name}: holds more than its size allows; it is damaged or made to fill the memory."
        raise InputError("too_large", text)


def _message(storage: Any, origin: Origin, header: int) -> Message | Failure:
    read = _Properties(storage, header)
    subject, sender, date = read.text(_SUBJECT), read.sender(), read.date()
    html, text = read.html(), read.text(_BODY) or ""
    source = html if html.strip() else text
    kind = "html" if html.strip() or LOOKS_HTML.match(text) else "text"
    excess = origin.limits.excess(source, kind)
    if excess:
        return origin.failure("too_large", f"{excess}; split it, or raise the limit")
    part = f"body text/{'html' if kind == 'html' else 'plain'}"
    shown = one_line(subject or "")[: origin.limits.max_header] or None
    if kind == "html":
        message = html_message(
            source, id=origin.name, subject=shown or "", sender=sender, date=date, path=origin.path, part=part
        )
    else:
        message = text_message(
            source,
            id=origin.name,
            subject=shown or "",
            sender=sender,
            date=date,
            path=origin.path,
            part=part,
            cut_tags=True,
        )
    if not message.blocks:
        what = "no readable text in its body (it may be empty, in images, or stored as RTF only)"
        return origin.failure("no_text", f"{what}; expected a message with words. Save it as .eml or .html")
    return replace(message, format="msg", notices=(*message.notices, *no_text_notice(message)))


class _Properties:
    """The few properties that a reader needs; a damaged one is as good as none."""

    def __init__(self, storage: Any, header: int) -> None:
        module = library("oxmsg.properties", extra="msg", name="", kind=_KIND)
        self._streams = {stream.name: stream.bytes_ for stream in storage.streams}
        self._properties = module.Properties(storage, header)
        self._encoding = self._charset(_CODE_PAGE)
        self._body_encoding = self._charset(_BODY_CODE_PAGE) or self._encoding

    def text(self, number: int) -> str | None:
        """Return a text, whichever way it is stored."""
        wide = self._streams.get(f"__substg1.0_{number:04X}001F")
        if wide is not None:
            return str(wide.decode("utf-16-le", "replace")).replace("\0", "")
        narrow = self._streams.get(f"__substg1.0_{number:04X}001E")
        if narrow is None:
            return None
        declared = self._body_encoding if number in (_BODY, _HTML) else self._encoding
        return decode(narrow.rstrip(b"\0"), declared).text

    def html(self) -> str:
        """Return the HTML body, empty where none is stored as such."""
        raw = self._streams.get(f"__substg1.0_{_HTML:04X}0102")
        if raw is not None:
            return decode(raw.rstrip(b"\0"), self._body_encoding, meta_charset(raw)).text
        return self.text(_HTML) or ""

    def sender(self) -> str | None:
        """Return the sender as mail programs write it."""
        name = one_line(self.text(_SENDER_NAME) or self.text(_REPRESENTED) or "")
        address = one_line(self.text(_SENDER_SMTP) or self.text(_SENDER_ADDRESS) or "")
        if not address or "@" not in address or address.lower() == name.lower():
            return name or address or None
        return f"{name} <{address}>" if name else address

    def date(self) -> str | None:
        """Return when it was sent, in ISO 8601."""
        for number in (_SENT, _RECEIVED):
            try:
                found = self._properties.date_prop_value(number)
            except Exception:  # noqa: BLE001, S112 - no date is better than no message
                continue
            if found is not None and found.year > 1900:
                return str(found.isoformat())
        return None

    def _charset(self, number: int) -> str | None:
        encodings = library("oxmsg.domain.encodings", extra="msg", name="", kind=_KIND)
        try:
            page = self._properties.int_prop_value(number)
            return None if page is None else str(encodings.encoding_from_codepage(page))
        except Exception:  # noqa: BLE001 - the ladder of charsets does without
            return None


def _attached(storage: Any) -> tuple[list[Any], list[str]]:
    """Return the storages of messages inside, and the names of the files."""
    inside: list[Any] = []
    files: list[str] = []
    for attachment in storage.iter_attachment_storages():
        held = [child for child in attachment.storages if child.name == _EMBEDDED]
        if held:
            inside += held
            continue
        names = {stream.name: stream.bytes_ for stream in attachment.streams}
        found = (names.get(f"__substg1.0_{number:04X}001F") for number in (_FILE_NAME, _SHORT_NAME))
        name = next((raw.decode("utf-16-le", "replace") for raw in found if raw), "")
        files.append(one_line(name)[:80] or "without a name")
    return inside, files


def _held_notices(name: str, inside: int, files: list[str]) -> Iterator[Notice]:
    if files:
        shown = ", ".join(files[:3]) + (", ..." if len(files) > 3 else "")
        yield Notice("attachments", f"{len(files)} attached file(s) were not read: {shown}.")
    if inside:
        some = ", ".join(f"{name}#{number}" for number in range(1, min(inside, 3) + 1))
        more = ", ..." if inside > 3 else ""
        yield Notice(
            "nested_message", f"Holds {inside} forwarded mail(s), each a row of its own: {some}{more}."
        )
