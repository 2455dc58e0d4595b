"""Standard input of a command: read where it is asked for, and never empty in silence."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from clientvoice.cli.outcomes import note
from clientvoice.errors import ConfigError

_BLANK = 1 << 16
"""Bytes; nobody pipes more white space than this by mistake."""


def piped_bytes(most: int) -> bytes:
    """Return standard input, up to one byte more than so many.

    Raises
    ------
    ConfigError
        If there is nothing in it.
    """
    tell_waiting()
    data: bytes = typer.get_binary_stream("stdin").read(most + 1)
    if not data.strip():
        raise nothing_piped()
    return data


def tell_waiting() -> None:
    """Say that a command waits for its input, where a person would have to type it."""
    if sys.stdin.isatty():
        note("Reading standard input; end it with Ctrl-D (on Windows Ctrl-Z, Enter).")


def check_piped(path: Path) -> None:
    """Raise a ConfigError where the file that standard input was kept in holds nothing.

    Examples
    --------
    >>> check_piped(Path(__file__))
    """
    with path.open("rb") as file:
        if not file.read(_BLANK).strip() and not file.read(1):
            raise nothing_piped()


def nothing_piped() -> ConfigError:
    """Return the error that standard input is empty: most likely what came before in the pipe failed."""
    return ConfigError("standard input is empty, so there is nothing to read. Check what is piped in.")
