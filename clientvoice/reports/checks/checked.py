"""What a check came to: all that its formats tell."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

from clientvoice.records import Failure, MessageLabel, Notice
from clientvoice.records.messages import NOT_ENGLISH, is_foreign
from clientvoice.reports.checks.findings import Finding
from clientvoice.reports.inert import visible
from clientvoice.reports.page.template import counted
from clientvoice.reports.rows import status
from clientvoice.rules import RuleBook

_ON_COMMENTS = frozenset({"unused_suppression", "bad_suppression"})
_EMPTY = "empty"
_LINE = re.compile(r"line (\d{1,9}): ")


@dataclass(frozen=True, slots=True)
class CheckedMessage:
    """One message that was read and judged."""

    id: str
    path: str
    label: MessageLabel
    score: float
    notices: tuple[Notice, ...] = ()
    written: bool = False
    """Whether the lines that its notices tell are lines of the file."""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Its notices, with their lines."""
        return tuple(_remark(self, notice) for notice in self.notices)

    @property
    def foreign(self) -> bool:
        """Whether it is in another language, and so was not judged."""
        return is_foreign(self.notices)


@dataclass(frozen=True, slots=True)
class Remark:
    """A notice on a message; ``line`` is None where its place in the file is not known."""

    id: str
    path: str
    code: str
    text: str
    line: int | None = None

    @property
    def on_comment(self) -> bool:
        """Whether it is about a comment to clientvoice that suppresses nothing, or is not understood."""
        return self.code in _ON_COMMENTS

    @property
    def on_language(self) -> bool:
        """Whether it says that the message is in another language, and so was not judged."""
        return self.code == NOT_ENGLISH

    @property
    def told(self) -> bool:
        """Whether people are told without asking for more."""
        return self.on_comment or self.on_language

    @property
    def where(self) -> str:
        """The file with the line where that is known, else the message."""
        return self.id if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of a run, with the messages and failures that they come from.

    Parameters
    ----------
    findings : tuple of Finding
        In the order of the messages.
    messages : tuple of CheckedMessage
    failures : tuple of Failure
        Also what was left out on purpose.
    book : RuleBook
    model : str
    compared : bool
        Whether there was a baseline.
    stale : int
        Entries of the baseline that are no longer found.
    files : mapping of str to str
        The names of files as the system has them, by those that are told, where the two differ:
        what steers a terminal is told escaped, and a link must lead to the file all the same.
    """

    findings: tuple[Finding, ...]
    messages: tuple[CheckedMessage, ...]
    failures: tuple[Failure, ...]
    book: RuleBook
    model: str = ""
    compared: bool = False
    stale: int = 0
    files: Mapping[str, str] = field(default_factory=dict)

    def file(self, path: str) -> str:
        """Return the name of a file as the system has it."""
        return self.files.get(path, path)

    @property
    def told(self) -> tuple[Finding, ...]:
        """The findings that people are told: new and not silenced."""
        return tuple(found for found in self.findings if not found.known and found.silenced is None)

    @property
    def failing(self) -> tuple[Finding, ...]:
        """The findings that fail the run."""
        return tuple(found for found in self.findings if found.fails)

    @property
    def unread(self) -> tuple[Failure, ...]:
        """What could not be read."""
        return tuple(filter(is_unread, self.failures))

    @property
    def empty(self) -> tuple[Failure, ...]:
        """Files that hold nothing, so nothing that could be wrong: told, and no failure."""
        return tuple(it for it in self.failures if it.code == _EMPTY)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What people are told of messages beside findings; it fails no run."""
        return tuple(it for message in self.messages for it in message.remarks if it.told)

    @property
    def foreign(self) -> tuple[CheckedMessage, ...]:
        """The messages in another language, which were not judged."""
        return tuple(message for message in self.messages if message.foreign)

    @property
    def passed(self) -> bool:
        """Whether nothing new stands above the bar and all was read."""
        return not (self.failing or self.unread)

    def by_message(self) -> Iterator[tuple[CheckedMessage, tuple[Finding, ...]]]:
        """Yield each message with the findings that people are told."""
        found: dict[str, list[Finding]] = {}
        for one in self.told:
            found.setdefault(one.id, []).append(one)
        for message in self.messages:
            yield message, tuple(found.get(message.id, ()))

    def summary(self) -> str:
        """Return the run in one line.

        Examples
        --------
        >>> Checked((), (), (), RuleBook.load()).summary()
        'No findings in 0 messages.'
        """
        told, silenced = len(self.told), sum(found.silenced is not None for found in self.findings)
        known, noted = sum(found.known for found in self.findings), len(self.told) - len(self.failing)
        new = "new " if self.compared else ""
        parts = [f"{counted(told, f'{new}finding')}" if told else f"No {new}findings"]
        foreign = len(self.foreign)
        parts[0] += f" in {counted(len(self.messages) - foreign, 'message')}"
        parts += [f"{noted:,} of them only noted"] if noted else []
        parts += [f"{known:,} known from the baseline"] if known else []
        parts += [f"{silenced:,} ignored"] if silenced else []
        parts += [f"{foreign:,} in another language not judged"] if foreign else []
        parts += [f"{len(self.empty):,} empty"] if self.empty else []
        parts += [f"{len(self.unread):,} could not be read"] if self.unread else []
        return "; ".join(parts) + "."


def relative(path: str) -> str:
    """Return a path as seen from the current folder where it lies below, with forward slashes.

    Examples
    --------
    >>> relative("./mails/../mails/june.md")
    'mails/june.md'
    """
    normal = os.path.normpath(path)
    if Path(normal).is_absolute():
        here = os.path.relpath(normal)
        normal = normal if here.startswith("..") else here
    return Path(normal).as_posix()


def uri(path: str) -> str:
    """Return a path as a URI, relative to the current folder where it lies below.

    Examples
    --------
    >>> uri("mails/june & july.md")
    'mails/june%20%26%20july.md'
    """
    seen = relative(path)
    told = quote(_bytes_of(seen), safe="/")
    return f"file://{told}" if Path(seen).is_absolute() else told


def is_unread(failure: Failure) -> bool:
    """Tell whether something could not be read; what was left out, or holds nothing, is not wrong."""
    return status(failure) == "failed" and failure.code != _EMPTY


def shown(path: str) -> str:
    r"""Return a path as :func:`relative` tells it, made of signs that every document can hold.

    Examples
    --------
    >>> shown("mails/ju\x1bne.md")
    'mails/ju␛ne.md'
    """
    return visible(relative(path))


def _remark(message: CheckedMessage, notice: Notice) -> Remark:
    found = _LINE.match(notice.text) if message.written else None
    text = notice.text[found.end() :] if found else notice.text
    remark = Remark(message.id, message.path, notice.code, text, int(found[1]) if found else None)
    return replace(remark, text=f"{text} It was not judged.") if remark.on_language else remark


def _bytes_of(path: str) -> bytes:
    """Return the bytes of a name: as the system has them, where Python could not decode them."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a lone surrogate from a name inside an archive
        return path.encode("utf-8", "replace")
