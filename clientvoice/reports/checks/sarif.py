"""SARIF 2.1.0, which code hosts and editors read: findings with rules, places, fixes and suppressions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clientvoice.reports.checks.checked import Checked, is_unread, uri
from clientvoice.reports.checks.findings import PLAIN_RULE, SCORE_RULE, Finding
from clientvoice.reports.checks.fixes import Fix
from clientvoice.reports.checks.positions import Place
from clientvoice.reports.inert import clipped, encodable, visible
from clientvoice.reports.rows import number
from clientvoice.rules import CueRule, RuleBook, cue_page

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_SHORT = 1_000
"""Characters of a short description; GitHub takes 1,024."""


def sarif_log(checked: Checked) -> dict[str, Any]:
    """Return a run as a SARIF log, ready for JSON.

    Places are lines and columns of the file in Unicode characters; a finding in
    something that was decoded has a file and no region. ``partialFingerprints`` stay
    the same when lines move. Sentences that are ignored have ``suppressions``, and
    where there is a baseline each result has its ``baselineState``.

    Examples
    --------
    >>> sarif_log(Checked((), (), (), RuleBook.load()))["version"]
    '2.1.0'
    """
    from clientvoice import __version__

    rules = _rules(checked.book)
    index = {rule["id"]: place for place, rule in enumerate(rules)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "clientvoice",
                "version": __version__,
                "semanticVersion": __version__,
                "shortDescription": {
                    "text": "Tells copy that speaks to customers from copy that cares for clients."
                },
                "rules": rules,
                "properties": {"model": checked.model},
            }
        },
        "invocations": [
            {
                "executionSuccessful": not checked.unread,
                "toolExecutionNotifications": [*_failures(checked), *_notices(checked)],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(found, index, checked) for found in checked.findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rules(book: RuleBook) -> list[dict[str, Any]]:
    told = [_rule(rule, book) for rule in book if rule.frame == "customer"]
    plain = {
        PLAIN_RULE: "The sentence frames its reader as a customer; no single cue says why.",
        SCORE_RULE: "The message as a whole scores under the bar that the run was given.",
    }
    return told + [
        {
            "id": name,
            "name": _pascal(name),
            "shortDescription": {"text": about},
            "help": {"text": about},
            "defaultConfiguration": {"level": "warning"},
            "properties": {"tags": ["copywriting"]},
        }
        for name, about in plain.items()
    ]


def _rule(rule: CueRule, book: RuleBook) -> dict[str, Any]:
    page = cue_page(rule.name, book)
    return {
        "id": encodable(rule.name),
        "name": _pascal(rule.name),
        "shortDescription": {"text": _message(clipped(rule.summary, _SHORT))},
        "fullDescription": {"text": _message(clipped(rule.why or rule.summary, _SHORT))},
        "help": {"text": _message(rule.instead or rule.summary), "markdown": _message(page)},
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["copywriting", "customer"]},
    }


def _result(found: Finding, index: dict[str, int], checked: Checked) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": encodable(found.rule),
        "level": found.level,
        "message": {"text": _message(found.message)},
        "locations": [_location(found, checked)],
        "partialFingerprints": fingerprints(found),
        "properties": {
            "probability": number(found.probability),
            "unsure": found.unsure,
            "cues": list(found.cues),
        },
    }
    if found.rule in index:
        result["ruleIndex"] = index[found.rule]
    if checked.compared:
        result["baselineState"] = "unchanged" if found.known else "new"
    if found.silenced:
        silence: dict[str, str] = {"kind": found.silenced}
        if found.justification:
            silence["justification"] = visible(found.justification)
        result["suppressions"] = [silence]
    if found.fixes:
        result["fixes"] = [_fix(fix, checked.file(found.path)) for fix in found.fixes]
    return result


def fingerprints(found: Finding) -> dict[str, str]:
    """Return what a code host knows a finding again by, wherever its line has moved to.

    Examples
    --------
    >>> found = Finding("price", "a.md", "a.md", "Save now!", "Leads with a saving.")
    >>> fingerprints(found)["clientvoice/v1"]
    'price:70ade04ea0ec836f:1'
    """
    return {
        "clientvoice/v1": f"{encodable(found.rule)}:{found.words}:{found.occurrence}",
        # The one that GitHub compares; left out, its upload would hash the lines around.
        "primaryLocationLineHash": f"{found.words}:{found.occurrence}",
    }


def _location(found: Finding, checked: Checked) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": artifact(checked.file(found.path))}
    if found.exact:
        physical["region"] = _region(found.exact)
    location: dict[str, Any] = {"physicalLocation": physical}
    if found.id != found.path or (found.place and found.place.inside):
        inner = {"fullyQualifiedName": visible(found.id), "kind": "member"}
        if found.place and found.place.inside:
            inner["name"] = visible(str(found.place))
        location["logicalLocations"] = [inner]
    return location


def artifact(path: str) -> dict[str, str]:
    """Return a file as SARIF names it: below the folder of the sources where it lies there."""
    given = uri(path)
    return {"uri": given} if given.startswith("file://") else {"uri": given, "uriBaseId": "%SRCROOT%"}


def _region(place: Place) -> dict[str, int]:
    region = {"startLine": place.line}
    if place.end_column is not None:
        region["startColumn"] = place.column
    if place.end_line is not None:
        region["endLine"] = place.end_line
    if place.end_column is not None:
        region["endColumn"] = place.end_column
    return region


def _fix(fix: Fix, path: str) -> dict[str, Any]:
    replacements = []
    for place, text in fix.edits:
        replacement: dict[str, Any] = {"deletedRegion": _region(place)}
        if text:
            replacement["insertedContent"] = {"text": encodable(text)}
        replacements.append(replacement)
    return {
        "description": {"text": _message(f"Say instead: “{fix.text}” {fix.reason}".rstrip())},
        "artifactChanges": [{"artifactLocation": artifact(path), "replacements": replacements}],
    }


def _failures(checked: Checked) -> Iterator[dict[str, Any]]:
    for failure in checked.failures:
        level = "error" if is_unread(failure) else "note"
        yield _notification(failure.code, failure.text, level, checked.file(failure.path or failure.id))


def _notices(checked: Checked) -> Iterator[dict[str, Any]]:
    for message in checked.messages:
        for it in message.remarks:
            yield _notification(it.code, it.text, "note", checked.file(it.path), it.line)


def _notification(code: str, text: str, level: str, path: str, line: int | None = None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": artifact(path)}
    if line is not None:
        physical["region"] = {"startLine": line}
    return {
        "descriptor": {"id": encodable(code)},
        "level": level,
        "message": {"text": _message(text)},
        "locations": [{"physicalLocation": physical}],
    }


def _message(text: str) -> str:
    """Return text for a message: braces would be a place for arguments, ``[…](…)`` a link."""
    return visible(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in encodable(name).split("_"))
