"""Light noise for training: the slips of real mail, so that a typo does not change a label."""

from __future__ import annotations

import random


def noisy(text: str, rng: random.Random) -> str:
    """Return the text with one small slip: punctuation, a swapped or lost letter, a lost word.

    Examples
    --------
    >>> len(noisy("Take your time, we are here.", random.Random(1))) > 20
    True
    """
    kind = rng.random()
    if len(text) < 10 or kind < 0.25:
        return text.rstrip(".!?") or text
    if kind < 0.4:
        at = rng.randrange(1, len(text) - 2)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind < 0.55:
        at = rng.randrange(len(text))
        return text[:at] + text[at + 1 :]
    if kind < 0.7:
        return text.replace(",", "").replace("'", "")
    if kind < 0.85:
        return f"{text} Read more" if rng.random() < 0.3 else text.replace("!", ".")
    words = text.split()
    if len(words) > 4:
        words.pop(rng.randrange(len(words)))
    return " ".join(words)
