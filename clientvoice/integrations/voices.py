"""The voice for each document that an editor shows: its model, by the house style at or above its file."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from clientvoice.house import HouseStyle, read_style, style_for
from clientvoice.rules import RuleBook
from clientvoice.store import load_model
from clientvoice.voice import ClientVoice

MODEL = "fast"
"""The model where neither the user nor the house names one: an editor asks at every pause."""

KEPT = 4
"""Voices in memory; each holds a model."""


class Voices:
    """Loads a voice a house style, when a document first calls for it.

    Parameters
    ----------
    model, rules, config
        The model, the folder of own rules and the file of the house style, as for the commands.

    Examples
    --------
    >>> Voices("fast").at(Path("june.md")).name
    'fast'
    """

    def __init__(
        self, model: str | None = None, rules: Path | None = None, config: Path | None = None
    ) -> None:
        self._model = model
        self._rules = rules
        self._config = config
        self._kept: OrderedDict[tuple[object, ...], ClientVoice] = OrderedDict()

    def at(self, path: Path | None) -> ClientVoice:
        """Return the voice for a file, or for a document that has none yet.

        Raises
        ------
        ClientVoiceError
            If the house style, the rules or the model is wrong.
        """
        style = self._style(path)
        book = RuleBook.load(self._rules or style.rules)  # read anew: a rule file may be edited meanwhile
        key = (style.path, style.model, style.rules, style.digest(), book.digest())
        if key not in self._kept:
            model = load_model(self._model or style.model or MODEL)
            self._kept[key] = ClientVoice(model, book, style)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def wants(self, path: Path | None) -> bool:
        """Tell whether the house has this file read."""
        return path is None or self._style(path).wants(path)

    def _style(self, path: Path | None) -> HouseStyle:
        if self._config is not None:
            return read_style(self._config)
        return style_for([path]) if path is not None else HouseStyle()
