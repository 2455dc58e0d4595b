"""``clientvoice train``: refit a model on your own labels, or fit one from labelled corpora."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from clientvoice.cli.options import Force
from clientvoice.cli.outcomes import DONE
from clientvoice.errors import ConfigError

if TYPE_CHECKING:
    from clientvoice.corpora.labelled import LabelColumns
    from clientvoice.store import StoredModel

OWN = "Refit on your own labels, under a minute"
SCRATCH = "Train from scratch"
_OF_OWN = ("model", "config", "text_column", "label_column", "group_column", "write_anyway")

BASE_KEPT = 4
"""Exit code where own labels are not shown to help, so that no model is written."""
_OF_SCRATCH = ("kind", "data", "sentences", "unlabelled", "corrections", "messages", "folds")


def train(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder for the new model.")],
    labels: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            rich_help_panel=OWN,
            help="Your labelled sentences: .csv, .tsv, .jsonl, .xlsx or .parquet.",
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            "-m",
            metavar="NAME|DIR",
            rich_help_panel=OWN,
            help="The model to start from.",
            show_default="the house's, else accurate",
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            rich_help_panel=OWN,
            help="The house style: its model, and its nouns for readers.",
            show_default="clientvoice.toml at or above the labels",
        ),
    ] = None,
    text_column: Annotated[
        str, typer.Option(metavar="NAME", rich_help_panel=OWN, help="Where the text is.")
    ] = "text",
    label_column: Annotated[
        str,
        typer.Option(
            metavar="NAME", rich_help_panel=OWN, help="Where the label is: client, customer or neutral."
        ),
    ] = "label",
    group_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            rich_help_panel=OWN,
            help="Who sent it; a sender is never on both sides of a test.",
            show_default="org, sender or group, where there is one",
        ),
    ] = None,
    write_anyway: Annotated[
        bool,
        typer.Option(
            "--write-anyway",
            rich_help_panel=OWN,
            help="Write the model even where the labels are not shown to help.",
        ),
    ] = False,
    kind: Annotated[
        Literal["fast", "accurate"],
        typer.Option(
            rich_help_panel=SCRATCH,
            help="fast: n-grams, minutes. accurate: with two encoders, hours; needs the extra train.",
        ),
    ] = "fast",
    data: Annotated[
        Path,
        typer.Option(rich_help_panel=SCRATCH, help="The folder with natural/*.txt and contrast/*.jsonl."),
    ] = Path("data/corpus"),
    sentences: Annotated[
        list[Path] | None,
        typer.Option(
            rich_help_panel=SCRATCH, help="More labelled sentences, JSON Lines: text, label, cues, org."
        ),
    ] = None,
    unlabelled: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel=SCRATCH, help="Sentences, JSON Lines, that --corrections may give labels to."
        ),
    ] = None,
    corrections: Annotated[
        Path | None,
        typer.Option(
            rich_help_panel=SCRATCH, help="Labels by sha256 of the text, JSON Lines, that correct and extend."
        ),
    ] = None,
    messages: Annotated[
        list[Path] | None,
        typer.Option(
            rich_help_panel=SCRATCH, help="Labelled messages, JSON Lines: text, subject, label, score, org."
        ),
    ] = None,
    folds: Annotated[
        int, typer.Option(min=2, rich_help_panel=SCRATCH, help="Folds of senders for calibration.")
    ] = 4,
    threads: Annotated[int, typer.Option(min=1, help="Processor cores that encoders may use.")] = 2,
    name: Annotated[
        str, typer.Option(help="The model's name; by default its kind, or its base's with -own.")
    ] = "",
    force: Force = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all figures as JSON.")] = False,
) -> int:
    """Refit a model on your own labels, or train one from scratch, and write it to a folder.

    With --labels, the heads of a shipped model are corrected on your sentences
    (at least 20, better of many senders). What that brought is told by
    cross-validation on senders. Where the 95 % interval of the gain in macro-F1
    touches zero, the base model is kept and nothing is written, unless
    --write-anyway asks for it. Use the result by --model DIR.

    Without, a model is trained on labelled sentences and messages. Calibration,
    thresholds and the message model only see senders that the model behind them
    was not trained on. Without --messages, whole messages of the natural
    corpus, which carry labels of their own, are used.

    Exit code 0: the model is written. 1: labels could not be read, or are too few.
    2: wrong usage. 4: the labels are not shown to help, and nothing is written.

    Example: clientvoice train --labels mine.csv --out my-model
    """
    _check_modes(context, own=labels is not None)
    _check_place(out, force=force)
    if labels is not None:
        from clientvoice.corpora.labelled import LabelColumns

        columns = LabelColumns(text_column, label_column, group_column)
        wish = _Wish(out, name, threads, write_anyway, as_json)
        return _refit(labels, columns, model, config, wish)
    from clientvoice.training.recipes import recipe

    sources = _Sources(data, sentences, unlabelled, corrections, messages)
    wish = _Wish(out, name or kind, threads, write_anyway, as_json)
    return _from_scratch(sources, recipe(kind, threads=threads), folds, wish)


def _check_modes(context: typer.Context, *, own: bool) -> None:
    """Refuse an option that the chosen way of training would not read."""
    for option in _OF_SCRATCH if own else _OF_OWN:
        source = context.get_parameter_source(option)
        if source is not None and source.name != "DEFAULT":
            flag = f"--{option.replace('_', '-')}"
            raise ConfigError(
                f"{flag} is for training from scratch, --labels refits a model. Leave out one of them."
                if own
                else f"{flag} goes with --labels, which refits a model on your own labels. Add --labels FILE."
            )


def _check_place(out: Path, *, force: bool) -> None:
    """Refuse a folder that holds something, before any work is done."""
    if out.exists() and not out.is_dir():
        raise ConfigError(f"--out {out} is a file, expected a folder for the model.")
    if out.is_dir() and not force and any(out.iterdir()):
        raise ConfigError(f"--out {out} is not empty. Choose another folder, or overwrite it by --force.")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What becomes of the model."""

    out: Path
    name: str
    threads: int
    write_anyway: bool
    as_json: bool


def _refit(labels: Path, columns: LabelColumns, model: str | None, config: Path | None, wish: _Wish) -> int:
    from clientvoice.cli.comparison import comparison_record, comparison_text
    from clientvoice.corpora.labelled import read_labelled
    from clientvoice.corpora.sentences import examples_of
    from clientvoice.house import style_for
    from clientvoice.store import load_model, save_model
    from clientvoice.training.refit import refit_model
    from clientvoice.vectors.masking import mask_nouns
    from clientvoice.vectors.shipped import model_folder
    from clientvoice.voice import DEFAULT_MODEL

    house = style_for([labels], config)
    base = model_folder(model or house.model or DEFAULT_MODEL)
    if wish.out.resolve() == base.resolve():
        raise ConfigError(f"--out {wish.out} is the model to start from. Choose another folder.")
    table = read_labelled(labels, columns)
    own = examples_of(table, origin="own")
    # What the house's model will read of these sentences; the model itself is saved without a house.
    examples = [replace(one, text=mask_nouns(one.text, house.reader_nouns).text) for one in own]
    found = refit_model(load_model(base, threads=wish.threads), examples, name=wish.name)
    written = found.helps or wish.write_anyway
    if written:
        save_model(found.model, wish.out)
    if wish.as_json:
        style = str(house.path) if house.path else None
        told = {"written": written, "out": str(wish.out), "house": style, **comparison_record(found, table)}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo(comparison_text(found, table))
        if house.path is not None:
            typer.echo(f"House style: {house.path}")
        typer.echo(_ending(wish, written=written, flawless=found.is_flawless))
    return DONE if written else BASE_KEPT


def _ending(wish: _Wish, *, written: bool, flawless: bool) -> str:
    if written:
        return f"{wish.out}: written. Try it: clientvoice score newsletters/ --model {wish.out}"
    remedy = "Label sentences that it may get wrong" if flawless else "Label more, or more senders"
    return (
        f"The base model is kept, and nothing was written. {remedy}:"
        " clientvoice suggest-labels FOLDER --out FILE. To have the model all the same, add --write-anyway."
    )


@dataclass(frozen=True, slots=True)
class _Sources:
    """The files that training from scratch reads."""

    data: Path
    sentences: list[Path] | None
    unlabelled: Path | None
    corrections: Path | None
    messages: list[Path] | None


def _from_scratch(sources: _Sources, how: Callable[..., StoredModel], folds: int, wish: _Wish) -> int:
    from clientvoice.corpora.labelled import read_labelled
    from clientvoice.corpora.messages import messages_of, read_natural_messages
    from clientvoice.corpora.sentences import apply_labels, examples_of, read_corpus, read_texts
    from clientvoice.evaluation.tables import figures_text, second_text
    from clientvoice.store import save_model

    data = sources.data
    if not data.is_dir():
        raise ConfigError(f"{data}: no such folder; name the one with natural/*.txt by --data.")
    examples = read_corpus(data)
    tables = [read_labelled(path) for path in sources.sentences or ()]
    for table in tables:
        examples += examples_of(table)
    if sources.corrections:
        texts = read_texts(sources.unlabelled) if sources.unlabelled else ()
        examples = apply_labels(examples, texts, sources.corrections)
    letters = [read_labelled(path) for path in sources.messages or ()]
    labelled = [message for table in letters for message in messages_of(table)] or read_natural_messages(data)
    unlabelled = sum(table.unlabelled for table in (*tables, *letters))
    with tempfile.TemporaryDirectory() as work:
        model = how(wish.name, examples, labelled, Path(work), folds=folds)
        save_model(model, wish.out)
    figures, again = model.metrics["unseen_senders"], model.metrics.get("second_reading")
    if wish.as_json:
        counts = {"sentences": len(examples), "messages": len(labelled), "unlabelled": unlabelled}
        told = {"written": True, "out": str(wish.out), **counts, "unseen_senders": figures}
        if again:
            told["second_reading"] = again
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo(figures_text(figures))
        if again:
            typer.echo(second_text(again))
        were = "row without a label was" if unlabelled == 1 else "rows without a label were"
        left = f" {unlabelled} {were} left out." if unlabelled else ""
        typer.echo(f"{wish.out}: trained on {len(examples)} sentences and {len(labelled)} messages.{left}")
    return DONE
