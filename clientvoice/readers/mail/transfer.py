"""From a part's bytes in the file to the bytes and lines that its sender wrote."""

from __future__ import annotations

import binascii

_NOT_BASE64 = bytes(
    sorted(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
)


def decode_transfer(data: bytes, encoding: bytes) -> bytes | None:
    r"""Undo a Content-Transfer-Encoding; damage never makes it fail.

    Unknown encodings leave the bytes as they are; uuencoded parts, which hold
    files and not copy, give None.

    Examples
    --------
    >>> decode_transfer(b"50=25 off=\n!", b"quoted-printable")
    b'50% off!'
    """
    label = encoding.strip().lower()
    if label == b"base64":
        return decode_base64(data)
    if label == b"quoted-printable":
        return binascii.a2b_qp(data)
    return None if label in (b"x-uuencode", b"uuencode", b"x-uue", b"uue") else data


def decode_base64(data: bytes) -> bytes:
    r"""Decode base64 as far as it goes: junk is passed over, a cut end is completed.

    Examples
    --------
    >>> decode_base64(b"aGVs\n!!bG8")
    b'hello'
    """
    clean = data.translate(None, _NOT_BASE64).split(b"=", 1)[0]
    clean = clean[: len(clean) - (len(clean) % 4 == 1)]
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def unwrap_flowed(text: str, *, delete_space: bool = False) -> str:
    r"""Join the lines that ``format=flowed`` (RFC 3676) broke for display.

    Parameters
    ----------
    text : str
    delete_space : bool
        The ``delsp`` parameter: the space at a soft break was added, too.

    Examples
    --------
    >>> unwrap_flowed("We ring you \nbefore we start.\n-- \nDana\n")
    'We ring you before we start.\n-- \nDana\n'
    """
    out: list[str] = []
    open_depth: int | None = None
    for line in text.splitlines(keepends=True):
        content = line.rstrip("\r\n")
        depth = len(content) - len(content.lstrip(">"))
        words = content[depth:].removeprefix(" ")
        soft = words.endswith(" ") and words != "-- " and content != line
        if open_depth != depth or words == "-- ":
            if open_depth is not None:
                out.append("\n")
            out.append(">" * depth + " " * bool(depth))
        out.append(words[:-1] if soft and delete_space else words)
        if not soft:
            out.append(line[len(content) :])
        open_depth = depth if soft else None
    return "".join(out)
