"""A check as one JSON document: findings, messages, failures and counts."""

from __future__ import annotations

from typing import Any

from clientvoice.reports.checks.checked import Checked, CheckedMessage
from clientvoice.reports.checks.findings import Finding
from clientvoice.reports.checks.fixes import Fix
from clientvoice.reports.checks.positions import Place
from clientvoice.reports.inert import encodable
from clientvoice.reports.jsonl import failure_record
from clientvoice.reports.rows import number

SCHEMA = 2
"""Version of the document; it changes when a field is renamed, removed or changes its meaning."""


def check_record(checked: Checked) -> dict[str, Any]:
    """Return a check as plain values, ready for JSON.

    The ``line`` and ``column`` of a finding are places of its file, null where it has none
    there; those in the text that ``inside`` names are under ``decoded``. A message in
    another language is not ``judged``: its label and score say nothing of it.

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> check_record(Checked((), (), (), RuleBook.load()))["passed"]
    True
    """
    return {
        "schema": SCHEMA,
        "model": checked.model,
        "passed": checked.passed,
        "counts": {
            "messages": len(checked.messages),
            "findings": len(checked.told),
            "failing": len(checked.failing),
            "known": sum(found.known for found in checked.findings),
            "ignored": sum(found.silenced is not None for found in checked.findings),
            "not_judged": len(checked.foreign),
            "unread": len(checked.unread),
            "stale": checked.stale,
        },
        "findings": [_finding(found) for found in checked.findings],
        "messages": [_message(message) for message in checked.messages],
        "failures": [failure_record(failure) for failure in checked.failures],
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "rule": encodable(found.rule),
        "path": encodable(found.path),
        "id": encodable(found.id),
        **_place(found.exact),
        "inside": encodable(found.place.inside) if found.place else "",
        "decoded": _place(found.place) if found.place and not found.exact else None,
        "level": found.level,
        "fails": found.fails,
        "known": found.known,
        "ignored": found.silenced,
        "justification": encodable(found.justification),
        "text": encodable(found.text),
        "reason": encodable(found.reason),
        "advice": encodable(found.advice),
        "cues": list(found.cues),
        "probability": number(found.probability),
        "unsure": found.unsure,
        "fingerprint": f"{encodable(found.rule)}:{found.words}:{found.occurrence}",
        "fixes": [_fix(fix) for fix in found.fixes],
    }


def _place(place: Place | None) -> dict[str, int | None]:
    return {
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_line": place.end_line if place else None,
        "end_column": place.end_column if place else None,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_place(place), "text": encodable(text)} for place, text in fix.edits]
    return {"text": encodable(fix.text), "reason": encodable(fix.reason), "edits": edits}


def _message(message: CheckedMessage) -> dict[str, Any]:
    return {
        "id": encodable(message.id),
        "path": encodable(message.path),
        "judged": not message.foreign,
        "label": message.label,
        "score": number(message.score),
        "notices": [{"code": it.code, "text": encodable(it.text)} for it in message.notices],
    }
