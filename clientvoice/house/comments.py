"""The comments of a source: the real ones, not what only looks like one.

A comment sign inside code, a script, a style or an attribute is text of that
place. So the same parsers are asked that read the message. A comment of a template
language stands before them as a sign of as many characters, and counts where an
HTML comment would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clientvoice.readers.templates.comments import comments_with
from clientvoice.readers.templates.merge_tags import MASK, masked_template
from clientvoice.readers.templates.steering import Tag

ADDRESSEE = "clientvoice"
"""How a comment begins that is for us; those of a template language are looked at for it."""

_OPEN, _CLOSE = "<!--", "-->"
# A processing instruction: inside an HTML comment it is nothing, to HTML it is as good as a comment.
_STAND_IN_OPEN, _STAND_IN_CLOSE = "<?", "?>"
_SIGN = re.compile(rf"<!--|<\?(?={MASK})")
_BREAK = re.compile(r"\r\n|\r|\n")


class Comment(NamedTuple):
    """What a comment says, and where it stands in the source."""

    start: int
    end: int
    text: str


def html_comments(source: str) -> Iterator[Comment]:
    """Yield the comments of HTML, in order; of those of a template language what is for us.

    Examples
    --------
    >>> [comment.text for comment in html_comments("<!-- a --><script><!-- b --></script><p>c")]
    [' a ']
    >>> [comment.text for comment in html_comments("{# clientvoice: a #}<p>b{# c #}")]
    ['clientvoice: a ']
    """
    masked, ours = _masked(source)
    for start, end in _real(masked):
        if start in ours:
            yield from ours[start]
        elif masked.startswith(_OPEN, start):
            yield _comment(source, start, end)


def markdown_comments(source: str) -> Iterator[Comment]:
    """Yield the comments of Markdown, in order; of those of a template language what is for us.

    Examples
    --------
    >>> [comment.text for comment in markdown_comments("Say `<!-- a -->` or <!-- b --> hello.")]
    [' b ']
    """
    from markdown_it.token import Token

    from clientvoice.readers.markdown.front_matter import read_front_matter
    from clientvoice.readers.markdown.located import parser, starts_at, tamed, without_stray_brackets

    def real(token: Token) -> set[int]:
        """Return where in its content a token has comments."""
        if token.type == "html_block":
            return {start for start, _ in _real(token.content)}
        return {
            starts_at(child)
            for child in token.children or ()
            if child.type == "html_inline" and _SIGN.match(child.content)
        }

    # As the Markdown reader does.
    masked, ours = _masked(source.replace("\0", "\ufffd"))
    masked = without_stray_brackets(masked, MASK)
    body = read_front_matter(source).end
    lines = _BREAK.split(masked[body:])
    starts = [body, *(match.end() for match in _BREAK.finditer(masked, body))]
    cursor = body
    for token in parser().parse("\n".join(map(tamed, lines))):
        if _SIGN.search(token.content) is None:
            continue
        comments = real(token)
        cursor = max(cursor, starts[min(token.map[0], len(starts) - 1)] if token.map else 0)
        # The source has the same signs in the same order, only indents and quote marks between them.
        for match in _SIGN.finditer(token.content):
            found = _SIGN.search(masked, cursor)
            if found is None:
                return
            start, cursor = found.span()
            if match.start() not in comments:
                continue
            if start in ours:
                yield from ours[start]
            elif found[0] == _OPEN:
                close = masked.find(_CLOSE, cursor)
                yield _comment(source, start, close + len(_CLOSE) if close >= 0 else len(source))


def template_comments(source: str) -> Iterator[Comment]:
    """Yield what the comments of a template say to us, in order, in whatever markup they stand.

    Examples
    --------
    >>> [comment.text for comment in template_comments("Hello{# clientvoice: a #} <!-- b -->")]
    ['clientvoice: a ']
    """
    for comments in _ours(source, masked_template(source).steers).values():
        yield from comments


def _masked(source: str) -> tuple[str, dict[int, list[Comment]]]:
    """Return a masked source in which signs stand for tags that hold comments for us, and those."""
    template = masked_template(source)
    ours = _ours(source, template.steers)
    pieces: list[str] = []
    cursor = 0
    for tag in template.steers if ours else ():
        if tag.start in ours:
            hidden = MASK * (tag.end - tag.start - len(_STAND_IN_OPEN + _STAND_IN_CLOSE))
            pieces += template.masked[cursor : tag.start], _STAND_IN_OPEN, hidden, _STAND_IN_CLOSE
            cursor = tag.end
    pieces.append(template.masked[cursor:])
    return "".join(pieces), ours


def _ours(source: str, tags: Sequence[Tag]) -> dict[int, list[Comment]]:
    """Return the comments for us in the tags of a template, by where the tag starts."""
    found = ((tag, comments_with(ADDRESSEE, source, tag)) for tag in tags)
    listed = {tag.start: [Comment(*comment) for comment in comments] for tag, comments in found}
    return {start: comments for start, comments in listed.items() if comments}


def _real(masked: str) -> Iterator[tuple[int, int]]:
    """Yield where HTML whose tags are masked has comments and what stands for them."""
    from turbohtml import TokenType

    from clientvoice.readers.html.page import parsable, placed_tokens

    parsed = parsable(masked)
    for start, token in placed_tokens(parsed):
        written = token.source or ""
        if token.type is TokenType.COMMENT and _SIGN.match(written) and parsed.startswith(written, start):
            yield start, start + len(written)


def _comment(source: str, start: int, end: int) -> Comment:
    text = source[start + len(_OPEN) : end]
    return Comment(start, end, text.removesuffix("--!>").removesuffix(_CLOSE))
