"""Checkstyle XML: files with their findings, which most build servers and reviewers read."""

from __future__ import annotations

from collections.abc import Iterator

from clientvoice.reports.checks.checked import Checked, shown
from clientvoice.reports.checks.findings import Finding
from clientvoice.reports.checks.xml import HEAD, element


def checkstyle_xml(checked: Checked) -> str:
    """Return the findings that people are told, and unreadable files as errors.

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> print(checkstyle_xml(Checked((), (), (), RuleBook.load())).splitlines()[1])
    <checkstyle version="4.3"/>
    """
    files: dict[str, list[str]] = {}
    for found in checked.told:
        files.setdefault(shown(found.path), []).append(element("error", dict(_error(found))))
    for failure in checked.unread:
        told = {"severity": "error", "message": failure.text, "source": f"clientvoice.{failure.code}"}
        files.setdefault(shown(failure.path or failure.id), []).append(element("error", told))
    content = [element("file", {"name": path}, errors) for path, errors in files.items()]
    return HEAD + element("checkstyle", {"version": "4.3"}, content) + "\n"


def _error(found: Finding) -> Iterator[tuple[str, object]]:
    if found.exact:
        yield "line", found.exact.line
        yield "column", found.exact.column
    yield "severity", "warning" if found.level == "warning" else "info"
    yield "message", found.message
    yield "source", f"clientvoice.{found.rule}"
