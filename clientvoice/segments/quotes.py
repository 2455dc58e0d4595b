"""Quoted mail: replies, forwarded headers and lines that start with ``>``."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ATTRIBUTION = re.compile(
    r"(?:on|am|le|el|op|il)\b.{4,240}\b(?:wrote|writes|schrieb|a écrit|escribió|schreef|ha scritto)\s*:?\s*"
    r"|.{2,120}<[^<>\s]{3,100}@[^<>\s]{3,100}>.{0,40}\b(?:wrote|writes|said)\s*:",
    re.IGNORECASE | re.DOTALL,
)
_STAMP = re.compile(r"\d{4}|\d:\d\d|@")  # a year, a time or an address: what tells a mail from a testimonial
_DIVIDER = re.compile(
    r"[-_=\s]{2,80}(?:original message|original appointment|forwarded message|forwarded by\b.{0,80}"
    r"|ursprüngliche nachricht|message d'origine)[-_=\s:]{0,80}"
    r"|begin forwarded message:?",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"[*_>\s]{0,6}(from|sent|to|cc|bcc|date|subject|reply-to|importance|organization)[*_]{0,3}\s{0,3}:",
    re.IGNORECASE,
)
_INLINE_HEADERS = re.compile(
    r"[*_>\s]{0,6}from[*_]{0,3}:.{1,200}\b(?:sent|date)[*_]{0,3}:.{1,200}\b(?:to|subject)[*_]{0,3}:",
    re.IGNORECASE | re.DOTALL,
)
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
        length = 0 if index in found else _opening(texts, index)
        if not length:
            reply = reply or (index not in found and any(map(str.isalnum, texts[index])))
            index += 1
            continue
        found.update(range(index, index + length))
        index += length
        if reply and index < len(texts) and index not in found:
            return found | set(range(index, len(texts)))
    return found


def _opening(texts: Sequence[str], index: int) -> int:
    """Return how many blocks from ``index`` introduce a quotation."""
    text = texts[index].strip()
    if _attributes(text):
        return 1
    if _wrapped_attribution(text, texts[index + 1].strip() if index + 1 < len(texts) else ""):
        return 2
    if _DIVIDER.fullmatch(text):
        return 1 + _headers(texts, index + 1)
    if _INLINE_HEADERS.match(text):
        return 1
    length = _headers(texts, index)
    names = [header[1].lower() for header in map(_HEADER.match, texts[index : index + length]) if header]
    return length if length >= 3 and names[0] == "from" and "subject" in names else 0


def _attributes(text: str) -> bool:
    """Whether a text is "On …, … wrote:"."""
    return len(text) <= 320 and bool(_ATTRIBUTION.fullmatch(text)) and bool(_STAMP.search(text))


def _wrapped_attribution(first: str, second: str) -> bool:
    """Whether "On … / … wrote:" stands on two lines."""
    if first[:3].lower() != "on " or first[-1] in ".!?" or not second.endswith("wrote:"):
        return False
    return _attributes(f"{first} {second}")


def _headers(texts: Sequence[str], index: int) -> int:
    end = index
    while end < len(texts) and end - index < 12 and len(texts[end]) <= 500 and _HEADER.match(texts[end]):
        end += 1
    return end - index
