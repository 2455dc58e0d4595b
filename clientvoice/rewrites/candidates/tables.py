"""The tables of a rewrite file, read strictly: every key known, errors with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from clientvoice.records import UNCOUNTED, SentenceKind
from clientvoice.rewrites.candidates.patterns import SentencePattern, compile_pattern
from clientvoice.rewrites.candidates.templates import Template, read_template
from clientvoice.rules.source import RuleSource, choices

KINDS = tuple(kind for kind in get_args(SentenceKind) if kind not in UNCOUNTED)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence before and after, which a rule must bring about."""

    before: str
    after: str
    kind: str = "sentence"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file, with the line that it starts at."""

    source: RuleSource
    line: int
    values: Mapping[str, Any]

    @property
    def origin(self) -> str:
        """The file, its folder and the line, such as ``plans/deadline.toml:12``."""
        path = self.source.path
        return f"{path.parent.name}/{path.name}:{self.line}"

    def check(self, allowed: Sequence[str]) -> None:
        """Complain about an unknown key."""
        for key in self.values:
            if key not in allowed:
                raise self.error(f"unknown key {key!r}", choices(key, allowed))

    def text(self, key: str) -> str:
        """Return a text on one line, or ``""``."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.error(f"{key} = {value!r}", f'Write {key} as text in quotes: {key} = "…".')
        return " ".join(value.split())

    def switch(self, key: str) -> bool:
        """Return true or false; false if the key is absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.error(f"{key} = {value!r}", "Allowed: true, false.")
        return value

    def texts(self, key: str, *, needed: bool = False, empty: bool = False) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        value = self.values.get(key, [])
        told = [value] if isinstance(value, str) else value
        if not isinstance(told, list) or not all(
            isinstance(one, str) and (empty or one.strip()) for one in told
        ):
            raise self.error(f"{key} = {value!r}", f'Write text or a list of texts: {key} = ["…"].')
        if needed and not told:
            raise self.error(f"no {key}", f'Add {key} = ["…"].')
        return tuple(told)

    def chosen(self, key: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Return a list of texts out of those allowed; absent, none."""
        told = self.texts(key)
        for one in told:
            if one not in allowed:
                raise self.error(f"{key} holds {one!r}", choices(one, allowed))
        return told

    def patterns(self, key: str, *, needed: bool = False) -> tuple[SentencePattern, ...]:
        """Return the patterns of a list."""
        return tuple(self._compiled(key, text) for text in self.texts(key, needed=needed))

    def templates(
        self, key: str, patterns: Iterable[SentencePattern], *, empty: bool = False
    ) -> tuple[Template, ...]:
        """Return what the rule says, its gaps checked against the patterns."""
        gaps = list(dict.fromkeys(gap for pattern in patterns for gap in pattern.gaps))
        told = self.texts(key, needed=True, empty=empty)
        try:
            return tuple(read_template(text, gaps) for text in told)
        except ValueError as error:
            raise self.error(f"{key}: {error}", "Mend the text.") from None

    def examples(self) -> tuple[Example, ...]:
        """Return the examples, each with ``before`` and ``after``."""
        told = self.values.get("examples", [])
        if not isinstance(told, list) or not all(isinstance(one, Mapping) for one in told):
            raise self.error(
                "examples is no list of tables", 'Write examples = [{before = "…", after = "…"}].'
            )
        found = []
        for one in told:
            for key in one:
                if key not in ("before", "after", "kind"):
                    raise self.error(
                        f"unknown key {key!r} in examples", choices(key, ("before", "after", "kind"))
                    )
            if not all(isinstance(one.get(key), str) for key in ("before", "after")):
                raise self.error("an example lacks before or after", "Each example holds both, as text.")
            if one.get("kind", "sentence") not in KINDS:
                raise self.error(f"kind = {one['kind']!r}", choices(str(one["kind"]), KINDS))
            found.append(Example(one["before"], one["after"], one.get("kind", "sentence")))
        return tuple(found)

    def error(self, problem: str, remedy: str) -> Exception:
        """Return the error for a problem in this table."""
        return self.source.error(self.line, problem, remedy)

    def _compiled(self, key: str, text: str) -> SentencePattern:
        try:
            return compile_pattern(text)
        except ValueError as error:
            raise self.error(f"{key}: {text!r}", f"{str(error)[:1].upper()}{str(error)[1:]}.") from None


def read_tables(source: RuleSource, name: str, *, others: Sequence[str] = ()) -> tuple[Table, ...]:
    """Return the ``[[name]]`` tables of a file; only ``others`` may stand beside them."""
    table = source.parse()
    for key in table:
        if key != name and key not in others:
            raise source.unknown("key", key, (name, *others))
    told = table.get(name, [])
    if not isinstance(told, list) or not all(isinstance(entry, Mapping) for entry in told):
        raise source.error(source.line_of_key(name), f"{name} is no list of tables", f"Write [[{name}]].")
    header = re.compile(rf"[ \t]*\[\[[ \t]*{re.escape(name)}[ \t]*\]\]")
    lines = [n for n, line in enumerate(source.text.splitlines(), start=1) if header.match(line)]
    places = lines if len(lines) == len(told) else [1] * len(told)
    return tuple(Table(source, line, entry) for line, entry in zip(places, told, strict=True))
