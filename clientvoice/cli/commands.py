"""The list of commands. A command's module is imported when it is run, its work later still."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Annotated, cast

import typer
from typer.core import TyperCommand, TyperGroup

from clientvoice.cli.outcomes import guarded
from clientvoice.cli.screen import is_plain
from clientvoice.cli.streams import flush_output, settle_streams

COMMANDS = (
    "score",
    "label",
    "explain",
    "check",
    "rewrite",
    "cues",
    "suggest-labels",
    "train",
    "evaluate",
    "doctor",
    "lsp",
    "mcp",
)
"""Command ``name`` is the function ``name`` of the module ``clientvoice.cli.name``, hyphens as underscores.

It returns its exit code. Its module imports nothing heavy; its body may.
"""


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and imports the one that is asked for."""

    def list_commands(self, ctx: object) -> list[str]:
        """Return the commands in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | None:
        """Return the command of that name; an unknown one loads all, to suggest what was meant."""
        for name in (cmd_name,) if cmd_name in COMMANDS else COMMANDS:
            if name not in self.commands:
                self.commands[name] = _command(name)
        return cast("TyperCommand | None", self.commands.get(cmd_name))


def _command(name: str) -> TyperCommand:
    own = name.replace("-", "_")
    function = getattr(import_module(f"clientvoice.cli.{own}"), own)
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    single.command(name)(guarded(function))
    return cast("TyperCommand", typer.main.get_command(single))


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from clientvoice import __version__

        typer.echo(f"clientvoice {__version__}")
        raise typer.Exit


@app.callback()
def clientvoice(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Tell whether marketing copy speaks to customers or cares for clients.

    Every message gets a score from 0 (sells to a customer) to 100 (cares for a
    client), every sentence a label, a probability and a reason.
    """


def main() -> None:
    """Run the command line of this process."""
    settle_streams()
    on_screen = sys.stdout.isatty() or sys.stderr.isatty() or "FORCE_COLOR" in os.environ
    if is_plain() or not on_screen:  # else typer's help has bold letters, and colours in a pipe of GitHub's
        os.environ.setdefault("_TYPER_FORCE_DISABLE_TERMINAL", "1")
    try:
        app(prog_name="clientvoice")
    finally:
        flush_output()
