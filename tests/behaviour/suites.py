"""Read the suites beside this file and measure a model on them.

A suite is a TOML file of sentences in groups by their label under the guide,
and one check:

``label``
    minimum functionality: the sentence gets its label, or one of its labels.
``same``
    invariance: every variant of a sentence gets the label of its plain form.
``raises``
    direction: every variant makes its group's label more likely than the plain form does.

Variants are written in three ways, and the first is always the plain form.
``[one|other]`` lists them in place, ``{slot}`` takes the fillers under ``fill``
(all slots of a sentence in step), and ``noise`` names rules of :data:`NOISE`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clientvoice.records import FRAMES
from clientvoice.voice import ClientVoice

CHECKS = ("label", "same", "raises")
NOISE: dict[str, Callable[[str], str]] = {
    "upper": str.upper,
    "lower": str.lower,
    "no_stop": lambda text: text.rstrip(".!?"),
    "doubled": lambda text: text.replace("!", "!!"),
    "curly": lambda text: re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’"),
}
_CHOICE = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence in its variants, the plain form first, and the labels that the guide gives it."""

    labels: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suite:
    """One file of cases that are checked alike."""

    name: str
    title: str
    check: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model reached: a share or an F1 in [0, 1], of how many checks, and what failed."""

    name: str
    title: str
    value: float
    checks: int
    failed: tuple[str, ...] = ()

    def told(self, most: int = 12) -> str:
        """Return the title, the value and at most so many of the failed sentences."""
        lines = [f"{self.title}: {self.value:.1%} of {self.checks}", *self.failed[:most]]
        if (more := len(self.failed) - most) > 0:
            lines.append(f"and {more} more; all: `python tests/quality.py --failures`")
        return "\n  ".join(lines)


@cache
def read_suites() -> tuple[Suite, ...]:
    """Return every suite, in the order of the file names."""
    return tuple(_read(path) for path in sorted(Path(__file__).parent.glob("*.toml")))


def variants(sentence: str, fill: dict[str, list[str]], noise: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the plain form of a sentence and its distinct variants.

    >>> variants("Save [5%|9%], {name}.", {"name": ["Sam", "*|FNAME|*"]})
    ('Save 5%, Sam.', 'Save 9%, *|FNAME|*.')
    """
    choices = [found.split("|") for found in _CHOICE.findall(sentence)]
    columns = choices + [fill[slot] for slot in _SLOT.findall(sentence)]
    sizes = {len(column) for column in columns} or {1}
    if len(sizes) > 1:
        raise ValueError(f"{sentence!r}: choices and fillers of {sorted(sizes)} variants cannot go in step")
    texts = [_write(sentence, fill, row) for row in range(sizes.pop())]
    texts += [NOISE[name](texts[0]) for name in noise]
    return tuple(dict.fromkeys(texts))


def measure_suites(voice: ClientVoice, suites: Sequence[Suite]) -> list[Outcome]:
    """Return one outcome a suite, and one for the plain forms of all swaps and noise.

    The last is a guard: a model that calls everything neutral never wavers.
    """
    texts = list(dict.fromkeys(text for suite in suites for case in suite.cases for text in case.texts))
    chances = dict(zip(texts, voice.predict_proba(texts), strict=True))
    outcomes = [_outcome(suite.name, suite.title, suite.check, suite.cases, chances) for suite in suites]
    plain = [
        Case(case.labels, case.texts[:1]) for suite in suites if suite.check == "same" for case in suite.cases
    ]
    return [*outcomes, _outcome("plain_forms", "Plain forms of the swaps", "label", plain, chances)]


def _read(path: Path) -> Suite:
    table = tomllib.loads(path.read_text("utf-8"))
    fill, noise = table.get("fill", {}), table.get("noise", ())
    cases = []
    for group in table["group"]:
        label = group["label"]
        labels = (label,) if isinstance(label, str) else tuple(label)
        cases += [Case(labels, variants(sentence, fill, noise)) for sentence in group["sentences"]]
    return Suite(path.stem, table["title"], table["check"], tuple(cases))


def _write(sentence: str, fill: dict[str, list[str]], row: int) -> str:
    chosen = _CHOICE.sub(lambda found: found[1].split("|")[row], sentence)
    return _SLOT.sub(lambda found: fill[found[1]][row], chosen)


def _outcome(
    name: str, title: str, check: str, cases: Sequence[Case], chances: dict[str, NDArray[np.float64]]
) -> Outcome:
    results = [
        (_passes(check, case, text, chances), case, text) for case in cases for text in _checked(check, case)
    ]
    failed = tuple(_told(check, case, text, chances) for passed, case, text in results if not passed)
    return Outcome(name, title, 1 - len(failed) / len(results), len(results), failed)


def _checked(check: str, case: Case) -> tuple[str, ...]:
    return case.texts if check == "label" else case.texts[1:]


def _passes(check: str, case: Case, text: str, chances: dict[str, NDArray[np.float64]]) -> bool:
    here, plain = chances[text], chances[case.texts[0]]
    if check == "label":
        return _label(here) in case.labels
    if check == "same":
        return _label(here) == _label(plain)
    column = FRAMES.index(case.labels[0])
    return bool(here[column] > plain[column])


def _told(check: str, case: Case, text: str, chances: dict[str, NDArray[np.float64]]) -> str:
    got = _label(chances[text])
    if check == "label":
        return f"{got}, expected {' or '.join(case.labels)}: {text}"
    if check == "same":
        return f"{got}, plain form {_label(chances[case.texts[0]])}: {text}"
    return f"{case.labels[0]} no likelier than in the plain form: {text}"


def _label(chances: NDArray[np.float64]) -> str:
    return FRAMES[int(chances.argmax())]
