"""Bytes to text: the ladder from byte-order mark to guess.

The steps, and the first that fits wins:

1. a byte-order mark;
2. UTF-16 without a mark, told by its NUL bytes;
3. a declared 7-bit encoding with escapes (ISO-2022, HZ, UTF-7), which would pass as UTF-8;
4. strict UTF-8;
5. the declared encodings, strictly, in the order given;
6. UTF-8 with a few damaged characters;
7. a guess: windows-1252, unless the bytes are plainly in another script or language.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from clientvoice.readers.charset_guess import guess_charset

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STATEFUL = frozenset(
    {"hz", "utf-7", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_kr"}
)
_REFUSED = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"})
# What senders mean by these names is the superset that Windows and browsers use.
_MEANT = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_UNKNOWN_TO_PYTHON = {
    "windows-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
}
_NAME = re.compile(r"[\s\"']*([A-Za-z0-9][A-Za-z0-9._:+-]{1,39})[\s\"';]*(?:\*[A-Za-z-]*)?", re.ASCII)
_META = re.compile(
    rb"<(?:meta\b[^<>]{0,300}?\bcharset|\?xml\b[^<>]{0,100}?\bencoding)\s{0,20}=\s{0,20}[\"']?([\w.:+-]{2,40})",
    re.I,
)
_HIGH = bytes(range(128, 256))
_CONTROL = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1b"))
_SAMPLE = 200_000
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document or an Outlook message"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)


class Decoded(NamedTuple):
    """Text, the encoding it was read in, and whether that was a guess."""

    text: str
    charset: str
    guessed: bool = False


def decode(data: bytes, *declared: str | None) -> Decoded:
    r"""Decode bytes of any origin; nothing makes it fail.

    NUL characters become spaces, so that offsets stay and no later step trips.

    Parameters
    ----------
    data : bytes
    *declared : str or None
        Encodings that the input claims, best first. Unknown ones and codecs
        that are no text encodings are passed over.

    Examples
    --------
    >>> decode(b"caf\xc3\xa9", "iso-8859-1")
    Decoded(text='café', charset='utf-8', guessed=False)
    >>> decode(b"It\x92s \x80 5", "iso-8859-1").text
    'It’s € 5'
    """
    decoded = _by_mark(data) or _by_claim(data, [text_codec(name) for name in declared]) or _by_guess(data)
    return decoded._replace(text=decoded.text.replace("\0", " ")) if "\0" in decoded.text else decoded


def text_codec(name: str | None) -> str | None:
    """Return the Python codec for a declared charset, or None where there is none to trust.

    Examples
    --------
    >>> text_codec('"utf-8;"'), text_codec("latin-1"), text_codec("zlib"), text_codec("x-unknown")
    ('utf-8', 'cp1252', None, None)
    """
    found = _NAME.fullmatch(name or "")
    if not found:
        return None
    label = found[1].lower()
    try:
        codec = codecs.lookup(_UNKNOWN_TO_PYTHON.get(label, label))
    except (LookupError, ValueError):
        return None
    if not codec._is_text_encoding or codec.name in _REFUSED:
        return None
    return _MEANT.get(codec.name, codec.name)


def meta_charset(data: bytes) -> str | None:
    """Return the encoding that an HTML page names in its first 4,096 bytes, or None.

    Examples
    --------
    >>> meta_charset(b'<html><head><meta charset="koi8-r">')
    'koi8-r'
    """
    found = _META.search(data, 0, 4_096)
    name = found[1].decode("ascii", "replace").lower() if found else None
    # A page whose bytes spell out "utf-16" in ASCII is not UTF-16: browsers pass over the claim.
    return None if name and name.startswith(("utf-16", "utf-32")) else name


def binary_kind(data: bytes) -> str | None:
    r"""Say what kind of binary data this is, or None where it is text.

    Examples
    --------
    >>> binary_kind(b"%PDF-1.7 ..."), binary_kind(b"Hello\n")
    ('a PDF document', None)
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if _by_mark(data[:_SAMPLE]):
        return None
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return "binary data" if controls >= 24 and controls > len(sample) * 0.08 else None


def mostly_utf8(blocks: Iterable[bytes]) -> bool:
    r"""Tell whether data is damaged UTF-8: valid multi-byte characters far outnumber what is damaged.

    Examples
    --------
    >>> mostly_utf8([b"It\xe2\x80\x99s a caf\xc3\xa9 \xff"]), mostly_utf8([b"caf\xe9"])
    (True, False)
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    sound = damaged = 0
    for block in chain(blocks, (b"",)):
        text = decoder.decode(block, final=not block)
        lost = text.count("\ufffd")
        damaged += lost
        sound += len(text) - lost - len(block.translate(None, _HIGH))
    return sound >= 2 * damaged > 0


def _by_mark(data: bytes) -> Decoded | None:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(codec, "replace"), codec)
    sample = data[:4_096]
    half = len(sample) // 2
    even, odd = sample[: 2 * half : 2].count(0), sample[1::2].count(0)
    if half < 2 or max(even, odd) < 0.6 * half or min(even, odd) > 0.05 * half:
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    return Decoded(data.decode(codec, "replace"), codec)


def _by_claim(data: bytes, claims: list[str | None]) -> Decoded | None:
    if data.isascii():
        stateful = [claim for claim in claims if claim in _STATEFUL]
        escapes = b"\x1b$" in data or b"\x1b(" in data
        if not stateful:
            return None if escapes else Decoded(data.decode("ascii"), "utf-8")
        return _strictly(data, stateful) or (None if escapes else Decoded(data.decode("ascii"), "utf-8"))
    return _strictly(data, ["utf-8", *claims])


def _strictly(data: bytes, claims: Sequence[str | None]) -> Decoded | None:
    for codec in claims:
        if codec:
            try:
                return Decoded(_whole(data.decode(codec)) if codec == "utf-7" else data.decode(codec), codec)
            except (UnicodeError, ValueError):
                continue
    return None


def _whole(text: str) -> str:
    """Join the surrogates that UTF-7 lets through, and replace those without a partner."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _by_guess(data: bytes) -> Decoded:
    if _nearly_utf8(data):
        return Decoded(data.decode("utf-8", "replace"), "utf-8", guessed=True)
    codec, name = guess_charset(data)
    return Decoded(data.decode(codec, "replace"), name, guessed=True)


def _nearly_utf8(data: bytes) -> bool:
    """Whether valid multi-byte characters far outnumber damage, or only the end is cut off."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Two bytes or more of one last character are no accident; a single one may be any letter.
        if error.reason == "unexpected end of data" and len(data) - error.start > 1:
            return True
    return mostly_utf8([data])
