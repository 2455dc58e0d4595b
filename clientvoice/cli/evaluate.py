"""``clientvoice evaluate``: measure a model on labelled rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from clientvoice.cli.options import Model
from clientvoice.cli.outcomes import DONE
from clientvoice.errors import ConfigError


def evaluate(
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, help="A .jsonl, .csv, .tsv, .xlsx or .parquet file."),
    ],
    unit: Annotated[Literal["sentence", "message"], typer.Option(help="What one row is.")] = "sentence",
    model: Model = "accurate",
    by: Annotated[
        str,
        typer.Option(metavar="COLUMN", help="Measure each value of a column too, such as genre (sentences)."),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
) -> int:
    """Measure a model on labelled rows: macro-F1 with its interval, per label, calibration, cues.

    Rows have text and label (client, customer, neutral; for messages also mixed,
    and score), where there are also cues and org or sender. Rows with an empty
    label are skipped. Macro-F1 is the mean over the labels that occur in the file.
    Intervals resample whole senders; with fewer than 8 there is none.

    Exit code 0: measured. 1: a row could not be read, or none has a label.
    2: wrong usage, or no rows.

    Example: clientvoice evaluate my-labels.jsonl --model fast
    """
    if by and unit == "message":
        raise ConfigError(
            "--by is for sentences, --unit message measures whole messages. Leave out one of them."
        )
    from clientvoice.evaluation.measure import measure_messages, measure_sentences
    from clientvoice.evaluation.tables import figures_text
    from clientvoice.store import load_model

    stored = load_model(model)
    figures = (
        measure_sentences(stored, file, by=by or None)
        if unit == "sentence"
        else measure_messages(stored, file)
    )
    typer.echo(json.dumps(figures, indent=2) if as_json else figures_text(figures))
    return DONE
