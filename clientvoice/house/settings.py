"""The house style: one frozen record of what a sender settles for all its copy."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from clientvoice.errors import ConfigError
from clientvoice.house.globs import matches
from clientvoice.house.values import flaw_of
from clientvoice.records import Block
from clientvoice.rules.source import RuleSource, choices

UNCERTAIN = "uncertain"
"""The key among the thresholds that is no cue: below it a label counts as unsure."""


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What ``clientvoice.toml`` or ``[tool.clientvoice]`` settles; every setting is optional.

    A setting of another type or out of its range is a ``ConfigError``.

    Parameters
    ----------
    path : Path or None
        The file that it was read from; the folder of that file is what globs are relative to.
    model : str or None
        A shipped model's name, or the folder of a model.
    rules : Path or None
        A folder of the house's own cue files.
    disable, enable : tuple of str
        Cues that are switched off; the only ones that are left on.
    thresholds : mapping of str to float
        Probability from which the model names a cue. Under ``"uncertain"``, the
        probability of its label below which a sentence counts as unsure.
    reader_nouns : tuple of str
        The house's own nouns for its readers, masked beside the shipped ones.
    ignore_blocks : tuple of str
        Kinds of blocks, and first words of blocks followed by ``*``.
    include, exclude : tuple of str
        Which files of a folder are read.

    Examples
    --------
    >>> style = HouseStyle(disable=("price",), ignore_blocks=("Terms apply*",))
    >>> style.off(["price", "pressure"])
    frozenset({'price'})
    """

    path: Path | None = None
    model: str | None = None
    rules: Path | None = None
    disable: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict, hash=False)
    reader_nouns: tuple[str, ...] = ()
    ignore_blocks: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if found := flaw_of({each.name: getattr(self, each.name) for each in fields(self)}):
            raise ConfigError(f"the house style: {found[1].problem}.\n{found[1].remedy}")

    def off(self, cues: Collection[str]) -> frozenset[str]:
        """Return which of these cues are switched off."""
        others = frozenset(cues) - frozenset(self.enable) if self.enable else frozenset()
        return others | (frozenset(self.disable) & frozenset(cues))

    def ignores(self, block: Block, text: str) -> bool:
        """Tell whether a block of a message with this text is left out of the judgement.

        Examples
        --------
        >>> style = HouseStyle(ignore_blocks=("button", "Terms apply*"))
        >>> style.ignores(Block(0, 8, "button"), "Shop now"), style.ignores(Block(0, 8, "bullet"), "Shop now")
        (True, False)
        """
        words = " ".join(text[block.start : block.end].split()).casefold()
        return any(
            words.startswith(" ".join(entry[:-1].split()).casefold())
            if entry.endswith("*")
            else block.kind == entry
            for entry in self.ignore_blocks
        )

    def wants(self, file: Path) -> bool:
        """Tell whether a file that a folder holds is to be read.

        Examples
        --------
        >>> style = HouseStyle(Path("site/clientvoice.toml"), exclude=("drafts",))
        >>> style.wants(Path("site/june.md")), style.wants(Path("site/drafts/july.md"))
        (True, False)
        """
        if not (self.include or self.exclude):
            return True
        home = self.path.parent if self.path else Path()
        place = Path(os.path.relpath(file.absolute(), home.absolute())).as_posix()
        wanted = not self.include or any(matches(glob, place) for glob in self.include)
        return wanted and not any(matches(glob, place) for glob in self.exclude)

    def checked(self, cues: Collection[str], by_model: Collection[str]) -> HouseStyle:
        """Return the style, or raise a ConfigError for a cue that is not there or has no threshold.

        Parameters
        ----------
        cues : collection of str
            All cues of the rule book.
        by_model : collection of str
            The cues that the model names; a house's own are found by their words alone.

        Examples
        --------
        >>> HouseStyle(disable=("price",)).checked(["price", "pressure"], ["price", "pressure"]).disable
        ('price',)
        """
        for key in ("disable", "enable"):
            for name in getattr(self, key):
                if name not in cues:
                    raise self._error(name, f"{key} names {name!r}, no cue of the book", choices(name, cues))
        for name in self.thresholds:
            if name != UNCERTAIN and name not in by_model:
                own = name in cues
                problem = (
                    f"thresholds has {name!r}, a cue that is found by its words and has no threshold"
                    if own
                    else f"thresholds has {name!r}, no cue of the model"
                )
                raise self._error(name, problem, choices("" if own else name, [*by_model, UNCERTAIN]))
        return self

    def digest(self) -> str:
        """Return the SHA-256 of all that changes a result, empty where nothing is settled.

        Examples
        --------
        >>> HouseStyle().digest(), len(HouseStyle(disable=("price",)).digest())
        ('', 64)
        """
        told = {
            "disable": sorted(self.disable),
            "enable": sorted(self.enable),
            "thresholds": dict(self.thresholds),
            "reader_nouns": sorted(self.reader_nouns),
            "ignore_blocks": sorted(self.ignore_blocks),
        }
        text = json.dumps(told, sort_keys=True, ensure_ascii=False) if any(told.values()) else ""
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() if text else ""

    def _error(self, name: str, problem: str, remedy: str) -> ConfigError:
        where = "the house style"
        if self.path is not None and self.path.is_file():
            source = RuleSource(self.path, self.path.read_text("utf-8-sig", errors="replace"))
            lines = (source.line_of_value(name, last=True), source.line_of_key(name, last=True))
            where = f"{self.path}:{max(lines)}"
        return ConfigError(f"{where}: {problem}.\n{remedy}")
