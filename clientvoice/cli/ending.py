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


_heard: list[int] = []
"""The signals heard in the open block: a library may swallow what their handlers raise, and raise its own."""


class Terminated(KeyboardInterrupt):
    """The system asked this process to end."""


class Interrupted(KeyboardInterrupt):
    """Somebody pressed ctrl-C.

    A class of our own: where a plain KeyboardInterrupt has passed through ``exec``, as it may
    while a module is imported, ``python -m`` ends by killing itself with SIGINT, whatever the
    exit code was to be.
    """


@contextmanager
def heeding_signals() -> Iterator[None]:
    """Have SIGTERM unwind the block as ctrl-C does, so that nothing is left half-written."""
    if current_thread() is not main_thread():
        yield
        return
    before = {signal.SIGTERM: signal.signal(signal.SIGTERM, _terminate)}
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where a shell has it ignored
        before[signal.SIGINT] = signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        _heard.clear()
        for number, handler in before.items():
            signal.signal(number, handler)


def code_of(stop: KeyboardInterrupt) -> int:
    """Return the exit code of a run that was stopped.

    Examples
    --------
    >>> code_of(KeyboardInterrupt()), code_of(Terminated())
    (130, 143)
    """
    return TERMINATED if isinstance(stop, Terminated) or signal.SIGTERM in _heard else INTERRUPTED


def _terminate(number: int, frame: FrameType | None) -> None:
    _heard.append(number)
    raise Terminated


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Interrupted
