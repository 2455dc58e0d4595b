"""What one attempt to write rewrites into a file gives."""

from __future__ import annotations

from typing import NamedTuple

from clientvoice.records import Notice


class Placed(NamedTuple):
    """What stands in the message's text at ``[start, end)`` from now on."""

    start: int
    end: int
    text: str


class View(NamedTuple):
    """The decoded text of a file, or of a part of a mail, before and after."""

    part: str
    before: str
    after: str


class Outcome(NamedTuple):
    """The new bytes, what was placed where, and what to tell the user."""

    data: bytes
    placed: tuple[Placed, ...]
    views: tuple[View, ...] = ()
    notices: tuple[Notice, ...] = ()
