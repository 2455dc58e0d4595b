"""``clientvoice score``: from files and folders to a scored report."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from clientvoice.cli.ending import code_of, heeding_signals
from clientvoice.cli.options import Config, MaxBytes, OwnModel, Quiet, Rules
from clientvoice.cli.outcomes import FLAWED, complain
from clientvoice.cli.outputs import FILES, chosen_formats
from clientvoice.errors import ConfigError

if TYPE_CHECKING:
    from clientvoice.cli.scoring import Plan

BUSY = 3
"""Exit code where another run writes to the same folder."""


def score(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH|-",
            help="Messages or folders of them, or - for standard input: .eml .mbox .msg .html .mjml .md .txt"
            " .docx .csv .tsv .jsonl .xlsx .parquet .zip and templates",
            show_default=False,
            readable=False,  # one that may not be read is a failure of its own, told by the reader
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="DIR", help="Folder for the results; without it only the table is shown."
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", "-f", metavar="NAMES", help=f"What to write, of {', '.join(FILES)}; all by default."
        ),
    ] = None,
    model: OwnModel = None,
    rules: Rules = None,
    config: Config = None,
    column: Annotated[
        str | None,
        typer.Option(
            "--column", metavar="NAME", help="Of tables, the column of the text.", show_default="guessed"
        ),
    ] = None,
    subject_column: Annotated[
        str | None,
        typer.Option(
            "--subject-column", metavar="NAME", help="Of tables, that of the subject.", show_default="guessed"
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            min=1,
            help="Processes.",
            show_default="1 below 2,000 new files, else one a core",
        ),
    ] = None,
    max_bytes: MaxBytes = 20_000_000,
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit",
            metavar="SECONDS",
            min=0,
            help="For each 100 kB of a file, begun or whole; 0 is no limit. Longer is a failure.",
        ),
    ] = 60,
    memory_limit: Annotated[
        int | None,
        typer.Option(
            "--memory-limit",
            metavar="MB",
            min=1,
            help="For each process beyond its model; needs --jobs 2 or more (Linux).",
            show_default="none",
        ),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume/--no-resume", help="Take what earlier runs scored from DIR, and keep there what is new."
        ),
    ] = True,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Score everything anew, and keep that for later runs.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on and score what changes, until ctrl-C.")
    ] = False,
    fail_under: Annotated[
        float | None,
        typer.Option(
            "--fail-under", metavar="SCORE", min=0, max=100, help="Exit with 1 if a message scores lower."
        ),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print everything, a line of JSON a message as in messages.jsonl, and no table."
        ),
    ] = False,
    quiet: Quiet = False,
) -> int:
    """Score messages from 0 (sells to a customer) to 100 (cares for a client).

    Writes messages.csv, sentences.csv, messages.jsonl and report.html to the
    folder of --out, and shows the ten most transactional messages. What cannot
    be read gets a row that says why; the rest goes on. A run that was stopped
    goes on where it was, and a later run scores only what is new or changed.

    Exit code 0: all done. 1: something could not be read, or is under the bar.
    2: wrong usage, or nothing to score. 3: another run is writing to that folder.
    130 or 143: stopped by ctrl-C or by the system; what is scored is kept.

    Example: clientvoice score newsletters/ --out scores/

    Example: clientvoice score newsletters/ --json | jq .score
    """
    from clientvoice.batch import VoiceSource
    from clientvoice.cli.scoring import Plan
    from clientvoice.house import style_for
    from clientvoice.readers import STDIN, Limits, TableColumns

    chosen = chosen_formats(formats)
    if out is None and formats:
        raise ConfigError("--format needs a folder to write to: add --out DIR.")
    if fresh and not resume:
        raise ConfigError("--fresh keeps results for later runs, --no-resume keeps none. Choose one.")
    if memory_limit is not None and (jobs or 1) < 2:
        raise ConfigError("--memory-limit is for worker processes: add --jobs 2 or more.")
    if as_json and watch:
        raise ConfigError("--json prints one run, and --watch goes on and on. Choose one.")
    house = style_for([path for path in paths if str(path) != STDIN], config)
    plan = Plan(
        paths=tuple(paths),
        out=out,
        kept_in=out if resume else None,
        formats=chosen,
        source=VoiceSource(model, rules, house),
        house=house,
        config=config,
        limits=Limits(max_bytes=max_bytes),
        jobs=jobs,
        time_limit=time_limit or None,
        memory_limit=memory_limit,
        fail_under=fail_under,
        fresh=fresh,
        quiet=quiet,
        as_json=as_json,
        columns=TableColumns(column, subject_column),
    )
    with heeding_signals(), ExitStack() as stack:
        try:
            return _done(_with_piped(plan, stack, watch=watch), watch=watch)
        except KeyboardInterrupt as stop:
            complain(f"interrupted; nothing was written.{_kept(plan)}")
            return code_of(stop)


def _with_piped(plan: Plan, stack: ExitStack, *, watch: bool) -> Plan:
    """Put what comes by standard input into a file for as long as the run lasts."""
    from clientvoice.cli.piped import check_piped, tell_waiting
    from clientvoice.readers import STDIN, kept_stdin

    if STDIN not in map(str, plan.paths):
        return plan
    if watch:
        raise ConfigError("--watch looks at files, and standard input is none: name files or folders.")
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="clientvoice-")))
    tell_waiting()
    piped = kept_stdin(typer.get_binary_stream("stdin"), folder / "standard input", plan.limits)
    check_piped(piped)
    paths = tuple(piped if str(path) == STDIN else path for path in plan.paths)
    return replace(plan, paths=paths, piped=piped, kept_in=None)


def _done(plan: Plan, *, watch: bool) -> int:
    from clientvoice.batch import BusyError, opened
    from clientvoice.cli.scoring import find, run_once
    from clientvoice.cli.watching import watch as watched

    found = find(plan)  # nothing to score is told before a model is loaded
    voice = opened(plan.source)  # before any file is made: a wrong model is told at once
    try:
        with ExitStack() as stack:
            if not watch:
                return run_once(plan, found, voice)
            if plan.out is None:
                folder = stack.enter_context(TemporaryDirectory(prefix="clientvoice-"))
                plan = replace(plan, kept_in=Path(folder))
            return watched(plan, found, voice)
    except BusyError as error:
        complain(str(error))
        return BUSY
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}. Nothing was written.{_kept(plan)}")
        return FLAWED


def _kept(plan: Plan) -> str:
    """Say that a run that did not come to its end is not lost."""
    if plan.kept_in is None or plan.out is None:
        return ""
    return f" What is scored by now is kept in {plan.out}: the same command goes on from there."
