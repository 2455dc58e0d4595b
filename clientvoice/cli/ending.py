"""How a run that is told to stop ends: like ctrl-C, whoever asks for it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

from clientvoice.cli.outcomes import INTERRUPTED

TERMINATED = 143
"""Exit code of a run that was sent SIGTERM, as the shell tells it."""


class Terminated(KeyboardInterrupt):
    """The system asked this process to end."""


@contextmanager
def heeding_sigterm() -> Iterator[None]:
    """Have SIGTERM unwind the block as ctrl-C does, so that nothing is left half-written."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def code_of(stop: KeyboardInterrupt) -> int:
    """Return the exit code of a run that was stopped.

    Examples
    --------
    >>> code_of(KeyboardInterrupt()), code_of(Terminated())
    (130, 143)
    """
    return TERMINATED if isinstance(stop, Terminated) else INTERRUPTED


def _terminate(number: int, frame: FrameType | None) -> None:
    raise Terminated
