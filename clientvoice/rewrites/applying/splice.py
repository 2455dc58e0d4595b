"""From a changed sentence to the few stretches of source that change with it, tags kept.

A sentence may run across tags (``Buy <b>now</b>``). Only the words that differ
are replaced, all that stands between them stays as it is, and where an element
would lose all its words the splice is refused.
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
from clientvoice.rewrites.applying.wrapping import BREAK, line_end, line_start, wrapped_edit

_MOST_TRIES = 64
_NOTHING = re.compile(rf"[{SPACE}{INVISIBLE}]*+")
_CLOSERS = re.compile(r"(?:\s*+</[^<>]*+>)*+")
_TAGS = re.compile(r"<!--.*?(?:-->|\Z)|<(/?)([A-Za-z][\w:-]*+)[^<>]*+>", re.S)
_LINE_TAG = re.compile(r"<(?:br|hr|img)\b", re.I)
_TAGS_AHEAD = re.compile(r"(?:\s{0,200}<[^<>]{1,2000}>){0,20}")
_MOST_AROUND = 20
_LONGEST_TAG = 2_000
_SLACK = 200
_VOID = frozenset({"area", "br", "hr", "img", "input", "source", "wbr"})
_MARKDOWN = re.compile(
    r"[\\`*|]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w{1,30};)|\[(?=[^\[\]\n]{0,200}\][(\[:])"
)
_LETTER = re.compile(r"[\w\ue000]")


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
    worded = _worded(source[low:high], syntax)
    found = differences(text[start:end], new)
    for changes in dict.fromkeys((found, _as_one(text[start:end], found))):
        options = [_options(text, source, where, span, change, syntax) for change in changes]
        for choice in islice(product(*options), _MOST_TRIES):
            edits = tuple(edit for edits in choice for edit in edits)
            here = [Edit(edit.start - low, edit.end - low, edit.text) for edit in edits]
            if _worded(replaced(source[low:high], here), syntax) >= worded:
                return edits
    raise CannotSplice("an element (bold, a link) inside the sentence would be left without words")


def _as_one(before: str, changes: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return all changes and what stands between them as one change."""
    if not changes:
        return ()
    start, end = changes[0].start, changes[-1].end
    moved = [Difference(one.start - start, one.end - start, one.text) for one in changes]
    return (Difference(start, end, replaced(before[start:end], moved)),)


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
    text: str, source: str, where: SourceMap, span: tuple[int, int], change: Difference, syntax: Syntax
) -> list[tuple[Edit, ...]]:
    """Return the ways to write one change, the best first."""
    start, end = span[0] + change.start, span[0] + change.end
    written = as_written(change.text, syntax)
    if start == end:
        place = _gap(text, source, where, span, start, syntax)
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


def _worded(snippet: str, syntax: Syntax) -> int:
    """Count the elements of a snippet that hold words."""
    if syntax == "text":
        return 0
    masked = mask(snippet)[0]
    if syntax == "markdown":
        return _worded_markdown(masked)
    opened: list[tuple[str, bool]] = []
    found = cursor = 0
    for tag in _TAGS.finditer(masked):
        if opened and _LETTER.search(masked, cursor, tag.start()):
            opened[-1] = (opened[-1][0], True)
        cursor = tag.end()
        name = (tag[2] or "").lower()
        if tag[2] and not tag[1] and name not in _VOID:
            opened.append((name, False))
        elif tag[1] and opened and opened[-1][0] == name:
            _, worded = opened.pop()
            found += worded
            if opened and worded:
                opened[-1] = (opened[-1][0], True)
    return found


def _worded_markdown(snippet: str) -> int:
    from clientvoice.readers.markdown.located import parser

    opened: list[bool] = []
    found = 0
    for token in parser().parseInline(snippet)[0].children or ():
        if token.nesting > 0:
            opened.append(False)
        elif token.nesting < 0 and opened:
            found += opened.pop()
        elif _LETTER.search(token.content) and token.type != "html_inline":
            opened = [True] * len(opened)
    return found + _worded(snippet, "html")
