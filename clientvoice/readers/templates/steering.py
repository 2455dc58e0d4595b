"""Finds what a template says to its own program: steering tags, code and comments, which no reader sees.

Told apart are the dialects of Jinja, Liquid, Twig, Django, Handlebars, Mustache, Go,
ERB, EJS, PHP, AMPscript and Mailchimp. A tag that stands for words, such as
``{{name}}``, ``<%= name %>`` or ``%%=v(@name)=%%``, is a merge tag and stays.

Every search for an end is remembered until it is passed, so that openers without
an end cost nothing: the time is linear in the source.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

_OPENER = re.compile(r"\{%|\{#|\{\{|<%|<\?|%%\[|%%=|\*\|")
_LONGEST_TAG = 4_000
_LONGEST_CODE = 100_000
# Tags of {% %} that show words: of Klaviyo, Django, Braze and the like.
_SHOWING = re.compile(
    r"\{%[-+~]?\s{0,20}(?:unsubscribe\w{0,20}|manage_\w{1,40}|web_view\w{0,20}|view_in_browser|current_\w{1,20}"
    r"|today|now|coupon_code|trans|translate|url|static|asset|asset_url|firstof|cycle|organization\w{0,20})\b"
)
_NAME = re.compile(r"\{%[-+~]?\s{0,20}(\w{1,40})")
_SWALLOWING = frozenset({"comment", "schema", "javascript", "stylesheet", "style", "macro_docs"})
_CURLY = re.compile(
    r"\{\{[~-]?\s{0,20}(?:[#/^>!]|(?:else|end|if|range|with|block|define|template|partial)\b|\$\w{1,40}\s{0,9}:?=)"
)
_CURLY_COMMENT = re.compile(r"\{\{[~-]?\s{0,20}(?:!--|!|/\*)")
_PHP = re.compile(r"<\?(?:php\b|=|\s)", re.I)
_PHP_SHOWING = re.compile(r"<\?(?:=|(?:php)?\s{1,9}(?:echo|print)\b)", re.I)
_ERB_SHOWING = re.compile(
    # EJS shows with <%- and ERB steers with it: the words behind tell which.
    r"<%(?:==?|-(?!\s{0,20}(?:if|unless|else|elsif|end|for|foreach|each|do|while|until|case|when|begin|var|let"
    r"|const|content_for|[@\w.]{1,60}\s{0,9}=(?!=)|[^%\n]{0,120}?\bdo\b|\})))"
)
_LIST = re.compile(
    r"\*\|(?:IF|IFNOT|ELSE|ELSEIF|END|INTERESTED|MC:SUBJECT|MC_PREVIEW_TEXT)\b[^|\n]{0,80}\|\*", re.I
)
_SUFFIX = re.compile(r"[a-z]{1,3}(?=\{%|\{\{|<%|<\?|%%\[|\*\|)")

Kind = Literal["steers", "shows"]


class Tag(NamedTuple):
    """A stretch that a parser must not see: one that steers and shows nothing, or a long one that shows."""

    start: int
    end: int
    kind: Kind
    parts: bool = False
    """Whether it stands between two words that are not one."""


def steering(source: str) -> tuple[Tag, ...]:
    """Return the tags that steer, and those that show words over several lines, in order.

    Parameters
    ----------
    source : str
        A template in any markup.

    Examples
    --------
    >>> source = "Hi{% if vip %} dear{% endif %}"
    >>> [source[tag.start : tag.end] for tag in steering(source)]
    ['{% if vip %}', '{% endif %}']
    """
    if _OPENER.search(source) is None:
        return ()
    search = _Search(source)
    found: list[Tag] = []
    position = 0
    while opener := _OPENER.search(source, position):
        start = opener.start()
        end, kind = search.tag_at(start, opener[0])
        if end <= start:
            position = start + 1
            continue
        parts = kind == "steers" and _parts_words(source, found[-1].end if found else 0, start, end)
        found.append(Tag(start, end, kind, parts))
        position = end
    return tuple(found)


def blanked(text: str, tags: tuple[Tag, ...]) -> str:
    r"""Put a space for every character of the tags that steer; line breaks stay.

    Examples
    --------
    >>> blanked("{% if x %}Hi", steering("{% if x %}Hi"))
    '          Hi'
    """
    pieces: list[str] = []
    cursor = 0
    for tag in tags:
        if tag.kind == "steers":
            gap = text[tag.start : tag.end]
            pieces += text[cursor : tag.start], "\n".join(" " * len(line) for line in gap.split("\n"))
            cursor = tag.end
    pieces.append(text[cursor:])
    return "".join(pieces)


def _parts_words(source: str, last_end: int, start: int, end: int) -> bool:
    """Tell whether leaving the tag out would glue two words, as in ``Yes{% else %}No``."""
    before = source[start - 1 : start] if start > last_end else " "
    after = source[end : end + 1]
    if not after or before.isspace() or before in "([{“‘\"'$£€/-":
        return False
    plural = before.islower() and _SUFFIX.match(source, end) is not None  # item{% if many %}s{% endif %}
    return not plural and (after.isalnum() or after in "“‘{*%$<")


class _Search:
    """Finds the end of a tag; where each end stands next is kept, and that there is none."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._next: dict[tuple[str, str], int] = {}
        self._ends: dict[str, tuple[int, int]] = {}  # where a block ends whose content is no copy

    def tag_at(self, start: int, opener: str) -> tuple[int, Kind]:
        """Return where the tag that opens at ``start`` ends, 0 if it is none or a plain merge tag."""
        if opener == "{%":
            return self._block(start)
        if opener == "{{":
            return self._curly(start)
        if opener == "<%":
            return self._erb(start)
        if opener == "<?":
            return self._php(start)
        if opener == "{#":
            return self._until("#}", start, "{#"), "steers"
        if opener == "%%[":
            return self._until("]%%", start, "%%["), "steers"
        if opener == "%%=":
            return self._until("=%%", start, "%%=", _LONGEST_TAG), "shows"
        match = _LIST.match(self._source, start)
        return (match.end() if match else 0), "steers"

    def _block(self, start: int) -> tuple[int, Kind]:
        end = self._until("%}", start, "{%", _LONGEST_TAG)
        if not end or _SHOWING.match(self._source, start):
            return end, "shows"
        name = _NAME.match(self._source, start)
        if name and name[1] in _SWALLOWING:
            return self._closing(name[1], end), "steers"
        return end, "steers"

    def _closing(self, name: str, end: int) -> int:
        """Return where the ``{% end… %}`` of a block ends whose content is no copy."""
        known = self._ends.get(name)
        if known is None or 0 <= known[0] < end:
            found = re.compile(rf"\{{%[-+~]?\s{{0,20}}end{name}\s{{0,20}}[-+~]?%\}}").search(
                self._source, end
            )
            known = self._ends[name] = found.span() if found else (-1, -1)
        return known[1] if known[0] >= 0 else end

    def _curly(self, start: int) -> tuple[int, Kind]:
        source = self._source
        comment = _CURLY_COMMENT.match(source, start)
        if comment:
            marks = comment[0][-2:]
            inner = {"--": "--", "/*": "*/"}.get(marks)
            if inner:
                at = self._find(inner, comment.end())
                close = self._find("}}", at, "ends a comment") if 0 <= at - start <= _LONGEST_CODE else -1
                if 0 <= close <= at + 8:
                    return close + 2, "steers"
            return self._until("}}", start, "{{"), "steers"
        if _CURLY.match(source, start) and source[start : start + 3] != "{{{":
            return self._until("}}", start, "{{", _LONGEST_TAG), "steers"
        return 0, "shows"

    def _erb(self, start: int) -> tuple[int, Kind]:
        source = self._source
        if source.startswith("<%--", start):
            return self._until("--%>", start, "<%--"), "steers"
        if source.startswith("<%%", start):
            return 0, "shows"
        shows = _ERB_SHOWING.match(source, start) is not None
        return self._until("%>", start, "<%"), "shows" if shows else "steers"

    def _php(self, start: int) -> tuple[int, Kind]:
        source = self._source
        if not _PHP.match(source, start):
            return 0, "shows"
        kind: Kind = "shows" if _PHP_SHOWING.match(source, start) else "steers"
        end = self._find("?>", start)
        if end < 0:  # code may run to the end of the file
            return (len(source), "steers") if source[start : start + 5].lower() == "<?php" else (0, kind)
        return end + 2, kind

    def _until(self, closer: str, start: int, opener: str, longest: int = _LONGEST_CODE) -> int:
        """Return where a tag ends that holds no opener of its own kind, 0 where it does not end."""
        end = self._find(closer, start + len(opener))
        if end < 0 or end - start > longest:
            return 0
        again = self._source.find(opener, start + len(opener), end)
        return 0 if again >= 0 else end + len(closer)

    def _find(self, text: str, position: int, role: str = "") -> int:
        """Return where a text stands next; in one role, positions only ever grow."""
        known = self._next.get((text, role))
        if known is None or 0 <= known < position:
            known = self._next[text, role] = self._source.find(text, position)
        return known
