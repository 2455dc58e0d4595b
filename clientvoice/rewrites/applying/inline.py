"""Links, bold and other inline mark-up of a sentence: where each begins and ends in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clientvoice.readers.html.elements import STRUCK
from clientvoice.readers.templates.merge_tags import mask
from clientvoice.rewrites.applying.edits import Difference, Syntax, differences

TAGS = re.compile(r"<!--.*?(?:-->|\Z)|<(/?)([A-Za-z][\w:-]*+)([^<>]*+)>", re.S)
VOID = frozenset({"area", "br", "hr", "img", "input", "source", "wbr"})

_MARKS = re.compile(
    r"!?\[|\](?:\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|\[[^\[\]\n]{0,500}\])?|\*{1,3}|_{1,3}|~~|`{1,3}"
)
_LETTER = re.compile(r"[\w\ue000]")
_WORD = re.compile(r"\w+(?:['’]\w+){0,3}|[^\w\s]")
_LINE_THROUGH = re.compile(r"\bstyle\s{0,5}=[^<>]*?\bline-through\b", re.I)
_HREF = re.compile(r"""\bhref\s{0,5}=\s{0,5}(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.I)


class Element(NamedTuple):
    """An inline element over ``text[start:end]``; open-ended if it may reach beyond the sentence."""

    name: str
    start: int
    end: int
    open_ended: bool


class Gap(NamedTuple):
    """Mark-up between two stretches of a sentence, where it stands and the character on either side."""

    place: int
    markup: str
    left: str
    right: str


class Link(NamedTuple):
    """A link: where it leads, and its words."""

    target: str
    words: str


def elements(gaps: Sequence[Gap], length: int, syntax: Syntax) -> list[Element]:
    """Return the inline elements of a sentence that begin or end inside of it.

    Parameters
    ----------
    gaps : sequence of Gap
        The mark-up between its stretches.
    length : int
        Of the sentence.
    syntax : {"html", "markdown", "text"}

    Examples
    --------
    >>> elements([Gap(7, "<b>", " ", "n"), Gap(10, "</b>", "w", "!")], 11, "html")
    [Element(name='b', start=7, end=10, open_ended=False)]
    """
    opened: list[tuple[str, int]] = []
    found: list[Element] = []
    for gap in gaps:
        place = gap.place
        for name, closes in _turns(gap, [name for name, _ in opened], syntax):
            if not closes:
                opened.append((name, place))
                continue
            began = next((one for one in reversed(opened) if one[0] == name), None)
            if began is not None:
                opened.remove(began)
            start = began[1] if began else 0
            found.append(Element(name, start, place, began is None))
    found += [Element(name, start, length, True) for name, start in opened]
    return sorted((one for one in found if one.start < one.end), key=lambda one: (one.start, one.end))


def _turns(gap: Gap, opened: list[str], syntax: Syntax) -> Iterator[tuple[str, bool]]:
    """Yield what a stretch of mark-up opens (False) and closes (True)."""
    _, markup, left, right = gap
    for tag in TAGS.finditer(markup):
        if tag[2] and tag[2].lower() not in VOID and not tag[3].endswith("/"):
            yield tag[2].lower(), bool(tag[1])
    if syntax != "markdown":
        return
    open_now = list(opened)
    for mark in _MARKS.finditer(TAGS.sub("", markup)):
        sign = mark.group()
        if sign.endswith("["):
            yield "[", False
        elif sign.startswith("]"):
            yield "[", True
        else:  # as in CommonMark: what stands right behind a word closes, right before a word opens
            closes = not right[:1].isalnum() if not left[-1:].isalnum() or not right[:1].isalnum() else None
            if closes is None or (closes and not left[-1:].strip()):
                closes = sign in open_now
            if closes and sign in open_now:
                open_now.remove(sign)
            elif not closes:
                open_now.append(sign)
            yield sign, closes


def kept_apart(before: str, after: str, parts: Sequence[Element]) -> tuple[Difference, ...] | None:
    """Return the differences such that elements whose words stay keep just them; None if none stays.

    Examples
    --------
    >>> kept = kept_apart("Order here now", "You can order here.", [Element("a", 0, 10, True)])
    >>> [tuple(one) for one in kept or ()]
    [(0, 0, 'You can '), (0, 5, 'order'), (10, 14, '.')]
    """
    new = [(word.group().casefold(), *word.span()) for word in _WORD.finditer(after)]
    found: list[Difference] = []
    cursor = place = token = 0
    for part in parts:
        words = [word.group().casefold() for word in _WORD.finditer(before, part.start, part.end)]
        if part.start < cursor or not words:
            continue
        at = _find([word for word, _, _ in new], words, token)
        if at is None:
            continue
        start, end = new[at][1], new[at + len(words) - 1][2]
        found += _shifted(differences(before[cursor : part.start], after[place:start]), cursor)
        found += _shifted(differences(before[part.start : part.end], after[start:end]), part.start)
        cursor, place, token = part.end, end, at + len(words)
    if not cursor:
        return None
    found += _shifted(differences(before[cursor:], after[place:]), cursor)
    return tuple(found)


def _find(where: Sequence[str], words: Sequence[str], first: int) -> int | None:
    width = len(words)
    return next((at for at in range(first, len(where) - width + 1) if where[at : at + width] == words), None)


def _shifted(changes: Sequence[Difference], by: int) -> list[Difference]:
    return [Difference(one.start + by, one.end + by, one.text) for one in changes]


def links(snippet: str, syntax: Syntax) -> list[Link]:
    """Return the links of a stretch of source, in order; capitals and kinds of white space are the same.

    Examples
    --------
    >>> links('Buy <a href="/a">it <b>now</b></a>!', "html"), links("See [this](/b).", "markdown")
    ([Link(target='/a', words='it now')], [Link(target='/b', words='this')])
    """
    if syntax == "text":
        return []
    masked = mask(snippet)[0]
    if syntax == "markdown":
        return [*_markdown_links(masked), *_html_links(masked)]
    return _html_links(masked)


def _html_links(source: str) -> list[Link]:
    found: list[Link] = []
    target: str | None = None
    words = ""
    cursor = 0
    for tag in TAGS.finditer(source):
        words += source[cursor : tag.start()]
        cursor = tag.end()
        if (tag[2] or "").lower() != "a":
            continue
        if target is not None:
            found.append(Link(target, _plain(words)))
        words = ""
        href = None if tag[1] else _HREF.search(tag[3])
        target = None if tag[1] else (href and (href[1] or href[2] or href[3])) or ""
    if target is not None:
        found.append(Link(target, _plain(words + source[cursor:])))
    return found


def _markdown_links(source: str) -> list[Link]:
    from clientvoice.readers.markdown.located import parser

    found: list[Link] = []
    target: str | None = None
    words = ""
    for token in parser().parseInline(source)[0].children or ():
        if token.type == "link_open":
            target, words = str(token.attrGet("href") or ""), ""
        elif token.type == "link_close" and target is not None:
            found.append(Link(target, _plain(words)))
            target = None
        elif token.type != "html_inline":
            words += token.content or " "
    return found


def struck(snippet: str, syntax: Syntax) -> list[str]:
    """Return the words of a stretch of source that are struck out, stretch by stretch.

    Examples
    --------
    >>> struck("Now <s>$49</s> $29", "html"), struck("Now ~~$49~~ $29", "markdown")
    (['$49'], ['$49'])
    """
    if syntax == "text":
        return []
    masked = mask(snippet)[0]
    return [*(_markdown_struck(masked) if syntax == "markdown" else ()), *_html_struck(masked)]


def _html_struck(source: str) -> list[str]:
    found: list[str] = []
    # Of each open element, where its words begin if it strikes them.
    opened: list[tuple[str, int | None]] = []
    for tag in TAGS.finditer(source):
        name = (tag[2] or "").lower()
        if not name or name in VOID:
            continue
        if not tag[1]:
            strikes = name in STRUCK or _LINE_THROUGH.search(tag[3])
            opened.append((name, tag.end() if strikes else None))
        elif name in (one for one, _ in opened):
            while opened:
                one, start = opened.pop()
                if start is not None:
                    found.append(_plain(TAGS.sub("", source[start : tag.start()])))
                if one == name:
                    break
        elif name in STRUCK:  # struck from before the stretch
            found.append(_plain(TAGS.sub("", source[: tag.start()])))
    found += [_plain(TAGS.sub("", source[start:])) for _, start in opened if start is not None]
    return found


def _markdown_struck(source: str) -> list[str]:
    from clientvoice.readers.markdown.located import parser

    found: list[str] = []
    depth = 0
    for token in parser().parseInline(source)[0].children or ():
        if token.type == "s_open":
            found += [] if depth else [""]
            depth += 1
        elif token.type == "s_close":
            depth -= 1
        elif depth and token.type != "html_inline":
            found[-1] += token.content or " "
    return [_plain(words) for words in found]


def worded(snippet: str, syntax: Syntax) -> int:
    """Count the elements of a stretch of source that hold words.

    Examples
    --------
    >>> worded("Buy <b>now</b><i></i>", "html")
    1
    """
    if syntax == "text":
        return 0
    masked = mask(snippet)[0]
    if syntax == "markdown":
        return _worded_markdown(masked)
    opened: list[tuple[str, bool]] = []
    found = cursor = 0
    for tag in TAGS.finditer(masked):
        if opened and _LETTER.search(masked, cursor, tag.start()):
            opened[-1] = (opened[-1][0], True)
        cursor = tag.end()
        name = (tag[2] or "").lower()
        if tag[2] and not tag[1] and name not in VOID:
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
    return found + worded(snippet, "html")


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
