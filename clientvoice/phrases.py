"""Which words of a sentence carry a cue: the phrases that speak most for it, whole.

The words with the largest shares may stand in the middle of a phrase, and half a phrase
explains little. So a sentence is cut where it pauses, and whole pieces are weighed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise

from clientvoice.segments.words import is_shortened

LONGEST = 12
"""Words that a cue points at, at most."""

_SHORTEST = 3
"""Words on either side of a joining word that parts them: "terms and conditions" is one phrase."""

_WINDOW = 8
"""Words pointed at where a phrase is longer than :data:`LONGEST` and has no seam."""

_TOLL = 0.1
"""What a word costs, as a part of the largest share: a stretch ends where nothing more is said."""

_PAUSE = re.compile(r"""[,;:!?…)\]][\"'”’)]*$|\.[\"'”’)]*$|^[-–—|·•*]+$""")
_AROUND = "\"'“”‘’([*_"


def strongest_phrase(words: Sequence[str], shares: Sequence[float]) -> tuple[int, int]:
    """Return the half-open range of words that speak most for what the shares are of.

    Parameters
    ----------
    words : sequence of str
        A sentence's, in order, with their punctuation.
    shares : sequence of float
        What each word adds.

    Examples
    --------
    >>> words = "The doors are open, but hurry, this offer ends tonight.".split()
    >>> first, last = strongest_phrase(words, [0, 0, 0, 0, 0, 1, 0.5, 0.5, 0.5, 0.5])
    >>> words[first:last]
    ['hurry,', 'this', 'offer', 'ends', 'tonight.']
    """
    if not words:
        return 0, 0
    toll = _TOLL * max(shares)
    sums = [0.0, *accumulate(share - toll for share in shares)]
    first, last = max(_stretches(words), key=lambda stretch: sums[stretch[1]] - sums[stretch[0]])
    if last - first > 1 and _plain(words[first]) in _lexicon()["joints"]:
        first += 1
    return first, last


def phrases(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the phrases of a sentence as half-open ranges of its words, in order.

    Examples
    --------
    >>> phrases("If your kids are upset, come by and we'll plant something.".split())
    [(0, 5), (5, 11)]
    """
    found = []
    for first, last in _cut(words, 0, len(words), "openers"):
        found += [(first, last)] if last - first <= LONGEST else _cut(words, first, last, "seams")
    return found


def _cut(words: Sequence[str], first: int, last: int, where: str) -> list[tuple[int, int]]:
    pauses = [place for place in range(first + 1, last) if _pauses(words[place - 1])]
    bounds = [first]
    for start, end in pairwise([first, *pauses, last]):
        for place in range(start + _SHORTEST, end - _SHORTEST + 1):
            if place - bounds[-1] >= _SHORTEST and _plain(words[place]) in _lexicon()[where]:
                bounds.append(place)
        bounds.append(end)
    return list(pairwise(bounds))


def _pauses(word: str) -> bool:
    if _PAUSE.search(word) is None:
        return False
    return not (word.endswith(".") and is_shortened(word[:-1].lstrip(_AROUND)))


def _stretches(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield every run of whole phrases that is short enough, and parts of a phrase that is not."""
    found = phrases(words)
    for number, (first, end) in enumerate(found):
        if end - first > LONGEST:
            for start in range(first, end):
                yield from ((start, last) for last in range(start + 1, min(start + _WINDOW, end) + 1))
        for _, last in found[number:]:
            if last - first > LONGEST:
                break
            yield first, last


def _plain(word: str) -> str:
    return word.strip(_AROUND).lower()


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, frozenset[str]]:
    text = files("clientvoice").joinpath("resources/lexicons/phrases.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}
