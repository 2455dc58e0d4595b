"""Text of strangers made inert: for a file that must be UTF-8, and for a page or terminal.

Every replacement is one character for one, so offsets stay true.
"""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"

_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PICTURES = {
    **dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT),
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    **dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85), " "),
    0x7F: "\u2421",
}


def encodable(text: str) -> str:
    r"""Return ``text`` with each lone surrogate, which no UTF-8 file can hold, replaced.

    Examples
    --------
    >>> encodable("a\ud800b") == "a\ufffdb"
    True
    """
    return _SURROGATE.sub(REPLACEMENT, text)


def visible(text: str) -> str:
    r"""Return ``text`` with nothing in it that steers a terminal, a browser or the reading order.

    Control characters become their pictures, characters that override the
    direction of writing become U+FFFD, a lone carriage return becomes a space.

    Examples
    --------
    >>> visible("pay \x1b[31mnow")
    'pay ␛[31mnow'
    """
    return text.translate(_PICTURES) if _INVISIBLE.search(text) else text


def clipped(text: str, limit: int) -> str:
    """Return ``text``, cut to ``limit`` characters with an ellipsis as the last.

    Examples
    --------
    >>> clipped("an endless subject", 11)
    'an endless…'
    """
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def one_line(text: str, limit: int) -> str:
    r"""Return visible ``text`` on one line, its white space collapsed, clipped to ``limit``.

    Examples
    --------
    >>> one_line("  two\n lines ", 40)
    'two lines'
    """
    # A megabyte without a space is cut before any work is done on it.
    return clipped(" ".join(visible(text[: 4 * limit]).split()), limit)
