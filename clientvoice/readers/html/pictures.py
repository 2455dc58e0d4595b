"""Alternative texts of pictures: what is read where pictures are off, or by a screen reader.

The words stand in an attribute; each keeps its way back to it. A logo's name, a
spacer or an icon is no copy, and what the page says in words too is read once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clientvoice.readers.echoes import folded
from clientvoice.readers.plain.looks import says_something
from clientvoice.readers.templates.merge_tags import MASK
from clientvoice.readers.words import word_list
from clientvoice.records import Block

PICTURES = frozenset({"img", "mj-image", "amp-img"})
FEWEST_WORDS = 3
"""Words from which an alternative text may be copy."""

_LONGEST = 5_000
_SHORT = 6
_ICON_PX = 48
_PIXEL_PX = 2
_SPACE = "\t\n\f\r "
# As the HTML standard reads attributes; possessive, so that the time is linear.
_TAG_NAME = re.compile(rf"<[^{_SPACE}/>]++")
_ATTRIBUTE = re.compile(
    rf"[{_SPACE}/]*+([^{_SPACE}/>][^{_SPACE}/>=]*+)"
    rf"(?:[{_SPACE}]*+=[{_SPACE}]*+(?:\"([^\"]*+)\"|'([^']*+)'|([^{_SPACE}>\"'][^{_SPACE}>]*+))?+)?+"
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LETTER = re.compile(r"[^\W\d_]")
_FILE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|ico|tiff?|avif)\b|://|www\.", re.IGNORECASE)
_PIXELS = re.compile(r"\s{0,9}(\d{1,5})(?:\.\d{0,9})?\s{0,9}(?:px)?\s{0,9}\Z")
_SENTENCE_END = (".", "!", "?", "…")
_EDGE = ".,;:!?()[]\"'“”‘’«»-–—| "


class Piece(NamedTuple):
    """A stretch of an alternative text; ``unit`` is what it stands for where it is a character reference."""

    start: int
    end: int
    unit: str | None = None


def alt_of(tag: str, attributes: Sequence[tuple[str, str | None]]) -> str | None:
    """Return the alternative text of a picture that is copy, else None.

    Parameters
    ----------
    tag : str
    attributes : sequence of (str, str or None)
        Of two with one name the first counts, as in a browser.

    Examples
    --------
    >>> alt_of("img", [("alt", "Save 20% on every coat this week")])
    'Save 20% on every coat this week'
    >>> alt_of("img", [("alt", "The Pulse Works logo")]) is None
    True
    """
    if tag not in PICTURES and tag != "input":
        return None
    values: dict[str, str] = {}
    for name, value in attributes:
        values.setdefault(name, value or "")
    drawn = tag in PICTURES or values.get("type", "").lower() == "image"
    if not drawn or "alt" not in values or len(values["alt"]) > _LONGEST:
        return None
    unread = values.get("aria-hidden", "").lower() == "true" or values.get("role", "").lower() in (
        "presentation",
        "none",
    )
    return values["alt"] if not unread and not _is_small(values) and is_copy(values["alt"]) else None


def is_copy(alt: str) -> bool:
    """Tell whether an alternative text says something to its reader, rather than name or decorate.

    Examples
    --------
    >>> is_copy("Ends tonight: two for one"), is_copy("hero-banner-final.png"), is_copy("Hollow Oak Vets")
    (True, False, False)
    """
    words = [word for word in alt.split() if _LETTER.search(word)]
    if len(words) < FEWEST_WORDS or _FILE.search(alt):
        return False
    bare = [word.strip(_EDGE).lower() for word in words]
    if len(words) <= _SHORT and {bare[0], bare[-1]} & word_list("decorative_alts"):
        return False
    if alt.rstrip().endswith(_SENTENCE_END) or bare[0] in word_list("call_verbs"):
        return True
    # Three words that all begin large, and no more: a name.
    return len(words) > FEWEST_WORDS or not all(word[:1].isupper() and not word.isupper() for word in words)


def alt_pieces(source: str, value: str) -> Iterator[Piece]:
    """Yield where the words of a start tag's first ``alt`` stand in its source.

    Parameters
    ----------
    source : str
        The start tag, from ``<`` to ``>``.
    value : str
        What a parser reads there.

    Examples
    --------
    >>> [tuple(piece) for piece in alt_pieces('<img alt="Q&amp;A">', "Q&A")]
    [(10, 11, None), (11, 16, '&'), (16, 17, None)]
    """
    span = _alt_span(source)
    if span is None:
        return
    start, end = span
    pieces: list[Piece] = []
    told: list[str] = []
    for match in _REFERENCE.finditer(source, start, end):
        if match.start() > start:
            pieces.append(Piece(start, match.start()))
            told.append(source[start : match.start()])
        pieces.append(Piece(*match.span(), html.unescape(match[0])))
        told.append(html.unescape(match[0]))
        start = match.end()
    if start < end:
        pieces.append(Piece(start, end))
        told.append(source[start:end])
    if "".join(told) == value:
        yield from pieces
    elif MASK not in value:  # a reference written in a rare way: all of it maps as one
        yield Piece(*span, value)


def picture_block(start: int, end: int, text: str) -> Block | None:
    """Return the block of an alternative text."""
    return Block(start, end, "picture") if says_something(text) else None


def without_echoes(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    r"""Return the blocks without pictures that say what the page says in words, or said before.

    Examples
    --------
    >>> text = "See the coats.\n\nSee the coats"
    >>> [block.kind for block in without_echoes(text, [Block(0, 14, "paragraph"), Block(16, 29, "picture")])]
    ['paragraph']
    """
    if not any(block.kind == "picture" for block in blocks):
        return tuple(blocks)
    said = {folded(text[block.start : block.end]) for block in blocks if block.kind != "picture"}
    kept: list[Block] = []
    for block in blocks:
        if block.kind == "picture":
            told = folded(text[block.start : block.end])
            if told in said:
                continue
            said.add(told)
        kept.append(block)
    return tuple(kept)


def _alt_span(source: str) -> tuple[int, int] | None:
    """Return where the value of the first ``alt`` stands, without its quotes."""
    opening = _TAG_NAME.match(source)
    cursor = opening.end() if opening else len(source)
    while found := _ATTRIBUTE.match(source, cursor):
        if found[1].lower() == "alt":
            group = found.lastindex or 1
            return found.span(group) if group > 1 else None
        cursor = found.end()
    return None


def _is_small(values: dict[str, str]) -> bool:
    """Tell a tracking pixel, a line or an icon by the size that its tag gives."""
    found = [_PIXELS.match(values.get(name, "")) for name in ("width", "height")]
    sizes = [int(match[1]) for match in found if match]
    return any(size <= _PIXEL_PX for size in sizes) or (
        len(sizes) == 2 and all(size <= _ICON_PX for size in sizes)
    )
