"""What the elements of HTML and MJML mean for the text inside them."""

from __future__ import annotations

import re


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

BLOCKS = HEADINGS | _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset head header hgroup hr html legend li listing main menu nav "
    "noscript ol optgroup option p plaintext pre search section select summary table tbody td tfoot th "
    "thead tr ul x-noscpt xmp"
)
"""Elements that start and end a block of text."""

VOID = _names(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
"""Elements without content: no end tag follows."""

NOT_SHOWN = _names(
    "script style template title textarea iframe noembed noframes datalist audio video canvas "
    "mj-style mj-preview mj-attributes mj-title"
)
"""Elements whose text is no part of the body that a reader reads."""

CLICKED = _names("a button form input label nav noscript x-noscpt option select svg textarea")
"""What is there to be used or to stand in for something: hidden text with such in it is no copy."""

OBJECTS = frozenset({"img", "input", "select", "object", "embed", "video", "audio", "iframe"})
"""Things between words that part them."""

BOLD = frozenset({"b", "strong", "th"})
STRUCK = frozenset({"s", "strike", "del"})
BUTTONS = frozenset({"button", "mj-button"})
LINES_KEPT = frozenset({"pre", "listing", "xmp", "plaintext"})

MEANINGFUL = HEADINGS | NOT_SHOWN | BOLD | STRUCK | BUTTONS | LINES_KEPT | {"li", "blockquote"}
"""Elements that change what their text is, even without attributes."""

CLOSES_PARAGRAPH = BLOCKS - _names(
    "body caption head html legend noscript optgroup option select tbody td tfoot th thead tr x-noscpt"
)
"""Elements whose start ends an open ``<p>``."""

_CELLS = ("td", "th")
_PARTS = ("tbody", "thead", "tfoot", "caption")
IMPLIED_ENDS: dict[str, tuple[str, ...]] = {
    "li": ("li", "p"),
    "dd": ("dd", "dt", "p"),
    "dt": ("dd", "dt", "p"),
    "option": ("option",),
    "optgroup": ("option", "optgroup"),
    "td": _CELLS,
    "th": _CELLS,
    "tr": (*_CELLS, "tr", "caption"),
    **dict.fromkeys(_PARTS, (*_CELLS, "tr", *_PARTS)),
}
"""Open elements that a start tag ends without an end tag of theirs."""

_TABLE_PARTS = frozenset((*_CELLS, "tr", *_PARTS))
_WALLS = (*_CELLS, "caption", "table")
_LISTS = (*_WALLS, "ul", "ol", "menu", "dir")
_LARGE_SIZES = frozenset({"+2", "+3", "+4", "5", "6", "7"})
_QUOTED = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite|divRplyFwdMsg|OutlookMessageHeader|protonmail_quote", re.IGNORECASE
)


def walls(tag: str) -> tuple[str, ...]:
    """Return the elements through which an end tag does not reach.

    Examples
    --------
    >>> walls("td")
    ('table',)
    """
    if tag in _TABLE_PARTS:
        return ("table",)
    if tag == "li":
        return _LISTS
    return () if tag == "table" else _WALLS


def role(tag: str, names: str, type_: str, around: str) -> str:
    """Return what text inside an element is: the role around it, or a new one.

    Examples
    --------
    >>> role("h2", "", "", "paragraph"), role("p", "", "", "bullet")
    ('heading', 'bullet')
    """
    if around in ("quote", "indented"):
        return around
    if names and _QUOTED.search(names):
        return "quote"
    if tag == "blockquote":
        return "quote" if type_ == "cite" else "indented"
    if tag in HEADINGS:
        return "heading"
    return "bullet" if tag == "li" else around


def is_large_font(tag: str, size: str | None) -> bool:
    """Tell whether a ``<font size>`` is that of a heading.

    Examples
    --------
    >>> is_large_font("font", "+2")
    True
    """
    return tag == "font" and (size or "").strip() in _LARGE_SIZES
