"""Workflow commands of GitHub Actions: each finding an annotation at its line of the pull request."""

from __future__ import annotations

from collections.abc import Iterator

from clientvoice.reports.checks.checked import Checked, relative
from clientvoice.reports.checks.findings import Finding
from clientvoice.reports.inert import visible


def github_lines(checked: Checked) -> Iterator[str]:
    """Yield one command a finding, useless comment, message in another language or unreadable file.

    No command has a line break.

    GitHub shows ten warnings, ten notices and ten errors of a step; SARIF has no such limit.

    Examples
    --------
    >>> from clientvoice.reports.checks.positions import Place
    >>> from clientvoice.rules import RuleBook
    >>> found = Finding("price", "a,b.md", "a,b.md", "", "50% off: why?", place=Place(3, 1, 3, 9))
    >>> next(github_lines(Checked((found,), (), (), RuleBook.load())))
    '::warning file=a%2Cb.md,line=3,endLine=3,col=1,endColumn=9,title=clientvoice price::50%25 off: why?'
    """
    for found in checked.told:
        kind = "warning" if found.level == "warning" else "notice"
        yield _command(kind, _where(found, checked), found.rule, found.message)
    for remark in checked.remarks:
        where = {"file": relative(checked.file(remark.path))}
        where |= {} if remark.line is None else {"line": str(remark.line)}
        yield _command("notice", where, remark.code, remark.text)
    for failure in checked.unread:
        where = {"file": relative(checked.file(failure.path or failure.id))}
        yield _command("error", where, failure.code, failure.text)


def _where(found: Finding, checked: Checked) -> dict[str, str]:
    where = {"file": relative(checked.file(found.path))}
    place = found.exact
    if place is None:
        return where
    where["line"] = str(place.line)
    if place.end_line is not None:
        where["endLine"] = str(place.end_line)
    if place.line == place.end_line and place.end_column:  # GitHub takes columns on one line only
        where |= {"col": str(place.column), "endColumn": str(place.end_column)}
    return where


def _command(kind: str, where: dict[str, str], rule: str, text: str) -> str:
    told = {**where, "title": f"clientvoice {rule}"}
    properties = ",".join(f"{name}={_property(value)}" for name, value in told.items())
    return f"::{kind} {properties}::{_data(text)}"


def _data(text: str) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
