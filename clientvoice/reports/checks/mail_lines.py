"""Which line of a mail's file a line of a quoted-printable part comes from."""

from __future__ import annotations

import binascii
import codecs
import re
from bisect import bisect_right
from itertools import accumulate

from clientvoice.readers.mail.bodies import part_number
from clientvoice.readers.mail.mime import split_parts

_BREAK = re.compile(rb"[\r\n]")
_END = re.compile(rb"(?:\r\n|\r|\n)\Z")
_LINE = re.compile(r"\r\n|\r|\n")


class QuotedLines:
    r"""The lines of a part as they travel: long ones are broken softly, by an equals sign at their end.

    Parameters
    ----------
    raw : bytes
        The part in its file.
    before : int
        Lines of the file before it.
    source : str
        The part, decoded.

    Examples
    --------
    >>> QuotedLines(b"Hello.\nBuy now and =\nsave.\n", 4, "Hello.\nBuy now and save.\n").line(2, 13)
    7
    """

    def __init__(self, raw: bytes, before: int, source: str) -> None:
        self._lines: list[tuple[int, tuple[int, ...]]] = []
        self._whole = True
        begun, widths = before + 1, [0]
        for number, line in enumerate(raw.splitlines(keepends=True), before + 1):
            decoded = binascii.a2b_qp(line)
            self._whole &= not _BREAK.search(_END.sub(b"", decoded))
            widths.append(len(decoded))
            if not line.rstrip().endswith(b"="):
                self._lines.append((begun, tuple(accumulate(widths))))
                begun, widths = number + 1, [0]
        self._lines.append((begun, tuple(accumulate(widths))))
        self._source = _LINE.split(source)

    @property
    def fits(self) -> bool:
        """Whether each line of the source is a line of the part: no line break is itself encoded."""
        return self._whole and len(self._lines) - len(self._source) in (0, 1)

    def line(self, line: int, column: int) -> int:
        """Return the line of the file for a line and column of the source, from one."""
        begun, ends = self._lines[line - 1]
        head = self._source[line - 1][: column - 1]
        # A part in a charset of single bytes has as many bytes as characters.
        whole = len(self._source[line - 1].encode("utf-8", "replace"))
        wide = whole <= ends[-1]
        place = len(head.encode("utf-8", "replace")) if wide else len(head)
        return begun + min(bisect_right(ends, place), len(ends) - 1) - 1


def quoted_lines(raw: bytes, part: str | None, source: str) -> QuotedLines | None:
    r"""Return the lines of a part of a mail, None unless it is one that is quoted-printable.

    Parameters
    ----------
    raw : bytes
        The file of the mail.
    part : str or None
        The part as a message names it, such as ``1.2 text/html``.
    source : str
    """
    number = (part or "").split(" ")[0]
    data = raw.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n")
    parts = split_parts(data).parts
    for index, found in enumerate(parts):
        encoding = found.headers.get("content-transfer-encoding", b"").strip().lower()
        if part_number(parts, index) == number and encoding == b"quoted-printable":
            before = raw[: len(raw) - len(data) + found.start].splitlines()
            lines = QuotedLines(data[found.start : found.end], len(before), source)
            return lines if lines.fits else None
    return None
