"""``clientvoice rewrite``: how to say to a client what a message says to a customer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientvoice.cli.options import Config, Force, OwnModel, Rules
from clientvoice.cli.outcomes import DONE, FLAWED, complain, complain_of, note
from clientvoice.errors import ConfigError

if TYPE_CHECKING:
    from clientvoice.records import Message, MessageAnalysis, Rewrite, SentenceAnalysis
    from clientvoice.rewrites.applying.apply import Applied
    from clientvoice.rewrites.remote import RemoteCandidates
    from clientvoice.voice import ClientVoice

WIDEST = 100
"""Columns; longer lines are hard to read."""


class Level(StrEnum):
    """Which suggestions are applied: the safe ones, or the best of each sentence."""

    safe = "safe"
    all = "all"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the options ask for beyond showing suggestions."""

    diff: bool
    level: Level | None
    out: Path | None
    force: bool
    in_place: bool
    interactive: bool
    subjects: bool
    as_json: bool

    @property
    def writes(self) -> bool:
        return self.out is not None or self.in_place

    @property
    def applies(self) -> bool:
        return self.writes or self.diff


def rewrite(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A message.", show_default=False)],
    diff: Annotated[
        bool, typer.Option("--diff", help="Print what would change, as a unified diff of the decoded text.")
    ] = False,
    apply: Annotated[
        Level | None,
        typer.Option(
            "--apply", help="Apply the safe suggestions, or the best of each sentence.", show_default="none"
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where the new message goes.")
    ] = None,
    force: Force = False,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="Overwrite FILE; a backup FILE.bak is kept.")
    ] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Ask about each sentence: accept, edit, skip, quit.")
    ] = False,
    subjects: Annotated[bool, typer.Option("--subjects", help="Rewrite the subject, too.")] = False,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=20, help="Suggestions shown a sentence.")
    ] = 3,
    model: OwnModel = None,
    rules: Rules = None,
    config: Config = None,
    llm: Annotated[
        str | None,
        typer.Option(
            "--llm",
            metavar="URL",
            help="Ask a language model, too: the base address of any OpenAI-compatible server. "
            "Sentences are sent there. A key is taken from CLIENTVOICE_LLM_KEY.",
        ),
    ] = None,
    llm_model: Annotated[
        str | None, typer.Option("--llm-model", metavar="NAME", help="Its name for the server.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON a message.")] = False,
) -> int:
    """Suggest how to say it to a client: facts kept, nothing promised, no deadline made stronger.

    Without --apply or --interactive nothing is changed. Text, Markdown and HTML
    keep every other byte; of a mail only the parts that hold a changed sentence
    are written anew. Footers, legal lines and quotations are never rewritten.
    A file that is there already is never overwritten unasked.

    Exit code 0: all done. 1: something could not be read or applied, or is yours to fill in. 2: wrong usage.

    Example: clientvoice rewrite newsletter.html --apply safe --out gentler.html
    """
    from clientvoice.house import style_for
    from clientvoice.readers import read_path
    from clientvoice.readers.folder import display_name
    from clientvoice.records import Failure
    from clientvoice.voice import load

    wish = _Wish(diff, apply, out, force, in_place, interactive, subjects, as_json)
    _check(file, wish)
    remote = _remote(llm, llm_model)
    messages: list[Message] = []
    failures = 0
    for item in read_path(file):
        if isinstance(item, Failure):
            complain_of(item)
            failures += 1
            continue
        if wish.applies and not messages and item.id != display_name(file):
            raise ConfigError(
                f"{file}: a mailbox, an archive or a table is not rewritten. "
                "Save the message as a file of its own."
            )
        messages.append(item)
    if not messages:
        return FLAWED
    voice = load(model, rules=rules, house=style_for([file], config))
    if remote is not None:
        note(remote.notice)
    flawed = failures > 0
    # A mail that is forwarded inside another is shown, but stays as it was sent.
    for item in messages[:1] if wish.applies else messages:
        analysis = voice.suggest(next(voice.pipe([item])), limit=limit, extra=remote)
        flawed |= _handle(analysis, voice, file, wish)
    if wish.applies and len(messages) > 1:
        note(f"{len(messages) - 1} forwarded inside it: left as sent.")
    if remote is not None and remote.problem:
        complain(remote.problem)
        flawed = True
    return FLAWED if flawed else DONE


def _check(file: Path, wish: _Wish) -> None:
    from clientvoice.readers import STDIN

    if not file.exists():
        piped = (
            " Standard input is not taken here: what is rewritten is a file." if str(file) == STDIN else ""
        )
        raise ConfigError(f"{file}: no such file; check the path.{piped}")
    if file.is_dir():
        raise ConfigError(f"{file}: a folder. Rewrite one file at a time.")
    if wish.out is not None and wish.in_place:
        raise ConfigError("--out and --in-place: expected one of them.")
    if wish.out is not None and wish.out.is_dir():
        raise ConfigError(f"--out {wish.out}: a folder. Name the file to write.")
    if wish.out is not None and wish.out.exists() and wish.out.samefile(file):
        raise ConfigError(f"--out {wish.out} is the file itself. To overwrite it, use --in-place.")
    if wish.out is not None and wish.out.exists() and not wish.force:
        raise ConfigError(f"--out {wish.out} exists. Choose another name, or overwrite it by --force.")
    if wish.force and wish.out is None:
        raise ConfigError("--force is for --out FILE: --in-place overwrites anyway, and keeps a backup.")
    if wish.interactive and (wish.level or wish.as_json):
        raise ConfigError("--interactive asks about each sentence; leave out --apply and --json.")
    if (wish.interactive or wish.level) and not wish.applies:
        option = "--interactive" if wish.interactive else "--apply"
        raise ConfigError(f"{option} needs a place to write to: add --out FILE or --in-place, or see --diff.")
    if wish.writes and not (wish.interactive or wish.level):
        raise ConfigError(
            "Which suggestions shall be written? Add --apply safe, --apply all or --interactive."
        )


def _remote(url: str | None, name: str | None) -> RemoteCandidates | None:
    if url is None and name is None:
        return None
    if not url or not name:
        raise ConfigError("--llm and --llm-model go together: the address of a server, and a model there.")
    from clientvoice.rewrites.remote import RemoteCandidates

    return RemoteCandidates(url, name)


def _handle(analysis: MessageAnalysis, voice: ClientVoice, file: Path, wish: _Wish) -> bool:
    """Show, choose and apply for one message; return whether something could not be applied."""
    from clientvoice.rewrites.applying.apply import apply_rewrites

    open_ones = [sentence for sentence in analysis.sentences if sentence.suggestions]
    in_question = [one for one in open_ones if wish.subjects or one.kind != "subject"]
    applied: Applied | None = None
    if wish.interactive:
        chosen = _asked(in_question, voice, _hinders(analysis.message, file.read_bytes(), wish))
    else:
        chosen = _chosen(open_ones, wish)
    if wish.applies:
        applied = apply_rewrites(file.read_bytes(), analysis.message, chosen, subjects=wish.subjects)
    if wish.as_json:
        _print_json(analysis, applied)
    elif wish.diff and applied is not None:
        typer.echo(_shown(applied.diff(file.name)), nl=False, color=True)  # else codes in the text are cut
    elif not wish.interactive and not wish.writes:
        _show(analysis.message, open_ones)
    if applied is None:
        return False
    gaps = _tell(applied, len(in_question), file, wish)
    if len(in_question) < len(open_ones):
        note("The subject calls for it, too, and is left as it is: add --subjects.")
    return bool(applied.refused or (gaps and not wish.interactive))


def _chosen(sentences: Sequence[SentenceAnalysis], wish: _Wish) -> list[Rewrite]:
    """Return the first suggestion of each sentence that the level lets through.

    What a language model said is never applied before somebody has read it.
    """
    chosen = []
    for sentence in sentences:
        if sentence.kind == "subject" and not wish.subjects:
            continue
        some = sentence.suggestions.rewrites if sentence.suggestions else ()
        ours = (one for one in some if one.method != "llm")
        chosen += [one for one in ours if one.safe or wish.level is Level.all][:1]
    return chosen


def _hinders(message: Message, data: bytes, wish: _Wish) -> Callable[[Rewrite], str]:
    """Return what tells why a rewrite cannot be written into the file, or ``""``."""
    from clientvoice.rewrites.applying.apply import apply_rewrites

    def hinders(rewrite: Rewrite) -> str:
        refused = apply_rewrites(data, message, [rewrite], subjects=wish.subjects).refused
        return refused[0].reason if refused else ""

    return hinders


def _asked(
    sentences: Sequence[SentenceAnalysis], voice: ClientVoice, hinders: Callable[[Rewrite], str]
) -> list[Rewrite]:
    from clientvoice.cli.choosing import Chooser
    from clientvoice.cli.screen import screen

    console = screen(WIDEST)
    if not sentences:
        typer.echo("No sentence calls for a rewrite.")
    return Chooser(voice, console, min(console.width, WIDEST), hinders=hinders).choose(sentences)


def _show(message: Message, sentences: Sequence[SentenceAnalysis]) -> None:
    from rich.text import Text

    from clientvoice.cli.screen import screen
    from clientvoice.cli.suggested import LEGEND, suggestion_lines, totals
    from clientvoice.reports.inert import one_line

    console = screen(WIDEST)
    width = min(console.width, WIDEST)
    lines = [Text(one_line(message.id, width), style="bold")]
    for sentence in sentences:
        lines += (Text(), *suggestion_lines(sentence, width))
    lines += (Text(), Text(totals(sentences)))
    for line in (*lines, *([LEGEND] if sentences else [])):
        console.print(line, soft_wrap=True)


def _shown(diff: str) -> str:
    """Return a diff for whatever standard output is: as it is for a file or pipe, inert for a terminal."""
    from clientvoice.reports.inert import visible

    return visible(diff) if sys.stdout.isatty() else diff


def _print_json(analysis: MessageAnalysis, applied: Applied | None) -> None:
    from clientvoice.cli.suggested_json import suggestions_record
    from clientvoice.reports.jsonl import json_line

    typer.echo(json_line(suggestions_record(analysis, applied)))


def _tell(applied: Applied, sentences: int, file: Path, wish: _Wish) -> list[str]:
    """Write the new file, tell on stderr what was done, and return the gaps that are to be filled in.

    Standard output is for the diff or the JSON.
    """
    from clientvoice.cli.backup import keep_backup
    from clientvoice.reports.inert import one_line
    from clientvoice.reports.saving import save
    from clientvoice.rewrites.guards.verdict import placeholders

    for refusal in applied.refused:
        complain(f"not rewritten: “{one_line(refusal.rewrite.original, 80)}”: {refusal.reason}.")
    for notice in applied.notices:
        note(f"note: {notice.text}")
    gaps = list(dict.fromkeys(gap for one in applied.done for gap in placeholders(one.original, one.text)))
    for gap in gaps:
        complain(f"{gap} stands in the new text for what only you know: fill it in before you send it.")
    count = f"{len(applied.done):,} of {sentences:,} sentences that call for it rewritten."
    if not wish.writes:
        note(f"{count} Nothing was written.")
    elif wish.out is not None:
        save(wish.out, applied.data, like=file)
        note(f"{count} Written to {wish.out}")
    elif not applied.done:
        note(f"{count} {file} is unchanged.")
    else:
        target = file.resolve()  # behind a link, the file itself
        backup = keep_backup(target, target.read_bytes())
        save(target, applied.data, like=target)
        note(f"{count} Written to {file}; the old one is {backup}")
    return gaps
