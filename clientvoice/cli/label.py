"""``clientvoice label``: from a table of texts to a label for each row."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientvoice.cli.options import Config, OwnModel, Quiet, Rules
from clientvoice.cli.outcomes import DONE, FLAWED, complain, note
from clientvoice.errors import ConfigError

if TYPE_CHECKING:
    from clientvoice.batch import Labelled

TOLD = 20
"""How many bad rows are told one by one."""


class Unit(StrEnum):
    """What a row is."""

    sentence = "sentence"
    message = "message"


def label(
    table: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A .jsonl, .csv or .tsv table.",
            show_default=False,
            exists=True,
            dir_okay=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE", help="The .jsonl file to write.", show_default=False),
    ],
    text_column: Annotated[
        str, typer.Option("--text-column", metavar="NAME", help="Where the text is.")
    ] = "text",
    id_column: Annotated[str, typer.Option("--id-column", metavar="NAME", help="Where the id is.")] = "id",
    unit: Annotated[
        Unit, typer.Option("--unit", help="Whether a row is one sentence, not split, or a whole message.")
    ] = Unit.sentence,
    model: OwnModel = None,
    rules: Rules = None,
    config: Config = None,
    quiet: Quiet = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the counts as JSON instead of a line.")
    ] = False,
) -> int:
    """Label the rows of a table as they are, in order.

    Each line of the output has id, label, probabilities and score: 0 for
    customer, 100 for client. With --unit message the column "subject" is used
    where there is one. A row that cannot be read is told by its line and left
    out; the rest goes on.

    Exit code 0: every row has its label. 1: some rows could not be read.
    2: wrong usage, or no rows.

    Example: clientvoice label sentences.csv --out labelled.jsonl

    Example: clientvoice label mails.jsonl --unit message --text-column body -o labelled.jsonl --json
    """
    from clientvoice.batch import Columns, Outbox, VoiceSource, label_rows, opened, read_rows
    from clientvoice.cli.progress import progress
    from clientvoice.house import style_for
    from clientvoice.records import Failure

    if out.exists() and out.samefile(table):
        raise ConfigError(f"--out {out} is the table itself. Choose another file.")
    columns = Columns(text_column, id_column, "subject" if unit is Unit.message else None)
    source = VoiceSource(model, rules, style_for([table], config))
    labelled = bad = 0
    with Outbox(out.parent) as box, progress(None, "rows", quiet=quiet) as advance:
        voice = opened(source)
        file = box.open(out.name)
        for result in label_rows(voice, read_rows(table, columns), unit=unit.value):
            advance(1)
            if isinstance(result, Failure):
                bad += 1
                if bad <= TOLD:
                    complain(result.text)
                continue
            labelled += 1
            file.write(_line(result))
        if not labelled and not bad:
            raise ConfigError(f"{table} has no rows to label.")
    if bad > TOLD:
        note(f"  and {bad - TOLD:,} more rows that could not be labelled")
    if as_json:
        typer.echo(json.dumps({"labelled": labelled, "failed": bad, "out": str(out)}, ensure_ascii=False))
    elif not quiet:
        typer.echo(
            f"{labelled:,} {'row' if labelled == 1 else 'rows'} labelled, {bad:,} not. Written to {out}"
        )
    return FLAWED if bad else DONE


def _line(result: Labelled) -> str:
    record = {
        "id": result.id,
        "label": result.label,
        "probabilities": dict(result.probabilities),
        "score": result.score,
    }
    return json.dumps(record, ensure_ascii=False) + "\n"
