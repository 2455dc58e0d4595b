"""The comments of an HTML or Markdown source: the real ones, not what only looks like one.

A comment sign inside code, a script, a style or an attribute is text of that
place. So the same parsers are asked that read the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPEN, _CLOSE = "<!--", "-->"


class Comment(NamedTuple):
    """What a comment says, and where it stands in the source."""

    start: int
    end: int
    text: str


def html_comments(source: str) -> Iterator[Comment]:
    """Yield the comments of HTML, in order.

    Examples
    --------
    >>> [comment.text for comment in html_comments("<!-- a --><script><!-- b --></script><p>c")]
    [' a ']
    """
    from turbohtml import TokenType, tokenize

    from clientvoice.readers.html.page import parsable
    from clientvoice.readers.templates.merge_tags import masked_template

    parsed = parsable(masked_template(source).masked)
    starts = [0, *(match.end() for match in re.finditer("\n", parsed))]
    for token in tokenize(parsed, resolve_references=False, capture_source=True):
        written = token.source or ""
        if token.type is TokenType.COMMENT and written.startswith(_OPEN):
            start = starts[token.line - 1] + token.col
            if parsed.startswith(written, start):
                yield _comment(source, start, start + len(written))


def markdown_comments(source: str) -> Iterator[Comment]:
    """Yield the comments of Markdown, in order.

    Examples
    --------
    >>> [comment.text for comment in markdown_comments("Say `<!-- a -->` or <!-- b --> hello.")]
    [' b ']
    """
    from markdown_it.token import Token

    from clientvoice.readers.markdown.front_matter import read_front_matter
    from clientvoice.readers.markdown.located import parser, starts_at, tamed, without_stray_brackets
    from clientvoice.readers.templates.merge_tags import MASK, masked_template

    def real(token: Token) -> set[int]:
        """Return where in its content a token has comments."""
        if token.type == "html_block":
            return {comment.start for comment in html_comments(token.content)}
        return {
            starts_at(child)
            for child in token.children or ()
            if child.type == "html_inline" and child.content.startswith(_OPEN)
        }

    # As the Markdown reader does.
    masked = without_stray_brackets(masked_template(source.replace("\0", "\ufffd")).masked, MASK)
    body = read_front_matter(source).end
    lines = re.split(r"\r\n|\r|\n", masked[body:])
    starts = [body, *(match.end() for match in re.compile(r"\r\n|\r|\n").finditer(masked, body))]
    cursor = body
    for token in parser().parse("\n".join(map(tamed, lines))):
        if _OPEN not in token.content:
            continue
        comments = real(token)
        cursor = max(cursor, starts[min(token.map[0], len(starts) - 1)] if token.map else 0)
        # The source has the same signs in the same order, only indents and quote marks between them.
        for match in re.finditer(_OPEN, token.content):
            start = masked.find(_OPEN, cursor)
            if start < 0:
                return
            cursor = start + len(_OPEN)
            if match.start() in comments:
                close = masked.find(_CLOSE, cursor)
                yield _comment(source, start, close + len(_CLOSE) if close >= 0 else len(source))


def _comment(source: str, start: int, end: int) -> Comment:
    text = source[start + len(_OPEN) : end]
    return Comment(start, end, text.removesuffix("--!>").removesuffix(_CLOSE))
