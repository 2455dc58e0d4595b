"""What the comments of a template language say: in a tag of their own, or in the code of a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from clientvoice.readers.templates.steering import Tag

_OPENING = (
    r"(?:\{\{~?\s{0,20}(?P<curly>!--|!)"
    r"|(?:\{\{-?\s{0,20}|<%-?\s{0,20}|<\?(?:php)?\s{0,20}|%%\[\s{0,20}|\{%[-+~]?\s{0,20}(?=#))?"
    r"(?P<sign>\{#|\{%[-+~]?\s{0,20}comment\b[^%\n]{0,200}%\}|/\*|//|#|(?<=<%)--))-?\s{0,200}"
)
# What ends a comment, by the sign that opens it, if its tag does not end first.
_ENDS = {
    "{#": re.compile(r"-?#\}"),  # Jinja, Twig, Django
    "{%": re.compile(r"\{%[-+~]?\s{0,20}endcomment\s{0,20}[-+~]?%\}"),  # Liquid, Django
    "!--": re.compile(r"--~?\}\}"),  # Handlebars
    "!": re.compile(r"~?\}\}"),  # Handlebars, Mustache
    "--": re.compile(r"--%>"),  # ERB, JSP
    "/*": re.compile(r"\*/(?:\s{0,20}(?:-?\}\}|-?%>|\?>|\]%%))?"),  # Go, EJS, PHP, AMPscript
    "//": re.compile(r"[\r\n]|[%?]>"),  # EJS, PHP
    "#": re.compile(r"[\r\n]|-?[%?]>|-?%\}"),  # ERB, PHP, Liquid
}


class TemplateComment(NamedTuple):
    """A comment of a template language: where it stands, and what it says."""

    start: int
    end: int
    text: str


def comments_with(word: str, source: str, tag: Tag) -> Iterator[TemplateComment]:
    """Yield the comments of a tag that begin with a word, in order.

    Parameters
    ----------
    word : str
        In any capitals.
    source : str
    tag : Tag
        Of this source, one that steers.

    Examples
    --------
    >>> source = "{# note: a #}<% b = 1 # note: c %>"
    >>> [found.text for found in comments_with("note", source, Tag(0, len(source), "steers"))]
    ['note: a ', 'note: c ']
    """
    opening = re.compile(f"{_OPENING}(?={re.escape(word)})", re.IGNORECASE)
    cursor = tag.start
    while opened := opening.search(source, cursor, tag.end):
        sign = opened["curly"] or opened["sign"]
        sign = "{%" if sign.startswith("{%") else sign
        closed = _ENDS[sign].search(source, opened.end(), tag.end)
        text_end, cursor = closed.span() if closed else (tag.end, tag.end)
        yield TemplateComment(opened.start(), cursor, source[opened.end() : text_end])
