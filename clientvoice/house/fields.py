"""The settings of a house, each read strictly: of its type, in its bounds, nothing unknown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clientvoice.errors import ConfigError
from clientvoice.house.settings import HouseStyle
from clientvoice.house.values import TEXTS, Flaw, flaw_of
from clientvoice.rules.source import RuleSource, choices

KEYS = (
    "model",
    "rules",
    "disable",
    "enable",
    "thresholds",
    "reader_nouns",
    "ignore_blocks",
    "include",
    "exclude",
)


def style_from(source: RuleSource, table: Mapping[str, Any]) -> HouseStyle:
    """Return the house style that a table of settings tells.

    Raises
    ------
    ConfigError
        With file, line, what was found, what is allowed and the remedy.

    Examples
    --------
    >>> source = RuleSource(Path("clientvoice.toml"), 'disable = ["price"]')
    >>> style_from(source, source.parse()).disable
    ('price',)
    """
    for key in table:
        if key not in KEYS:
            raise _error(source, source.line_of_key(key), f"unknown key {key!r}", choices(key, KEYS))
    if found := flaw_of(table):
        key, flaw = found
        raise _error(source, _line(source, key, flaw), flaw.problem, flaw.remedy)
    return HouseStyle(
        path=source.path,
        model=_model(source, table),
        rules=_rules(source, table),
        thresholds={cue: float(value) for cue, value in table.get("thresholds", {}).items()},
        **{key: _texts(table, key) for key in TEXTS},
    )


def _error(source: RuleSource, line: int, problem: str, remedy: str) -> ConfigError:
    return ConfigError(f"{source.path}:{line}: {problem}.\n{remedy}")


def _line(source: RuleSource, key: str, flaw: Flaw) -> int:
    """Return where a flaw stands in the file."""
    if not flaw.entry:
        return source.line_of_key(key)
    if key == "thresholds":
        return source.line_of_key(str(flaw.entry), last=True)
    return source.line_of_value(flaw.entry)


def _texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in table.get(key, ())))


def _model(source: RuleSource, table: Mapping[str, Any]) -> str | None:
    """Return a name as it is, and a folder (it has a slash) as seen from the file's own folder."""
    model = table.get("model")
    if model is None:
        return None
    model = str(model).strip()
    if not ("/" in model or "\\" in model):
        return model
    folder = source.path.parent / model
    if not (folder / "config.json").is_file():
        remedy = "Name a shipped model, or a folder with a config.json, relative to this file."
        raise _error(source, source.line_of_key("model"), f"model = {model!r}: no model in {folder}", remedy)
    return str(folder)


def _rules(source: RuleSource, table: Mapping[str, Any]) -> Path | None:
    rules = table.get("rules")
    if rules is None:
        return None
    rules = str(rules).strip()
    folder = source.path.parent / rules
    if not folder.exists():
        remedy = "Name a folder with one TOML file a cue, relative to this file."
        raise _error(source, source.line_of_key("rules"), f"rules = {rules!r}: no folder {folder}", remedy)
    return folder
