"""How an earlier mail that a message quotes begins: an introduction, a divider or its headers.

The words are data, in ``resources/readers/quoted_mail.toml``. Taking copy for a quotation would
lose it from the score, so words alone do not do: an introduction has a year, a time or an
address, and headers are those that only a mail has.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LONGEST = 320
"""Characters of an introduction or divider."""

_HEADER_LINES = 16
"""Lines among which headers are looked for, blank ones between them included."""

_LONGEST_HEADER = 500
_YEAR_TIME_OR_ADDRESS = re.compile(r"\d{4}|\d:\d\d|\d{1,2}[./]\d{1,2}[./]\d\d|@")
"""What tells a mail from the words of a guest ("On our first page, Ana wrote:")."""

_FROM = "from"
_ENOUGH_HEADERS = 3
_ONLY_MAIL_HAS = frozenset({"subject", "sent", "message-id"})
"""A ticket is from, to and dated, too."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What ``quoted_mail.toml`` says; each pattern reads a character at most a few hundred times."""

    starts: frozenset[str]
    """The letters that an introduction with a date, a divider or headers may start with."""
    dated: re.Pattern[str]
    starts_dated: re.Pattern[str]
    by_address: re.Pattern[str]
    divider: re.Pattern[str]
    header: re.Pattern[str]
    names: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    path = files("clientvoice") / "resources" / "readers" / "quoted_mail.toml"
    lists: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {name: _any_of(entries) for name, entries in lists.items()}
    starting = (*lists["first"], *lists["dividers"], _FROM)
    name = rf"({words['headers']})[*_]{{0,3}}\s{{0,3}}:"
    return _Patterns(
        starts=frozenset(letter for word in starting for letter in (word[0], word[0].upper())),
        dated=_compiled(
            rf"(?:{words['first']})\b.{{4,240}}\b"
            rf"(?:(?:{words['last']})\s{{0,5}}:?|(?:{words['before_name']})\b.{{1,80}}:)"
        ),
        starts_dated=_compiled(rf"(?:{words['first']})\b"),
        by_address=_compiled(
            rf".{{2,120}}<[^<>\s@]{{1,100}}@[^<>\s@]{{1,100}}>.{{0,40}}"
            rf"\b(?:{words['after_address']})\s{{0,5}}:"
        ),
        divider=_compiled(
            rf"[-_=>*\s]{{0,80}}(?:(?:{words['dividers']})[-_=*:\s]{{0,80}}"
            rf"|(?<=[-_=]{{2}}|[-_=]\s)(?:{words['dividers_with_name']})\b.{{1,160}})"
        ),
        header=_compiled(rf"[\W_]{{0,6}}{name}"),
        names=_compiled(rf"(?<![^\W_]){name}"),
    )


def _any_of(words: Iterable[str]) -> str:
    """Return an alternation, the longest first: ``reply-to`` before ``to``."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}").replace("'", "['’]") for word in ordered)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


def opening(texts: Sequence[str], index: int) -> int:
    """Return how many lines or blocks from ``index`` on introduce a quoted mail; 0 where none begins there.

    Examples
    --------
    >>> opening(["On Mon, 1 June 2026, Bo Smith", "<bo@example.com> wrote:", "Can you come?"], 0)
    2
    >>> opening(["-----Original Message-----", "From: Bo", "Sent: Monday", "Can you come?"], 0)
    3
    >>> opening(["On Monday we wrote to you."], 0)
    0
    """
    text = texts[index].strip()
    patterns = _patterns()
    if not text or (text[0].isalnum() and text[0] not in patterns.starts and text[-1] != ":"):
        return 0
    if len(text) <= _LONGEST:
        if _introduces(text):
            return 1
        if _is_cut(text) and _introduces(f"{text} {_at(texts, index + 1)}"):
            return 2
        if patterns.divider.fullmatch(text):
            return _headers(texts, index + 1)[0] - index
    header = patterns.header.match(text)
    if header is None or header[1].lower() != _FROM:
        return 0
    end, names = _headers(texts, index)
    return end - index if len(names) >= _ENOUGH_HEADERS and not _ONLY_MAIL_HAS.isdisjoint(names) else 0


def leads(texts: Sequence[str], index: int) -> bool:
    """Tell whether a line or block only leads to another mail: its opening, or one of its headers.

    Examples
    --------
    >>> leads(["Begin forwarded message:"], 0), leads(["Subject: June"], 0)
    (True, True)
    >>> leads(["On Monday we wrote to you."], 0)
    False
    """
    return opening(texts, index) > 0 or _patterns().header.match(texts[index]) is not None


def _introduces(text: str) -> bool:
    """Tell whether a text is "On …, … wrote:"."""
    patterns = _patterns()
    if len(text) > _LONGEST:
        return False
    if text[-1] == ":" and "@" in text and patterns.by_address.fullmatch(text):
        return True
    return patterns.dated.fullmatch(text) is not None and _YEAR_TIME_OR_ADDRESS.search(text) is not None


def _is_cut(text: str) -> bool:
    """Tell whether an introduction may go on below: "On …" and no end of a sentence."""
    return text[-1] not in ".!?:" and _patterns().starts_dated.match(text) is not None


def _at(texts: Sequence[str], index: int) -> str:
    return texts[index][: _LONGEST + 1].strip() if index < len(texts) else ""


def _headers(texts: Sequence[str], index: int) -> tuple[int, set[str]]:
    """Return where the headers end that start at ``index``, and their names.

    The first text may hold them all. A second "From:" starts another mail, so no line is read often.
    """
    patterns = _patterns()
    end, names = index, set[str]()
    for number, text in enumerate(texts[index : index + _HEADER_LINES], index):
        if not text.strip():
            continue
        header = patterns.header.match(text)
        if header is None or (names and (len(text) > _LONGEST_HEADER or header[1].lower() == _FROM)):
            break
        found = [header[1]] if names else patterns.names.findall(text[:_LONGEST_HEADER])
        names.update(map(str.lower, found))
        end = number + 1
    return end, names
