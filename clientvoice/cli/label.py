"""``clientvoice label``: from a table of texts to a label for each row."""

from __future__ import annotations

import codecs
import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clientvoice.cli.options import Config, OwnModel, Quiet, Rules
from clientvoice.cli.outcomes import DONE, FLAWED, complain, complain_of, note
from clientvoice.errors import ConfigError

if TYPE_CHECKING:
    from clientvoice.batch import Labelled
    from clientvoice.records import Failure

TOLD = 20
"""How many bad rows, and how many without text, are told one by one."""

_NOTICES = {"not_english": "read as another language; labels hold for English copy only"}


class Unit(StrEnum):
    """What a row is."""

    sentence = "sentence"
    message = "message"


def label(
    table: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|-",
            help="A .jsonl, .csv, .tsv, .xlsx or .parquet table, or - for one on standard input.",
            show_default=False,
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
    customer, 100 for client. With --unit message the column of the subjects is
    used where there is one. A row without words is labelled by what the model
    expects of any text; its line has "notice": "empty" too. One in another language
    has "notice": "not_english". Both are counted at the end. A row that cannot be
    read is told by its line and left out; the rest goes on. Where no row has a
    label, nothing is written.

    Exit code 0: every row has its label. 1: some rows could not be read.
    2: wrong usage, no rows, or empty standard input.

    Example: clientvoice label sentences.csv --out labelled.jsonl

    Example: clientvoice label mails.jsonl --unit message --text-column body -o labelled.jsonl --json
    """
    from clientvoice.batch import Columns, VoiceSource, label_rows, opened, read_rows
    from clientvoice.cli.progress import progress
    from clientvoice.house import style_for
    from clientvoice.readers import STDIN
    from clientvoice.records import Failure
    from clientvoice.reports.saving import Draft, stream_of

    piped = str(table) == STDIN
    if not piped:
        _check(table)
    if not piped and out.exists() and out.samefile(table):
        raise ConfigError(f"--out {out} is the table itself. Choose another file.")
    columns = Columns(text_column, id_column, "subject" if unit is Unit.message else None)
    source = VoiceSource(model, rules, style_for([Path() if piped else table], config))
    count = _Count("standard input" if piped else str(table))
    with ExitStack() as stack:
        given = _piped(stack) if piped else table
        rows = read_rows(given, columns, name=count.table)
        draft = stack.enter_context(Draft(out))
        advance = stack.enter_context(progress(None, "rows", quiet=quiet))
        voice = opened(source)
        for result in label_rows(voice, rows, unit=unit.value):
            advance(1)
            if isinstance(result, Failure):
                count.failure(result)
            else:
                count.row(result)
                draft.write(_line(result))
        if not count.labelled and not count.failed:
            raise ConfigError(f"{count.table} has no rows to label.")
        if not count.labelled:
            draft.withdraw()
    count.tell(out, as_json=as_json, quiet=quiet, aside=stream_of(out) == 1)
    return FLAWED if count.failed else DONE


def _check(table: Path) -> None:
    if not table.exists():
        raise ConfigError(f"{table}: no such file; check the path.")
    if table.is_dir():
        raise ConfigError(f"{table}: a folder. Label one table, or score messages with `clientvoice score`.")


def _piped(stack: ExitStack) -> Path:
    """Keep the table that comes by standard input in a file whose name tells its kind."""
    from clientvoice.cli.piped import check_piped, tell_waiting
    from clientvoice.readers import kept_stdin

    folder = Path(stack.enter_context(TemporaryDirectory(prefix="clientvoice-")))
    tell_waiting()
    kept = kept_stdin(typer.get_binary_stream("stdin"), folder / "table")
    check_piped(kept)
    with kept.open("rb") as file:
        head = file.read(1 << 16).removeprefix(codecs.BOM_UTF8).lstrip()
    kinds = ((b"PAR1", ".parquet"), (b"PK\3\4", ".xlsx"), (b"{", ".jsonl"))
    return kept.rename(
        kept.with_suffix(next((kind for sign, kind in kinds if head.startswith(sign)), ".csv"))
    )


@dataclass
class _Count:
    """What became of the rows of a table; the first of those that are not well are told one by one."""

    table: str
    labelled: int = 0
    failed: int = 0
    empty: int = 0
    notices: Counter[str] = field(default_factory=Counter)

    def failure(self, failure: Failure) -> None:
        self.failed += 1
        if self.failed <= TOLD:
            complain_of(failure)

    def row(self, result: Labelled) -> None:
        self.labelled += 1
        self.empty += result.empty
        self.notices.update(result.notices)
        if result.empty and self.empty <= TOLD:
            note(f"note: {self.table}, line {result.line}: no text; its label says nothing.")

    def tell(self, out: Path, *, as_json: bool, quiet: bool, aside: bool) -> None:
        """Tell the counts, ``aside`` on standard error where the rows themselves went to standard output."""
        if self.failed > TOLD:
            note(f"  and {self.failed - TOLD:,} more rows that could not be labelled")
        if self.empty > TOLD:
            note(f"  and {self.empty - TOLD:,} more rows without text")
        for code, number in sorted(self.notices.items()):
            what = _NOTICES.get(code, f'have the notice "{code}"')
            note(f"note: {number:,} of {self.labelled:,} rows {what}.")
        if not self.labelled:
            complain(f"no row could be labelled; nothing was written{_kept(out)}.")
        if as_json:
            told = {
                "labelled": self.labelled,
                "failed": self.failed,
                "empty": self.empty,
                "notices": dict(sorted(self.notices.items())),
                "out": str(out) if self.labelled else None,
            }
            typer.echo(json.dumps(told, ensure_ascii=False), err=aside)
        elif self.labelled and not quiet:
            rows = "row" if self.labelled == 1 else "rows"
            empty = f" ({self.empty:,} without text)" if self.empty else ""
            counted = f"{self.labelled:,} {rows} labelled{empty}, {self.failed:,} not"
            typer.echo(f"{counted}. Written to {out}", err=aside)


def _kept(out: Path) -> str:
    return f", and {out} is as it was" if out.exists() else ""


def _line(result: Labelled) -> str:
    record: dict[str, Any] = {
        "id": result.id,
        "label": result.label,
        "probabilities": dict(result.probabilities),
        "score": result.score,
    }
    if notices := ["empty"] * result.empty + [*result.notices]:
        record["notice"] = ", ".join(notices)
    return json.dumps(record, ensure_ascii=False) + "\n"
