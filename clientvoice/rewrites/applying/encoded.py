"""From edits of decoded text to edits of the bytes: charset first, transfer encoding next.

What no edit touches keeps its very bytes: they are copied, never encoded anew.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from clientvoice.readers.charset import decode, text_codec
from clientvoice.readers.mail.transfer import decode_transfer
from clientvoice.rewrites.applying.edits import CannotSplice, Edit, Syntax

_MARKS = (
    codecs.BOM_UTF8,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
)
_CHUNK = 4_096
_LONGEST_LINE = 998
_PLAINER = str.maketrans({
    "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\u202f": " ",
})  # fmt: skip
_LOGICAL = re.compile(rb"(?:=[ \t]*+\r?\n|[^\n])*+(?:\n|\Z)")
_SOFT_BREAK = re.compile(rb"=\r?\n")
_ENCODED_LINE = re.compile(rb"[^\r\n]+")
_NEWLINE = re.compile(rb"\r\n|\n")


class ByteEdit(NamedTuple):
    """``data[start:end]`` becomes ``content``."""

    start: int
    end: int
    content: bytes


class Encoded(NamedTuple):
    """Text, and the bytes that it was read from.

    ``codec`` is what the bytes are read in; ``target`` is what new words are
    written in, which may hold less: bytes that are all ASCII tell little.
    """

    data: bytes
    text: str
    codec: str
    target: str
    mark: int


def encoded(data: bytes, syntax: Syntax, *declared: str | None, seven_bit: bool = False) -> Encoded:
    """Decode bytes, and tell what new words may be written in.

    Parameters
    ----------
    data : bytes
    syntax : {"html", "markdown", "text"}
    *declared : str or None
        Charsets that the input claims, best first.
    seven_bit : bool
        Whether the way of the bytes takes ASCII only, as in a mail without a transfer encoding.

    Raises
    ------
    CannotSplice
        If the charset is a guess that cannot be written back.

    Examples
    --------
    >>> encoded("Café".encode("latin-1"), "text", "iso-8859-1").codec
    'cp1252'
    """
    decoded = decode(data, *declared)
    codec = text_codec(decoded.charset)
    if codec is None:
        raise CannotSplice(f"the charset {decoded.charset} cannot be written")
    mark = next((len(mark) for mark in _MARKS if data.startswith(mark)), 0)
    target = codec
    if seven_bit and data.isascii():
        target = "ascii"
    elif data.isascii():
        claim = next((name for name in map(_plain_codec, declared) if name), None)
        target = claim or ("ascii" if syntax == "html" else codec)
    return Encoded(data, decoded.text, codec, target, mark)


def _plain_codec(name: str | None) -> str | None:
    """Return the codec of exactly this name: what it lacks is not written, whatever readers make of it."""
    return codecs.lookup(name or "").name if name and text_codec(name) and _known(name) else None


def _known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return True


def writable(words: str, target: str, syntax: Syntax) -> str:
    r"""Return words that a charset can hold: HTML takes entities, text plainer quotes and dashes.

    Raises
    ------
    CannotSplice
        If text needs a character that the charset lacks.

    Examples
    --------
    >>> writable("50 € – “soon”", "latin-1", "html"), writable("it’s “soon”", "ascii", "text")
    ('50 &#8364; &#8211; &#8220;soon&#8221;', 'it\'s "soon"')
    """
    try:
        words.encode(target)
    except UnicodeEncodeError:
        if syntax == "html":
            return words.encode(target, "xmlcharrefreplace").decode(target)
        plainer = words.translate(_PLAINER)
        try:
            plainer.encode(target)
        except UnicodeEncodeError as error:
            lacking = plainer[error.start]
            raise CannotSplice(f"{lacking!r} cannot be written in the charset {target}") from None
        return plainer
    return words


def byte_edits(file: Encoded, edits: Sequence[Edit]) -> list[ByteEdit]:
    """Return the edits of the bytes for ascending edits of the text.

    Raises
    ------
    CannotSplice
        If a border falls into damaged bytes or into a shift of a stateful charset.

    Examples
    --------
    >>> file = encoded("Né: buy now".encode(), "text")
    >>> byte_edits(file, [Edit(8, 11, "it")])
    [ByteEdit(start=9, end=12, content=b'it')]
    """
    cuts = sorted({place for edit in edits for place in (edit.start, edit.end)})
    at = dict(zip(cuts, _offsets(file, cuts), strict=True))
    borders = [(0, file.mark), *((cut, at[cut]) for cut in cuts), (len(file.text), len(file.data))]
    for (first, start), (last, end) in pairwise(borders):
        if file.data[start:end].decode(file.codec, "replace").replace("\0", " ") != file.text[first:last]:
            raise CannotSplice("the bytes around it are damaged or of a charset that shifts")
    return [ByteEdit(at[edit.start], at[edit.end], edit.text.encode(file.target)) for edit in edits]


def _offsets(file: Encoded, cuts: Sequence[int]) -> list[int]:
    """Return where in the bytes each character offset lies; one walk, ascending."""
    decoder = codecs.getincrementaldecoder(file.codec)("replace")
    found: list[int] = []
    place, count = file.mark, 0
    for cut in cuts:
        width = _CHUNK
        while count < cut and place < len(file.data):
            state = decoder.getstate()
            chunk = decoder.decode(file.data[place : place + width])
            if count + len(chunk) >= cut and width > 1:
                decoder.setstate(state)  # far enough, or too far: step smaller, down to a byte
                width //= 2
                continue
            place, count = min(place + width, len(file.data)), count + len(chunk)
        found.append(place)
    return found


def spliced(data: bytes, edits: Sequence[ByteEdit]) -> bytes:
    """Return bytes with ascending, disjoint edits done.

    Examples
    --------
    >>> spliced(b"Buy now!", [ByteEdit(4, 7, b"it")])
    b'Buy it!'
    """
    pieces: list[bytes] = []
    cursor = 0
    for edit in edits:
        pieces += (data[cursor : edit.start], edit.content)
        cursor = edit.end
    pieces.append(data[cursor:])
    return b"".join(pieces)


def transferred(raw: bytes, encoding: bytes, edits: Sequence[ByteEdit]) -> bytes:
    r"""Return the body of a mail part as it travels, with edits of its decoded bytes done.

    Base64 keeps its width, quoted-printable all lines that no edit touches.

    Raises
    ------
    CannotSplice
        If the part cannot be encoded as it was.

    Examples
    --------
    >>> transferred(b"50=25 off:\nbuy now", b"quoted-printable", [ByteEdit(9, 12, b"see =")])
    b'50=25 off:\nsee =3D now'
    """
    content = decode_transfer(raw, encoding)
    label = encoding.strip().lower()
    if content is None:
        raise CannotSplice(f"the transfer encoding {label.decode('latin-1')} is not written")
    wanted = spliced(content, edits)
    if label == b"base64":
        body = _base64(raw, wanted)
    elif label == b"quoted-printable":
        body = _quoted_printable(raw, content, edits)
    else:
        body = wanted
    if decode_transfer(body, encoding) != wanted or _longest(body) > max(_LONGEST_LINE, _longest(raw)):
        raise CannotSplice("its part of the mail cannot be encoded as it was")
    return body


def _base64(raw: bytes, content: bytes) -> bytes:
    first, newline = _ENCODED_LINE.search(raw), _NEWLINE.search(raw)
    width = max(4, len(first[0]) // 4 * 4) if first and newline else 0
    text = binascii.b2a_base64(content, newline=False)
    lines = [text[at : at + width] for at in range(0, len(text), width)] if width else [text]
    head = raw[: first.start()] if first else b""
    return head + (newline[0] if newline else b"").join(lines) + raw[len(raw.rstrip(b"\r\n")) :]


def _quoted_printable(raw: bytes, content: bytes, edits: Sequence[ByteEdit]) -> bytes:
    """Encode anew the lines that hold an edit; soft breaks do not end a line."""
    out: list[bytes] = []
    waiting = list(edits)
    begin = end = 0
    held: list[bytes] = []
    for line in _LOGICAL.findall(raw):
        if not line:
            continue
        held.append(line)
        end += len(binascii.a2b_qp(line))
        if any(edit.start < end < edit.end for edit in waiting):
            continue  # an edit runs on into the next line
        here = [edit for edit in waiting if edit.start < end or (edit.start == end == len(content))]
        waiting = waiting[len(here) :]
        if here:
            moved = [ByteEdit(edit.start - begin, edit.end - begin, edit.content) for edit in here]
            out.append(_as_quoted(spliced(content[begin:end], moved), raw))
        else:
            out += held
        held, begin = [], end
    return b"".join([*out, *held])


def _as_quoted(content: bytes, raw: bytes) -> bytes:
    newline = _NEWLINE.search(raw)
    quoted = binascii.b2a_qp(content, istext=True)
    return _SOFT_BREAK.sub(b"=" + (newline[0] if newline else b"\n"), quoted)


def _longest(body: bytes) -> int:
    return max(map(len, body.splitlines()), default=0)
