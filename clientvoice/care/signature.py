"""Who signs a letter: a person's name under it is told from a company's."""

from __future__ import annotations

import re

from clientvoice.care.lexicon import lexicon, plain

_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ](?:\.|[\w'-]{0,24}\.?)(?:[A-Z]\.)?")
_PARTS = re.compile(r",| and | & |\n|\|")
_EDGES = " \t-–—*.!"
_LONGEST_NAME = 4
_LONGEST_LINE = 16


def is_signature(text: str, *, closed: bool = False) -> bool:
    """Tell whether a line is the name of a person under a letter.

    Parameters
    ----------
    text : str
        One of the last lines of a message.
    closed : bool
        Whether the line before was a closing such as "Kind regards,". Then any
        name will do; else it must begin with a known given name or a title.

    Examples
    --------
    >>> is_signature("Imogen, Sam and all at Hollow Oak"), is_signature("The Hollow Oak team")
    (True, False)
    >>> is_signature("Warmly, Odalys"), is_signature("Odalys", closed=True), is_signature("Odalys")
    (True, True, False)
    """
    words = lexicon()
    line = plain(text[:200]).strip()
    first, *others = [part.strip(_EDGES) for part in _PARTS.split(line)]
    if others and is_closing(first):
        closed, first = True, others[0]
    names = first.split()
    if not 1 <= len(names) <= _LONGEST_NAME or not all(_NAME.fullmatch(name) for name in names):
        return False
    small = [name.lower().strip(".") for name in names]
    if words.company.intersection(small):
        return False
    known = names[0] in words.names or small[0] in words.titles
    return closed or (known and len(line.split()) <= _LONGEST_LINE)


def is_closing(text: str) -> bool:
    """Tell whether a line closes a letter.

    Examples
    --------
    >>> is_closing("With kind regards,")
    True
    """
    return plain(text[:60]).strip(" \t,.!-–—").lower() in lexicon().closings
