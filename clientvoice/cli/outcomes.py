"""How a command ends: its exit code, and one clear line for what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import typer

from clientvoice.cli.screen import is_plain
from clientvoice.cli.streams import READER_GONE, flush_output
from clientvoice.errors import ClientVoiceError, InputError

if TYPE_CHECKING:
    from clientvoice.records import Failure

DONE = 0
FLAWED = 1
WRONG_USAGE = 2
INTERRUPTED = 130

_LONGEST = 500
"""Characters of a failure that are told."""

Options = ParamSpec("Options")


def guarded(command: Callable[Options, int | None]) -> Callable[Options, None]:
    """Wrap a command so that it ends with its exit code and never with a traceback of ours.

    Examples
    --------
    >>> try:
    ...     guarded(lambda: 1)()
    ... except typer.Exit as end:
    ...     end.exit_code
    1
    """

    @wraps(command)
    def run(*args: Options.args, **kwargs: Options.kwargs) -> None:
        raise typer.Exit(_outcome(lambda: command(*args, **kwargs)))

    return run


def _outcome(command: Callable[[], int | None]) -> int:
    try:
        code = command() or DONE
        flush_output()  # a full disk is told here
        return code
    except InputError as error:
        complain(str(error))
        return FLAWED
    except ClientVoiceError as error:
        complain(str(error))
        return WRONG_USAGE
    except BrokenPipeError:
        return READER_GONE  # a stream by its name, such as --out /dev/stdout: ours raise ReaderGone
    except OSError as error:
        if not _is_somewhere():
            complain("the current folder is no longer there. Change to one that is (cd), then run again.")
            return WRONG_USAGE
        where = f"{error.filename}: " if error.filename else ""
        complain(
            f"{where}{error.strerror or error}. Nothing was written; free space or choose another folder."
        )
        return FLAWED
    except KeyboardInterrupt:
        complain("interrupted; nothing was written.")
        return INTERRUPTED


def _is_somewhere() -> bool:
    """Tell whether the current folder is still there: another process may have removed it."""
    try:
        Path.cwd()
    except OSError:
        return False
    return True


def complain(text: str) -> None:
    """Write an error to stderr, where it cannot spoil output that is piped on.

    Much of it is told in words of files: what steers a terminal is shown, never obeyed.
    """
    color = False if is_plain() else None  # None: as the terminal can
    typer.secho("error: ", fg=typer.colors.RED, bold=True, err=True, nl=False, color=color)
    note(text)


def complain_of(failure: Failure) -> None:
    """Write why a file or row could not be read, on one line."""
    from clientvoice.reports.inert import one_line

    complain(one_line(failure.text, _LONGEST))


def note(text: str) -> None:
    """Write a line that goes with an error to stderr, as inert as the error."""
    from clientvoice.reports.inert import visible

    typer.echo(visible(text), err=True)
