"""Tells buttons, headings and bullets by how a line looks."""

from __future__ import annotations

import re

from clientvoice.readers.plain.lines import BULLET
from clientvoice.readers.words import word_list

BUTTON_WORDS = 8
_NAMED_BUTTON_WORDS = 12
_HEADING_WORDS = 12
_BUTTON_NAME = re.compile(r"button|(?:^|[-_\s])(?:btn|cta)(?:$|[-_\s])|btn", re.IGNORECASE)
_PREHEADER_NAME = re.compile(
    r"pre[-_]?header|preview[-_]?(?:text|line)|(?:^|\s)preview(?:$|\s)", re.IGNORECASE
)
_LONGEST_NAMES = 400
_ADDRESS = re.compile(r"(?:https?://|www\.)\S|\S@\S{1,200}\.\w", re.IGNORECASE)
_EDGE = " \t\"'“”‘’«»[](){}<>→›»▶►-–—*!.:"
_WORD = re.compile(r"\w")


def says_something(text: str) -> bool:
    """Tell whether a line has a letter or digit; a lone ``|`` or ``•`` says nothing.

    Examples
    --------
    >>> says_something(" | ")
    False
    """
    return _WORD.search(text) is not None


def is_button_name(names: str) -> bool:
    """Tell whether a class, id or role calls its element a button.

    Examples
    --------
    >>> is_button_name("mcnButton"), is_button_name("main-cta"), is_button_name("cta2go")
    (True, True, False)
    """
    return len(names) < _LONGEST_NAMES and _BUTTON_NAME.search(names) is not None


def is_preheader_name(names: str) -> bool:
    """Tell whether a class, id or role calls its element the preheader of a mail.

    Examples
    --------
    >>> [is_preheader_name(name) for name in ("mcnPreviewText", "pre-header", "image-preview")]
    [True, True, False]
    """
    return len(names) < _LONGEST_NAMES and _PREHEADER_NAME.search(names) is not None


def fits_button(text: str) -> bool:
    """Tell whether the text of something that is called a button is as short as one.

    Examples
    --------
    >>> fits_button("Shop the spring range")
    True
    """
    return len(text) < 120 and len(text.split()) <= _NAMED_BUTTON_WORDS and _ADDRESS.search(text) is None


def looks_like_call(text: str) -> bool:
    """Tell whether a line that is one link reads like a button: short, with a verb first.

    Examples
    --------
    >>> looks_like_call("SHOP NOW →"), looks_like_call("The spring catalogue")
    (True, False)
    """
    if len(text) > 80 or _ADDRESS.search(text):
        return False
    words = text.strip(_EDGE).lower().replace("’", "'").split()
    if not 0 < len(words) <= BUTTON_WORDS:
        return False
    arrow = text.rstrip()[-1] in "→›»▶►>"
    return arrow or words[0].strip(",!") in word_list("call_verbs")


def is_lone_link(text: str) -> bool:
    """Tell whether a link that stands alone is short enough for a button and no address.

    Examples
    --------
    >>> is_lone_link("https://example.com/a")
    False
    """
    return len(text.split()) <= BUTTON_WORDS and _ADDRESS.search(text) is None


def looks_like_heading(text: str) -> bool:
    """Tell whether an emphasised line is a heading: short, and no sentence of its own.

    Examples
    --------
    >>> looks_like_heading("What is new in June"), looks_like_heading("Ring us.")
    (True, False)
    """
    if not 1 < len(text) <= 100 or len(text.split()) > _HEADING_WORDS or _ADDRESS.search(text):
        return False
    first = text.split(None, 1)[0].strip(",.!").lower()
    return text[-1] not in ".,;" and not text[0].islower() and first not in word_list("salutations")


def bullet_marker(text: str) -> int:
    """Return the length of the list marker that a line starts with, or 0.

    Examples
    --------
    >>> bullet_marker("• Free parking"), bullet_marker("Free parking")
    (2, 0)
    """
    match = BULLET.match(text)
    return match.end() if match else 0


def is_marker(text: str) -> bool:
    """Tell whether a line is nothing but a list marker, as where a table draws the list.

    Examples
    --------
    >>> is_marker("•"), is_marker("|")
    (True, False)
    """
    return len(text) <= 4 and BULLET.match(f"{text} x") is not None
