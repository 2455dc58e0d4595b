"""The marks that GitHub draws: the box of a task, and the number that leads to a footnote."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

_NOTE = re.compile(r"\[\^([^\[\]\s]{1,999})\]")
_NAMES = "note_names"
_BOX = re.compile(r"\[[ xX]\](?=\s)")
_TASK = ("list_item_open", "paragraph_open", "inline")


def blank_boxes(state: StateCore) -> None:
    """Turn the box that a list item begins with to spaces; all behind it keeps its place.

    Examples
    --------
    >>> from clientvoice.readers.markdown.located import parser
    >>> [token.content for token in parser().parse("- [x] Ring [ ] us") if token.type == "inline"]
    ['    Ring [ ] us']
    """
    tokens = state.tokens
    for item, paragraph, block in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (item.type, paragraph.type, block.type) == _TASK and (box := _BOX.match(block.content)):
            block.content = " " * box.end() + block.content[box.end() :]


def name_notes(state: StateCore) -> None:
    """Gather what the footnotes of a document go by; capitals make no difference."""
    state.env[_NAMES] = frozenset(
        token.meta["label"].casefold() for token in state.tokens if token.type == "footnote_reference_open"
    )


def footnote(state: StateInline, silent: bool) -> bool:
    r"""Read a ``[^1]`` that leads to a footnote; any other is text.

    Examples
    --------
    >>> from clientvoice.readers.markdown.located import parser
    >>> block = parser().parse("Ring us[^1] or [^2].\n\n[^1]: At night.")[1]
    >>> [token.content or token.tag for token in block.children]
    ['Ring us', 'sup', ' or [^2].']
    """
    if silent:  # the parser looks for the end of a link, in which it would take this for another link
        return False
    mark = _NOTE.match(state.src, state.pos, state.posMax)
    if mark is None or mark[1].casefold() not in state.env.get(_NAMES, ()):
        return False
    state.push("footnote_ref", "sup", 0)
    state.pos = mark.end()
    return True
