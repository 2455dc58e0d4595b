"""A check as text for people, or as one of the documents that tools read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from clientvoice.cli.check import Format
from clientvoice.cli.screen import is_plain
from clientvoice.reports.checks.checked import Checked
from clientvoice.reports.checks.text import Paint, detail_lines, remark_line, text_line
from clientvoice.reports.inert import one_line
from clientvoice.reports.rows import status


def document(checked: Checked, form: Format, *, verbose: bool = False, quiet: bool = False) -> str:
    """Return a check as the text of a file.

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> document(Checked((), (), (), RuleBook.load()), Format.github)
    ''
    """
    if form is Format.sarif:
        from clientvoice.reports.checks.sarif import sarif_log

        return json.dumps(sarif_log(checked), ensure_ascii=False, indent=1) + "\n"
    if form is Format.json:
        from clientvoice.reports.checks.listing import check_record

        return json.dumps(check_record(checked), ensure_ascii=False, indent=1) + "\n"
    if form is Format.junit:
        from clientvoice.reports.checks.junit import junit_xml

        return junit_xml(checked)
    if form is Format.checkstyle:
        from clientvoice.reports.checks.checkstyle import checkstyle_xml

        return checkstyle_xml(checked)
    if form is Format.markdown:
        from clientvoice.reports.checks.markdown import markdown_summary

        return markdown_summary(checked)
    if form is Format.github:
        from clientvoice.reports.checks.github import github_lines

        lines = github_lines(checked)
    else:
        lines = text_lines(checked, verbose=verbose, quiet=quiet)
    return "".join(f"{line}\n" for line in lines)


def text_lines(
    checked: Checked, *, verbose: bool = False, quiet: bool = False, paint: Paint | None = None
) -> Iterator[str]:
    """Yield a line a finding, a useless comment or a message in another language, and all where verbose.

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> list(text_lines(Checked((), (), (), RuleBook.load())))
    []
    """
    for message, found in checked.by_message():
        for one in found:
            yield text_line(one, paint=paint)
            yield from detail_lines(one) if verbose else ()
        if not quiet:
            yield from (remark_line(one, paint=paint) for one in message.remarks if verbose or one.told)
        if verbose and not message.foreign:
            yield f"{one_line(message.id, 4_000)}: {message.label}, score {message.score:.0f} of 100"
    if verbose or not quiet:
        skipped = [it for it in checked.failures if verbose and status(it) == "skipped"]
        yield from (one_line(it.text, 1_000) for it in [*checked.empty, *skipped])


def painter() -> Paint | None:
    """Return what colours a line for this terminal; None for a file, a pipe, and where NO_COLOR is set."""
    from rich.console import Console

    console = Console()
    if not console.is_terminal or is_plain() or console.color_system is None:
        return None
    import typer

    styles: dict[str, dict[str, Any]] = {
        "place": {"bold": True},
        "rule": {"fg": "yellow"},
        "note": {"fg": "cyan"},
    }
    return lambda text, kind: typer.style(text, **styles.get(kind, {}))
