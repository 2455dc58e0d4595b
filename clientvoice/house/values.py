"""What a setting of a house may be, told alike for a file and for Python."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any, NamedTuple, get_args

from clientvoice.house.globs import fault_of
from clientvoice.records import BlockKind
from clientvoice.rules.source import choices

TEXTS = ("disable", "enable", "reader_nouns", "ignore_blocks", "include", "exclude")
"""The settings that are lists of texts."""
KINDS: tuple[str, ...] = get_args(BlockKind)
MOST = 500
"""Entries of one list; a list that people keep by hand has far fewer."""
LONGEST = 200
"""Characters of one entry."""
LONGEST_PATH = 4_096

_NOUN = "A noun starts and ends with a letter; give the singular, its plural with s is understood."


class Flaw(NamedTuple):
    """What is wrong with a setting, and the remedy; ``entry`` is the one of its list, None for all of it."""

    problem: str
    remedy: str
    entry: object = None


def flaw_of(settings: Mapping[str, Any]) -> tuple[str, Flaw] | None:
    """Return the first setting that is wrong and its flaw, None where all are well.

    Examples
    --------
    >>> flaw_of({"reader_nouns": "maker"})[1].problem
    "reader_nouns = 'maker'"
    >>> flaw_of({"thresholds": {"price": 0.5}})
    """
    for key in ("model", "rules"):
        value = settings.get(key)
        if value is not None and not _is_path(value):
            return key, Flaw(f"{key} = {value!r:.80}", f'Write {key} = "…".')
    for key in TEXTS:
        if flaw := _of_texts(key, settings.get(key, ())):
            return key, flaw
    for cue in settings.get("disable", ()):
        if cue in settings.get("enable", ()):
            problem = f"{cue!r} is both disabled and enabled"
            return "disable", Flaw(problem, "Remove it from one of them.")
    if flaw := _of_thresholds(settings.get("thresholds", {})):
        return "thresholds", flaw
    return None


def _is_path(value: object) -> bool:
    return isinstance(value, str | PathLike) and 0 < len(str(value).strip()) <= LONGEST_PATH


def _of_texts(key: str, values: object) -> Flaw | None:
    if not isinstance(values, list | tuple | set | frozenset) or len(values) > MOST:
        return Flaw(f"{key} = {values!r:.80}", f'Write a list of up to {MOST} texts: {key} = ["…"].')
    return next(filter(None, (_of_text(key, value) for value in values)), None)


def _of_text(key: str, value: object) -> Flaw | None:
    problem = f"{key} holds {value!r:.80}"
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        return Flaw(
            problem, f"Each entry is text in quotes, not empty, of {LONGEST} characters at most.", value
        )
    text = value.strip()
    if not text.strip(" */"):
        return Flaw(problem, f"It takes in everything. Name what you mean, or leave {key} out.", value)
    if key in ("include", "exclude") and (remedy := fault_of(text)):
        return Flaw(problem, remedy, value)
    if key == "reader_nouns" and not (text[0].isalnum() and text[-1].isalnum()):
        return Flaw(problem, _NOUN, value)
    if key == "ignore_blocks" and not text.endswith("*") and text not in KINDS:
        words = f'For blocks that begin with certain words, end these with *: "{text}*".'
        return Flaw(f"{problem}, no kind of block", f"{choices(text, KINDS)} {words}", value)
    return None


def _of_thresholds(values: object) -> Flaw | None:
    if not isinstance(values, Mapping):
        return Flaw(f"thresholds = {values!r:.80}", "Write [thresholds] with cue = 0.7.")
    return next(filter(None, (_of_threshold(cue, value) for cue, value in values.items())), None)


def _of_threshold(cue: object, value: object) -> Flaw | None:
    if not isinstance(cue, str):
        return Flaw(f"thresholds has {cue!r:.80}", "Name a cue, in quotes.", cue)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return Flaw(f"{cue} = {value!r:.80}", "A threshold is a probability: a number from 0 to 1.", cue)
    return None
