"""Names of people, firms and products: capitals that neither grammar nor shouting explains."""

from __future__ import annotations

import re
from functools import cache

from clientvoice.rewrites.facts.lexicon import word_lists
from clientvoice.rewrites.facts.spans import Ground
from clientvoice.rewrites.guards.frequencies import is_common

_WORD = re.compile(r"[^\W\d_](?:[\w®™]|['’.&-](?=\w)){0,60}")
_OPENER = re.compile(r"[.!?:;…—|•>*\"“(\[]\W{0,4}$|^\W{0,9}$|\n\s{0,9}$|\s[-–]\s{1,3}$")
_JOINT = re.compile(r"\s(?:(?:of|the|and|&|de|la|le|du|di|da|von|van|der|for)\s){0,2}|\s&\s|[-’'/]")
_POSSESSIVE = re.compile(r"['’]s$")


@cache
def _never() -> frozenset[str]:
    return frozenset(word_lists("facts")["names"]["never"])


def find_names(ground: Ground) -> None:
    """Take runs of names that are still free; words that only open, shout or head a line are none."""
    words = [word for word in _WORD.finditer(ground.text) if ground.is_free(*word.span())]
    shouted = _is_shouted(words)
    headed = not shouted and _is_headed(words)
    run: list[re.Match[str]] = []
    for word in words:
        if not _is_name(
            ground, word, strict=shouted or headed, after_name=bool(run) and _joined(ground, run[-1], word)
        ):
            continue
        if run and not _joined(ground, run[-1], word):
            _take(ground, run)
            run = []
        run.append(word)
    _take(ground, run)


def _take(ground: Ground, run: list[re.Match[str]]) -> None:
    if run:
        start = run[0].start()
        end = start + len(_POSSESSIVE.sub("", ground.text[start : run[-1].end()]).rstrip("."))
        ground.add(start, end, "name", name_key(ground.text[start:end]))


def name_key(text: str) -> str:
    """Return a name in small letters with single spaces and no possessive.

    Examples
    --------
    >>> name_key("Fern  & Field’s")
    'fern & field'
    """
    return _POSSESSIVE.sub("", " ".join(text.replace("®", "").replace("™", "").split())).casefold()


def _is_shouted(words: list[re.Match[str]]) -> bool:
    longer = [word.group() for word in words if len(word.group()) > 1]
    return len(longer) > 1 and 2 * sum(word.isupper() for word in longer) > len(longer)


def _is_headed(words: list[re.Match[str]]) -> bool:
    """Whether Most Words Are Written Like a Heading."""
    content = [word.group() for word in words if len(word.group()) > 3]
    return len(content) > 2 and 3 * sum(word[0].isupper() for word in content) > 2 * len(content)


def _is_name(ground: Ground, word: re.Match[str], *, strict: bool, after_name: bool) -> bool:
    text = _POSSESSIVE.sub("", word.group())
    small = text.casefold().rstrip(".")
    if not any(char.isupper() for char in text) or small in _never() or "'" in small or "’" in small:
        return False
    if any(char.isupper() for char in text[1:]) and not text.isupper():
        return not strict or not is_common(small)  # iPhone, McKay, LinkedIn
    if text.isupper() and len(text) > 1:
        return not is_common(small)  # an acronym; SPECIAL is only loud
    opens = _OPENER.search(ground.text[max(0, word.start() - 12) : word.start()]) is not None
    if (strict or opens) and not after_name:
        return len(text) > 1 and not is_common(small)
    return not strict or not is_common(small)


def _joined(ground: Ground, first: re.Match[str], second: re.Match[str]) -> bool:
    between = ground.text[first.end() : second.start()]
    return len(between) <= 12 and _JOINT.fullmatch(between) is not None
