"""Who writes how: the mean score of each sender, and of each folder."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from clientvoice.care import Reading
from clientvoice.records.places import parted
from clientvoice.reports.inert import one_line
from clientvoice.reports.page.template import counted, not_shown
from clientvoice.reports.rows import Row

SHOWN = 10
"""Senders or folders that are shown, those with the most messages."""

_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Origin:
    """One sender or folder: its messages, their mean score, its share of customer sentences."""

    name: str
    messages: int
    score: float
    customer: float


@dataclass(frozen=True, slots=True)
class Board:
    """Senders or folders, the most transactional first; ``left`` are not shown.

    ``alike`` tells that some of those left have as many messages as some that are shown.
    """

    kind: str
    origins: tuple[Origin, ...]
    left: int
    alike: bool = False

    @property
    def rest(self) -> str:
        """What is told of those that are not shown, or ``""``."""
        if not self.left:
            return ""
        return not_shown(counted(self.left, f"more {self.kind}"), alike=self.alike)


@dataclass(slots=True)
class _Sum:
    name: str
    messages: int = 0
    score: float = 0.0
    customer: int = 0
    sentences: int = 0


class Origins:
    """Sums up by sender and by folder while messages pass by.

    Examples
    --------
    >>> Origins().boards()
    []
    """

    def __init__(self) -> None:
        self._sums: dict[str, dict[str, _Sum]] = {"sender": {}, "folder": {}}
        self._pairs: set[tuple[str, str]] = set()

    def add(self, row: Row, told: Reading) -> None:
        """Take in a message; ``told`` knows its sender by address."""
        folder, _ = parted(row.path or "")
        sender = told.key if row.sender else ""
        if row.sender:
            self._add("sender", told.key, told.name, row)
        if row.path:
            self._add("folder", folder, folder, row)
        if len(self._pairs) < _KEPT:
            self._pairs.add((sender, folder))

    def _add(self, kind: str, key: str, name: str, row: Row) -> None:
        sums = self._sums[kind]
        if key not in sums and len(sums) >= _KEPT:
            return
        one = sums.setdefault(key, _Sum(one_line(name, 80)))
        one.messages += 1
        one.score += row.score or 0.0
        one.customer += (row.counts or {}).get("customer", 0)
        one.sentences += row.sentences or 0

    def boards(self) -> list[Board]:
        """Return senders and folders, each where there are several; folders that say no more are left out."""
        senders, folders = self._sums["sender"], self._sums["folder"]
        # Where every sender has one folder and every folder one sender, the second table says the same.
        same = len(self._pairs) == len(senders) == len(folders)
        found = [_board("sender", senders)] if len(senders) > 1 else []
        if len(folders) > 1 and not (found and same):
            shared = _shared(list(folders))
            for key, one in folders.items():
                one.name = one_line(key[len(shared) :], 80) or "this folder"
            found.append(_board("folder", folders))
        return found


def _shared(folders: list[str]) -> str:
    """Return the folders above that all have in common, which tell nothing apart."""
    low, high = min(folders).split("/"), max(folders).split("/")
    same = [a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(low, high, strict=False))]
    # A message that lies right in the shared folder keeps that folder's name.
    same = same[:-1] if "/".join(same) in folders else same
    return "".join(f"{part}/" for part in same)


def _board(kind: str, sums: dict[str, _Sum]) -> Board:
    ranked = sorted(sums.values(), key=lambda one: (-one.messages, one.score / one.messages))
    most = ranked[:SHOWN]
    origins = [
        Origin(
            one.name,
            one.messages,
            one.score / one.messages,
            one.customer / one.sentences if one.sentences else 0.0,
        )
        for one in most
    ]
    left = ranked[SHOWN:]
    return Board(
        kind,
        tuple(sorted(origins, key=lambda one: (one.score, one.name))),
        len(left),
        alike=bool(left) and left[0].messages == most[-1].messages,
    )
