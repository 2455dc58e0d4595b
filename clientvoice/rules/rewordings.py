"""The ``[[rewrites]]`` tables of a cue's file: words to find, and what to say in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

from clientvoice.records import UNCOUNTED, SentenceKind
from clientvoice.rules.rule import Place, Rewording
from clientvoice.rules.source import RuleSource, choices

REWRITE_KEYS = ("find", "say", "at", "kinds", "unless", "before", "after", "note", "examples")
EXAMPLE_KEYS = ("before", "after", "kind")
KINDS = tuple(kind for kind in get_args(SentenceKind) if kind not in UNCOUNTED)
_HEADER = re.compile(r"[ \t]*\[\[[ \t]*rewrites[ \t]*\]\]")


def read_rewordings(source: RuleSource, told: object, *, house: bool = False) -> tuple[Rewording, ...]:
    """Return the rewordings of a rule file, or raise a RuleError with file and line."""
    if not isinstance(told, list) or not all(isinstance(entry, Mapping) for entry in told):
        raise source.error(
            source.line_of_key("rewrites"), "rewrites is no list of tables", "Write [[rewrites]]."
        )
    lines = [n for n, line in enumerate(source.text.splitlines(), start=1) if _HEADER.match(line)]
    places = lines if len(lines) == len(told) else [source.line_of_key("rewrites")] * len(told)
    return tuple(_read(source, line, entry, house) for line, entry in zip(places, told, strict=True))


def _read(source: RuleSource, line: int, entry: Mapping[str, Any], house: bool) -> Rewording:
    for key in entry:
        if key not in REWRITE_KEYS:
            raise source.error(line, f"unknown key {key!r} in [[rewrites]]", choices(key, REWRITE_KEYS))
    for key in ("find", "say", "note"):
        if key not in entry:
            raise source.error(line, f"[[rewrites]] has no {key}", f'Add {key} = "…".')
    at = entry.get("at", "anywhere")
    if at not in get_args(Place):
        raise source.error(line, f"at = {at!r}", choices(str(at), get_args(Place)))
    kinds = _texts(source, line, entry, "kinds")
    for kind in kinds:
        if kind not in KINDS:
            raise source.error(line, f"kinds holds {kind!r}", choices(kind, KINDS))
    return Rewording(
        find=_texts(source, line, entry, "find"),
        say=_texts(source, line, entry, "say", empty=True),
        at=at,
        kinds=kinds,
        unless=_texts(source, line, entry, "unless"),
        before=_texts(source, line, entry, "before"),
        after=_texts(source, line, entry, "after"),
        note=" ".join(_texts(source, line, entry, "note")),
        examples=_examples(source, line, entry.get("examples", [])),
        line=line,
        house=house,
    )


def _texts(
    source: RuleSource, line: int, entry: Mapping[str, Any], key: str, *, empty: bool = False
) -> tuple[str, ...]:
    value = entry.get(key, [])
    told = [value] if isinstance(value, str) else value
    right = isinstance(told, list) and all(isinstance(one, str) and (empty or one.strip()) for one in told)
    if not right or (key in ("find", "say") and not told):
        raise source.error(line, f"{key} = {value!r}", f'Write text or a list of texts: {key} = ["…"].')
    return tuple(told)


def _examples(source: RuleSource, line: int, told: object) -> tuple[tuple[str, str, str], ...]:
    if not isinstance(told, list) or not told:
        raise source.error(
            line,
            "[[rewrites]] has no examples",
            'An example is its test: examples = [{before = "Hurry, it rains!", after = "It rains."}].',
        )
    found = []
    for one in told:
        if not isinstance(one, Mapping) or not all(isinstance(one.get(key), str) for key in EXAMPLE_KEYS[:2]):
            raise source.error(line, f"the example {one!r}", "Each example holds before and after, as text.")
        for key in one:
            if key not in EXAMPLE_KEYS:
                raise source.error(line, f"unknown key {key!r} in examples", choices(key, EXAMPLE_KEYS))
        kind = one.get("kind", "sentence")
        if kind not in KINDS:
            raise source.error(line, f"kind = {kind!r}", choices(str(kind), KINDS))
        found.append((one["before"], one["after"], kind))
    return tuple(found)
