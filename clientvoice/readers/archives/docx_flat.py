"""The paragraphs of a Word document that is nested too deep to be read any other way."""

from __future__ import annotations

import html
from typing import IO
from xml.parsers import expat

_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "rPr", "pPr"})


def flat_html(part: IO[bytes]) -> str:
    """Return the paragraphs of a document's main part as HTML, without headings, lists or tables.

    Nothing is kept of the nesting, so that its depth costs nothing.

    Parameters
    ----------
    part : binary file

    Examples
    --------
    >>> import io
    >>> flat_html(io.BytesIO(b"<d><p><r><t>Ring</t><tab/><t>us</t></r></p></d>"))
    '<p>Ring us</p>'
    """
    return _Paragraphs().read(part)


class _Paragraphs:
    def __init__(self) -> None:
        self._done: list[str] = []
        self._text: list[str] = []
        self._unseen = 0
        self._in_text = False

    def read(self, part: IO[bytes]) -> str:
        """Parse the part and return what it says."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.ParseFile(part)
        self._flush()
        return "\n".join(self._done)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._unseen += local in _UNSEEN
        if local == "p":
            self._flush()
        elif local in ("tab", "br", "cr"):
            self._text.append(" ")
        self._in_text = local == "t" and not self._unseen

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self._unseen -= local in _UNSEEN
        self._in_text = False
        if local == "p":
            self._flush()

    def _characters(self, data: str) -> None:
        if self._in_text:
            self._text.append(data)

    def _flush(self) -> None:
        text = "".join(self._text).strip()
        if text:
            self._done.append(f"<p>{html.escape(text, quote=False)}</p>")
        self._text.clear()
