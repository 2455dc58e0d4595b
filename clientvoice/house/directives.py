"""What a comment asks for, such as ``clientvoice: ignore pressure reason="legal text"``."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from clientvoice.rules.source import choices

ALL = "all"
"""In place of cues: everything, the label too."""

Scope = Literal["next", "start", "end"]
SCOPES: dict[str, Scope] = {
    "ignore": "next",
    "ignore-next": "next",
    "ignore-block": "next",
    "ignore-start": "start",
    "ignore-end": "end",
}
"""The words that a comment may begin with."""

LONGEST = 2_000
"""Characters of a comment; a reason is a line, not a page."""

EXAMPLE = '<!-- clientvoice: ignore pressure reason="legal text" -->'

_ADDRESSED = re.compile(r"\s*clientvoice(?P<colon>\s*:\s*|[\s,;-]+(?=ignore))", re.IGNORECASE)
_PART = re.compile(
    r"reason\s{0,9}=\s{0,9}(?:\"(?P<double>[^\"]{0,999})\"|'(?P<single>[^']{0,999})'|“(?P<curly>[^”]{0,999})”)|(?P<word>[^\s,]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment that asks for something, or ``problem`` where it cannot be understood.

    Parameters
    ----------
    scope : {"next", "start", "end"}
        The block that follows, or one end of a stretch.
    cues : frozenset of str
        The cues that are ignored, or ``{"all"}``; empty where an end names none.
    reason : str
        Why, in the author's words.
    problem : str
        What is wrong, and what is allowed.
    """

    scope: Scope
    cues: frozenset[str] = frozenset()
    reason: str = ""
    problem: str = ""


def parse_directive(text: str, cues: Collection[str]) -> Directive | None:
    """Return what the text of a comment asks for, None if it is not for us.

    Parameters
    ----------
    text : str
        Between the comment's signs.
    cues : collection of str
        The cues that there are.

    Examples
    --------
    >>> sorted(parse_directive(" clientvoice: ignore price, pressure ", ["price", "pressure"]).cues)
    ['pressure', 'price']
    >>> parse_directive(" clientvoice: ignroe price ", ["price"]).problem.rpartition("Did")[2]
    " you mean 'ignore'?"
    """
    addressed = _ADDRESSED.match(text)
    if addressed is None:
        return None
    if ":" not in addressed["colon"]:
        return Directive("next", problem=f"no colon after clientvoice. Write {EXAMPLE}.")
    if len(text) > LONGEST:
        return Directive("next", problem=f"{len(text):,} characters, over {LONGEST:,}. Shorten the reason.")
    parts = list(_PART.finditer(text, addressed.end()))
    verb = (parts[0]["word"] or "").lower() if parts else ""
    if verb not in SCOPES:
        return Directive("next", problem=f"got {verb!r:.60}. {choices(verb[:60], SCOPES)}")
    named, reason = [], ""
    for part in parts[1:]:
        if part["word"] is None:
            reason = " ".join((part["double"] or part["single"] or part["curly"] or "").split())
        else:
            named.append(part["word"].lower().replace("-", "_"))
    problem = _problem(SCOPES[verb], named, cues)
    return Directive(SCOPES[verb], frozenset(named), reason, problem)


def _problem(scope: Scope, named: list[str], cues: Collection[str]) -> str:
    if not named and scope != "end":
        return f"no cue is named. Name cues or {ALL}: {EXAMPLE}."
    if ALL in named and len(set(named)) > 1:
        return f"{ALL!r} stands beside cues, which it includes. Keep one of them."
    for name in named:
        if name.startswith("reason"):
            return f'the reason is not in quotes. Write reason="…": {EXAMPLE}.'
        if name not in cues and name != ALL:
            return f"no cue is called {name!r:.60}. {choices(name[:60], [*cues, ALL])}"
    return ""
