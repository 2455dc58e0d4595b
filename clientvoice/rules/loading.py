"""One TOML file to one rule, strictly: every key known, every value of its type, no phrase twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from clientvoice.rules.fields import (
    check_repeats,
    read_denials,
    read_evidence,
    read_examples,
    read_margin,
    read_phrases,
    read_switch,
    read_text,
    read_texts,
)
from clientvoice.rules.folding import plain
from clientvoice.rules.patterns import read_patterns
from clientvoice.rules.rewordings import read_rewordings
from clientvoice.rules.rule import FRAMES, CueFrame, CueRule
from clientvoice.rules.source import RuleSource

KEYS = (
    "summary",
    "why",
    "instead",
    "evidence",
    "phrases",
    "patterns",
    "rewrites",
    "exceptions",
    "unless",
    "yields_to",
    "denies",
    "quoted",
    "examples",
    "margin",
    "frame",
    "extends",
)
_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")


def read_rule(path: Path, shipped: Mapping[str, CueRule]) -> CueRule:
    """Read one rule file.

    Parameters
    ----------
    path : Path
        A TOML file named by its cue.
    shipped : mapping of str to CueRule
        The rules that the file may extend or override, by name; none while these themselves are read.

    Raises
    ------
    RuleError
        With file, line, value, what is allowed and the remedy.
    """
    source = RuleSource.read(path)
    table = source.parse()
    for key in table:
        if key not in KEYS:
            raise source.unknown("key", key, KEYS)
    name = _name(source)
    base = shipped.get(name)
    own = CueRule(
        name=name,
        frame=_frame(source, table, base),
        summary=read_text(source, table, "summary"),
        why=read_text(source, table, "why"),
        instead=read_text(source, table, "instead"),
        evidence=tuple(read_evidence(source, table)),
        phrases=tuple(read_phrases(source, table)),
        patterns=read_patterns(source, table.get("patterns", [])),
        exceptions=tuple(read_texts(source, table, "exceptions")),
        unless=tuple(read_texts(source, table, "unless")),
        yields_to=tuple(read_texts(source, table, "yields_to")),
        denies=read_denials(source, table),
        quoted=read_switch(source, table, "quoted"),
        rewrites=read_rewordings(source, table.get("rewrites", []), house=bool(shipped)),
        flag=read_examples(source, table, "flag"),
        clean=read_examples(source, table, "pass"),
        margin=read_margin(source, table),
        path=path,
    )
    check_repeats(source, own.phrases)
    rule = _extended(source, own, base) if read_switch(source, table, "extends") else own
    return _complete(source, rule)


def _name(source: RuleSource) -> str:
    name = source.path.stem
    if _NAME.fullmatch(name) is None:
        raise source.error(
            1,
            f"the file name {name!r} cannot name a cue",
            "A cue has 2 to 40 lower-case letters, digits and underscores, a letter first: rename the file.",
        )
    return name


def _frame(source: RuleSource, table: Mapping[str, Any], base: CueRule | None) -> CueFrame:
    folder = source.path.parent.name
    told = table.get("frame", base.frame if base else folder if folder in FRAMES else None)
    if told not in FRAMES:
        line = source.line_of_key("frame") if "frame" in table else 1
        got = f"frame = {told!r}" if "frame" in table else "no frame"
        raise source.error(
            line,
            got,
            'Write frame = "client" or frame = "customer", or put the file into a folder of that name.',
        )
    if base is not None and told != base.frame:
        raise source.error(
            source.line_of_key("frame"),
            f"frame = {told!r}, but the shipped cue {base.name!r} is a {base.frame} cue",
            "Leave frame out, or give the file a name of its own.",
        )
    return cast(CueFrame, told)


def _extended(source: RuleSource, own: CueRule, base: CueRule | None) -> CueRule:
    if base is None:
        raise source.error(
            source.line_of_key("extends"),
            f"extends = true, but no shipped cue is called {own.name!r}",
            "Remove the line to make a cue of your own, or name the file after a shipped cue.",
        )
    known = {plain(phrase.text) for phrase in base.phrases}
    for phrase in own.phrases:
        if plain(phrase.text) in known:
            raise source.error(
                source.line_of_value(phrase.text),
                f"the shipped cue {base.name!r} has the phrase {phrase.text!r} already",
                "Remove it.",
            )
    return replace(
        own,
        summary=own.summary or base.summary,
        why=own.why or base.why,
        instead=own.instead or base.instead,
        evidence=base.evidence + own.evidence,
        phrases=base.phrases + own.phrases,
        patterns=base.patterns + own.patterns,
        exceptions=base.exceptions + own.exceptions,
        unless=base.unless + own.unless,
        yields_to=base.yields_to + own.yields_to,
        denies={**base.denies, **own.denies},
        quoted=base.quoted or own.quoted,
        rewrites=base.rewrites + own.rewrites,
        flag=base.flag + own.flag,
        clean=base.clean + own.clean,
        margin={**base.margin, **own.margin},
    )


def _complete(source: RuleSource, rule: CueRule) -> CueRule:
    """Return the rule if it has all that a rule needs."""
    if not rule.summary:
        raise source.error(1, "no summary", 'Say in one line what such a sentence does: summary = "…".')
    if not rule.phrases and not rule.patterns:
        raise source.error(1, "neither phrases nor patterns", 'Give it words to find: phrases = ["…"].')
    for key, texts in (("flag", rule.flag), ("pass", rule.clean)):
        if not texts:
            raise source.error(
                source.line_of_key("examples"),
                f"no examples.{key}",
                "The examples are the rule's own tests: under [examples], flag lists texts that it must hit "
                "and pass lists texts that it must not.",
            )
    kinds = {phrase.kind for phrase in rule.phrases} | {pattern.name for pattern in rule.patterns} | {""}
    for kind in rule.margin:
        if kind not in kinds:
            raise source.unknown(
                "kind of phrase or pattern in [margin]", kind, [*sorted(kinds - {""}), "default"]
            )
    for kind in rule.denies:
        if kind not in kinds - {""}:
            raise source.unknown("kind of phrase or pattern in [denies]", kind, sorted(kinds - {""}))
    return rule
