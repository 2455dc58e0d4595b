"""The header block of a mail or a part: fields, parameters, words, sender and date.

Only the fields that a reader needs are kept, the first of each name. Decoding
is lazy and capped, since a hostile header can hold thousands of encoded words.
"""

from __future__ import annotations

import binascii
import re
from typing import NamedTuple

from clientvoice.readers.charset import decode
from clientvoice.readers.mail.transfer import decode_base64

Headers = dict[str, bytes]

_KEPT = frozenset({
    b"subject", b"from", b"date", b"content-type", b"content-transfer-encoding", b"content-disposition",
})  # fmt: skip
# A line that opens with "--" is a part boundary, even where it holds a colon.
_FIELD = re.compile(
    rb"(?!--)([!-9;-~]+)[ \t]*:([^\r\n]*+(?:(?:\r\n|\r|\n)(?=[ \t])[^\r\n]*+)*+)(?:\r\n|\r|\n|\Z)"
)
_ENVELOPE = re.compile(rb">?From [^\r\n]*+(?:\r\n|\r|\n|\Z)")
_BLANK = re.compile(rb"[ \t]*+(?:\r\n|\r|\n|\Z)")
_FOLD = re.compile(rb"(?:\r\n|\r|\n)[ \t]*+")
_CONTROLS = dict.fromkeys([*range(9), *range(14, 32), *range(127, 133), *range(134, 160)])
_PARAMETER = re.compile(
    rb";\s*+([!-)+-:<>-~]{1,40}?)(?:\*(\d{1,3}))?\*?\s*+=\s*+(\"(?:[^\"\\]|\\.)*+\"?|[^;]*+)", re.S
)
_WORD = re.compile(rb"=\?([^\s?]{1,75})\?([bBqQ])\?(.{0,1000}?)\?=", re.S)
_ADDRESS = re.compile(rb"\"((?:[^\"\\]|\\.)*+)\"|<([^<>]*+)>|([(),])|[^\"<(),]++|.", re.S)


class MediaType(NamedTuple):
    """A content type or disposition: its value and its parameters, in lower case names."""

    value: str
    parameters: dict[str, str]


def read_headers(data: bytes, start: int) -> tuple[Headers, int]:
    r"""Return the fields of the header block at ``start`` and where its body begins.

    The block ends at the first blank line or at the first line that is no
    field; that line then belongs to the body.

    Examples
    --------
    >>> read_headers(b"Subject: Hi\r\nX-Other: 1\r\n\r\nBody", 0)
    ({'subject': b' Hi'}, 27)
    """
    headers: Headers = {}
    envelope = _ENVELOPE.match(data, start)
    position = envelope.end() if envelope else start
    while field := _FIELD.match(data, position):
        name = field[1].lower()
        if name in _KEPT:
            headers.setdefault(name.decode("ascii"), field[2])
        position = field.end()
    blank = _BLANK.match(data, position)
    return headers, blank.end() if blank else position


def media_type(raw: bytes, limit: int) -> MediaType:
    """Return value and parameters of a Content-Type or Content-Disposition field.

    Examples
    --------
    >>> media_type(b' text/HTML; charset="utf-8"; format=flowed', 8_192)
    MediaType(value='text/html', parameters={'charset': 'utf-8', 'format': 'flowed'})
    """
    line = _FOLD.sub(b" ", raw[:limit])
    first = line.split(b";", 1)[0].split()
    value = first[0].lower().decode("ascii", "replace") if first else ""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, section, text in _PARAMETER.findall(line):
        key = name.decode("ascii").lower()
        found.setdefault(key, []).append((int(section or 0), _unquote(text)))
    parameters = {}
    for key, sections in found.items():
        # RFC 2231 cuts long values into numbered sections; else the first value stands.
        numbers = [number for number, _ in sections]
        whole = sorted(sections) if len(set(numbers)) == len(numbers) else sections[:1]
        parameters[key] = "".join(text for _, text in whole)
    return MediaType(value, parameters)


def _unquote(text: bytes) -> str:
    value = text.strip()
    if value.startswith(b'"'):
        value = re.sub(rb"\\(.)", rb"\1", value[1:].removesuffix(b'"'), flags=re.S)
    return value.decode("latin-1")


def header_text(raw: bytes | None, limit: int) -> str | None:
    r"""Decode a header field (RFC 2047, raw 8-bit, folded) to one line of text, or None if empty.

    Examples
    --------
    >>> header_text(b" =?utf-8?B?4oI=?=\r\n =?utf-8?B?rCA1?= off", 8_192)
    '€ 5 off'
    """
    if raw is None:
        return None
    line = _FOLD.sub(b" ", raw[:limit])
    return " ".join(_decode_words(line).translate(_CONTROLS).split()) or None


def _decode_words(line: bytes) -> str:
    out: list[str] = []
    held, charset, last = b"", "", 0
    for word in _WORD.finditer(line):
        between = line[last : word.start()]
        content = _word_bytes(word[2], word[3])
        label = word[1].decode("latin-1").lower().split("*")[0]
        if content is None:
            continue
        adjacent = bool(held) and not between.strip()
        if not (adjacent and label == charset):
            # A multi-byte character may be split over two words: decode only at a change.
            out.append(decode(held, charset).text)
            held = b""
            if not adjacent:
                out.append(decode(between).text)
        held, charset, last = held + content, label, word.end()
    out += [decode(held, charset).text, decode(line[last:]).text]
    return "".join(out)


def _word_bytes(encoding: bytes, content: bytes) -> bytes | None:
    if encoding in b"qQ":
        return binascii.a2b_qp(content, header=True)
    return decode_base64(content) or None


def sender_text(raw: bytes | None, limit: int) -> str | None:
    """Return the first mailbox of a From field as ``Name <address>``, or None.

    Examples
    --------
    >>> sender_text(b' "Baker, Jo" <jo@example.com>, b@example.com', 8_192)
    'Baker, Jo <jo@example.com>'
    >>> sender_text(b"jo@example.com (Jo at the bakery)", 8_192)
    'Jo at the bakery <jo@example.com>'
    """
    line = _FOLD.sub(b" ", raw[:limit]) if raw else b""
    words: list[bytes] = []
    comment: list[bytes] = []
    address = b""
    at_sign = False
    depth = 0
    for token in _ADDRESS.finditer(line):
        mark = token[3]
        if mark in (b"(", b")"):
            depth = max(0, depth + (1 if mark == b"(" else -1))
        elif depth:
            comment.append(token[0])
        elif mark and (address or at_sign):
            break
        elif token[2] is not None:
            address = address or token[2]
        else:
            word = re.sub(rb"\\(.)", rb"\1", token[1], flags=re.S) if token[1] is not None else token[0]
            at_sign = at_sign or b"@" in word
            words.append(word)
    name = header_text(b"".join(words), limit) or ""
    place = header_text(address, limit) or ""
    if not place and "@" in name and " " not in name:
        name, place = "", name
    name = name.strip('"').strip() or header_text(b" ".join(comment), limit) or ""
    return f"{name} <{place}>" if name and place else name or place or None


def date_text(raw: bytes | None) -> str | None:
    """Return a Date field in ISO 8601, its offset kept, or None where it cannot be read.

    Examples
    --------
    >>> date_text(b" Mon, 1 Jun 2026 10:00:00 +0200 (CEST)")
    '2026-06-01T10:00:00+02:00'
    """
    from email.utils import parsedate_to_datetime

    line = (raw or b"")[:120].decode("ascii", "replace").strip()
    if not line or line.count("(") > 3:
        return None
    try:
        return parsedate_to_datetime(line).isoformat(timespec="seconds")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
