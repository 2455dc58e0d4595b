"""From a changed sentence to the few stretches of source that change with it, tags kept.

A sentence may run across tags (``Buy <b>now</b>``). Only the words that differ
are replaced, all that stands between them stays as it is. A link keeps the words that
it had, what is struck out stays so, and the splice is refused where an element would
lose all its words or words that change run across its edge.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice, pairwise, product
from typing import NamedTuple

from clientvoice.readers.characters import INVISIBLE, SPACE
from clientvoice.readers.templates.merge_tags import mask
from clientvoice.records import SourceMap
from clientvoice.rewrites.applying.edits import CannotSplice, Difference, Edit, Syntax, differences, replaced
from clientvoice.rewrites.applying.inline import (
    Element,
    Gap,
    Link,
    elements,
    kept_apart,
    links,
    struck,
    worded,
)
from clientvoice.rewrites.applying.wrapping import BREAK, line_end, line_start, wrapped_edit

_MOST_TRIES = 64
_NOTHING = re.compile(rf"[{SPACE}{INVISIBLE}]*+")
_CLOSERS = re.compile(r"(?:\s*+</[^<>]*+>)*+")
_HARMLESS = re.compile(r"(?:<!--(?:(?!-->).)*+-->|[\s>])*+", re.S)
_OPENER = re.compile(r"(?:<[A-Za-z][^<>]{0,2000}>|!?\[|\*{1,3}|_{1,3}|~~)\s{0,20}$")
_STOP = re.compile(r"(?s)(.*\w)([.!?:;,…]{1,3})")
_LINE_TAG = re.compile(r"<(?:br|hr|img)\b", re.I)
_TAGS_AHEAD = re.compile(r"(?:\s{0,200}<[^<>]{1,2000}>){0,20}")
_MOST_AROUND = 20
_LONGEST_TAG = 2_000
_SLACK = 200
_LINKS = frozenset({"a", "["})
_MARKDOWN = re.compile(
    r"[\\`*|]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w{1,30};)|\[(?=[^\[\]\n]{0,200}\][(\[:])"
)


class _Piece(NamedTuple):
    """A stretch of text and where it stands in the source."""

    start: int
    end: int
    source_start: int
    source_end: int


def source_edits(
    text: str, source: str, where: SourceMap, span: tuple[int, int], new: str, syntax: Syntax
) -> tuple[Edit, ...]:
    """Return the edits of the source that turn ``text[span]`` into ``new``.

    Parameters
    ----------
    text, source : str
        A message's text and its source.
    where : SourceMap
        Leads from one to the other.
    span : tuple of int
        The sentence in the text.
    new : str
        What it shall become, as a reader sees it.
    syntax : {"html", "markdown", "text"}
        How the source is written.

    Raises
    ------
    CannotSplice
        If mark-up would be lost; the text says which.

    Examples
    --------
    >>> from clientvoice.records import Run
    >>> source = "Buy it <b>now</b>!"
    >>> where = SourceMap((Run(0, 7, 0, 7), Run(7, 10, 10, 13), Run(10, 11, 17, 18)))
    >>> edits = source_edits("Buy it now!", source, where, (0, 11), "Buy it when you like!", "html")
    >>> replaced(source, edits)
    'Buy it <b>when you like</b>!'
    """
    start, end = span
    whole = _pieces(where, start, end)
    if len(new.split()) == 0:
        raise CannotSplice("nothing would be left of the sentence")
    first, last = whole[0].source_start, whole[-1].source_end
    if syntax == "text" and _letter_by_letter(text, source, whole) and BREAK.search(source, first, last):
        return wrapped_edit(source, first, last, differences(text[start:end], new))
    low, high = _around(source, first, last, syntax)
    before, snippet = text[start:end], source[low:high]
    parts = _elements(source, whole, start, end, syntax)
    held, linked, crossed = worded(snippet, syntax), links(snippet, syntax), struck(snippet, syntax)
    strict = any(part.name in _LINKS for part in parts)
    why = "an element (bold, a link) inside the sentence would be left without words"
    for changes in dict.fromkeys((kept_apart(before, new, parts), differences(before, new))):
        try:
            options = [
                _options(text, source, where, span, change, syntax, parts)
                for change in (_stops_apart(before, changes or ()) if parts else changes or ())
            ]
        except CannotSplice as error:
            why = str(error) if changes else why
            continue
        for choice in islice(product(*options), _MOST_TRIES if changes else 0):
            edits = tuple(edit for edits in choice for edit in edits)
            here = replaced(snippet, [Edit(edit.start - low, edit.end - low, edit.text) for edit in edits])
            if worded(here, syntax) < held:
                continue
            if struck(here, syntax) != crossed:
                why = "it would change which words are struck out"
                continue
            if _same_links(linked, links(here, syntax), strict=strict):
                return edits
            why = "it would change the words of a link that stands in it"
    raise CannotSplice(why)


def _same_links(old: Sequence[Link], new: Sequence[Link], *, strict: bool) -> bool:
    """Whether all links lead where they did and say what they did, but for one around the whole sentence."""
    if strict:
        return list(old) == list(new)
    changed = [(one, other) for one, other in zip(old, new, strict=False) if one != other]
    return len(old) == len(new) and len(changed) < 2 and all(a.target == b.target for a, b in changed)


def _elements(source: str, whole: Sequence[_Piece], start: int, end: int, syntax: Syntax) -> list[Element]:
    gaps = [
        Gap(
            right.start - start,
            source[left.source_end : right.source_start],
            source[left.source_end - 1 : left.source_end],
            source[right.source_start : right.source_start + 1],
        )
        for left, right in pairwise(whole)
        if left.source_end < right.source_start
    ]
    return elements(gaps, end - start, syntax)


def _stops_apart(before: str, changes: Sequence[Difference]) -> list[Difference]:
    """Let a full stop change by itself, so that "<b>now</b>!" becomes "<b>soon</b>."."""
    found: list[Difference] = []
    for change in changes:
        old, new = _STOP.fullmatch(before[change.start : change.end]), _STOP.fullmatch(change.text)
        if old and new:
            middle = change.start + len(old[1])
            found.append(Difference(change.start, middle, new[1]))
            if old[2] != new[2]:
                found.append(Difference(middle, change.end, new[2]))
        else:
            found.append(change)
    return found


def _pieces(where: SourceMap, start: int, end: int) -> list[_Piece]:
    """Return where ``text[start:end]`` stands in the source, stretch by stretch."""
    found: list[_Piece] = []
    first = max(bisect_right(where.runs, start, key=lambda run: run.text_start) - 1, 0)
    for run in islice(where.runs, first, None):
        if run.text_start >= end:
            break
        low, high = max(run.text_start, start), min(run.text_end, end)
        if low >= high:
            continue
        if run.text_end - run.text_start == run.source_end - run.source_start:
            shift = run.source_start - run.text_start
            found.append(_Piece(low, high, low + shift, high + shift))
        elif (low, high) != (run.text_start, run.text_end) or run.source_end <= run.source_start:
            raise CannotSplice("the source writes some of its characters as one sign")
        else:
            found.append(_Piece(*run))
    ascending = all(a.source_end <= b.source_start for a, b in pairwise(found))
    if not found or not ascending:
        raise CannotSplice("its words do not stand in the source in this order")
    return found


def _is_exact(piece: _Piece) -> bool:
    return piece.end - piece.start == piece.source_end - piece.source_start


def _letter_by_letter(text: str, source: str, pieces: Sequence[_Piece]) -> bool:
    """Whether one stretch of source holds the text as it is, but for the kinds of white space."""
    if len(pieces) != 1 or not _is_exact(pieces[0]):
        return False
    start, end, source_start, source_end = pieces[0]
    return text[start:end].split() == source[source_start:source_end].split()


def _options(
    text: str,
    source: str,
    where: SourceMap,
    span: tuple[int, int],
    change: Difference,
    syntax: Syntax,
    parts: Sequence[Element],
) -> list[tuple[Edit, ...]]:
    """Return the ways to write one change, the best first."""
    start, end = span[0] + change.start, span[0] + change.end
    written = as_written(change.text, syntax)
    if start == end:
        place = _gap(text, source, where, span, start, syntax)
        if start == span[0]:
            ends = sum(part.start == 0 and part.open_ended and part.end < span[1] - start for part in parts)
            place = _outside(source, place, ends)
        return [(Edit(place, place, written),)]
    stretches: list[_Piece] = []
    pieces = _pieces(where, start, end)
    if not all(_letter_by_letter(text, source, [piece]) for piece in pieces if _is_exact(piece)):
        raise CannotSplice("a tag that steers the template stands among its words")
    for piece in pieces:
        before = stretches[-1] if stretches else None
        between = source[before.source_end : piece.source_start] if before else ""
        if before and _NOTHING.fullmatch(between):
            stretches[-1] = before._replace(end=piece.end, source_end=piece.source_end)
        elif _LINE_TAG.search(between):
            raise CannotSplice("its words run across a line break or a picture")
        elif between and not _HARMLESS.fullmatch(between):
            raise CannotSplice("words that change run across the edge of a link, bold or other marked words")
        else:
            stretches.append(piece)
    ranked = sorted(range(len(stretches)), key=lambda index: stretches[index].start - stretches[index].end)
    return [
        tuple(
            Edit(piece.source_start, piece.source_end, written if index == chosen else "")
            for index, piece in enumerate(stretches)
        )
        for chosen in ranked
    ]


def _gap(text: str, source: str, where: SourceMap, span: tuple[int, int], place: int, syntax: Syntax) -> int:
    """Return where words that stand between two characters are put in: outside of elements."""
    left = _pieces(where, place - 1, place)[0].source_end if place > span[0] else None
    right = _pieces(where, place, place + 1)[0].source_start if place < span[1] else None
    if left is None or right is None:
        found = right if left is None else left
        if found is None:
            raise CannotSplice("there is no such sentence")
        return found
    if syntax == "html":
        closed = _CLOSERS.match(source, left, right)
        return closed.end() if closed else left
    return left if text[place - 1].isspace() else right


def _outside(source: str, place: int, elements: int) -> int:
    """Return the place before the tags or marks that open this many elements right there."""
    for _ in range(elements):
        found = _OPENER.search(source, max(0, place - _LONGEST_TAG), place)
        if not found:
            break
        place = found.start()
    return place


def as_written(text: str, syntax: Syntax) -> str:
    r"""Return words as a source of this syntax writes them; merge tags stay as they are.

    Examples
    --------
    >>> as_written("Q&A < {{ a<b }}", "html"), as_written("2 * 3", "markdown")
    ('Q&amp;A &lt; {{ a<b }}', '2 \\* 3')
    """
    if syntax == "text":
        return text
    pieces: list[str] = []
    cursor = 0
    for start, end in (*mask(text)[1], (len(text), len(text))):
        words = text[cursor:start]
        if syntax == "html":
            words = html.escape(words, quote=False)
        else:
            words = _MARKDOWN.sub(lambda sign: f"\\{sign[0]}", words)
        pieces += (words, text[start:end])
        cursor = end
    return "".join(pieces)


def _around(source: str, first: int, last: int, syntax: Syntax) -> tuple[int, int]:
    """Return a stretch with the tags right before and behind it; of Markdown, its whole lines."""
    if syntax == "markdown":
        return max(line_start(source, first), first - _SLACK), min(line_end(source, last), last + _SLACK)
    ahead = _TAGS_AHEAD.match(source, last)
    low, high = first, ahead.end() if ahead else last
    for _ in range(_MOST_AROUND):
        end = low
        while end > 0 and low - end < _SLACK and source[end - 1].isspace():
            end -= 1
        opening = source.rfind("<", max(end - _LONGEST_TAG, 0), end)
        if source[end - 1 : end] != ">" or opening < 0:
            break
        low = opening
    return low, high
