"""The files that a run writes, by the name of their format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from clientvoice.errors import ConfigError

if TYPE_CHECKING:
    from clientvoice.batch import Outbox
    from clientvoice.records import Failure, MessageAnalysis
    from clientvoice.voice import ClientVoice

FILES = {
    "csv": ("messages.csv", "sentences.csv"),
    "jsonl": ("messages.jsonl",),
    "html": ("report.html",),
}
"""The names of the files of each format."""

OWN = frozenset(name for names in FILES.values() for name in names)
"""The names of all files that a run writes, but for further pages of the report."""

PAGES = re.compile(r"report-\d{1,6}\.html")
"""What the pages of the report after the first are called."""

HIDDEN = ".clientvoice."
"""How the names begin of what a run keeps for the next: its store of results and its lock."""


class Writer(Protocol):
    """Takes results one at a time."""

    def write(self, item: MessageAnalysis | Failure) -> None:
        """Take in one result."""


def chosen_formats(given: Sequence[str] | None) -> tuple[str, ...]:
    """Return the formats asked for, all where none is; each value may be a comma list.

    Examples
    --------
    >>> chosen_formats(["html,csv"])
    ('csv', 'html')
    """
    if not given:
        return tuple(FILES)
    names = {name.strip().lower() for value in given for name in value.split(",") if name.strip()}
    for name in sorted(names - FILES.keys()):
        close = get_close_matches(name, FILES, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise ConfigError(f"--format: got {name!r}, expected one or more of {', '.join(FILES)}.{hint}")
    if not names:
        raise ConfigError(f"--format: got nothing, expected one or more of {', '.join(FILES)}.")
    return tuple(name for name in FILES if name in names)


def is_own_output(path: Path, out: Path | None) -> bool:
    """Tell whether a file is the result of an earlier run, which is never scored as a message.

    Examples
    --------
    >>> is_own_output(Path("scores/report.html"), Path("scores"))
    True
    """
    hidden = path.name.startswith(".") and path.name.endswith(".part")
    named = path.name in OWN or PAGES.fullmatch(path.name) or hidden or path.name.startswith(HIDDEN)
    return out is not None and bool(named) and path.parent.resolve() == out.resolve()


def present(formats: Sequence[str], out: Path) -> list[Path]:
    """Return the files of these formats that a folder holds, in order.

    Examples
    --------
    >>> present(["html"], Path("no-such-folder"))
    []
    """
    own = {name for written in formats for name in FILES[written]}
    places = sorted(out.iterdir()) if out.is_dir() else []
    return [
        path
        for path in places
        if (path.name in own or ("html" in formats and PAGES.fullmatch(path.name))) and path.is_file()
    ]


def writers(formats: Sequence[str], box: Outbox, voice: ClientVoice, stack: ExitStack) -> list[Writer]:
    """Return the writers of the chosen formats; the report is completed as ``stack`` unwinds."""
    from clientvoice.reports import JsonlWriter, MessagesWriter, PagesWriter, SentencesWriter

    chosen: list[Writer] = []
    if "csv" in formats:
        chosen += [MessagesWriter(box.open("messages.csv")), SentencesWriter(box.open("sentences.csv"))]
    if "jsonl" in formats:
        chosen.append(JsonlWriter(box.open("messages.jsonl")))
    if "html" in formats:
        for older in box.folder.glob("report-*.html"):  # a run of fewer messages has fewer pages
            if PAGES.fullmatch(older.name):
                box.replaces(older.name)
        # The store's key vouches that what it kept is this voice's own.
        pages = PagesWriter(
            box.open, model_name=voice.name, explain=voice.explain, suggest=voice.suggest_kept
        )
        chosen.append(stack.enter_context(pages))
    return chosen
