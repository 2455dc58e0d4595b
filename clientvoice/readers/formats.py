"""Which format a file has: by its ending, else by its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath

from clientvoice.readers.charset import decode
from clientvoice.readers.mbox import is_separator

FORMATS = {
    ".eml": "eml",
    ".mbox": "mbox",
    ".mbx": "mbox",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mjml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
"""The format of each file ending that a folder is searched for."""

READABLE = "eml, mbox, html, markdown or text"
_TABLE = "a table: label its rows with `clientvoice label`"
_DOCUMENT = "not read: save the document as .html or .txt"
_UNREAD = {
    ".csv": _TABLE,
    ".tsv": _TABLE,
    ".jsonl": _TABLE,
    ".parquet": _TABLE,
    ".docx": _DOCUMENT,
    ".doc": _DOCUMENT,
    ".odt": _DOCUMENT,
    ".rtf": _DOCUMENT,
    ".pdf": _DOCUMENT,
    ".msg": "an Outlook message: save it as .eml",
    ".pst": "an Outlook archive: export it as .mbox or .eml",
}
_FIELD = re.compile(
    r"(?:from|to|cc|subject|date|received|return-path|delivered-to|mime-version|message-id|content-type"
    r"|reply-to|x-[\w-]{1,60}|list-[\w-]{1,60}|dkim-signature|authentication-results):",
    re.I,
)
_ANY_FIELD = re.compile(r"[!-9;-~]{1,80}:|[ \t]+\S")
_MARKUP = re.compile(
    r"\s*+(?:<\?xml[^<>]{0,200}>\s*+)?(?:<!--[^<>]{0,2000}-->\s*+)?<(?:!doctype\s+html|html|head|body|table|div|p|mjml)\b",
    re.I,
)


def format_of(path: PurePath) -> str | None:
    """Return the format that a file's ending stands for, or None.

    Examples
    --------
    >>> format_of(PurePath("June.HTM")), format_of(PurePath("logo.png"))
    ('html', None)
    """
    return FORMATS.get(path.suffix.lower())


def remedy_for(path: PurePath) -> str | None:
    """Say what to do with a well-known kind of file that no reader takes, or None."""
    return _UNREAD.get(path.suffix.lower())


def sniff(head: bytes) -> str:
    r"""Guess the format of text from its first bytes: mbox, eml, html or text.

    Examples
    --------
    >>> sniff(b"Subject: Hi\r\nFrom: jo@example.com\r\n\r\nHello"), sniff(b"<!DOCTYPE html><p>Hi")
    ('eml', 'html')
    >>> sniff(b"Note: we are closed on Monday.")
    'text'
    """
    start = head[:16_384].lstrip(b"\r\n")
    if is_separator(start[:1_000].split(b"\n", 1)[0]):
        return "mbox"
    text = decode(start).text
    if _MARKUP.match(text):
        return "html"
    return "eml" if _has_headers(text) else "text"


def _has_headers(text: str) -> bool:
    """Whether a blank line ends fields of which one is well known, or two are and any line follows."""
    known = 0
    for number, line in enumerate(text.splitlines()[:60]):
        if not line.strip():
            return known > 0 and number > 0
        if not _ANY_FIELD.match(line) and not (number == 0 and line.startswith("From ")):
            return known > 1
        known += bool(_FIELD.match(line))
    return known > 1
