"""Walks over the tags of a page as a browser would, and says what becomes a block.

HTML and Markdown both end here: a reader hands over start tags, end tags and
stretches of text in order; the page keeps the stack of open elements and what
they say about the text inside them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter

from clientvoice.readers.builder import TextBuilder
from clientvoice.readers.html import elements, hidden
from clientvoice.readers.html.pictures import Piece, picture_block, without_echoes
from clientvoice.readers.html.place import Place, effect_of, inside
from clientvoice.readers.html.preheader import Preheader, without_padding
from clientvoice.readers.html.stylesheet import Names, StyleSheet
from clientvoice.readers.mail.quotes import mark_replies, read_forwarded, read_indented
from clientvoice.readers.plain import looks
from clientvoice.readers.plain.lines import all_wrap, wraps
from clientvoice.readers.templates.steering import Tag
from clientvoice.records import Block, BlockKind

Attributes = Sequence[tuple[str, str | None]]
_Mark = tuple[int, bool]
"""The link around a stretch of text, and whether it is emphasised."""

_CURRENCIES = frozenset("$£€¥₹")
_BOX = frozenset({"block", "table", "table-cell", "flex", "grid", "list-item"})


class Page:
    """Gathers the visible text of a page block by block.

    Parameters
    ----------
    source : str
        The source that all offsets point into.
    sheet : StyleSheet, optional
        The rules of the page's ``<style>`` elements.
    lone_links : bool
        Whether any short link that fills its block is a button (as in Markdown),
        or only one that reads like a call.
    steers : sequence of Tag
        The tags, code and comments of a template, which show nothing.

    Examples
    --------
    >>> page = Page("<h1>Hello</h1>")
    >>> page.start("h1")
    >>> page.text(4, 9)
    >>> page.end("h1")
    >>> page.close()
    (Block(start=0, end=5, kind='heading'),)
    """

    def __init__(
        self,
        source: str,
        sheet: StyleSheet | None = None,
        *,
        lone_links: bool = False,
        steers: Sequence[Tag] = (),
    ) -> None:
        self.builder = TextBuilder(source)
        self._source = source
        self._sheet = sheet
        self._lone_links = lone_links
        self._steers = steers
        self._place = Place()
        # Of each open element: tag, place around, how it parts text, link around.
        self._stack: list[tuple[str, Place, str, int]] = []
        self._names: list[Names] = []
        self._open: dict[str, list[int]] = {}  # tag to the depths at which it is open
        self._block_depths: list[int] = []
        self._links = 0
        self._link = 0  # the number of the link around the text, 0 outside one
        self._marks: list[tuple[int, _Mark]] = []
        self._bullet_ahead = False
        self._struck = False  # whether the last words were
        # Of each quotation, by role: where it starts, and what it would be if it were none.
        self._quoted: dict[str, dict[int, BlockKind]] = {"quote": {}, "indented": {}}
        self._pictures: list[Sequence[Piece]] = []
        self._preheader = Preheader()

    def start(
        self, tag: str, attributes: Attributes = (), *, closed: bool = False, alt: Sequence[Piece] = ()
    ) -> None:
        """Meet a start tag; ``closed`` for one that ends in itself, ``alt`` for where a picture has copy."""
        self._imply_ends(tag)
        effect = effect_of(tag, tuple(attributes), self._cascade(tag, attributes) if self._sheet else None)
        place = inside(effect, self._place) if effect else self._place
        if effect and self._is_empty and self._preheader.may_start(effect, self._place, place):
            place, parts = replace(self._place, preheader=True), "block"
        elif place.gone:
            parts = ""
        else:
            parts = self._parts_text(tag, effect.look if effect else hidden.PLAIN, place)
        if place.preheader:
            self._preheader.meet(tag)
        self._part(parts)
        if tag == "br":
            self.line_break()
        if alt and place.shown and not place.preheader and place.role not in ("quote", "indented"):
            self._pictures.append(alt)
            if not self.builder.is_open:  # else it follows the text that it stands in
                self._flush()
        if tag in elements.VOID or closed:
            return
        depth = len(self._stack)
        self._open.setdefault(tag, []).append(depth)
        if tag in elements.BLOCKS:
            self._block_depths.append(depth)
        self._stack.append((tag, self._place, parts, self._link))
        self._place = place
        if tag == "a" and any(name == "href" for name, _ in attributes):
            self._links += 1
            self._link = self._links

    def end(self, tag: str) -> None:
        """Meet an end tag; one that closes nothing is passed over."""
        depth = self._depth_of(tag)
        if depth is None and tag in elements.HEADINGS:
            depth = max(
                (d for name in elements.HEADINGS if (d := self._depth_of(name)) is not None), default=None
            )
        if depth is None:
            if tag in ("br", "p"):
                self.start(tag, closed=True)
            return
        if tag not in elements.BLOCKS and self._block_depths and self._block_depths[-1] > depth:
            hides = self._stack[depth][1].shown and (self._place.preheader or not self._place.shown)
            if not hides:
                return  # <b><p>…</b>: the paragraph stays open
        self._close_to(depth)

    def text(self, start: int, end: int) -> None:
        """Meet the text ``source[start:end]``."""
        if not self._place.shown:
            return
        if self._place.preheader:
            self._preheader.hear(self._source[start:end])
        if self._steers:
            at = bisect_right(self._steers, start, key=itemgetter(1))
            while at < len(self._steers) and self._steers[at].start < end:
                tag = self._steers[at]
                if tag.start > start:
                    self._words(start, tag.start)
                if tag.parts:
                    self.builder.add_space()
                start, at = tag.end, at + 1
        if start < end:
            self._words(start, end)

    def _words(self, start: int, end: int) -> None:
        self._note_mark()
        raised = bool(self._stack) and self._stack[-1][0] == "sup"
        if raised and self._source[start].isdigit() and self.builder.ends_in_digit:
            self.builder.add_space()  # £4<sup>99</sup> is not £499
        self._part_struck(self._source[start])
        if self._place.lines_kept:
            while (cut := self._source.find("\n", start, end)) >= 0:
                self.builder.add(start, cut)
                self.builder.line_break()
                start = cut + 1
        self.builder.add(start, end)

    def _part_struck(self, following: str) -> None:
        """Part a price from the one beside it that is struck out: ``<s>£49</s>£29`` is not £49£29."""
        if self._place.struck != self._struck:
            if following in _CURRENCIES or (following.isalnum() and self.builder.ends_in_digit):
                self.builder.add_space()
            self._struck = self._place.struck

    def unit(self, text: str, start: int, end: int) -> None:
        """Meet a character reference: ``text`` stands for ``source[start:end]``."""
        if self._place.shown:
            self._note_mark()
            self._part_struck(text[:1])
            self.builder.add_unit(text, start, end)

    def line_break(self) -> None:
        """Meet a line break that the source asks for."""
        if self._place.shown:
            self.builder.line_break()

    def is_open(self, tag: str) -> bool:
        """Tell whether an element of this tag is open."""
        return bool(self._open.get(tag))

    def close(self, subject: str = "") -> tuple[Block, ...]:
        """Close all that is open and return the blocks, quoted mails marked.

        A preheader that repeats the ``subject`` or the body is left out.
        """
        self._flush()
        if self._place.preheader:
            self._end_preheader()
        text = self.builder.text
        blocks = read_indented(self.builder.blocks, self._quoted["indented"])
        blocks = read_forwarded(text, blocks, self._quoted["quote"])
        told = self._preheader.unless_repeated(text, without_echoes(text, blocks), subject)
        return tuple(mark_replies(text, told))

    def _cascade(self, tag: str, attributes: Attributes) -> hidden.Look | None:
        """Return what style sheet and style say together, None when the sheet says nothing."""
        values = dict(attributes)
        names = (tag, values.get("id") or "", frozenset((values.get("class") or "").split()))
        del self._names[len(self._stack) :]
        found = self._sheet.declarations(names, self._names) if self._sheet else {}
        self._names.append(names)
        if not found:
            return None
        found = dict(found)
        hidden.merge(found, hidden.declarations(values.get("style") or ""))
        return hidden.look(found)

    def _parts_text(self, tag: str, look: hidden.Look, place: Place) -> str:
        """Return how an element parts its text from that around: as a block, by a space, or not."""
        if tag in elements.BLOCKS or tag.startswith("mj-"):
            return "" if look.display == "inline" and tag in ("div", "p", "li", "ul", "form") else "block"
        if look.display in _BOX or (place.drawn == "button" and self._place.drawn != "button"):
            return "block"
        return "space" if tag in elements.OBJECTS or look.display.startswith("inline-") else ""

    def _part(self, parts: str) -> None:
        if parts == "block":
            self._flush()
        elif parts:
            self.builder.add_space()

    def _imply_ends(self, tag: str) -> None:
        """Close what this start tag closes without an end tag, such as a ``<p>`` before a ``<div>``."""
        closes = elements.IMPLIED_ENDS.get(tag)
        if closes is None:
            closes = ("p",) if tag in elements.CLOSES_PARAGRAPH else ()
        for other in closes:
            depth = self._depth_of(other)
            if depth is not None:
                self._close_to(depth)
        if tag == "a" and self._link:
            self.end("a")

    def _depth_of(self, tag: str) -> int | None:
        """Return where the innermost such element is open, inside the cell or table at hand."""
        depths = self._open.get(tag)
        if not depths:
            return None
        for wall in elements.walls(tag):
            walled = self._open.get(wall)
            if walled and walled[-1] > depths[-1]:
                return None
        return depths[-1]

    def _close_to(self, depth: int) -> None:
        while len(self._stack) > depth:
            tag, around, parts, link = self._stack[-1]
            self._part(parts)
            self._stack.pop()
            self._open[tag].pop()
            if tag in elements.BLOCKS:
                self._block_depths.pop()
            ends = self._place.preheader and not around.preheader
            self._place, self._link = around, link
            if ends:
                self._end_preheader()

    def _note_mark(self) -> None:
        mark = (self._link, self._place.emphasised)
        if not self._marks or self._marks[-1][1] != mark:
            self._marks.append((self.builder.position, mark))

    def _flush(self) -> None:
        """End the open block, if there is one."""
        one_line = self._place.role == "heading" or self._place.drawn == "button"
        self.builder.end_block(self._block, all_wrap if one_line else wraps)
        if self._pictures:
            self._show_pictures()
        self._marks.clear()

    def _show_pictures(self) -> None:
        """Add the alternative texts that wait for the end of the block in which they stand."""
        around, self._place = self._place, Place()
        for picture in self._pictures:
            for start, end, unit in picture:
                self.text(start, end) if unit is None else self.unit(unit, start, end)
            self.builder.end_block(picture_block, all_wrap)
        self._pictures, self._place = [], around

    @property
    def _is_empty(self) -> bool:
        """Whether no text has been met that a reader sees."""
        return not (self.builder.position or self.builder.is_open)

    def _end_preheader(self) -> None:
        """Keep what the page has shown so far if it is a preheader, else start anew without it."""
        if not self._preheader.ends(self.builder.text):
            self.builder = TextBuilder(self._source)
            self._bullet_ahead = False
            for quoted in self._quoted.values():
                quoted.clear()

    def _block(self, start: int, end: int, text: str) -> Block | None:
        """Make the block of one line, or none of a line that says nothing."""
        if looks.is_marker(text):
            self._bullet_ahead = True
            return None
        if not looks.says_something(text):
            return None
        if self._place.preheader:
            text = without_padding(text)
            end = start + len(text)
        marker = looks.bullet_marker(text)
        listed = marker > 0 or self._bullet_ahead
        self._bullet_ahead = False
        kind = self._kind(start + marker, end, text[marker:], listed=listed)
        if (quoted := self._quoted.get(self._place.role)) is not None:
            quoted[start + marker], kind = kind, "quote"
        return Block(start + marker, end, kind)

    def _kind(self, start: int, end: int, text: str, *, listed: bool) -> BlockKind:
        role = self._place.role
        if self._place.preheader:
            return "paragraph"
        marks = self._marks_over(start, end)
        links = {link for link, _ in marks}
        is_link = len(links) == 1 and 0 not in links
        if looks.fits_button(text) and (
            self._place.drawn == "button" or (self._place.drawn == "box" and is_link)
        ):
            return "button"
        if role == "heading":
            return "heading"
        if role == "bullet" or listed:
            return "bullet"
        if is_link and (looks.looks_like_call(text) or (self._lone_links and looks.is_lone_link(text))):
            return "button"
        if all(emphasised for _, emphasised in marks) and looks.looks_like_heading(text):
            return "heading"
        return "paragraph"

    def _marks_over(self, start: int, end: int) -> list[_Mark]:
        """Return the marks of a stretch of text."""
        found: list[_Mark] = []
        first = bisect_right(self._marks, start, key=itemgetter(0)) - 1
        for index in range(max(first, 0), len(self._marks)):
            position, mark = self._marks[index]
            if position >= end:
                break
            if index + 1 == len(self._marks) or self._marks[index + 1][0] > position:
                found.append(mark)
        return found
