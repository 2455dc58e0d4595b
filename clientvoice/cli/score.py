"""``clientvoice score``: from files and folders to a scored report."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientvoice.cli.options import Config, Jobs, MaxBytes, OwnModel, Quiet, Rules
from clientvoice.cli.outputs import FILES, Writer, chosen_formats, is_own_output, writers
from clientvoice.errors import ConfigError

if TYPE_CHECKING:
    from clientvoice.house import HouseStyle
    from clientvoice.readers import Found, Limits
    from clientvoice.records import Failure


def score(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            help="Messages or folders of them: .eml .mbox .html .md .txt",
            show_default=False,
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
    jobs: Jobs = 1,
    max_bytes: MaxBytes = 20_000_000,
    fail_under: Annotated[
        float | None,
        typer.Option(
            "--fail-under", metavar="SCORE", min=0, max=100, help="Exit with 1 if a message scores lower."
        ),
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Score messages from 0 (sells to a customer) to 100 (cares for a client).

    Writes messages.csv, sentences.csv, messages.jsonl and report.html to the
    folder of --out, and shows the ten most transactional messages. What cannot
    be read gets a row that says why; the rest goes on.

    Exit code 0: all done. 1: something could not be read, or is under the bar.
    2: wrong usage, or nothing to score.
    """
    from clientvoice.batch import Outbox, VoiceSource, opened, score_files
    from clientvoice.cli.account import Account
    from clientvoice.cli.progress import progress
    from clientvoice.house import style_for
    from clientvoice.readers import Limits

    chosen = chosen_formats(formats)
    if out is None and formats:
        raise ConfigError("--format needs a folder to write to: add --out DIR.")
    limits = Limits(max_bytes=max_bytes)
    house = style_for(paths, config)
    found = _found(paths, out, limits, house)
    source = VoiceSource(model, rules, house)
    voice = opened(source)  # before any file is made: a wrong model is told at once
    account = Account(fail_under)
    with ExitStack() as stack:
        takers: list[Writer] = [account]
        if out is not None:
            takers += writers(chosen, stack.enter_context(Outbox(out)), voice, stack)
        advance = stack.enter_context(progress(len(found), "files", quiet=quiet))
        results = score_files(found, source, limits=limits, jobs=jobs, on_files=advance)
        for result in stack.enter_context(closing(results)):
            for taker in takers:
                taker.write(result)
    if not quiet:
        account.show()
        if house.path is not None:
            typer.echo(f"House style: {house.path}")
        _tell_files(chosen, out)
    account.complain(everything_in=str(out / FILES[chosen[0]][0]) if out else None)
    return account.exit_code


def _found(paths: list[Path], out: Path | None, limits: Limits, house: HouseStyle) -> list[Found | Failure]:
    from clientvoice.readers import find_files
    from clientvoice.records import Failure

    entries = find_files(paths, limits=limits)
    named = frozenset(paths)
    found = [
        entry if entry.path in named else _chosen(entry, house)
        for entry in entries
        if not is_own_output(Path(entry.path or ""), out)
    ]
    missing = [entry for entry in found if isinstance(entry, Failure) and entry.code == "not_found"]
    if not found:
        places = ", ".join(str(path) for path in paths[:5])
        raise ConfigError(f"nothing to score in {places}. Expected .eml, .mbox, .html, .md or .txt files.")
    if len(missing) == len(found):
        raise ConfigError(" ".join(entry.text for entry in missing[:5]))
    return found


def _chosen(entry: Found | Failure, house: HouseStyle) -> Found | Failure:
    """Return a file that a folder holds, or that the house leaves it out."""
    from clientvoice.records import Failure

    if isinstance(entry, Failure) or house.wants(entry.path):
        return entry
    text = f"{entry.name}: left out by include or exclude in {house.path}; name it outright to have it read."
    return Failure(entry.name, "skipped_excluded", text, entry.name)


def _tell_files(formats: tuple[str, ...], out: Path | None) -> None:
    if out is not None:
        names = ", ".join(name for written in formats for name in FILES[written])
        typer.echo(f"Written to {out}: {names}")
