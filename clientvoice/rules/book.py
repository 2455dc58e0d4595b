"""The rule book: the shipped cues, and a house's own on top of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

from clientvoice.errors import RuleError
from clientvoice.records import CUES_OF
from clientvoice.rules.folding import plain
from clientvoice.rules.loading import read_rule
from clientvoice.rules.rule import FRAMES, CueFrame, CueRule
from clientvoice.rules.source import RuleSource, choices


@dataclass(frozen=True, eq=False)
class RuleBook:
    """All cues in their order: client before customer, the guide's before a house's own.

    Two books with the same rules are equal, wherever their files lie.

    Parameters
    ----------
    rules : tuple of CueRule

    Examples
    --------
    >>> book = RuleBook.load()
    >>> len(book), book.cues[0], book["pressure"].frame
    (14, 'protection', 'customer')
    """

    rules: tuple[CueRule, ...]
    _digest: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_digest", _digest(self.rules))

    @classmethod
    def load(cls, extra: Path | str | None = None) -> RuleBook:
        """Load the shipped rules, extended or overridden by a folder of the user's own.

        Parameters
        ----------
        extra : Path or str, optional
            A folder with one TOML file a cue, or a single such file. A new file
            name is a new cue: the file says ``frame = "client"`` or ``"customer"``,
            or lies in a subfolder of that name. A shipped cue's name replaces that
            cue; with ``extends = true`` it adds to it.

        Raises
        ------
        RuleError
            With file, line, what was found, what is allowed and the remedy.
        """
        if extra is None:
            return _shipped()
        shipped = {rule.name: rule for rule in _shipped()}
        own: dict[str, CueRule] = {}
        for path in rule_files(Path(extra)):
            rule = read_rule(path, shipped)
            if rule.name in own:
                other = own[rule.name].path
                raise RuleError(
                    f"{path}:1: the cue {rule.name!r} stands in {other} too.\nRemove or rename one."
                )
            own[rule.name] = rule
        return _checked(shipped | own)

    @property
    def cues(self) -> tuple[str, ...]:
        """The names of the cues in order."""
        return tuple(rule.name for rule in self.rules)

    def frame_of(self, cue: str) -> CueFrame:
        """Return ``"client"`` or ``"customer"`` for a cue of the book.

        Examples
        --------
        >>> RuleBook.load().frame_of("candour")
        'client'
        """
        return self[cue].frame

    def digest(self) -> str:
        """Return the SHA-256 of all rules; it changes when any of them changes.

        Examples
        --------
        >>> len(RuleBook.load().digest())
        64
        """
        return self._digest

    def __getitem__(self, cue: str) -> CueRule:
        for rule in self.rules:
            if rule.name == cue:
                return rule
        raise RuleError(f"no cue is called {cue!r}. {choices(cue, self.cues)}")

    def __contains__(self, cue: object) -> bool:
        return cue in self.cues

    def __iter__(self) -> Iterator[CueRule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleBook) and self._digest == other._digest

    def __hash__(self) -> int:
        return hash(self._digest)


@lru_cache(maxsize=1)
def _shipped() -> RuleBook:
    with as_file(files("clientvoice") / "resources" / "rules") as folder:
        rules = [read_rule(path, {}) for path in rule_files(folder)]
    return _checked({rule.name: rule for rule in rules})


def rule_files(folder: Path) -> list[Path]:
    """Return the rule files of a folder in order, or the one file that is given.

    Raises
    ------
    RuleError
        If there is none.
    """
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such folder of rules. Give a folder that holds one TOML file a cue.")
    places = (folder, *(folder / frame for frame in FRAMES))
    found = sorted(path for place in places for path in place.glob("*.toml"))
    if not found:
        raise RuleError(f"{folder}: no rule files. Name each file by its cue, such as our_tone.toml.")
    return found


def _place(rule: CueRule) -> tuple[int, int, str]:
    order = CUES_OF[rule.frame]
    rank = order.index(rule.name) if rule.name in order else len(order)
    return FRAMES.index(rule.frame), rank, rule.name


def _checked(rules: Mapping[str, CueRule]) -> RuleBook:
    """Return the book of these rules if they agree with each other."""
    book = RuleBook(tuple(sorted(rules.values(), key=_place)))
    _check_repeats(book)
    for rule in book:
        others = [name for name in book.cues if name != rule.name]
        _check_named(rule, "yields_to", rule.yields_to, others)
        for kind, cues in rule.denies.items():
            _check_named(rule, f"denies.{kind}", cues, others)
    return book


def _check_named(rule: CueRule, key: str, cues: Iterable[str], others: list[str]) -> None:
    """Complain about a cue that a rule names and the book does not hold."""
    for cue in cues:
        if cue not in others and rule.path is not None:
            source = RuleSource.read(rule.path)
            line = source.line_of_value(cue, last=True)
            raise source.error(line, f"{key} holds {cue!r}, which is no other cue", choices(cue, others))


def _check_repeats(rules: Iterable[CueRule]) -> None:
    """Complain about a phrase that stands in two cues: nobody could tell which is meant."""
    seen: dict[str, CueRule] = {}
    for rule in sorted(rules, key=lambda rule: rule.name not in CUES_OF[rule.frame]):
        for phrase in rule.phrases:
            other = seen.setdefault(plain(phrase.text), rule)
            if other is not rule and rule.path is not None:
                source = RuleSource.read(rule.path)
                raise source.error(
                    source.line_of_value(phrase.text),
                    f"the phrase {phrase.text!r} is one of the cue {other.name!r} already",
                    "A phrase shows one cue: remove it here, or replace the other cue by a file of your own.",
                )


def _digest(rules: Iterable[CueRule]) -> str:
    told = [{key: value for key, value in asdict(rule).items() if key != "path"} for rule in rules]
    for rule in told:
        rule["rewrites"] = [
            {key: value for key, value in one.items() if key != "line"} for one in rule["rewrites"]
        ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
