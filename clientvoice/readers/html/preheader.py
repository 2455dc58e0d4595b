"""The preheader of a mail: hidden in the page, and read in the list of mails, behind the subject.

It is the first text of the body, hidden in several ways at once, since mail
programs differ in what they heed, or in an element that is named for it. A
menu or a note that waits for a click is hidden in one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from clientvoice.readers.characters import one_line
from clientvoice.readers.html.pictures import folded
from clientvoice.records import Block

_NAME = re.compile(r"pre-?_?header|preview|inbox-?snippet", re.IGNORECASE)
_FEWEST_WORDS = 2
_LONGEST = 300


def is_preheader_name(names: str) -> bool:
    """Tell whether a class or id calls its element a preheader.

    Examples
    --------
    >>> is_preheader_name("mcnPreviewText"), is_preheader_name("pre-header"), is_preheader_name("header")
    (True, True, False)
    """
    return bool(names) and len(names) < 400 and _NAME.search(names) is not None


def is_preheader(text: str) -> bool:
    """Tell whether a hidden text says something, and no more than a list of mails may show.

    Examples
    --------
    >>> is_preheader("Your table is ready."), is_preheader("Menu"), is_preheader("word " * 200)
    (True, False, False)
    """
    line = one_line(text)
    words = sum(any(letter.isalpha() for letter in word) for word in line.split())
    return words >= _FEWEST_WORDS and len(line) <= _LONGEST


def without_echo(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    r"""Return the blocks without the first, a preheader, where another says the same.

    Examples
    --------
    >>> text = "We moved.\n\nWe moved. Come and see."
    >>> blocks = (Block(0, 9, "paragraph"), Block(11, 34, "paragraph"))
    >>> without_echo(text, blocks)
    (Block(start=11, end=34, kind='paragraph'),)
    """
    said = folded(text, blocks[0])
    return tuple(blocks[1:] if any(said in folded(text, block) for block in blocks[1:]) else blocks)
