"""Reads the few fields of a Markdown file's front matter that a message has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import yaml

from clientvoice.records import Notice

_FENCE = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
_BREAK = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"([A-Za-z][\w-]{0,40})\s{0,9}[:=]\s{1,9}(\S.{0,998})")
_LARGEST = 65_536
_SUBJECT = ("subject", "title")
_SENDER = ("from", "sender", "author")
_DATE = ("date", "sent", "send_date", "send-date")
_WANTED = frozenset((*_SUBJECT, *_SENDER, *_DATE))


class Field(NamedTuple):
    """A scalar of the front matter, and where it starts in the source if it stands there as it is."""

    value: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter says; ``end`` is where the body starts."""

    end: int = 0
    fields: Mapping[str, Field] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @property
    def subject(self) -> Field | None:
        """The subject, or else the title."""
        return self._first(_SUBJECT)

    @property
    def sender(self) -> str | None:
        """Who the message is from."""
        found = self._first(_SENDER)
        return found.value if found else None

    @property
    def date(self) -> str | None:
        """The date in ISO 8601, None when there is none or it cannot be read."""
        found = self._first(_DATE)
        return _iso(found.value) if found else None

    def _first(self, names: tuple[str, ...]) -> Field | None:
        return next((self.fields[name] for name in names if name in self.fields), None)


def read_front_matter(source: str) -> FrontMatter:
    r"""Return the front matter between ``---`` (YAML) or ``+++`` (TOML) lines at the top.

    Nothing of it is constructed but text: YAML is only composed to its scalars,
    so that no tag and no alias does anything.

    Examples
    --------
    >>> matter = read_front_matter("---\nsubject: Hello\n---\nBody")
    >>> matter.subject.value, matter.end
    ('Hello', 23)
    """
    opening = _FENCE.match(source)
    if opening is None:
        return FrontMatter()
    closers = ("---", "...") if opening[1] == "---" else ("+++",)
    closed = _closing(source, opening.end(), closers)
    if closed is None:
        return FrontMatter()
    start, (stop, end) = opening.end(), closed
    text = source[start:stop]
    try:
        fields = _yaml(text, source, start) if opening[1] == "---" else _toml(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return FrontMatter(end, _readable_lines(text), (_notice(opening[1], error),))
    return FrontMatter() if fields is None else FrontMatter(end, fields)


def _closing(source: str, start: int, closers: tuple[str, ...]) -> tuple[int, int] | None:
    """Return where the front matter stops and where the body starts."""
    position = start
    while position < len(source) and position - start <= _LARGEST:
        line_break = _BREAK.search(source, position)
        end = line_break.end() if line_break else len(source)
        if source[position:end].rstrip() in closers:
            return position, end
        position = end
    return None


def _yaml(text: str, source: str, start: int) -> dict[str, Field] | None:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        return None  # a rule and a paragraph, not front matter
    fields: dict[str, Field] = {}
    for key, node in root.value:
        if not (isinstance(key, yaml.ScalarNode) and isinstance(node, yaml.ScalarNode)):
            continue
        name, value = str(key.value).lower(), str(node.value).strip()
        if name in _WANTED and value and name not in fields and not node.tag.endswith(":null"):
            place = start + node.start_mark.index + (node.style in ("'", '"'))
            fields[name] = Field(value, place if source.startswith(value, place) else None)
    return fields


def _toml(text: str) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for name, value in tomllib.loads(_BREAK.sub("\n", text)).items():
        if name.lower() in _WANTED and isinstance(value, str | int | float | date):
            shown = value.isoformat() if isinstance(value, date) else str(value).strip()
            if shown:
                fields[name.lower()] = Field(shown)
    return fields


def _readable_lines(text: str) -> dict[str, Field]:
    """Return the fields of broken front matter, as far as its lines can be read one by one."""
    return {name: Field(value) for name, value in reversed(list(_pairs(text)))}


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        match = _LINE.fullmatch(line.rstrip())
        if match and match[1].lower() in _WANTED:
            value = match[2].strip().strip("\"'").strip()
            if value:
                yield match[1].lower(), value


def _notice(fence: str, error: Exception) -> Notice:
    kind = "YAML" if fence == "---" else "TOML"
    mark = getattr(error, "problem_mark", None)
    where = f", line {mark.line + 2}" if mark is not None else ""
    what = getattr(error, "problem", None) or str(error).partition("\n")[0] or type(error).__name__
    return Notice(
        "front_matter",
        f"The front matter is not valid {kind}{where}: {str(what)[:200]}. Its subject, sender and date were "
        "read line by line; quote values that hold a colon or a quotation mark.",
    )


def _iso(value: str) -> str | None:
    try:
        return (
            datetime.fromisoformat(value).isoformat()
            if len(value) > 10
            else date.fromisoformat(value).isoformat()
        )
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError):
        return None
