"""Reads from style declarations what a reader of the mail sees: hidden, tiny, bold, a block."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Declarations = dict[str, tuple[str, bool]]
"""Property to value and whether it is ``!important``."""

_RELEVANT = (
    "display visibility opacity font-size font font-weight max-height height max-width width overflow "
    "text-indent position left top right bottom color background background-color padding padding-top "
    "border border-radius white-space clip-path transform mso-hide text-decoration text-decoration-line"
)
RELEVANT = frozenset(_RELEVANT.split())
"""The properties that the readers look at."""

_UNREADABLE_PX = 2.0
_LARGE_PX = 20.0
_FAR_PX = -400.0
_LENGTH = re.compile(
    r"([-+]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))\s{0,3}(px|pt|rem|em|ex|ch|vw|vh|%|in|cm|mm)?(?![\w.])"
)
_PIXELS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78}
_LARGE_WORDS = frozenset({"x-large", "xx-large", "xxx-large"})
_SIZE_WORDS = frozenset({"xx-small", "x-small", "small", "medium", "large"}) | _LARGE_WORDS
_TAKEN_OVER = ("", "inherit", "initial", "unset", "revert", "revert-layer", "currentcolor")
"""Not a colour of its own."""

_DECORATIONS = ("text-decoration", "text-decoration-line")
_EDGES = ("left", "top", "right", "bottom")
_ROOM = ("max-height", "height", "max-width", "width")


@dataclass(frozen=True, slots=True)
class Look:
    """What the declarations of one element say; None where they say nothing."""

    gone: bool = False
    """The element and all inside it is not shown."""
    tiny: bool | None = None
    """Too small to read; inside it another size may be set."""
    unseen: bool | None = None
    """``visibility: hidden``; inside it may be visible again."""
    bold: bool | None = None
    large: bool | None = None
    lines_kept: bool | None = None
    struck: bool = False
    """Drawn with a line through it."""
    display: str = ""
    filled: bool = False
    """Drawn like a button: a background or border, with padding."""
    doubly: bool = False
    """Gone in a way that mail programs know, and hidden in another, for those that do not heed it."""


PLAIN = Look()


def style_look(style: str) -> Look:
    """Return what a ``style`` attribute says.

    Examples
    --------
    >>> style_look("DISPLAY : NONE !important").gone
    True
    >>> style_look("color:#333").gone
    False
    """
    return look(declarations(style))


def declarations(style: str) -> Declarations:
    """Return the relevant declarations of a style; the last one wins, important ones first.

    Examples
    --------
    >>> declarations("opacity:0; cursor:pointer")
    {'opacity': ('0', False)}
    """
    found: Declarations = {}
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if colon and name in RELEVANT:
            value, bang, _ = value.lower().partition("!")
            merge(found, {name: (" ".join(value.split()), bool(bang))})
    return found


def merge(into: Declarations, more: Declarations) -> None:
    """Let ``more`` override ``into``, save where ``into`` is important and ``more`` is not."""
    for name, (value, important) in more.items():
        if important or not into.get(name, ("", False))[1]:
            into[name] = (value, important)


def look(found: Declarations) -> Look:
    """Return what the declarations of an element mean for its reader."""
    if not found:
        return PLAIN
    values = {name: value for name, (value, _) in found.items()}
    display = values.get("display", "")
    visibility = values.get("visibility", "")
    size = _font_size(values)
    weight = values.get("font-weight") or ("bold" if "bold" in values.get("font", "").split() else "")
    white_space = values.get("white-space", "")
    return Look(
        gone=display == "none" or _collapsed(values) or _away(values) or _same_colour(values),
        tiny=None if size is None else size <= _UNREADABLE_PX,
        unseen=visibility in ("hidden", "collapse") if visibility else None,
        bold=_is_bold(weight) if weight else None,
        large=None if size is None else size >= _LARGE_PX,
        struck=any("line-through" in values.get(name, "") for name in _DECORATIONS),
        lines_kept=white_space.startswith("pre") if white_space else None,
        display=display,
        filled=_filled(values),
        doubly=_is_doubly_hidden(values, size),
    )


def _is_doubly_hidden(values: Mapping[str, str], size: float | None) -> bool:
    firm = (values.get("display") == "none", values.get("mso-hide") == "all", _roomless(values))
    others = (
        not firm[2] and any(_zero(values, name) for name in _ROOM),
        values.get("visibility") in ("hidden", "collapse"),
        size is not None and size <= _UNREADABLE_PX,
        _clear(values),
        _same_colour(values) or values.get("color") == "transparent",
        _away(values),
    )
    return any(firm) and sum(firm) + sum(others) > 1


def _pixels(value: str) -> float | None:
    """Return a length in pixels; a relative one only when it is zero, else None."""
    match = _LENGTH.match(value)
    if match is None:
        return None
    number, unit = float(match[1]), match[2]
    if number == 0:
        return 0.0
    return number * _PIXELS[unit] if unit in _PIXELS else None


def _zero(values: Mapping[str, str], name: str) -> bool:
    return name in values and _pixels(values[name]) == 0


def _font_size(values: Mapping[str, str]) -> float | None:
    value = values.get("font-size", "")
    if not value and "font" in values:
        match = _LENGTH.search(values["font"])
        value = match[0] if match else ""
    if value in _SIZE_WORDS:
        return _LARGE_PX if value in _LARGE_WORDS else _LARGE_PX - 1
    return _pixels(value)


def _is_bold(weight: str) -> bool:
    return weight in ("bold", "bolder") or (weight.isdecimal() and len(weight) == 3 and weight >= "600")


def _collapsed(values: Mapping[str, str]) -> bool:
    """Tell whether nothing of the box is left: no opacity, or no room and no overflow."""
    if _clear(values):
        return True
    if any(function in values.get("transform", "") for function in ("scale(0)", "scale(0,")):
        return True
    return _roomless(values)


def _roomless(values: Mapping[str, str]) -> bool:
    cut = values.get("overflow", "").startswith(("hidden", "clip"))
    return cut and any(_zero(values, name) for name in _ROOM)


def _clear(values: Mapping[str, str]) -> bool:
    opacity = _LENGTH.match(values.get("opacity", ""))
    return opacity is not None and float(opacity[1]) == 0


def _away(values: Mapping[str, str]) -> bool:
    """Tell whether the text stands far outside the page."""
    indent = _pixels(values.get("text-indent", ""))
    if indent is not None and indent <= _FAR_PX:
        return True
    if values.get("position") not in ("absolute", "fixed"):
        return False
    offsets = (_pixels(values.get(edge, "")) for edge in _EDGES)
    return any(offset is not None and offset <= _FAR_PX for offset in offsets)


def _same_colour(values: Mapping[str, str]) -> bool:
    colour = _plain_colour(values.get("color", ""))
    background = values.get("background-color") or values.get("background", "")
    return colour not in _TAKEN_OVER and colour == _plain_colour(background)


def _plain_colour(value: str) -> str:
    if len(value) == 4 and value[0] == "#":
        value = "#" + "".join(letter * 2 for letter in value[1:])
    return {"white": "#ffffff", "black": "#000000"}.get(value, value)


def _filled(values: Mapping[str, str]) -> bool:
    background = values.get("background-color") or values.get("background", "")
    drawn = background not in ("", "none", "transparent", "inherit", "initial") or "border-radius" in values
    bordered = "border" in values and values["border"] not in ("0", "none", "0px")
    return (drawn or bordered) and any(name in values for name in ("padding", "padding-top", "border-radius"))
