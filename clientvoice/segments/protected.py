"""Stretches that are one thing to a reader: merge tags, links, mail addresses, domain names.

No sentence ends inside one, and a tokenizer keeps it whole. Every pattern is
bounded or anchored, so hostile text costs linear time.
"""

from __future__ import annotations

import re

from clientvoice.readers.templates.merge_tags import MASK, mask
from clientvoice.readers.templates.tags import PLACEHOLDER

_TOP_LEVEL = (
    "com|Com|COM|org|ORG|net|NET|edu|gov|mil|int|info|biz|io|co|ai|app|dev|shop|store|online|site|tech|example|test"
    "|uk|us|ca|au|nz|ie|de|fr|nl|be|ch|at|es|it|pt|se|no|dk|fi|pl|cz|eu|in|jp|cn|br|mx|za|me|tv|fm|ly|gl"
)
_EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
_LINK = r"(?:(?:https?|ftp)://|(?<![\w.])www\.)[^\s<>\"]+"
_DOMAIN = rf"(?<![\w.@-])(?:[A-Za-z0-9-]{{1,63}}\.){{1,4}}(?:{_TOP_LEVEL})(?![\w-]|\.\w)(?:/[^\s<>\"]*)?"

_ANY = re.compile(f"{MASK}+|{PLACEHOLDER}|(?P<address>{_EMAIL}|{_LINK}|{_DOMAIN})")
_HINT = re.compile(r"[{\[<%$*@]|\w\.\w|://")
_CLOSERS = ".,;:!?…'\"”’»)]}*_>"


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of merge tags, links, mail addresses and domain names, in order.

    Examples
    --------
    >>> protected_spans("Hi {{name}}, see www.example.com/a.")
    [(3, 11), (17, 34)]
    """
    if _HINT.search(text) is None:
        return []
    return [_without_stop(found) for found in _ANY.finditer(mask(text)[0])]


def masked(text: str) -> str:
    """Return ``text`` at the same length with every protected stretch turned into one plain word.

    Examples
    --------
    >>> masked("Hi %{name}. Write to a.b@example.com.")
    'Hi XXXXXXX. Write to XXXXXXXXXXXXXXX.'
    """
    pieces: list[str] = []
    last = 0
    for start, end in protected_spans(text):
        pieces += text[last:start], "X" * (end - start)
        last = end
    pieces.append(text[last:])
    return "".join(pieces)


def _without_stop(found: re.Match[str]) -> tuple[int, int]:
    """Leave the stop that ends a sentence out of a link."""
    start, end = found.span()
    if found["address"]:
        end = start + max(1, len(found["address"].rstrip(_CLOSERS)))
    return start, end
