"""The streams of this process: any text fits them, and a reader that goes away ends the run quietly."""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

READER_GONE = 141
"""Exit code where whoever read our output has gone (``| head``): 128 and SIGPIPE, as the shell tells it."""


class ReaderGone(SystemExit):
    """Nobody reads what this process writes any more.

    It ends the process as ctrl-C does, tidying up on the way. A BrokenPipeError would be taken for
    another fault: typer and rich make it exit code 1, others tell it as a disk's.
    """

    def __init__(self) -> None:
        super().__init__(READER_GONE)


class _Output(io.FileIO):
    """An open file, or the pipe in its place, that says when its reader has gone.

    It fails once: what is then left in buffers is let go, so that nothing fails again as the process ends.
    """

    _failed = False

    def write(self, data: ReadableBuffer, /) -> int | None:  # type: ignore[override]  # as RawIOBase has it
        left = memoryview(data).cast("B")
        whole = len(left)
        # All of it: where nothing is buffered (python -u) nobody asks how much of it a pipe has taken.
        while left and not self._failed:
            try:
                taken: int | None = super().write(left)
            except BrokenPipeError:
                self._failed = True
                raise ReaderGone from None
            except OSError:
                self._failed = True
                raise
            if taken is None:  # a pipe that does not wait, and is full
                return whole - len(left) or None
            left = left[taken:]
        return whole


def settle_streams() -> None:
    """Make the streams ones that any text fits: files and pipes take UTF-8, a terminal what it can show."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:  # closed by the shell
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for the life of the process
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            setattr(sys, name, _settled(stream))


def flush_output() -> None:
    """Write out what is left in standard output, while it can still be told that it does not go."""
    if not sys.stdout.closed:
        sys.stdout.flush()


def _settled(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    if stream.isatty() or not hasattr(signal, "SIGPIPE"):
        # A terminal that lacks a sign must not end a run; what programs read says that it is UTF-8.
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
        return stream
    stream.flush()
    output = _Output(stream.fileno(), "w", closefd=False)
    unbuffered = isinstance(stream.buffer, io.RawIOBase)  # python -u
    return io.TextIOWrapper(
        cast("BinaryIO", output if unbuffered else io.BufferedWriter(output)),
        encoding="utf-8",
        errors="replace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
