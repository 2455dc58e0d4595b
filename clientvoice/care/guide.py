"""The seven practices of care, as ``practices.toml`` tells them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class PracticeRule:
    """What is asked of every message, and what counts as an answer.

    Parameters
    ----------
    key : str
        A stable identifier such as ``peace_of_mind``.
    title : str
        The practice in two or three words.
    question : str
        What a reader would ask.
    advice : str
        What to add to a message that shows nothing of it, in one line.
    cues, signs : mapping of str to float
        The cues of the labelling guide, and the signs of :mod:`clientvoice.care.signs`,
        that are evidence, with their weight.

    Examples
    --------
    >>> rule = practice_rules()[0]
    >>> rule.key, rule.question[-1]
    ('under_care', '?')
    """

    key: str
    title: str
    question: str
    advice: str
    cues: Mapping[str, float] = field(default_factory=dict)
    signs: Mapping[str, float] = field(default_factory=dict)


@cache
def practice_rules() -> tuple[PracticeRule, ...]:
    """Return the practices in the order in which they are asked.

    Examples
    --------
    >>> [rule.key for rule in practice_rules()][:2]
    ['under_care', 'best_interest']
    """
    text = files("clientvoice").joinpath("resources", "care", "practices.toml").read_text(encoding="utf-8")
    return tuple(PracticeRule(key, **told) for key, told in tomllib.loads(text).items())
