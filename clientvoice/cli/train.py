"""``clientvoice train``: fit a model from labelled corpora."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Literal

import typer

from clientvoice.cli.outcomes import DONE
from clientvoice.errors import ConfigError


def train(
    out: Annotated[Path, typer.Option("--out", help="The folder for the new model.")],
    kind: Annotated[
        Literal["fast", "accurate"],
        typer.Option(
            help="fast: n-grams, minutes. accurate: with the encoder, hours; needs clientvoice[train]."
        ),
    ] = "fast",
    data: Annotated[Path, typer.Option(help="The folder with natural/*.txt and contrast/*.jsonl.")] = Path(
        "data/corpus"
    ),
    sentences: Annotated[
        list[Path] | None, typer.Option(help="More labelled sentences, JSON Lines: text, label, cues, org.")
    ] = None,
    unlabelled: Annotated[
        Path | None, typer.Option(help="Sentences, JSON Lines, that --corrections may give labels to.")
    ] = None,
    corrections: Annotated[
        Path | None, typer.Option(help="Labels by sha256 of the text, JSON Lines, that correct and extend.")
    ] = None,
    messages: Annotated[
        list[Path] | None,
        typer.Option(help="Labelled messages, JSON Lines: text, subject, label, score, org."),
    ] = None,
    folds: Annotated[int, typer.Option(min=2, help="Folds of senders for calibration.")] = 4,
    threads: Annotated[int, typer.Option(min=1, help="Processor cores that the encoder may use.")] = 2,
    name: Annotated[str, typer.Option(help="The model's name; by default its kind.")] = "",
) -> int:
    """Train a model on labelled sentences and messages and write it to a folder.

    Calibration, thresholds and the message model only see senders that the
    model behind them was not trained on. Without --messages, whole messages of
    the natural corpus, which carry labels of their own, are used.

    Example: clientvoice train --data data/corpus --out my-model
    """
    from clientvoice.corpora.messages import read_messages, read_natural_messages
    from clientvoice.corpora.sentences import apply_labels, read_corpus, read_examples, read_texts
    from clientvoice.evaluation.tables import figures_text
    from clientvoice.store import save_model
    from clientvoice.training.fit import fit
    from clientvoice.training.recipes import trainers

    if not data.is_dir():
        raise ConfigError(f"{data}: no such folder; name the one with natural/*.txt by --data.")
    examples = read_corpus(data)
    for path in sentences or ():
        examples += read_examples(path)
    if corrections:
        examples = apply_labels(examples, read_texts(unlabelled) if unlabelled else (), corrections)
    labelled = [message for path in messages or () for message in read_messages(path)]
    labelled = labelled or read_natural_messages(data)
    with tempfile.TemporaryDirectory() as work:
        model = fit(
            name or kind, examples, labelled, trainers(kind, threads=threads), Path(work), folds=folds
        )
        save_model(model, out)
    typer.echo(figures_text(model.metrics["unseen_senders"]))
    typer.echo(f"{out}: trained on {len(examples)} sentences and {len(labelled)} messages.")
    return DONE
