"""Reads HTML and MJML: what a reader of the mail sees, with the way back to the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from turbohtml import Token, TokenType, tokenize

from clientvoice.readers.html.markup import Page
from clientvoice.readers.html.pictures import Piece, alt_of, alt_pieces
from clientvoice.readers.html.stylesheet import StyleSheet, style_text
from clientvoice.readers.markdown.front_matter import FrontMatter, read_front_matter
from clientvoice.readers.templates.merge_tags import MASK, mask, masked_template
from clientvoice.readers.templates.steering import Tag, blanked, steering
from clientvoice.readers.words import word_list
from clientvoice.records import Message

_NOSCRIPT = re.compile(r"(?<=[</])noscript(?=[\s/>])", re.IGNORECASE)
_NOSCRIPT_SHOWN = "x-noscpt"  # as long; the tokenizer would take its content for plain text
_TITLES = ("title", "mj-title")

Spans = Callable[[int, int], Iterable[tuple[int, int]]]


def html_message(
    source: str,
    *,
    id: str,  # noqa: A002 - the field of the record has this name
    subject: str | None = None,
    sender: str | None = None,
    date: str | None = None,
    path: str | None = None,
    part: str | None = None,
    format: str = "html",  # noqa: A002
    front_matter: bool = False,
) -> Message:
    r"""Read a page, a fragment of one, or a template: MJML, or HTML with tags of any dialect.

    Hidden text, scripts, styles and comments are left out, save the preheader, which
    is read behind the subject unless that or the body says the same, and so are tags that
    steer a template; both branches of an ``if`` are read. The title serves as the
    subject when none is given. A picture's alternative text that says something
    (three words, no logo or icon, no echo of the text) is a block of kind ``picture``.

    Parameters
    ----------
    source : str
        The decoded HTML.
    id, subject, sender, date, path, part, format
        Fields of the message.
    front_matter : bool
        Whether fields between ``---`` lines at the top give subject, sender and date.

    Returns
    -------
    Message

    Examples
    --------
    >>> message = html_message("<h1>Hello</h1><p>Ring&nbsp;us &amp; we <b>come</b>.</p>", id="a")
    >>> message.text
    'Hello\n\nRing us & we come.'
    >>> [block.kind for block in message.blocks]
    ['heading', 'paragraph']
    """
    front = read_front_matter(source) if front_matter else FrontMatter()
    template = masked_template(source)
    steers = tuple(tag for tag in template.steers if tag.start >= front.end)
    if front.end:
        steers = (Tag(0, front.end, "steers"), *steers)
    parsed = parsable(" " * front.end + template.masked[front.end :])
    sheet = StyleSheet(style_text(parsed))
    reading = _Reading(source, parsed, Page(source, sheet if sheet else None, steers=steers))
    reading.read()
    subject_start = None
    if subject is None and front.subject is not None:
        subject, subject_start = front.subject
    elif subject is None and reading.title is not None:
        subject, subject_start = reading.title
    blocks = reading.page.close(subject or "")
    return reading.page.builder.message(
        id=id,
        format=format,
        subject=subject,
        subject_start=subject_start,
        sender=sender or front.sender,
        date=date or front.date,
        path=path,
        part=part,
        notices=front.notices,
        blocks=blocks,
    )


def parsable(masked: str) -> str:
    r"""Return a source whose tags are masked as the tokenizer takes it; the length stays.

    Line breaks become one character each, for so it counts them, and the content
    of ``<noscript>`` is markup.

    Examples
    --------
    >>> parsable("<noscript>a\r\nb</noscript>")
    '<x-noscpt>a \nb</x-noscpt>'
    """
    return _NOSCRIPT.sub(_NOSCRIPT_SHOWN, masked.replace("\r\n", " \n").replace("\r", "\n"))


def placed_tokens(parsed: str) -> Iterator[tuple[int, Token]]:
    """Yield the tokens of a source that is :func:`parsable`, each with where it starts in it.

    Examples
    --------
    >>> [(start, token.tag) for start, token in placed_tokens("<p><b>")]
    [(0, 'p'), (3, 'b')]
    """
    starts = [0, *(match.end() for match in re.finditer("\n", parsed))]
    for token in tokenize(parsed, resolve_references=False, capture_source=True):
        yield starts[token.line - 1] + token.col, token


def feed(page: Page, fragment: str, spans: Spans) -> None:
    """Hand the tags and texts of a fragment to a page.

    Parameters
    ----------
    page : Page
    fragment : str
    spans : callable
        Leads from a stretch of the fragment to where it stands in the page's source.

    Examples
    --------
    >>> page = Page("Read <b>on</b>")
    >>> feed(page, "<b>on</b>", lambda start, end: [(start + 5, end + 5)])
    >>> page.builder.open_text()
    'on'
    """
    _Reading(fragment, fragment, page, spans).read()


class _Reading:
    """One walk over the tokens of a source."""

    def __init__(self, source: str, parsed: str, page: Page, spans: Spans | None = None) -> None:
        self.page = page
        self.title: tuple[str, int | None] | None = None
        self._source = source
        self._parsed = parsed
        self._spans = spans
        self._title: list[tuple[str, int]] | None = None

    def read(self) -> None:
        """Hand every token to the page."""
        page = self.page
        for start, token in placed_tokens(self._parsed):
            kind = token.type
            if kind is TokenType.TEXT:
                self._text(token.data or "", start)
            elif kind is TokenType.START_TAG:
                tag = token.tag or ""
                if tag in _TITLES and self.title is None and not page.is_open("svg"):
                    self._title = []
                closed = token.self_closing and (tag.startswith("mj-") or ":" in tag)
                page.start(tag, token.attrs or (), closed=closed, alt=self._alt(token, start))
            elif kind is TokenType.END_TAG:
                if token.tag in _TITLES and self._title is not None:
                    self.title, self._title = self._subject(self._title), None
                page.end(token.tag or "")
            elif kind is TokenType.CHARACTER_REFERENCE:
                self._reference(token, start)

    def _text(self, data: str, start: int) -> None:
        if self._title is not None:
            self._title.append((data, start))
        if self._parsed.startswith(data, start):
            stretches: Iterable[tuple[int, int]] = ((start, start + len(data)),)
        else:
            stretches = _aligned(self._parsed, data, start)
        for first, last in stretches:
            for place in self._spans(first, last) if self._spans else ((first, last),):
                self.page.text(*place)

    def _reference(self, token: Token, start: int) -> None:
        data, written = token.data or "", token.source or ""
        if self._title is not None:
            self._title.append((data, -1))
        end = start + len(written)
        for place in self._spans(start, end) if self._spans else ((start, end),):
            self.page.unit(data, *place)
            break

    def _alt(self, token: Token, start: int) -> tuple[Piece, ...]:
        """Return where the source holds the alternative text of a picture, if it is copy."""
        value = alt_of(token.tag or "", token.attrs or ())
        if value is None:
            return ()
        found: list[Piece] = []
        for first, last, unit in alt_pieces(token.source or "", value):
            places = [(start + first, start + last)]
            if self._spans:
                places = list(self._spans(*places[0]))
            found += (Piece(*place, unit) for place in (places[:1] if unit is not None else places))
        return tuple(found)

    def _subject(self, pieces: list[tuple[str, int]]) -> tuple[str, int | None] | None:
        """Return the title as a subject, with its place where the source holds it letter by letter."""
        text = "".join(
            self._source[start : start + len(data)] if start >= 0 else data for data, start in pieces
        )
        shown = " ".join(blanked(text, steering(text)).split())
        if not mask(shown)[0].strip(MASK + " -|") or shown.lower() in word_list("empty_titles"):
            return None
        start = self._source.find(shown, max(pieces[0][1], 0)) if len(pieces) == 1 else -1
        return shown, start if 0 <= start <= pieces[0][1] + len(text) else None


def _aligned(parsed: str, data: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where the characters of ``data`` stand when markup that yields no token parts them."""
    taken = 0
    while taken < len(data):
        start = parsed.find(data[taken], start)
        if start < 0:
            return
        if parsed.startswith("</>", start):
            start += 3
            continue
        length = 1
        while (
            taken + length < len(data) and parsed[start + length : start + length + 1] == data[taken + length]
        ):
            length += 1
        yield start, start + length
        taken += length
        start += length
