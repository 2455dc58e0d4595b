"""Lists of phrases as people write them, made into patterns that cost little on text without them.

Each phrase waits under its longest fixed word for the others, so most blocks never meet a pattern.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[a-z]{2,}")
_SPACE = "[,:]? "
_GAP = r"(?:\S{1,40} ){0,6}"
_SENTENCE_START = r"(?:^|(?<=[.!?:;|•·—–] ))[\W_]{0,3}"
_STRAIGHT = str.maketrans("’‘“”", "''\"\"")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Patterns by one of the words that they need, each with all of these words."""

    waiting: Mapping[str, tuple[tuple[frozenset[str], re.Pattern[str]], ...]]

    def hits(self, plain: str) -> list[int]:
        """Return where phrases match in text made ready by :func:`plain_text`, in order."""
        words = {"", *_WORD.findall(plain)}
        found: set[int] = set()
        for word in self.waiting.keys() & words:
            for needed, pattern in self.waiting[word]:
                if needed <= words and (hit := pattern.search(plain)):
                    found.add(hit.start())
        return sorted(found)


@dataclass(frozen=True, slots=True)
class FooterWords:
    """What ``footers.toml`` says of footers."""

    machinery: Phrases
    legal: Phrases
    head: Phrases
    machinery_links: frozenset[str]
    policy_links: frozenset[str]
    company_links: frozenset[str]
    machinery_tags: tuple[str, ...]
    streets: frozenset[str]
    companies: frozenset[str]
    joining: frozenset[str]


@cache
def footer_words() -> FooterWords:
    """Return the phrases and links of ``footers.toml``.

    Examples
    --------
    >>> footer_words().machinery.hits("hello. you are receiving this email because you signed up.")
    [7]
    """
    path = files("clientvoice") / "resources" / "segments" / "footers.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    sets = {name: [word.replace("_", " ") for word in words.split()] for name, words in data["sets"].items()}
    links = {name: frozenset(map(str.strip, row.split(","))) for name, row in data["links"].items()}
    return FooterWords(
        machinery=compile_phrases(data["machinery"]["phrases"].strip().splitlines(), sets),
        legal=compile_phrases(data["legal"]["phrases"].strip().splitlines(), sets),
        head=compile_phrases(data["head"]["phrases"].strip().splitlines(), sets),
        machinery_links=links["machinery"],
        policy_links=links["policy"],
        company_links=links["company"],
        machinery_tags=tuple(data["tags"]["machinery"].split()),
        streets=frozenset(data["address"]["streets"].split()),
        companies=frozenset(data["address"]["companies"].split()),
        joining=frozenset(data["address"]["joining"].split()),
    )


def compile_phrases(phrases: Sequence[str], sets: Mapping[str, Sequence[str]]) -> Phrases:
    """Return phrases ready to match.

    Parameters
    ----------
    phrases : sequence of str
        ``{name}`` is any entry of that set, ``*`` up to six words, ``#`` a number,
        ``^`` the start of a sentence, ``$`` the end of the text.
    sets : mapping of str to sequence of str

    Examples
    --------
    >>> compile_phrases(["^sent to {who}"], {"who": ["you", "them"]}).hits("hi. sent to you")
    [4]
    """
    waiting: dict[str, tuple[tuple[frozenset[str], re.Pattern[str]], ...]] = {}
    for phrase in phrases:
        needed = _WORD.findall(re.sub(r"\{\w+\}", " ", phrase))
        word = max(needed, key=len, default="")
        waiting[word] = (*waiting.get(word, ()), (frozenset(needed), re.compile(_pattern(phrase, sets))))
    return Phrases(waiting)


def plain_text(text: str) -> str:
    """Return text with small letters, straight quotes and single spaces, for phrases to match in."""
    return " ".join(text.translate(_STRAIGHT).lower().split())


def _pattern(phrase: str, sets: Mapping[str, Sequence[str]]) -> str:
    start, end = phrase.startswith("^"), phrase.endswith("$")
    body = "".join([_part(part, sets) for part in phrase.removeprefix("^").removesuffix("$").split()])
    body = body.removesuffix(_SPACE)
    opening = _SENTENCE_START if start else r"(?<!\w)"
    closing = r"(?!\w)" if body[-1].isalnum() or body[-1] in ")}" else ""
    return opening + body + (r"\W*$" if end else closing)


def _part(part: str, sets: Mapping[str, Sequence[str]]) -> str:
    """Return the pattern of one word of a phrase, with the space after it."""
    if part == "*":
        return _GAP
    if part == "#":
        return r"\d{1,8}" + _SPACE
    choices = sets.get(part[1:-1]) if part[0] == "{" else None
    return (f"(?:{'|'.join(map(re.escape, choices))})" if choices else re.escape(part)) + _SPACE
