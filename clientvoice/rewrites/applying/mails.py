"""The body parts of a mail as they can be written back, and the subject in its header."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import Header

from clientvoice.readers.charset import meta_charset
from clientvoice.readers.html.page import html_message
from clientvoice.readers.limits import DEFAULT_LIMITS, Limits
from clientvoice.readers.mail.bodies import Bodies, part_number
from clientvoice.readers.mail.headers import media_type
from clientvoice.readers.mail.mime import Part, split_parts
from clientvoice.readers.mail.transfer import decode_transfer
from clientvoice.readers.plain.text import text_message
from clientvoice.records import Message
from clientvoice.rewrites.applying.edits import CannotSplice, Syntax
from clientvoice.rewrites.applying.encoded import Encoded, encoded

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_PLAIN = frozenset({"text/plain"})
_SEALED = frozenset({
    "multipart/signed", "multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime",
})  # fmt: skip
_EIGHT_BIT = (b"8bit", b"binary", b"base64", b"quoted-printable")
_SUBJECT = re.compile(rb"(?im)^subject[ \t]*:([^\r\n]*+(?:(?:\r\n|\r|\n)[ \t][^\r\n]*+)*+)")
_DKIM = re.compile(rb"(?im)^(?:dkim|arc-message)-signature[ \t]*:")
_CLEARSIGNED = b"-----BEGIN PGP SIGNED MESSAGE-----"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class BodyPart:
    """One text part of a mail.

    Parameters
    ----------
    number : str
        As mail programs count it, such as ``1.2``.
    start, end : int
        Where its body stands in the file.
    encoding : bytes
        Its Content-Transfer-Encoding.
    file : Encoded
        Its content.
    syntax : {"html", "text"}
    message : Message
        What a reader sees of this part alone.
    shown : bool
        Whether the message holds it; else it is an alternative to one that it holds.
    """

    number: str
    start: int
    end: int
    encoding: bytes
    file: Encoded
    syntax: Syntax
    message: Message
    shown: bool


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that can be rewritten; ``data[:body]`` is its header."""

    data: bytes
    body: int
    parts: tuple[BodyPart, ...]
    signed: bool


def read_parts(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Mail:
    r"""Find the text parts of the outermost mail of a file, those that are seen and their alternatives.

    Raises
    ------
    CannotSplice
        If a signature or an encryption seals the mail, or it is written in UTF-16.

    Examples
    --------
    >>> mail = read_parts(b"Subject: Hello\n\nWe will ring you on Monday.")
    >>> [(part.number, part.syntax, part.shown) for part in mail.parts]
    [('1', 'text', True)]
    """
    if data.startswith(_UTF16) or b"\0" in data[:4]:
        raise CannotSplice("the mail is written in UTF-16; save it in UTF-8")
    head = len(data) - len(data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n"))
    inner = data[head:]
    parts = split_parts(inner, limits).parts
    own = _own(parts)
    if any(parts[index].content.value in _SEALED for index in own) or _CLEARSIGNED in inner:
        raise CannotSplice("the mail is signed or encrypted; a change would break its seal")
    body = Bodies(inner, parts, limits).body(0)
    shown = body.leaves if body else ()
    found = [
        _body_part(inner, parts, index, head, shown=index in shown)
        for index in own
        if index in shown or _is_alternative(parts, index, shown, limits)
    ]
    start = parts[0].start + head
    return Mail(data, start, tuple(found), signed=bool(_DKIM.search(data, 0, start)))


def with_subject(mail: Mail, subject: str) -> tuple[int, int, bytes]:
    r"""Return where the subject stands in the file, and what its field shall hold there.

    Examples
    --------
    >>> mail = read_parts(b"Subject: Buy now\n\nHello, you.")
    >>> with_subject(mail, "Überlegen Sie in Ruhe")
    (8, 16, b' =?utf-8?q?=C3=9Cberlegen_Sie_in_Ruhe?=')
    """
    field = _SUBJECT.search(mail.data, 0, mail.body)
    if field is None:
        raise CannotSplice("the mail has no subject field")
    newline = "\r\n" if b"\r\n" in mail.data[: mail.body] else "\n"
    charset = "us-ascii" if subject.isascii() and "=?" not in subject else "utf-8"
    try:
        value = Header(subject, charset, header_name="Subject").encode(linesep=newline)
    except HeaderParseError:
        raise CannotSplice("the subject cannot be written as a header field") from None
    return field.start(1), field.end(1), b" " + value.encode("ascii")


def _own(parts: list[Part]) -> list[int]:
    """Return the parts that belong to the outermost mail, not to one forwarded in it."""
    own: list[int] = []
    inside = [False] * len(parts)
    for index, part in enumerate(parts):
        if part.parent is not None:
            inside[index] = inside[part.parent] or parts[part.parent].is_message
        if not inside[index]:
            own.append(index)
    return own


def _is_alternative(parts: list[Part], index: int, shown: tuple[int, ...], limits: Limits) -> bool:
    part = parts[index]
    if part.content.value not in _HTML | _PLAIN:
        return False
    disposition = media_type(part.headers.get("content-disposition", b""), limits.max_header)
    choices = _choices(parts, index)
    return disposition.value != "attachment" and any(choices & _choices(parts, other) for other in shown)


def _choices(parts: list[Part], index: int) -> set[int]:
    """Return the ``multipart/alternative`` parts around a part."""
    found: set[int] = set()
    at = parts[index].parent
    while at is not None:
        if parts[at].content.value == "multipart/alternative":
            found.add(at)
        at = parts[at].parent
    return found


def _body_part(data: bytes, parts: list[Part], index: int, shift: int, *, shown: bool) -> BodyPart:
    part = parts[index]
    encoding = part.headers.get("content-transfer-encoding", b"")
    content = decode_transfer(data[part.start : part.end], encoding) or b""
    is_html = part.content.value in _HTML
    syntax: Syntax = "html" if is_html else "text"
    claims = (part.content.parameters.get("charset"), meta_charset(content) if is_html else None)
    file = encoded(content, syntax, *claims, seven_bit=encoding.strip().lower() not in _EIGHT_BIT)
    number = part_number(parts, index)
    return BodyPart(
        number=number,
        start=part.start + shift,
        end=part.end + shift,
        encoding=encoding,
        file=file,
        syntax=syntax,
        message=as_read(file.text, syntax),
        shown=shown,
    )


def as_read(text: str, syntax: Syntax) -> Message:
    """Return what a reader sees of one part alone, without a subject of its own.

    Examples
    --------
    >>> as_read("<title>No</title><p>Yes</p>", "html").text
    'Yes'
    """
    if syntax == "html":
        return html_message(text, id="", subject="")
    return text_message(text, id="", subject="", cut_tags=True)
