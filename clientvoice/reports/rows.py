"""One light row a message or failure: what every list, table and count is made from."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from clientvoice.records import Failure, Frame, MessageAnalysis, MessageLabel, Notice
from clientvoice.records.messages import is_foreign

Status = Literal["scored", "failed", "skipped"]

_OPENING_WORDS = 9
_OPENING_CHARACTERS = 300

SKIPPED = "skipped_"
"""How the codes of what was left out on purpose begin; it is told, yet nothing went wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is told about one message or failure in a list.

    ``counts`` holds the counted sentences by frame, ``practices`` how many
    practices of care are shown, None where nobody looked. ``problem`` is the text of a
    failure and None for a message; a failure's code is its only notice. ``opening`` holds
    the first words of a message that has neither subject nor file to be called by.

    Examples
    --------
    >>> it = Row("a", "a.txt", "scored", score=81.0, counts={"client": 3, "neutral": 1})
    >>> it.sentences, it.share("client")
    (4, 0.75)
    >>> Row("old.zip/2022/may.txt", "old.zip", "scored").place
    'old.zip/2022/may.txt'
    """

    id: str
    path: str | None
    status: Status
    format: str | None = None
    label: MessageLabel | None = None
    score: float | None = None
    probabilities: Mapping[str, float] | None = None
    counts: Mapping[Frame, int] | None = None
    practices: int | None = None
    subject: str | None = None
    sender: str | None = None
    date: str | None = None
    notices: tuple[Notice, ...] = ()
    problem: str | None = None
    opening: str = ""

    @property
    def member(self) -> str:
        """What follows the path in the id: ``#3`` of a mailbox or table, ``/2022/may.txt`` of an archive."""
        rest = self.id.removeprefix(self.path) if self.path and self.id.startswith(self.path) else ""
        return rest if rest[:1] in {"/", "#"} else ""

    @property
    def place(self) -> str:
        """Where it lies: the file, and of many in one file which."""
        return f"{self.path}{self.member}" if self.path else self.id

    @property
    def foreign(self) -> bool:
        """Whether it is a message in another language, which no summary counts."""
        return is_foreign(self.notices)

    @property
    def sentences(self) -> int | None:
        """How many sentences count toward the score; None for a failure."""
        return None if self.counts is None else sum(self.counts.values())

    def share(self, frame: Frame) -> float | None:
        """Return the share of the counted sentences that carry ``frame``, None without any."""
        return self.counts.get(frame, 0) / total if self.counts and (total := self.sentences) else None


def row(item: MessageAnalysis | Failure) -> Row:
    """Return the row of one result.

    Examples
    --------
    >>> row(Failure("a.bin", "skipped_unknown", "a.bin is no message")).status
    'skipped'
    """
    if isinstance(item, Failure):
        return Row(
            id=item.id,
            path=item.path,
            status=status(item),
            notices=(Notice(item.code, item.text),),
            problem=item.text,
        )
    message = item.message
    return Row(
        id=item.id,
        path=message.path,
        status="scored",
        format=message.format,
        label=item.label,
        score=item.score,
        probabilities=item.probabilities,
        counts=Counter(sentence.label for sentence in item.sentences if sentence.counted),
        practices=sum(bool(it.evidence) for it in item.practices) if item.practices else None,
        subject=message.subject,
        sender=message.sender,
        date=message.date,
        notices=message.notices,
        opening="" if message.subject or message.path else opening(message.text),
    )


def opening(text: str) -> str:
    r"""Return the first words of a text, on one line.

    Examples
    --------
    >>> opening("Ring me first. We are open\nuntil noon on every day of the week.")
    'Ring me first. We are open until noon on…'
    """
    words = text[:_OPENING_CHARACTERS].split()
    told = " ".join(words[:_OPENING_WORDS])
    return f"{told}…" if len(words) > _OPENING_WORDS else told


def status(failure: Failure) -> Status:
    """Tell a file that was left out on purpose from one that could not be read.

    Examples
    --------
    >>> status(Failure("a.eml", "too_large", "a.eml has 40 MB"))
    'failed'
    """
    return "skipped" if failure.code.startswith(SKIPPED) else "failed"


def number(value: float | None) -> float | None:
    """Return ``value`` with six digits after the point, None where it is no finite number.

    Examples
    --------
    >>> number(0.12345678), number(float("nan"))
    (0.123457, None)
    """
    return None if value is None or not math.isfinite(value) else round(float(value), 6)
