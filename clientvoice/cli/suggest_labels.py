"""``clientvoice suggest-labels``: which sentences are most worth labelling by hand."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clientvoice.cli.options import Config, OwnModel, Quiet
from clientvoice.cli.outcomes import DONE, FLAWED, complain_of, note
from clientvoice.cli.wanted import wanted
from clientvoice.errors import ConfigError
from clientvoice.records.messages import is_foreign

if TYPE_CHECKING:
    from clientvoice.house import HouseStyle
    from clientvoice.records import Failure, Message
    from clientvoice.training.suggest import Suggestion

COLUMNS = ("text", "label", "sender", "file", "why", "model_label", "model_probability")
TOLD = 20
"""How many files that could not be read are told one by one."""


def suggest_labels(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER",
            help="Messages or folders of them: .eml .mbox .html .md .txt",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE", help="The .csv file to write.", show_default=False),
    ],
    count: Annotated[int, typer.Option("--count", metavar="N", min=10, help="How many sentences.")] = 100,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Draws another random part.")] = 0,
    model: OwnModel = None,
    config: Config = None,
    quiet: Quiet = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the counts as JSON instead of lines.")
    ] = False,
) -> int:
    """Propose which sentences of your messages are most worth labelling.

    Chosen are sentences on which the model wavers, rare frames before common
    ones, no two alike, at most three a message; and a tenth at random, so that
    your labels also measure. Fill in the column "label" with client, customer
    or neutral, then refit: clientvoice train --labels FILE --out my-model

    Exit code 0: all done. 1: something could not be read. 2: wrong usage, or
    nothing to propose.

    Example: clientvoice suggest-labels newsletters/ --out suggestions.csv
    """
    from clientvoice.cli.progress import progress
    from clientvoice.house import style_for
    from clientvoice.records import Failure
    from clientvoice.reports.saving import Draft
    from clientvoice.training.suggest import candidates_in, suggest
    from clientvoice.voice import load

    if out.suffix.lower() != ".csv":
        raise ConfigError(f"--out {out}: expected a name that ends in .csv.")
    if out.is_file():
        raise ConfigError(f"--out {out} exists and may hold labels. Choose another name, or move it away.")
    house = style_for(paths, config)
    voice = load(model, house=house)
    candidates, foreign = [], 0
    unread: list[Failure] = []
    for item in _messages(paths, house):
        if isinstance(item, Failure):
            unread += [item] if not item.code.startswith("skipped_") else []
        elif is_foreign(item.notices):
            foreign += 1
        else:
            candidates += candidates_in(item)
    _tell_unread(unread)
    with progress(None, "sentences", quiet=quiet) as advance:
        found = suggest(voice.model.sentences, candidates, count=count, seed=seed, on_scored=advance)
    if not found:
        raise ConfigError("nothing to propose: no sentence of these files counts. Name other messages.")
    with Draft(out) as draft:
        rows = csv.writer(draft)
        rows.writerow(COLUMNS)
        rows.writerows(map(_cells, found))
    if as_json:
        typer.echo(json.dumps(_counts(found, foreign, len(unread), out), ensure_ascii=False))
    elif not quiet:
        _tell(found, count, foreign, out)
    return FLAWED if unread else DONE


def _messages(paths: list[Path], house: HouseStyle) -> Iterator[Message | Failure]:
    from clientvoice.readers import find_files, read_path
    from clientvoice.records import Failure

    named = frozenset(paths)
    for found in find_files(paths):
        entry = wanted(found, house, named)
        if isinstance(entry, Failure):
            yield entry
        else:
            yield from read_path(entry.path)


def _cells(found: Suggestion) -> list[str]:
    from clientvoice.reports.csv import safe_cell

    one = found.candidate
    cells = (one.text, "", one.sender, one.file, found.why, found.label)
    return [*(str(safe_cell(cell)) for cell in cells), f"{found.probability:.3f}"]


def _tell_unread(unread: list[Failure]) -> None:
    for failure in unread[:TOLD]:
        complain_of(failure)
    if len(unread) > TOLD:
        note(f"  and {len(unread) - TOLD:,} more files that could not be read")


def _counts(found: list[Suggestion], foreign: int, unread: int, out: Path) -> dict[str, Any]:
    reasons = Counter(one.why for one in found)
    return {
        "suggested": len(found),
        "reasons": dict(reasons),
        "foreign": foreign,
        "unread": unread,
        "out": str(out),
    }


def _tell(found: list[Suggestion], count: int, foreign: int, out: Path) -> None:
    reasons = [one.why for one in found]
    told = ", ".join(f"{reasons.count(why)} {why}" for why in dict.fromkeys(reasons))
    typer.echo(f"{out}: {len(found)} sentences to label ({told}).")
    if len(found) < count:
        typer.echo(f"Fewer than {count}: there are no more that differ enough.")
    if foreign:
        typer.echo(f"{foreign:,} messages in other languages were left out.")
    typer.echo(
        "Fill in the column label with client, customer or neutral, then run:\n"
        f"  clientvoice train --labels {out} --out my-model"
    )
