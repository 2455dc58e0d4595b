"""markdown-it-py as GitHub reads Markdown, and every inline token knows where it starts."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from clientvoice.readers.markdown.marks import blank_boxes, footnote, name_notes

_DEEPEST = 100
_MARKERS = 30
_WIDEST_INDENT = 60
_PREFIX = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\] ]+\]:))+")
_MARKER = re.compile(r"\[\^[^\] ]+\]:|[>+*-]|\d+[.)]")
_AT = "at"
_BRACKET = re.compile(r"[\[\]]|\n[ \t]*(?=\n)")
_MANY_BRACKETS = 500
_NESTED_BRACKETS = 20


class _State(StateInline):
    """Notes in ``token.meta`` where the text of each token starts."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        self._joined = ""
        self._gathered: list[str] = []
        self._begun = 0
        super().__init__(src, md, env, tokens)

    @property
    def pending(self) -> str:
        if self._gathered:
            # Only a string that nothing else holds grows in place; plug-ins ask at every character.
            text, self._joined = self._joined, ""
            text += "".join(self._gathered)
            self._gathered.clear()
            self._joined = text
        return self._joined

    @pending.setter
    def pending(self, value: str) -> None:
        if not (self._joined or self._gathered):
            self._begun = self.pos
        self._joined, self._gathered = value, []

    def append_pending(self, text: str) -> None:
        if not (self._joined or self._gathered):
            self._begun = self.pos
        self._gathered.append(text)

    def pushPending(self) -> Token:  # noqa: N802 - the name that the parser calls
        begun = self._begun
        token = super().pushPending()
        token.meta[_AT] = begun
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta[_AT] = self.pos
        return token


class _Inline(ParserInline):
    """The inline parser on top of our state."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


@cache
def parser() -> MarkdownIt:
    """Return the parser: CommonMark with tables, strike-through and ``{.class}`` after links.

    Indented text is read as text, not as code: in a mail it is an accident. The boxes of
    tasks are blank; what tells of a footnote is an empty ``sup``, its own text stays in place.

    Examples
    --------
    >>> [starts_at(token) for token in parser().parseInline("Ring *us*")[0].children]
    [0, 5, 6, 8]
    """
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST})
    markdown.inline = _Inline()
    markdown.configure("commonmark", {"html": True, "maxNesting": _DEEPEST})
    markdown.enable(["table", "strikethrough"])
    attrs_plugin(markdown)
    footnote_plugin(markdown)
    markdown.inline.ruler.at("footnote_ref", footnote)
    markdown.core.ruler.after("block", "note_names", name_notes)
    markdown.core.ruler.after("block", "task_boxes", blank_boxes)
    markdown.disable(["code", "text_join", "fragments_join"], ignoreInvalid=True)
    markdown.core.ruler.disable(["text_join", "footnote_tail"], ignoreInvalid=True)
    markdown.inline.ruler.disable(["footnote_inline"])
    return markdown


def starts_at(token: Token) -> int:
    """Return where the text of an inline token starts in the content of its block."""
    return int(token.meta.get(_AT, 0))


def tamed(line: str) -> str:
    """Cut the nesting of a line to what the parser follows; it would drop what is deeper.

    Examples
    --------
    >>> tamed(">" * 99 + " deep").count(">")
    30
    """
    if line[:_WIDEST_INDENT].isspace():
        line = " " * _WIDEST_INDENT + line.lstrip(" \t")
    prefix = _PREFIX.match(line)
    if prefix is None or prefix.end() <= _MARKERS:
        return line
    markers = list(_MARKER.finditer(prefix[0]))
    if len(markers) <= _MARKERS:
        return line
    return line[: markers[_MARKERS - 1].end()] + " " + line[prefix.end() :].lstrip(" \t")


def without_stray_brackets(text: str, mask: str) -> str:
    """Mask brackets that open no link, where there are very many: the parser would try each to the end.

    Parameters
    ----------
    text : str
    mask : str
        One character; the length stays.

    Examples
    --------
    >>> without_stray_brackets("[" * 600 + "[a](b)", "x").lstrip("x")
    '[a](b)'
    """
    if text.count("[") <= _MANY_BRACKETS:
        return text
    letters = list(text)
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            if len(opened) >= _NESTED_BRACKETS:
                letters[opened.pop(0)] = mask
            opened.append(match.start())
        elif match[0] == "]":
            if opened:
                opened.pop()
        else:  # a blank line ends the paragraph, and every bracket in it
            for stray in opened:
                letters[stray] = mask
            opened.clear()
    for stray in opened:
        letters[stray] = mask
    return "".join(letters)
