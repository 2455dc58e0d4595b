"""JUnit XML: each message a test that fails where it speaks to a customer."""

from __future__ import annotations

from collections.abc import Sequence

from clientvoice.records import Failure
from clientvoice.reports.checks.checked import Checked, CheckedMessage, is_unread, shown
from clientvoice.reports.checks.findings import Finding
from clientvoice.reports.checks.text import text_line
from clientvoice.reports.checks.xml import HEAD, element
from clientvoice.reports.inert import visible
from clientvoice.reports.page.template import counted


def junit_xml(checked: Checked) -> str:
    """Return one test case a message, and one a file that could not be read or was left out.

    What is only noted does not fail a test; it stands in its output. A message in another
    language is a test that was skipped.

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> message = CheckedMessage("june.md", "june.md", "client", 88.0)
    >>> print(junit_xml(Checked((), (message,), (), RuleBook.load())).splitlines()[3])
    <testcase name="june.md" classname="clientvoice" file="june.md"/>
    """
    cases = [_case(message, found) for message, found in checked.by_message()]
    cases += [_unread(failure, wrong=is_unread(failure)) for failure in checked.failures]
    failed = sum(any(one.fails for one in found) for _, found in checked.by_message())
    counts = {
        "name": "clientvoice",
        "tests": len(cases),
        "failures": failed,
        "errors": len(checked.unread),
    }
    skipped = len(checked.failures) - len(checked.unread) + len(checked.foreign)
    suite = element("testsuite", {**counts, "skipped": skipped}, cases)
    return HEAD + element("testsuites", counts, [suite]) + "\n"


def _case(message: CheckedMessage, found: Sequence[Finding]) -> str:
    failing = [one for one in found if one.fails]
    noted = [one for one in found if not one.fails]
    content = []
    if failing:
        rules = ", ".join(dict.fromkeys(one.rule for one in failing))
        told = {"message": f"{counted(len(failing), 'finding')}: {rules}", "type": failing[0].rule}
        content.append(element("failure", told, text=_lines(failing)))
    content += [element("skipped", {"message": it.text}) for it in message.remarks if it.on_language]
    if noted:
        content.append(element("system-out", {}, text=_lines(noted)))
    attributes = {"name": visible(message.id), "classname": "clientvoice", "file": shown(message.path)}
    return element("testcase", attributes, content)


def _lines(found: Sequence[Finding]) -> str:
    return "\n".join(text_line(one, advice=True) for one in found)


def _unread(failure: Failure, *, wrong: bool) -> str:
    attributes = {
        "name": visible(failure.id),
        "classname": "clientvoice",
        "file": shown(failure.path or failure.id),
    }
    if wrong:
        told = element("error", {"message": failure.text, "type": failure.code})
    else:
        told = element("skipped", {"message": failure.text})
    return element("testcase", attributes, [told])
