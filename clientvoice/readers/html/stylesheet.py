"""A small cascade for the ``<style>`` rules that hide or show what a mail says.

Only what decides visibility is read, and only selectors made of tags, classes,
ids and plain descent; a rule with anything else is left alone. The work is
bounded however many rules and elements there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clientvoice.readers.html.hidden import Declarations, declarations, merge

_OPENING = re.compile(r"<!--|<style\b", re.IGNORECASE)
_STYLE_END = re.compile(r"</style\b", re.IGNORECASE)
_PRINT_ONLY = re.compile(
    r"media\s{0,9}=\s{0,9}[\"']?\s{0,9}(?:print|speech|[^>\"']{0,80}max-)", re.IGNORECASE
)
_CSS_COMMENT = re.compile(r"/\*|<!--|-->")
_COMPOUND = re.compile(r"(\*|[a-zA-Z][\w-]{0,40})?((?:[.#][a-zA-Z_-][\w-]{0,80}){0,6})")
_HIDING = re.compile(
    r"display|visibility|opacity|font|max-height|height|overflow|text-indent|position", re.IGNORECASE
)
_NARROW = ("max-", "print", "prefers", "dark", "speech", "-webkit", "-ms-", "orientation", "resolution")

_MOST_RULES = 2_000
_MOST_CHECKS = 500_000
_MOST_PARTS = 4

Names = tuple[str, str, frozenset[str]]
"""Tag, id and classes of an element."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with its declarations; ``order`` breaks ties of ``weight``."""

    subject: Names
    above: tuple[Names, ...]
    weight: tuple[int, int, int]
    order: int
    declarations: Declarations


class StyleSheet:
    """The rules of a page, ready to be asked about one element after the other.

    Examples
    --------
    >>> sheet = StyleSheet(".pre { display: none }")
    >>> sheet.declarations(("div", "", frozenset({"pre"})), ())
    {'display': ('none', False)}
    """

    def __init__(self, css: str) -> None:
        self._by_name: dict[str, list[Rule]] = {}
        self._checks = 0
        self._known: dict[Names, Declarations] = {}
        for order, (selector, found) in enumerate(_rules(css)):
            if order >= _MOST_RULES:
                break
            rule = _parse(selector, found, order)
            if rule is not None:
                tag, id_, classes = rule.subject
                key = f"#{id_}" if id_ else f".{min(classes)}" if classes else tag
                self._by_name.setdefault(key, []).append(rule)

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def declarations(self, names: Names, ancestors: Sequence[Names]) -> Declarations:
        """Return what the rules declare for an element below ``ancestors``, root first."""
        known = self._known.get(names)
        if known is not None:
            return known
        found: list[Rule] = []
        depends = False
        for rule in self._candidates(names):
            self._checks += 1
            if self._checks > _MOST_CHECKS:
                break
            if _matches(rule.subject, names):
                depends = depends or bool(rule.above)
                if self._is_below(rule.above, ancestors):
                    found.append(rule)
        result: Declarations = {}
        for rule in sorted(found, key=lambda rule: (rule.weight, rule.order)):
            merge(result, rule.declarations)
        if not depends:
            self._known[names] = result
        return result

    def _candidates(self, names: Names) -> Iterator[Rule]:
        tag, id_, classes = names
        for key in (*(f".{name}" for name in sorted(classes)), f"#{id_}" if id_ else "", tag, ""):
            yield from self._by_name.get(key, ())

    def _is_below(self, above: tuple[Names, ...], ancestors: Sequence[Names]) -> bool:
        wanted = len(above) - 1
        for names in reversed(ancestors):
            if wanted < 0:
                break
            self._checks += 1
            if self._checks > _MOST_CHECKS:
                return False
            if _matches(above[wanted], names):
                wanted -= 1
        return wanted < 0


def style_text(source: str) -> str:
    """Return the text of all ``<style>`` elements outside comments.

    Examples
    --------
    >>> style_text("<style>.a{}</style><!-- <style>.b{}</style> -->")
    '.a{}'
    """
    pieces: list[str] = []
    position = 0
    while (match := _OPENING.search(source, position)) is not None:
        if match[0] == "<!--":
            end = source.find("-->", match.end())
            if end < 0:
                break
            position = end + 3
            continue
        opened = source.find(">", match.end())
        closing = _STYLE_END.search(source, opened) if opened >= 0 else None
        if closing is None:
            break
        if not _PRINT_ONLY.search(source, match.end(), min(opened, match.end() + 300)):
            pieces.append(source[opened + 1 : closing.start()])
        position = closing.end()
    return "\n".join(pieces)


def _rules(css: str) -> Iterator[tuple[str, Declarations]]:
    """Yield selector and declarations of each rule that a wide screen obeys."""
    css = _without_comments(css)
    position = 0
    while (brace := css.find("{", position)) >= 0:
        prelude = css[position:brace].replace("}", " ").rpartition(";")[2].strip()
        if prelude.startswith("@"):
            words = prelude.lower()
            applies = words.startswith("@media") and not any(word in words for word in _NARROW)
            position = brace + 1 if applies else _end_of_block(css, brace)
            continue
        end = css.find("}", brace)
        end = len(css) if end < 0 else end
        body = css[brace + 1 : end]
        position = end + 1
        found = declarations(body) if _HIDING.search(body) else {}
        if found:
            for selector in prelude.split(","):
                yield selector.strip(), found


def _without_comments(css: str) -> str:
    pieces: list[str] = []
    position = 0
    while (match := _CSS_COMMENT.search(css, position)) is not None:
        pieces.append(css[position : match.start()])
        position = match.end()
        if match[0] == "/*":
            end = css.find("*/", position)
            position = len(css) if end < 0 else end + 2
    pieces.append(css[position:])
    return " ".join(pieces)


def _end_of_block(css: str, brace: int) -> int:
    depth = 0
    for match in re.compile(r"[{}]").finditer(css, brace):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end()
    return len(css)


def _parse(selector: str, found: Declarations, order: int) -> Rule | None:
    parts = selector.replace(">", " ").split()
    if not parts or len(parts) > _MOST_PARTS:
        return None
    names: list[Names] = []
    for part in parts:
        match = _COMPOUND.fullmatch(part)
        if match is None:
            return None
        marks = re.findall(r"[.#][^.#]+", match[2])
        ids = [mark[1:] for mark in marks if mark[0] == "#"]
        tag = "" if match[1] in (None, "*") else match[1].lower()
        names.append((tag, ids[0] if ids else "", frozenset(mark[1:] for mark in marks if mark[0] == ".")))
    weight = (
        sum(bool(id_) for _, id_, _ in names),
        sum(len(classes) for _, _, classes in names),
        sum(bool(tag) for tag, _, _ in names),
    )
    return Rule(names[-1], tuple(names[:-1]), weight, order, found)


def _matches(wanted: Names, names: Names) -> bool:
    return wanted[0] in ("", names[0]) and wanted[1] in ("", names[1]) and wanted[2] <= names[2]
