"""Reads Markdown: front matter, blocks and inline text, each with the way back to the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter

from markdown_it.token import Token

from clientvoice.readers.html.markup import Page
from clientvoice.readers.html.page import feed
from clientvoice.readers.html.pictures import Piece, is_copy
from clientvoice.readers.html.stylesheet import StyleSheet, style_text
from clientvoice.readers.markdown.front_matter import read_front_matter
from clientvoice.readers.markdown.located import parser, starts_at, tamed, without_stray_brackets
from clientvoice.readers.templates.merge_tags import MASK, masked_template
from clientvoice.records import Message

_BREAK = re.compile(r"\r\n|\r|\n")
_PLAIN = ("text", "softbreak", "footnote_ref")  # no note leads away from inside of a picture
_SLACK = 3  # characters between the start of a token and its text: "<", a space in a code span


def markdown_message(
    source: str,
    *,
    id: str,  # noqa: A002 - the field of the record has this name
    path: str | None = None,
) -> Message:
    r"""Read a Markdown file.

    The front matter gives subject, sender and date and is not part of the text;
    fenced code and comments are left out, and so are the boxes of tasks, the marks of
    footnotes, and pictures, but for an alternative text that says something.

    Parameters
    ----------
    source : str
        The decoded Markdown.
    id, path
        Fields of the message.

    Returns
    -------
    Message

    Examples
    --------
    >>> message = markdown_message("# Hello\n\nWe **ring** you.\n\n[Book a call](#)", id="a")
    >>> [(message.text[block.start : block.end], block.kind) for block in message.blocks]
    [('Hello', 'heading'), ('We ring you.', 'paragraph'), ('Book a call', 'button')]
    """
    front = read_front_matter(source)
    template = masked_template(source.replace("\0", "\ufffd"))
    masked = without_stray_brackets(template.masked, MASK)
    sheet = StyleSheet(style_text(masked))
    page = Page(source, sheet if sheet else None, lone_links=True, steers=template.steers)
    _Reading(masked, front.end, page).read()
    subject = front.subject
    blocks = page.close()
    return page.builder.message(
        id=id,
        format="markdown",
        subject=subject.value if subject else None,
        subject_start=subject.start if subject else None,
        sender=front.sender,
        date=front.date,
        path=path,
        notices=front.notices,
        blocks=blocks,
    )


class _Content:
    """The content of one block, and where each of its lines stands in the source."""

    def __init__(self, text: str, origin: int) -> None:
        self.text = text
        self._origin = origin
        self.flat = text.replace("\n", " ")
        self._rows: list[tuple[int, int, int]] = []  # start and end in the content, offset to the source

    def add_row(self, start: int, end: int, source: int) -> None:
        """Note that ``text[start:end]`` stands at ``source``."""
        self._rows.append((start, end, source - start))

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where ``text[start:end]`` stands in the source, line by line."""
        first = max(bisect_right(self._rows, start, key=itemgetter(0)) - 1, 0)
        for index in range(first, len(self._rows)):
            row_start, row_end, shift = self._rows[index]
            if row_start >= end:
                break
            if row_end > start:
                yield max(start, row_start) + shift, min(end, row_end) + shift

    def source(self, offset: int) -> int:
        """Return where one offset stands in the source."""
        before = bisect_right(self._rows, offset, key=itemgetter(0)) - 1
        if before < 0:
            return self._origin
        _, end, shift = self._rows[before]
        return min(offset, end) + shift


class _Reading:
    """One walk over the tokens of a Markdown body."""

    def __init__(self, masked: str, start: int, page: Page) -> None:
        self._page = page
        self._lines = list(_lines(masked, start))
        self._cell: int | None = None  # inside a table row: where in its line the last cell ended

    def read(self) -> None:
        """Hand every token to the page."""
        page = self._page
        for token in parser().parse("\n".join(tamed(line) for line, _ in self._lines)):
            if token.type == "inline":
                self._inline(token)
            elif token.type == "html_block":
                content = self._located(token)
                feed(page, content.text, content.spans)
            elif not token.tag:
                continue  # the edge of a footnote, whose paragraphs speak for themselves
            elif token.nesting == 0:  # a rule, or code, which is not read
                page.start("hr", closed=True)
            elif token.nesting > 0:
                self._cell = 0 if token.tag == "tr" else self._cell
                page.start(token.tag, _attributes(token))
            else:
                self._cell = None if token.tag == "tr" else self._cell
                page.end(token.tag)

    def _inline(self, block: Token) -> None:
        content = self._located(block)
        cursor = 0
        for token in block.children or ():
            cursor = self._give(token, content, max(starts_at(token), cursor))

    def _give(self, token: Token, content: _Content, start: int) -> int:
        """Hand one inline token to the page and return where the next may start."""
        page, kind = self._page, token.type
        if kind == "text_special" and token.content != token.markup:
            end = start + len(token.markup)
            page.unit(token.content, content.source(start), content.source(end - 1) + 1)
            return end
        if kind in ("text", "text_special", "code_inline"):
            return self._give_text(token, content, start)
        if kind == "softbreak":
            page.text(*next(content.spans(start, start + 1), (0, 0)))
        elif kind == "hardbreak":
            page.line_break()
        elif kind == "html_inline":
            feed(page, token.content, lambda first, last: content.spans(start + first, start + last))
            return start + len(token.content)
        elif token.nesting < 0:
            page.end(token.tag)
        else:
            alt = _alt(token, content, start) if kind == "image" else ()
            page.start(token.tag, _attributes(token), closed=token.nesting == 0, alt=alt)
        return start

    def _give_text(self, token: Token, content: _Content, start: int) -> int:
        length = len(token.content)
        if not length:
            return start
        found = content.flat.find(token.content, start, start + length + len(token.markup) + _SLACK)
        spans = list(content.spans(found, found + length)) if found >= 0 else []
        for first, last in spans:
            self._page.text(first, last)
        if not spans:  # an address that the parser decoded
            place = content.source(start)
            self._page.unit(token.content, place, place)
        return found + length if spans else start

    def _located(self, token: Token) -> _Content:
        """Find the lines of a token's content in the source."""
        number = token.map[0] if token.map else 0
        content = _Content(token.content, self._lines[number][1])
        start = 0
        for row in token.content.split("\n"):
            end = start + len(row)
            line, at = self._lines[min(number, len(self._lines) - 1)]
            indent = len(row) - len(row.lstrip(" "))
            found = self._find(row[indent:], line)
            if found >= 0:
                content.add_row(start + indent, end, at + found)
                content.add_row(end, end + 1, at + len(line))
            elif self._cell is not None:
                self._add_escaped(content, row, start, line, at)
            start, number = end + 1, number + 1
        return content

    def _add_escaped(self, content: _Content, row: str, start: int, line: str, at: int) -> None:
        """Add the row of a table cell in which the source has a backslash before each bar."""
        found = self._find(row.replace("|", "\\|"), line)
        if found < 0:
            return
        for number, piece in enumerate(row.split("|")):
            bar = number > 0
            content.add_row(start - bar, start + len(piece), at + found + number - bar)
            start += len(piece) + 1
            found += len(piece) + 1

    def _find(self, row: str, line: str) -> int:
        if self._cell is not None:
            found = line.find(row, self._cell)
            self._cell = found + len(row) if found >= 0 else self._cell
            return found
        bare = line.rstrip()
        if line.endswith(row) or bare.endswith(row):
            return (len(line) if line.endswith(row) else len(bare)) - len(row)
        found = line.find(row, line.find("#") + 1)  # a heading, with #s before and behind
        return line.find(row) if found < 0 else found


def _alt(token: Token, content: _Content, start: int) -> tuple[Piece, ...]:
    """Return where the alternative text of a picture stands, if it is copy in plain words."""
    alt = token.content
    if not is_copy(alt) or any(child.type not in _PLAIN for child in token.children or ()):
        return ()
    found = content.text.find(alt, start, start + len(alt) + _SLACK)
    return tuple(Piece(*place) for place in content.spans(found, found + len(alt))) if found >= 0 else ()


def _lines(masked: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield each line with its offset."""
    for match in _BREAK.finditer(masked, start):
        yield masked[start : match.start()], start
        start = match.end()
    yield masked[start:], start


def _attributes(token: Token) -> list[tuple[str, str | None]]:
    return [(name, str(value)) for name, value in token.attrs.items()]
