"""Reads Word documents: mammoth makes HTML of them, and the HTML reader does the rest."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

from clientvoice.errors import InputError
from clientvoice.readers.archives.docx_flat import flat_html
from clientvoice.readers.archives.foreign import library, parsing
from clientvoice.readers.archives.unpacking import opened_zip, xml_pieces
from clientvoice.readers.html.page import html_message
from clientvoice.readers.origin import Origin
from clientvoice.records import Block, Message, Notice

_KIND = "a Word document (.docx)"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
"""
_FLAT = Notice(
    "flattened",
    "The document nests its tables or boxes too deep; its paragraphs were read without headings and lists. "
    "Save it again, simpler.",
)
_SUBJECT = re.compile(r"Subject(?: line)?:[ ]{0,9}(?=\S)", re.I)


def docx_message(data: bytes, origin: Origin) -> Message:
    """Read a Word document.

    Headings, lists, tables, text boxes and tracked insertions are read; deletions,
    comments and images are not. The message's source is the HTML that the document
    becomes, and the source map leads into that, not into the file. A first line
    ``Subject: …`` is the subject.

    Parameters
    ----------
    data : bytes
    origin : Origin

    Raises
    ------
    InputError
        If it cannot be read; the code tells a document with a password
        (``encrypted``) from an old one, a bomb (``too_large``) and a damaged one.
    """
    mammoth = library("mammoth", extra="docx", name=origin.name, kind=_KIND)
    _check_package(data, origin.name)
    notices: tuple[Notice, ...]
    with opened_zip(
        io.BytesIO(data), name=origin.name, kind=_KIND, limits=origin.limits, most=origin.limits.max_unpacked
    ) as archive:
        _check_parts(archive, origin)
        with parsing(origin.name, _KIND):
            try:
                html, notices = _html(mammoth, data), ()
            except RecursionError:
                with archive.open("word/document.xml") as part:
                    html, notices = flat_html(part), (_FLAT,)
    excess = origin.limits.excess(html, "html")
    if excess:
        raise InputError("too_large", f"{origin.name}: {excess}; split it, or raise the limit.")
    message = html_message(html, id=origin.name, path=origin.path, format="docx")
    return _with_subject(replace(message, notices=(*message.notices, *notices)))


def _html(mammoth: Any, data: bytes) -> str:
    """Return the document as HTML; nothing outside it is opened, and its own style map is not obeyed."""
    without_images = mammoth.images.img_element(lambda image: {"src": ""})
    result = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=_STYLES,
        convert_image=without_images,
        include_embedded_style_map=False,
        external_file_access=False,
    )
    return str(result.value)


def _check_package(data: bytes, name: str) -> None:
    if not data.startswith(_OLE):
        return
    if _PACKAGE in data:
        text = "protected by a password, so its text cannot be read; save a copy without a password"
        raise InputError("encrypted", f"{name}: {text}.")
    text = "an old Word document (.doc) by another name; open it in Word and save it as .docx or .html"
    raise InputError("unknown_format", f"{name}: {text}.")


def _check_parts(archive: ZipFile, origin: Origin) -> None:
    """Count the tags of all that may be parsed into a tree: each takes a kilobyte and more.

    Which part is the text, the document says, not the name of a part; so all are counted.
    """
    most = origin.limits.max_lines
    tags = attributes = 0
    for entry in archive.infolist():
        for piece in xml_pieces(archive, entry, name=origin.name, kind=_KIND):
            tags += piece.count(b"<")
            attributes += piece.count(b"=")
        if max(tags, attributes // 2) > most:
            text = f"more than {most:,} tags, or twice as many attributes (max_lines)"
            raise InputError("too_large", f"{origin.name}: {text}; split it, or raise the limit.")


def _with_subject(message: Message) -> Message:
    """Take a first paragraph ``Subject: …`` for the subject."""
    first = next(iter(message.blocks), None)
    match = _SUBJECT.match(message.text, first.start, first.end) if first else None
    if first is None or match is None or match.end() >= first.end or len(message.blocks) < 2:
        return message
    blocks = (Block(match.end(), first.end, "subject"), *message.blocks[1:])
    return replace(message, blocks=blocks, subject=message.text[match.end() : first.end])
