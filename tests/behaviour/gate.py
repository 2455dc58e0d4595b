"""The quality gate: what ``tests/quality.json`` pins, and what keeps it from sinking.

The record holds, for each model, its digest, what it reached and a floor for
every suite, and the digests of the data. Floors rise on their own and fall only
on an explicit word.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import clientvoice
from clientvoice.corpora.sentences import digest, read_contrast, read_corpus

from .contrast import measure_contrast
from .suites import Outcome, measure_suites, read_suites

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "data" / "corpus"
RECORD = ROOT / "tests" / "quality.json"
MODELS = ("fast", "accurate")
SLACK = 0.02
"""How far under the measured value a floor is set, so that one sentence more or less is no alarm."""
PROMISED = {"reader_nouns": 0.98}
"""Floors that no update lowers, since the product promises them."""
UPDATE = "run `python tests/quality.py --update`."
REMEDIES = {
    "natural": f"retrain the models on it (their cards say how), then {UPDATE}",
    "contrast": UPDATE,
    "behaviour": UPDATE,
}

Record = dict[str, Any]


class RegressionError(ValueError):
    """An update would lower a floor."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A model and what it reached."""

    model: str
    digest: str
    outcomes: tuple[Outcome, ...]


def is_shipped(model: str) -> bool:
    """Tell whether the model lies under ``models/``."""
    return (ROOT / "models" / model / "config.json").is_file()


@cache
def measure(model: str) -> Measured:
    """Run every suite on a shipped model, once a process."""
    voice = clientvoice.load(model)
    outcomes = (*measure_suites(voice, read_suites()), *measure_contrast(voice, CORPUS))
    return Measured(model, voice.model.digest, outcomes)


@cache
def data_digests() -> dict[str, str]:
    """Return the identity of the training corpus, the contrast groups and the suites."""
    suites = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        suites.update(path.read_text("utf-8").encode())
    return {
        "natural": digest(read_corpus(CORPUS)),
        "contrast": digest(read_contrast(CORPUS)),
        "behaviour": suites.hexdigest(),
    }


def read_record() -> Record:
    """Return the pinned record; an empty one where there is none."""
    return json.loads(RECORD.read_text("utf-8")) if RECORD.is_file() else {"models": {}, "data": {}}


def data_problems(record: Record, digests: dict[str, str]) -> list[str]:
    """Say which data is not the data that the floors were measured with."""
    pinned = record["data"]
    return [
        f"data {name!r} is {got[:12]}, measured with {str(pinned.get(name))[:12]}: {REMEDIES[name]}"
        for name, got in digests.items()
        if pinned.get(name) != got
    ]


def pin_problems(record: Record, model: str, found: str, names: Sequence[str]) -> list[str]:
    """Say whether the shipped model is not the one measured, or a suite has no floor or a floor no suite."""
    pinned = record["models"].get(model)
    if pinned is None:
        return [f"{model}: shipped, but not in {RECORD.name}: {UPDATE}"]
    problems = []
    if pinned["digest"] != found:
        problems.append(
            f"{model}: digest {found[:12]}, the one measured is {pinned['digest'][:12]}: {UPDATE}"
        )
    if odd := sorted(set(pinned["suites"]) ^ set(names)):
        problems.append(
            f"{model}: {', '.join(odd)}: a suite without a floor or a floor without a suite: {UPDATE}"
        )
    return problems


def floor_problem(record: Record, model: str, outcome: Outcome) -> str:
    """Say by what a model fell under a suite's floor; empty where it did not."""
    floor = record["models"].get(model, {}).get("suites", {}).get(outcome.name, 0.0)
    return (
        f"{model}: the floor is {floor:.1%}, reached was\n{outcome.told()}" if outcome.value < floor else ""
    )


def updated(record: Record, measured: Measured, *, allow_regression: bool = False) -> Record:
    """Return the record with the model's digest and figures, and its floors raised.

    Raises
    ------
    RegressionError
        If a suite fell under its floor or is gone, unless that is allowed; a
        promised floor is never lowered.
    """
    reached = {outcome.name: outcome.value for outcome in measured.outcomes}
    old = record["models"].get(measured.model, {}).get("suites", {})
    fallen = [
        f"{measured.model}: {name}: floor {floor:.3f}, reached {reached.get(name, 'nothing: it is gone')}"
        for name, floor in old.items()
        if reached.get(name, -1.0) < floor
    ]
    broken = [
        f"{measured.model}: {name}: promised {floor:.3f}, reached {reached[name]:.3f}"
        for name, floor in PROMISED.items()
        if reached.get(name, floor) < floor
    ]
    if broken or (fallen and not allow_regression):
        raise RegressionError("\n".join(broken or fallen))
    floors = {
        name: max(round(value - SLACK, 3), 0.0, PROMISED.get(name, 0.0)) for name, value in reached.items()
    }
    for name in floors:
        if reached[name] >= old.get(name, 0.0):
            floors[name] = max(floors[name], old.get(name, 0.0))
    entry = {
        "digest": measured.digest,
        "suites": floors,
        "figures": {name: round(value, 4) for name, value in reached.items()},
    }
    return {"models": {**record["models"], measured.model: entry}, "data": data_digests()}


def problems(record: Record, measured: Sequence[Measured]) -> list[str]:
    """Say everything that keeps the gate shut."""
    found = data_problems(record, data_digests())
    for one in measured:
        found += pin_problems(record, one.model, one.digest, [outcome.name for outcome in one.outcomes])
        found += filter(None, (floor_problem(record, one.model, outcome) for outcome in one.outcomes))
    return found
