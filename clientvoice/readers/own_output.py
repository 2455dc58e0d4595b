"""Tells files that clientvoice wrote itself: a user may score into a folder inside the input."""

from __future__ import annotations

import re
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
_HEADING = re.compile(r"## clientvoice: (?:passed|failed)")
_SUMMARY = re.compile(
    r"(?:No|\d[\d,]*) (?:new )?findings? in \d[\d,]* messages?(?:; [^;]+)*\.(?: Written to .+)?"
)
_FINDING = re.compile(r":\d{1,9}:\d{1,9}: (?!(?:error|warning|note|info|fatal): )[\w-]{1,200}: \S")
"""A place with its cue; a compiler names no cue there."""
_DECODED = re.compile(r" \((?:line \d{1,9}, column \d{1,9} of |in the subject)")
_CUE = re.compile(r": [\w-]{1,200}: \S")
_VERDICT = re.compile(r": (?:client|customer|mixed|neutral), score \d{1,3} of 100\Z")
_DETAIL = re.compile(r"    (?:“|advice: |instead: )")
_BASELINE = re.compile(r"Baseline written to .+; commit it\.")
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


def is_own_report(text: str) -> bool:
    r"""Tell whether a text is what a check wrote: its summary in Markdown, its lines, or annotations.

    Lines have no mark of their own, for editors and shells read them: each has to be
    one that a check writes, and one of them such that nobody else would.

    Examples
    --------
    >>> is_own_report("june.md:3:1: price: Leads with a saving.\n1 finding in 1 message.")
    True
    >>> is_own_report("June: price: as agreed.\nWe ring you first.")
    False
    """
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    if lines[1:] and _HEADING.fullmatch(lines[0]) and _SUMMARY.fullmatch(lines[1]):
        return True
    return all(_may_tell(line) for line in lines) and any(_tells(line) for line in lines)


def _may_tell(line: str) -> bool:
    return ": " in line or line.startswith("::") or bool(_DETAIL.match(line)) or _closes(line)


def _tells(line: str) -> bool:
    return bool(
        _FINDING.search(line)
        or _VERDICT.search(line)
        or (line.endswith(")") and _DECODED.search(line) and _CUE.search(line))
        or ": low_score: The message scores " in line
        or (line.startswith("::") and ",title=clientvoice " in line)
        or _closes(line)
    )


def _closes(line: str) -> bool:
    return bool(_SUMMARY.fullmatch(line) or _BASELINE.fullmatch(line))
