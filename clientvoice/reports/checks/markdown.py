"""A summary in Markdown, for the page of a job (``$GITHUB_STEP_SUMMARY``) or a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clientvoice.reports.checks.checked import Checked, relative
from clientvoice.reports.checks.findings import Finding
from clientvoice.reports.inert import one_line

MOST = 200
"""Findings in the table; GitHub cuts a summary after a megabyte."""

_ACTIVE = re.compile(r"[\\`*\[\]<>|~&@$#]|(?<![^\W_])_|_(?![^\W_])|(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.I)


def markdown_summary(checked: Checked) -> str:
    """Return a heading, the run in one line, and a table of the findings.

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> print(markdown_summary(Checked((), (), (), RuleBook.load())))
    ## clientvoice: passed
    <BLANKLINE>
    No findings in 0 messages.
    <BLANKLINE>
    """
    return "\n".join(_lines(checked)) + "\n"


def escaped(text: str, limit: int = 300) -> str:
    """Return text on one line in which nothing is mark-up, a link or a mention.

    Examples
    --------
    >>> escaped("*Save* | <b>now</b>")
    '&#42;Save&#42; &#124; &#60;b&#62;now&#60;/b&#62;'
    """
    return _ACTIVE.sub(lambda sign: f"&#{ord(sign[0])};", one_line(text, limit))


def _lines(checked: Checked) -> Iterator[str]:
    yield f"## clientvoice: {'passed' if checked.passed else 'failed'}"
    yield from ("", checked.summary())
    told = checked.told
    if told:
        yield from ("", "| Where | Cue | Sentence | Reason and advice |", "|---|---|---|---|")
        yield from (_row(found) for found in told[:MOST])
    if len(told) > MOST:
        yield from ("", f"and {len(told) - MOST:,} more findings.")
    for heading, remarks in (
        ("Comments without effect", [it for it in checked.remarks if it.on_comment]),
        ("Not judged", [it for it in checked.remarks if it.on_language]),
    ):
        if remarks:
            yield from ("", f"### {heading}", "")
            yield from (f"- {escaped(relative(it.where), 400)}: {escaped(it.text)}" for it in remarks[:MOST])
    if checked.unread:
        yield from ("", "### Could not be read", "")
        yield from (f"- {escaped(failure.text)}" for failure in checked.unread[:MOST])
    if checked.stale:
        yield from (
            "",
            f"The baseline has {checked.stale:,} entries that are no longer found; write it anew.",
        )


def _row(found: Finding) -> str:
    where = escaped(relative(found.path), 400)
    where += f":{found.exact.line}" if found.exact else ""
    cue = escaped(found.rule) if found.level == "warning" else f"{escaped(found.rule)} (noted)"
    return f"| {where} | {cue} | {escaped(found.text)} | {escaped(found.message, 600)} |"
