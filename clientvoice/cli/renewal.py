"""The settings of a watched run: its house style and rules, loaded anew when their files change."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from clientvoice.cli.outcomes import complain, note
from clientvoice.errors import ClientVoiceError, RuleError

if TYPE_CHECKING:
    from clientvoice.cli.scoring import Plan
    from clientvoice.voice import ClientVoice

DEBOUNCE = 300
"""Milliseconds of quiet after which what was saved is read: an editor saves in several steps."""

State = tuple[tuple[Path, tuple[int, int, int]], ...]


class Settings:
    """What a watched run goes by, and what is made of it when a file of it is saved.

    Settings that are wrong are told once, and those from before hold until all is well again.

    Parameters
    ----------
    plan : Plan
    voice : ClientVoice
        Opened by that plan.

    Attributes
    ----------
    plan, voice
        What the next run is to go by.
    """

    def __init__(self, plan: Plan, voice: ClientVoice) -> None:
        self.plan = plan
        self.voice = voice
        # Unknown, so that the first look finds what was saved while the first run went on.
        self._seen: State | None = None
        self._problem = ""

    def renewed(self) -> bool:
        """Look at the files, load what they say anew, and tell whether it is another thing than before."""
        seen = self._settled()
        if seen == self._seen and not self._problem:
            return False
        self._seen = seen
        # After a problem every look tries again: what mends it may be a file that no setting names yet.
        try:
            other = self._loaded()
        except (ClientVoiceError, OSError) as error:
            if str(error) != self._problem:
                complain(f"{error}\nUntil that is mended, the settings from before hold.")
            self._problem = str(error)
            return False
        if other or self._problem:
            note(f"Settings {'loaded anew' if other else 'as before'}{self._source()}.")
        self._problem = ""
        return other

    def _loaded(self) -> bool:
        from clientvoice.batch import opened
        from clientvoice.house import style_for
        from clientvoice.rules import RuleBook

        plan = self.plan
        house = style_for(plan.paths, plan.config)
        book = RuleBook.load(plan.source.rules or house.rules)
        if house == plan.house and book == self.voice.book:
            return False  # such as a comment, or the table of another tool
        source = replace(plan.source, house=house, edition=book.digest())
        self.voice = opened(source)
        self.plan = replace(plan, source=source, house=house)
        return True

    def _source(self) -> str:
        path = self.plan.house.path
        return f": {path}" if path else ", without a house style"

    def _settled(self) -> State:
        """Return the state of the files once nobody is at them any more."""
        state = self._state()
        while state != self._seen:
            time.sleep(DEBOUNCE / 1_000)
            before, state = state, self._state()
            if state == before:
                break
        return state

    def _state(self) -> State:
        return tuple(_states([*self._style_files(), *self._rule_files()]))

    def _style_files(self) -> Iterable[Path]:
        from clientvoice.house import style_files

        if self.plan.config is not None:
            return [self.plan.config]
        return dict.fromkeys(path for place in self.plan.paths for path in style_files(place))

    def _rule_files(self) -> Iterable[Path]:
        from clientvoice.rules.book import rule_files

        folder = self.plan.source.rules or self.plan.house.rules
        with suppress(RuleError, OSError):
            return rule_files(folder) if folder else ()
        return ()


def _states(paths: Iterable[Path]) -> Iterator[tuple[Path, tuple[int, int, int]]]:
    for path in paths:
        with suppress(OSError):
            seen = path.stat()
            yield path, (seen.st_size, seen.st_mtime_ns, seen.st_ino)
