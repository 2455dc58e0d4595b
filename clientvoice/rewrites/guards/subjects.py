"""Whose verb and whose thing it is: a rewrite must leave both with their owner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from clientvoice.rewrites.facts.lexicon import any_of, folded, word_lists

_OWNED = re.compile(
    r"(?<![\w'])(?:my|your|our|his|her|its|their) (?:[\w-]{1,30} ){0,2}?([\w-]{1,30}(?:'s|s'))(?!\w)"
)
"""Somebody's somebody: “your child's”, whom the article alone would make anybody's."""


def owner_slips(before: str, after: str) -> Iterator[str]:
    """Yield where a rewrite parts a verb from its subject, or a person from whom they belong to.

    Parameters
    ----------
    before, after : str
        A sentence and a candidate to stand in its place.

    Examples
    --------
    >>> list(owner_slips("Rent is due and is paid weekly.", "You need rent and is paid weekly."))
    ['Leaves “and is” without its subject.']
    >>> list(owner_slips("Book your child's swim.", "You can book a child's swim."))
    ["Loses whose “child's” is."]
    """
    old, new = folded(before), folded(after)
    yield from _parted(old, new)
    yield from _disowned(old, new)


def _parted(old: str, new: str) -> Iterator[str]:
    """Find a second verb that stays while the first one, with the subject of both, is another now."""
    first, second = _patterns()
    joined = second.search(old)
    if joined is None or second.search(new) is None:
        return
    subject = first.search(old, 0, joined.start())
    if subject is not None and not re.search(rf"(?<!\w){re.escape(subject.group())}(?!\w)", new):
        yield f"Leaves “{joined.group()}” without its subject."


def _disowned(old: str, new: str) -> Iterator[str]:
    """Find a person who was the reader's own and is anybody's now."""
    still = {found.group(1) for found in _OWNED.finditer(new)}
    for found in _OWNED.finditer(old):
        owner = found.group(1)
        if owner not in still and re.search(rf"(?<!\w){re.escape(owner)}(?!\w)", new):
            yield f"Loses whose “{owner}” is."


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a subject's last word with its verb, and of a second verb without one."""
    lists = word_lists("fluency")["shared_subject"]
    joins, verbs, subjects = (any_of(lists[name]) for name in ("joins", "verbs", "subjects"))
    first = re.compile(rf"(?<![\w'])[\w'-]{{1,40}} (?:{verbs})(?!\w)")
    second = re.compile(rf"(?<![\w'])(?:{joins}) (?:{verbs})(?!\w)(?! (?:{subjects})(?!\w))")
    return first, second
