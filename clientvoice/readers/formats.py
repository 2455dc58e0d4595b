"""Which format a file has: by its ending, else by its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath

from clientvoice.readers.charset import decode
from clientvoice.readers.mail.mbox import is_separator

FORMATS = {
    ".eml": "eml",
    ".mbox": "mbox",
    ".mbx": "mbox",
    ".msg": "msg",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mjml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".text": "text",
    ".docx": "docx",
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".zip": "zip",
    ".hbs": "template",
    ".handlebars": "template",
    ".mustache": "template",
    ".liquid": "template",
    ".j2": "template",
    ".jinja": "template",
    ".jinja2": "template",
    ".njk": "template",
    ".twig": "template",
    ".erb": "template",
    ".ejs": "template",
    ".php": "template",
    ".phtml": "template",
    ".amp": "template",
    ".ampscript": "template",
    ".tmpl": "template",
    ".tpl": "template",
    ".gohtml": "template",
}
"""The format of each file ending that a folder is searched for."""

NAMED = (
    "eml",
    "mbox",
    "msg",
    "html",
    "markdown",
    "text",
    "docx",
    "csv",
    "tsv",
    "jsonl",
    "xlsx",
    "parquet",
    "zip",
)
"""The formats that a user may name for bytes without an ending."""

TABLES = frozenset({"csv", "tsv", "jsonl", "xlsx", "parquet"})
"""The formats of tables, a message a row."""

STREAMED = frozenset({"mbox", "csv", "tsv", "jsonl"})
"""Formats of any size, read from start to end in the memory of one message."""

MANY = STREAMED | TABLES | {"zip"}
"""Formats of files that hold many messages."""

READABLE = "a mail, page, template, Markdown, text, .docx, a table or mailbox of messages, or a .zip of these"
_DOCUMENT = "not read: save the document as .docx, .html or .txt"
_SHEET = "not read: save the table as .xlsx or .csv"
_PACKED = "not read: unpack it, or pack its files as .zip"
_UNREAD = {
    ".doc": _DOCUMENT,
    ".odt": _DOCUMENT,
    ".rtf": _DOCUMENT,
    ".pdf": _DOCUMENT,
    ".pages": _DOCUMENT,
    ".xls": _SHEET,
    ".ods": _SHEET,
    ".json": "not read: save the messages as .jsonl, one object a line",
    ".pst": "an Outlook archive: export it as .mbox or .eml",
    ".gz": _PACKED,
    ".tar": _PACKED,
    ".tgz": _PACKED,
    ".7z": _PACKED,
    ".rar": _PACKED,
}
_FIELD = re.compile(
    r"(?:from|to|cc|subject|date|received|return-path|delivered-to|mime-version|message-id|content-type"
    r"|reply-to|x-[\w-]{1,60}|list-[\w-]{1,60}|dkim-signature|authentication-results):",
    re.I,
)
_ANY_FIELD = re.compile(r"[!-9;-~]{1,80}:|[ \t]+\S")
_MARKUP = re.compile(
    r"\s*+(?:<\?xml[^<>]{0,200}>\s*+)?(?:<!--[^<>]{0,2000}-->\s*+)?<(?:!doctype\s+html|html|head|body|table|div|p|mjml"
    r"|h[1-6]|ul|ol|center|section|style)\b",
    re.I,
)
_INLINE = re.compile(r"\s*+<(?:a|b|i|u|em|strong|span|font|img)\b[^<>]{0,2000}>|\s*+(?:\{[%#{]|<%)", re.I)

_MARKDOWN = re.compile(
    r"^(?:#{1,4}[ ]\S|[ ]{0,3}(?:[-*+]|\d{1,2}[.)])[ ]{1,3}(?:\[|\*\*)"
    r"|!?\[[^\[\]\n]{1,200}\]\([^()\s]{1,500}\))"
    r"|\*\*[^*\s][^*\n]{0,200}\*\*|(?<=\s)\[[^\[\]\n]{1,200}\]\((?:https?:|mailto:|#|/|\{)[^()\s]{0,500}\)",
    re.M,
)
_TAG = re.compile(
    r"</?(?:!doctype|html|body|head|table|t[rd]|div|p|br|a|h[1-6]|span|strong|em|b|i|u|ul|ol|li|img|center"
    r"|font|style|section|mjml|mj-\w{1,20})\b[^<>]{0,2000}>",
    re.I,
)
_UNSHOWN = re.compile(r"<(?:no)?script\b[^<>]{0,2000}>|<!--.{0,2000}?-->", re.I | re.S)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});", re.I)
_MAGIC = ((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "msg"), (b"PAR1", "parquet"))


def format_of(path: PurePath) -> str | None:
    """Return the format that a file's ending stands for, or None.

    Examples
    --------
    >>> format_of(PurePath("June.HTM")), format_of(PurePath("logo.png"))
    ('html', None)
    >>> format_of(PurePath("welcome.html.erb")), format_of(PurePath("welcome.liquid"))
    ('html', 'template')
    """
    found = FORMATS.get(path.suffix.lower())
    if found != "template":
        return found
    before = FORMATS.get(PurePath(path.stem).suffix.lower())
    return before if before in ("html", "markdown", "text") else found


def holds_many(path: PurePath) -> bool:
    """Tell whether a file may hold so many messages that they are best taken one at a time.

    Examples
    --------
    >>> holds_many(PurePath("archive.zip")), holds_many(PurePath("June.html"))
    (True, False)
    """
    return format_of(path) in MANY


def remedy_for(path: PurePath) -> str | None:
    """Say what to do with a well-known kind of file that no reader takes, or None."""
    return _UNREAD.get(path.suffix.lower())


def sniff(head: bytes) -> str:
    r"""Guess a format from the first bytes: mbox, eml, html, markdown or text, or a packed one by its mark.

    Examples
    --------
    >>> sniff(b"Subject: Hi\r\nFrom: jo@example.com\r\n\r\nHello"), sniff(b"<!DOCTYPE html><p>Hi")
    ('eml', 'html')
    >>> sniff(b"Note: we are closed on Monday."), sniff(b"# Hello\n\nWe **ring** you.")
    ('text', 'markdown')
    """
    if head.startswith(b"PK\3\4"):
        return "docx" if b"word/" in head else "xlsx" if b"xl/" in head else "zip"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    start = head[:16_384].lstrip(b"\r\n")
    if is_separator(start[:1_000].split(b"\n", 1)[0]):
        return "mbox"
    text = decode(start).text
    if _MARKUP.match(text):
        return "html"
    if _has_headers(text):
        return "eml"
    found = _prose(text)
    # What starts with a tag that Markdown and plain text may hold as well, or with that of a template.
    return "html" if found == "text" and _INLINE.match(text) and _TAG.search(text) else found


def sniff_template(text: str) -> str:
    """Tell what a template makes: html, markdown or text.

    Examples
    --------
    >>> sniff_template("{% if vip %}<p>Hello</p>{% endif %}"), sniff_template("Hello {{name}}")
    ('html', 'text')
    """
    return "html" if _TAG.search(text) else _prose(text[:16_384])  # Markdown may have comments, too


def has_markup(text: str) -> bool:
    """Tell whether a text has tags of HTML or MJML, what HTML does not show, or nothing but entities.

    Examples
    --------
    >>> has_markup("We ring <b>you</b>."), has_markup("5 < 6 and <<name>>")
    (True, False)
    >>> has_markup("<!-- spacer -->"), has_markup("&nbsp;"), has_markup("Q&A; R&D")
    (True, True, False)
    """
    if _TAG.search(text) or _UNSHOWN.search(text):
        return True
    bare, entities = _ENTITY.subn("", text)
    return entities > 0 and not bare.strip()


def _prose(text: str) -> str:
    """Tell Markdown from plain text: by its front matter, or by two of its signs."""
    from clientvoice.readers.markdown.front_matter import read_front_matter  # brings a parser of YAML

    if read_front_matter(text).end:
        return "markdown"
    signs = {match[0][:2] for match in _MARKDOWN.finditer(text)}
    return "markdown" if len(signs) > 1 else "text"


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
