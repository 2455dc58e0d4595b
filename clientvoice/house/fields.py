"""The settings of a house, each read strictly: of its type, in its bounds, nothing unknown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from clientvoice.errors import ConfigError
from clientvoice.house.settings import HouseStyle
from clientvoice.records import BlockKind
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
KINDS: tuple[str, ...] = get_args(BlockKind)
MOST = 500
"""Entries of one list; a list that people keep by hand has far fewer."""
LONGEST = 200
"""Characters of one entry."""


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
    disable, enable = _texts(source, table, "disable"), _texts(source, table, "enable")
    for cue in disable:
        if cue in enable:
            line = source.line_of_key("disable")
            raise _error(source, line, f"{cue!r} is both disabled and enabled", "Remove it from one of them.")
    return HouseStyle(
        path=source.path,
        model=_model(source, table),
        rules=_rules(source, table),
        disable=disable,
        enable=enable,
        thresholds=_thresholds(source, table),
        reader_nouns=_nouns(source, table),
        ignore_blocks=_blocks(source, table),
        include=_texts(source, table, "include"),
        exclude=_texts(source, table, "exclude"),
    )


def _error(source: RuleSource, line: int, problem: str, remedy: str) -> ConfigError:
    return ConfigError(f"{source.path}:{line}: {problem}.\n{remedy}")


def _text(source: RuleSource, table: Mapping[str, Any], key: str) -> str | None:
    if key not in table:
        return None
    value = table[key]
    if not isinstance(value, str) or not value.strip() or len(value) > 4_096:
        raise _error(source, source.line_of_key(key), f"{key} = {value!r:.80}", f'Write {key} = "…".')
    return value.strip()


def _texts(source: RuleSource, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or len(values) > MOST:
        remedy = f'Write a list of up to {MOST} texts: {key} = ["…"].'
        raise _error(source, source.line_of_key(key), f"{key} = {values!r:.80}", remedy)
    for value in values:
        if not isinstance(value, str) or not value.strip(" */") or len(value) > LONGEST:
            line = source.line_of_value(value) if value else source.line_of_key(key)
            remedy = f"Each entry is text in quotes, not empty, of {LONGEST} characters at most."
            raise _error(source, line, f"{key} holds {value!r:.80}", remedy)
    return tuple(dict.fromkeys(value.strip() for value in values))


def _model(source: RuleSource, table: Mapping[str, Any]) -> str | None:
    """Return a name as it is, and a folder (it has a slash) as seen from the file's own folder."""
    model = _text(source, table, "model")
    if model is None or not ("/" in model or "\\" in model):
        return model
    folder = source.path.parent / model
    if not (folder / "config.json").is_file():
        remedy = "Name a shipped model, or a folder with a config.json, relative to this file."
        raise _error(source, source.line_of_key("model"), f"model = {model!r}: no model in {folder}", remedy)
    return str(folder)


def _rules(source: RuleSource, table: Mapping[str, Any]) -> Path | None:
    rules = _text(source, table, "rules")
    if rules is None:
        return None
    folder = source.path.parent / rules
    if not folder.exists():
        remedy = "Name a folder with one TOML file a cue, relative to this file."
        raise _error(source, source.line_of_key("rules"), f"rules = {rules!r}: no folder {folder}", remedy)
    return folder


def _thresholds(source: RuleSource, table: Mapping[str, Any]) -> dict[str, float]:
    values = table.get("thresholds", {})
    if not isinstance(values, Mapping):
        line = source.line_of_key("thresholds")
        raise _error(source, line, f"thresholds = {values!r:.80}", "Write [thresholds] with cue = 0.7.")
    for cue, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            remedy = "A threshold is a probability: a number from 0 to 1."
            raise _error(source, source.line_of_key(cue, last=True), f"{cue} = {value!r:.80}", remedy)
    return {cue: float(value) for cue, value in values.items()}


def _nouns(source: RuleSource, table: Mapping[str, Any]) -> tuple[str, ...]:
    nouns = _texts(source, table, "reader_nouns")
    for noun in nouns:
        if not (noun[0].isalnum() and noun[-1].isalnum()):
            remedy = (
                "A noun starts and ends with a letter; give the singular, its plural with s is understood."
            )
            raise _error(source, source.line_of_value(noun), f"reader_nouns holds {noun!r}", remedy)
    return nouns


def _blocks(source: RuleSource, table: Mapping[str, Any]) -> tuple[str, ...]:
    entries = _texts(source, table, "ignore_blocks")
    for entry in entries:
        if not entry.endswith("*") and entry not in KINDS:
            remedy = (
                f"{choices(entry, KINDS)} For blocks that begin with certain words, end these with *: "
                f'"{entry}*".'
            )
            line = source.line_of_value(entry)
            raise _error(source, line, f"ignore_blocks holds {entry!r}, no kind of block", remedy)
    return entries
