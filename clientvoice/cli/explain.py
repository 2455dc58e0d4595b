"""``clientvoice explain``: one message on the terminal, with marks under it and the reasons why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clientvoice.cli.options import Config, OwnModel, Rules
from clientvoice.cli.outcomes import DONE, FLAWED, complain_of
from clientvoice.errors import ConfigError

if TYPE_CHECKING:
    from clientvoice.records import Failure, Message, MessageAnalysis
    from clientvoice.voice import ClientVoice

WIDEST = 100
"""Columns; longer lines are hard to read, and marks under them harder."""


def explain(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE|-", help="A message, or - for standard input.", show_default=False),
    ],
    model: OwnModel = None,
    rules: Rules = None,
    config: Config = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print one line of JSON a message: the analysis, and every word's share."
        ),
    ] = False,
) -> int:
    """Explain a message: each sentence with marks under its words, the reasons, and the strongest words.

    Under a marked sentence ^^^ stands for words of the rule book and ~~~ for
    words that the model weighed. A word's share is exact: with the start, the
    shares add up to the log-odds of client (+) against customer (-).

    Exit code 0: all done. 1: something could not be read. 2: wrong usage, or empty
    standard input.

    Example: clientvoice explain newsletter.html

    Example: clientvoice explain newsletter.html --json
    """
    from clientvoice.house import style_for
    from clientvoice.readers import STDIN
    from clientvoice.records import Failure
    from clientvoice.voice import load

    path = None if file == STDIN else _file(file)
    voice = load(model, rules=rules, house=style_for([path or Path()], config))
    show = _print_json if as_json else _Screen().show
    flawed = False
    for item in _messages(path):
        if isinstance(item, Failure):
            complain_of(item)
            flawed = True
        else:
            show(voice.analyze(item), voice)
    return FLAWED if flawed else DONE


def _file(given: str) -> Path:
    path = Path(given)
    if not path.exists():
        raise ConfigError(f"{given}: no such file; check the path.")
    if path.is_dir():
        raise ConfigError(f"{given}: a folder. Explain one file, or score all with `clientvoice score`.")
    return path


def _messages(path: Path | None) -> Iterator[Message | Failure]:
    from clientvoice.cli.piped import piped_bytes
    from clientvoice.readers import Limits, read_bytes, read_path

    if path is not None:
        return read_path(path)
    return read_bytes(piped_bytes(Limits().max_bytes), name="standard input")


def _print_json(analysis: MessageAnalysis, voice: ClientVoice) -> None:
    from clientvoice.reports.jsonl import analysis_record, json_line

    record = analysis_record(analysis)
    for told, sentence in zip(record["sentences"], analysis.sentences, strict=True):
        told.update(_shares(voice, sentence.text, sentence.start))
    typer.echo(json_line(record))


def _shares(voice: ClientVoice, text: str, offset: int) -> dict[str, Any]:
    from clientvoice.reports.inert import encodable

    found = voice.explain(text)
    return {
        "decision": found.decision,
        "bias": found.bias,
        "contributions": [
            {
                "start": offset + part.start,
                "end": offset + part.end,
                "text": encodable(part.text),
                "log_odds": part.log_odds,
            }
            for part in found.contributions
        ],
    }


class _Screen:
    """The terminal, or the file or pipe in its place."""

    def __init__(self) -> None:
        from clientvoice.cli.screen import screen

        self._console = screen(WIDEST)
        self._started = False

    def show(self, analysis: MessageAnalysis, voice: ClientVoice) -> None:
        """Print one message."""
        from clientvoice.cli.marked import LEGEND, message_lines

        if self._started:
            self._console.rule()
        self._started = True
        width = min(self._console.width, WIDEST)
        for line in (*message_lines(analysis, voice.explain, voice.book, width), *LEGEND):
            self._console.print(line, soft_wrap=True)
