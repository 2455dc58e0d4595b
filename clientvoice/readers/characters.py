"""Which characters a reader sees as white space, which not at all, and which break a line."""

from __future__ import annotations

import re

_INVISIBLE_RANGES = (
    (0x00, 0x08),  # control characters, NUL among them
    (0x0E, 0x1B),
    (0x7F, 0x7F),
    (0xAD, 0xAD),  # soft hyphen
    (0x34F, 0x34F),  # combining grapheme joiner: preheader padding
    (0x61C, 0x61C),
    (0x115F, 0x1160),  # Hangul fillers: preheader padding
    (0x180E, 0x180E),
    (0x200B, 0x200F),  # zero-width spaces and joiners, direction marks
    (0x202A, 0x202E),  # direction overrides
    (0x2060, 0x206F),
    (0xFEFF, 0xFEFF),
)

INVISIBLE = "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high in _INVISIBLE_RANGES)
"""Characters that show nothing, as the inside of a regular expression's set."""

SPACE = r"\s\u2800\u3164"
"""White space, and the letters that look like it, as the inside of a set."""

_ZWNJ, _ZWJ = "\u200c", "\u200d"
JOINERS = _ZWNJ + _ZWJ
"""Characters that show nothing by themselves, but change what stands on either side of them."""

# Pictures, among them the signs that turn one (hearts, arrows), with skin tones; before a joiner with a
# variation selector, too. Then the letters of Arabic and Persian, and those of India and its neighbours.
_PICTURE = "\u2194\u2195\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_LETTER = "\u0620-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_JOINING = f"(?<=[{_PICTURE}\ufe0f]){_ZWJ}(?=[{_PICTURE}])|(?<=[{_LETTER}])[{JOINERS}](?=[{_LETTER}])"
_JOINED = re.compile(_JOINING)
_HIDDEN = re.compile(f"(?!{_JOINING})[{INVISIBLE}]")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_LINE_BREAKS = dict.fromkeys((0x0A, 0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
_CONTROLS = (*range(0x0A), *range(0x0E, 0x20), 0x7F)
_WIDE_SPACES = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000, 0x3164)
_ODD_SPACES = dict.fromkeys((*_CONTROLS, *_WIDE_SPACES), " ")
_FOLDED = {**_SURROGATES, **_ODD_SPACES, **_LINE_BREAKS}


def without_surrogates(text: str) -> str:
    """Replace lone surrogates, which no file can hold, by U+FFFD; the length stays.

    Examples
    --------
    >>> without_surrogates("a" + chr(0xD83D)) == "a" + chr(0xFFFD)
    True
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text


def fold(text: str) -> str:
    r"""Fold odd spaces to a space and odd line breaks to ``\n``; the length stays.

    Examples
    --------
    >>> fold("one\u00a0two\r\nthree")
    'one two \nthree'
    """
    return text.replace("\r\n", " \n").replace("\r", "\n").translate(_FOLDED)


def joins(joiner: str, before: str, after: str) -> bool:
    r"""Tell whether a joiner is part of what it stands in: an emoji of several, or a word of some scripts.

    Parameters
    ----------
    joiner : str
        One of :data:`JOINERS`.
    before, after : str
        The characters on either side of it.

    Examples
    --------
    >>> joins("\u200d", "\U0001f469", "\U0001f467"), joins("\u200d", "a", "b")
    (True, False)
    """
    return _JOINED.match(before + joiner + after, len(before)) is not None


def one_line(text: str) -> str:
    r"""Return what shows of a text as one line: a subject.

    Examples
    --------
    >>> one_line("Spring\u00ad \n news")
    'Spring news'
    """
    return " ".join(_HIDDEN.sub("", without_surrogates(text)).split())
