"""Quoted mail: replies, forwarded headers and lines that start with ``>``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clientvoice.readers.mail.openings import opening

_LEADING = re.compile(r"\s{0,4}>(?!From )")  # a mailbox writes ">From " for a line that starts with "From "


def quoted(texts: Sequence[str], *, plain: bool = True) -> set[int]:
    """Return which blocks of a message's body quote another message.

    What stands before the first quotation is the reply. Where nothing does (a mail that
    was forwarded without a word), only the headers are quotation and the rest is body.

    Parameters
    ----------
    texts : sequence of str
        The blocks of the body, in order.
    plain : bool
        Whether a ``>`` at the start of a line means a quotation, as in plain text.

    Examples
    --------
    >>> sorted(quoted(["Gladly.", "On 3 May 2024, Ana <ana@example.com> wrote:", "Can you come?"]))
    [1, 2]
    """
    found = {index for index, text in enumerate(texts) if plain and _LEADING.match(text)}
    reply = False  # whether anything was said before
    index = 0
    while index < len(texts):
        length = 0 if index in found else opening(texts, index)
        if not length:
            reply = reply or (index not in found and any(map(str.isalnum, texts[index])))
            index += 1
            continue
        found.update(range(index, index + length))
        index += length
        if reply and index < len(texts) and index not in found:
            return found | set(range(index, len(texts)))
    return found
