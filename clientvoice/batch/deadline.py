"""Time for one piece of work: beyond it the work ends, or its process does."""

from __future__ import annotations

import faulthandler
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

STRIDE = 100_000
"""Bytes or characters that have one time limit together.

Scoring takes about a second for 20,000 characters on a free core, so an honest text
has ten times what it needs, on a busy machine too; an endless loop still ends.
"""

AGAIN = 5.0
"""Seconds after which an alarm that the work has swallowed rings again."""

_GRACE = 1.25
"""How many times its limit a worker has that hears no alarm, and a second more."""


class TimedOutError(BaseException):
    """Work that took longer than it may.

    No ``Exception``: it rings anywhere in the work, and what catches faults there to
    tell of them in its own words must let it through.
    """

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(timeout_text(name, seconds))


def timeout_text(name: str, seconds: float) -> str:
    """Say that a file took too long, and what to do."""
    return (
        f"{name}: took longer than {seconds:g} seconds, the limit for its size; "
        "give it more with --time-limit, or leave it out."
    )


def allowed(seconds: float | None, size: int) -> float | None:
    """Return the seconds for so many bytes or characters: ``seconds`` for each 100,000 begun.

    Examples
    --------
    >>> allowed(60, 2_000), allowed(60, 4_900_000), allowed(None, 2_000)
    (60, 2940, None)
    """
    return None if seconds is None else seconds * max(1, -(-size // STRIDE))


@contextmanager
def within(seconds: float | None, name: str, *, fatal: bool = False) -> Iterator[None]:
    """Raise :class:`TimedOutError` in the block after ``seconds``; None is no limit.

    It works in the main thread where the system has alarms (not on Windows).
    Compiled code does not hear an alarm; with ``fatal`` the whole process, which
    is then a worker that can be spared, is ended somewhat later.

    Examples
    --------
    >>> with within(60, "a.eml"):
    ...     1 + 1
    2
    """
    if seconds is None:
        yield
        return
    if fatal:
        _end_after(seconds * _GRACE + 1)
    alarmed = hasattr(signal, "setitimer") and current_thread() is main_thread()
    over = not alarmed

    def ring(number: int, frame: FrameType | None) -> None:
        # What is raised while the block is opened or closed would skip what disarms the alarm: before that
        # it waits for the next ring, after it there is nothing to end.
        if not over and not _opens_or_closes(frame):
            raise TimedOutError(name, seconds)

    before = signal.signal(signal.SIGALRM, ring) if alarmed else None
    try:
        if alarmed:
            signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        yield
    finally:
        over = True  # first, and no call: signals are heard at calls
        if alarmed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        if fatal:
            faulthandler.cancel_dump_traceback_later()


def _opens_or_closes(frame: FrameType | None) -> bool:
    """Tell whether a ``with`` is about to enter or leave its block here."""
    return frame is not None and frame.f_globals.get("__name__") == contextmanager.__module__


def _end_after(seconds: float) -> None:
    """Let a thread of the interpreter's own, which needs no turn of ours, end this process."""
    global _NOWHERE
    if _NOWHERE is None:
        _NOWHERE = os.open(os.devnull, os.O_WRONLY)
    faulthandler.dump_traceback_later(seconds, exit=True, file=_NOWHERE)


_NOWHERE: int | None = None
