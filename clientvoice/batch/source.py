"""Where a process gets its voice from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from clientvoice.house import HouseStyle

if TYPE_CHECKING:
    from clientvoice.voice import ClientVoice


@dataclass(frozen=True, slots=True)
class VoiceSource:
    """What a process needs to open its own voice: a model name or folder, rules, and the house style.

    Without a model it is the house's, else the default. ``edition`` tells a later state of the
    rule files, for a process that has opened an earlier one.

    Examples
    --------
    >>> VoiceSource("fast").model
    'fast'
    """

    model: str | None = None
    rules: Path | None = None
    house: HouseStyle | None = None
    edition: str = ""

    def load(self) -> ClientVoice:
        """Load the model and the rules."""
        from clientvoice.voice import load

        return load(self.model, rules=self.rules, house=self.house)


@lru_cache(maxsize=1)
def opened(source: VoiceSource) -> ClientVoice:
    """Return the voice of a source; a process loads it once."""
    return source.load()
