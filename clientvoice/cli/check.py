"""``clientvoice check``: customer sentences as findings, for CI, editors and pre-commit."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientvoice.cli.options import Config, MaxBytes, OwnModel, Rules
from clientvoice.cli.outcomes import DONE, FLAWED, complain_of, note
from clientvoice.errors import ConfigError

if TYPE_CHECKING:
    from clientvoice.reports.checks.checked import Checked

TOLD = 20
"""How many unreadable files are told one by one."""


class Format(StrEnum):
    """How findings are written."""

    text = "text"
    sarif = "sarif"
    github = "github"
    junit = "junit"
    checkstyle = "checkstyle"
    markdown = "markdown"
    json = "json"


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Messages, folders of them, or - for standard input.",
            show_default=False,
            readable=False,  # one that may not be read is a failure of its own, told by the reader
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="How findings are written.")] = Format.text,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="The file to write; standard output without it.",
            readable=False,
        ),
    ] = None,
    min_score: Annotated[
        float | None,
        typer.Option(
            "--min-score",
            metavar="N",
            min=0,
            max=100,
            help="Fail where a message scores lower; sentences then fail only by --fail-on.",
        ),
    ] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            "--fail-on",
            metavar="NAMES",
            help="What fails: customer, cues such as pressure, unsure, or none. Repeatable.",
            show_default="customer",
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Known findings: only new ones are told and fail."),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(
            "--write-baseline",
            metavar="FILE",
            help="Write what is found as known; files not checked keep theirs.",
        ),
    ] = None,
    stdin_filename: Annotated[
        str | None,
        typer.Option("--stdin-filename", metavar="NAME", help="Read standard input as this file."),
    ] = None,
    model: OwnModel = None,
    rules: Rules = None,
    config: Config = None,
    max_bytes: MaxBytes = 20_000_000,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Findings and errors only.")] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", help="Also sentences, advice, rewrites, notices and what was left out."
        ),
    ] = False,
) -> int:
    """Tell where copy speaks to customers: a finding a sentence, with file, line, column, cue and reason.

    A finding fails the run. One that the model is unsure of, or that --fail-on
    leaves out, is only noted. A customer cue that only your own rules have fails,
    named by --fail-on, wherever its words stand, whatever the sentence reads as.
    What is meant to stand is ignored by a comment in
    the source, by clientvoice.toml or by a baseline. A message in another language
    is named and not judged.

    Exit code 0: nothing new above the bar. 1: findings that fail, or files that
    could not be read. 2: wrong usage, or empty standard input.

    Example: clientvoice check newsletters/

    Example: clientvoice check . --format sarif --out clientvoice.sarif

    Example: clientvoice check . --min-score 40 --fail-on pressure,conditions

    Example: clientvoice check . --write-baseline clientvoice-baseline.json

    Example: clientvoice check . --baseline clientvoice-baseline.json --format github

    Example: clientvoice check - --stdin-filename june.md < june.md
    """
    from clientvoice.cli.bar import Bar
    from clientvoice.cli.checking import Settings, run_check
    from clientvoice.cli.inputs import Inputs
    from clientvoice.cli.piped import piped_bytes
    from clientvoice.reports.saving import stream_of

    if as_json and form not in (Format.text, Format.json):
        raise ConfigError(f"--json and --format {form.value}: choose one.")
    form = Format.json if as_json else form
    if quiet and verbose:
        raise ConfigError("--quiet and --verbose: choose one.")
    if baseline and write_baseline:
        raise ConfigError("--baseline and --write-baseline: write first, compare in later runs.")
    if out is not None and stream_of(out) == 1:
        out = None  # standard output by its name
    own = tuple(path for path in (out, baseline, write_baseline) if path)
    inputs = Inputs(tuple(paths or ()), stdin_filename, max_bytes, own).checked()
    settings = Settings(
        bar=Bar(min_score, tuple(fail_on or ())),
        model=model,
        rules=rules,
        config=config,
        baseline=baseline,
        write_baseline=write_baseline,
        advised=verbose or form is not Format.text,
        quiet=quiet,
    )
    checked = run_check(inputs, settings, piped_bytes(max_bytes) if inputs.from_stdin else b"")
    _write(checked, form, out, verbose=verbose, quiet=quiet)
    _complain(checked)
    if not quiet:
        _sum_up(checked, form, out, baseline or write_baseline, written=write_baseline is not None)
    return DONE if checked.passed else FLAWED


def _write(checked: Checked, form: Format, out: Path | None, *, verbose: bool, quiet: bool) -> None:
    from clientvoice.cli.check_formats import document, painter, text_lines
    from clientvoice.reports.saving import save

    if out is not None:
        save(out, document(checked, form, verbose=verbose, quiet=quiet))
    elif form is Format.text:
        paint = painter()
        for line in text_lines(checked, verbose=verbose, quiet=quiet, paint=paint):
            typer.echo(line, color=paint is not None)
    else:
        typer.echo(document(checked, form), nl=False)


def _complain(checked: Checked) -> None:
    for failure in checked.unread[:TOLD]:
        complain_of(failure)
    if len(checked.unread) > TOLD:
        note(f"  and {len(checked.unread) - TOLD:,} more could not be read")


def _sum_up(
    checked: Checked, form: Format, out: Path | None, baseline: Path | None, *, written: bool
) -> None:
    """Tell the run in one line: after findings on standard output, else where it cannot spoil them."""
    aside = form is not Format.text and out is None
    typer.echo(checked.summary() + (f" Written to {out}" if out else ""), err=aside)
    if written:
        typer.echo(f"Baseline written to {baseline}; commit it.", err=aside)
    elif checked.stale:
        entries = "entry is" if checked.stale == 1 else "entries are"
        remedy = f"clean up by --write-baseline {baseline}"
        note(f"{baseline}: {checked.stale:,} {entries} no longer found; {remedy}")
