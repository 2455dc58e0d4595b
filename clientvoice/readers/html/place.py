"""What the open elements of a page say about the text inside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from clientvoice.readers.html import elements
from clientvoice.readers.html.hidden import PLAIN, Look, style_look
from clientvoice.readers.plain import looks

Drawn = Literal["", "box", "button"]
Attribute = tuple[str, str | None]

_LONGEST_KEPT = 2_000
"""Longer attributes are read anew each time: what is kept stays small."""

_TELLING = frozenset({"style", "class", "role", "id", "type", "size", "hidden"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of text stands."""

    role: str = "paragraph"
    """``paragraph``, ``heading``, ``bullet``, ``quote`` or ``indented`` (a bare blockquote)."""
    gone: bool = False
    tiny: bool = False
    unseen: bool = False
    lines_kept: bool = False
    bold: bool = False
    large: bool = False
    drawn: Drawn = ""
    """Whether the element is a button, or in a box that is called one."""
    shown: bool = True
    """Whether a reader sees the text here."""
    emphasised: bool = False
    struck: bool = False
    preheader: bool = False
    """Whether the text is hidden in the body, and may be what the list of mails shows of it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one element adds to the place around it."""

    tag: str
    look: Look = PLAIN
    names: str = ""
    """Its class, role and id."""
    type: str = ""
    gone: bool = False
    drawn: Drawn = ""
    sized: bool = False
    large: bool = False
    preheader: bool = False
    """Whether it hides a text as preheaders are hidden, or is named for one."""


def effect_of(tag: str, attributes: tuple[Attribute, ...], look: Look | None = None) -> Effect | None:
    """Return what an element adds, None when nothing.

    Parameters
    ----------
    tag : str
    attributes : tuple of (str, str or None)
    look : Look, optional
        What style sheet and style say together; by default what the style says.

    Examples
    --------
    >>> effect_of("td", (("width", "600"),)) is None
    True
    >>> effect_of("td", (("style", "display:none"),)).gone
    True
    """
    telling = tuple(attribute for attribute in attributes if attribute[0] in _TELLING)
    if not telling and look is None and tag not in elements.MEANINGFUL:
        return None
    if sum(len(value or "") for _, value in telling) > _LONGEST_KEPT:
        return _effect.__wrapped__(tag, telling, look)
    return _effect(tag, telling, look)


@lru_cache(maxsize=4096)
def _effect(tag: str, attributes: tuple[Attribute, ...], look: Look | None) -> Effect:
    values: Mapping[str, str | None] = dict(attributes)
    names = " ".join(values.get(name) or "" for name in ("class", "role", "id")).strip()
    look = style_look(values.get("style") or "") if look is None else look
    named = looks.is_button_name(names)
    is_button = tag in elements.BUTTONS or (tag == "a" and (named or look.filled))
    return Effect(
        tag=tag,
        look=look,
        names=names,
        type=(values.get("type") or "").lower(),
        gone=look.gone or tag in elements.NOT_SHOWN or "hidden" in values,
        drawn="button" if is_button else "box" if named else "",
        sized=tag == "font" and "size" in values,
        large=elements.is_large_font(tag, values.get("size")),
        preheader=tag == "mj-preview"
        or (tag not in elements.NOT_SHOWN and (look.doubly or looks.is_preheader_name(names))),
    )


def inside(effect: Effect, around: Place) -> Place:
    """Return the place inside an element.

    Examples
    --------
    >>> inside(effect_of("h2", ()), Place()).role
    'heading'
    """
    tag, look = effect.tag, effect.look
    gone = around.gone or effect.gone
    if gone:
        return around if around.gone else replace(around, gone=True, shown=False)
    tiny = _first(look.tiny, False if effect.sized else around.tiny)
    unseen = _first(look.unseen, around.unseen)
    bold = _first(look.bold, tag in elements.BOLD or around.bold)
    large = _first(look.large, effect.large or around.large)
    return Place(
        role=elements.role(tag, effect.names, effect.type, around.role),
        gone=gone,
        tiny=tiny,
        unseen=unseen,
        lines_kept=_first(look.lines_kept, tag in elements.LINES_KEPT or around.lines_kept),
        bold=bold,
        large=large,
        drawn="button" if around.drawn == "button" else effect.drawn or around.drawn,
        shown=not (tiny or unseen),
        emphasised=bold or large,
        struck=around.struck or look.struck or tag in elements.STRUCK,
        preheader=around.preheader,
    )


def _first(said: bool | None, otherwise: bool) -> bool:
    return otherwise if said is None else said
