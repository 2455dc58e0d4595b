"""Tells files that clientvoice wrote itself: a user may score into a folder inside the input."""

from __future__ import annotations

from collections.abc import Collection

_TABLES = (
    frozenset({"id", "path", "status", "label", "score", "p_client", "p_customer"}),  # messages.csv
    frozenset({"id", "path", "number", "source_start", "label", "p_client"}),  # sentences.csv
    frozenset({"schema", "status", "id", "path", "label", "sentences"}),  # messages.jsonl
    frozenset({"schema", "status", "id", "path", "code", "problem"}),  # messages.jsonl, a failure
    frozenset({"id", "label", "probabilities", "score"}),  # clientvoice label
    frozenset({"text", "label", "sender", "file", "why", "model_label"}),  # clientvoice suggest-labels
)
_PAGE = b'<meta name="generator" content="clientvoice">'
OWN = "written by clientvoice itself, so left out"


def is_own_table(columns: Collection[str]) -> bool:
    """Tell whether a table with these columns is a result and holds no message.

    Examples
    --------
    >>> is_own_table(["id", "label", "probabilities", "score"]), is_own_table(["id", "text"])
    (True, False)
    """
    names = {str(name).lower() for name in columns}
    return any(own <= names for own in _TABLES)


def is_own_page(data: bytes) -> bool:
    """Tell whether a page is a report.

    Examples
    --------
    >>> is_own_page(b"<html><p>Hello")
    False
    """
    return _PAGE in data[:4_096]
