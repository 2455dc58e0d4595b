"""What README says of installing the very versions that were tested holds."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = (ROOT / ".ci" / "constraints.txt").read_text("utf-8").splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
UNPINNED = {"train", "peers"}
"""Extras that train and compare models; ``.ci/run`` installs neither."""


def pinned() -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in (line.split("==") for line in CONSTRAINTS)}


def wanted(extras: set[str]) -> dict[str, Requirement]:
    """Return what the project names itself, for some extras and those that they name."""
    found, queue, seen = {}, [Requirement(it) for it in PROJECT["dependencies"]], set()
    names = list(extras)
    while names:
        extra = names.pop()
        if extra not in seen:
            seen.add(extra)
            queue += [Requirement(it) for it in PROJECT["optional-dependencies"][extra]]
            names += [more for it in queue if it.name == "clientvoice" for more in it.extras]
    for requirement in queue:
        if requirement.name != "clientvoice":
            found[canonicalize_name(requirement.name)] = requirement
    return found


def test_each_line_pins_one_version() -> None:
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9A-Za-z.+!]+", line) for line in CONSTRAINTS)
    assert len(pinned()) == len(CONSTRAINTS)
    assert sorted(CONSTRAINTS, key=str.lower) == CONSTRAINTS


def test_all_that_is_installed_is_pinned_to_a_version_that_fits() -> None:
    versions = pinned()
    for name, requirement in wanted(set(PROJECT["optional-dependencies"]) - UNPINNED).items():
        assert name in versions, f"{name}: write .ci/constraints.txt anew, as .ci/run tells"
        assert requirement.specifier.contains(Version(versions[name]), prereleases=True), name


@pytest.mark.parametrize("extra", ["dev", "integration"])
def test_ci_installs_by_the_constraints(extra: str) -> None:
    told = (ROOT / ".ci" / "run").read_text("utf-8")
    assert f"-c .ci/constraints.txt -e '.[{extra}]'" in told


def test_what_is_pinned_needs_nothing_that_is_not() -> None:
    versions, lacking = pinned(), set()
    for name in versions:
        try:
            lines = requires(name) or []
        except ModuleNotFoundError:
            continue  # not installed here: nothing is known of it
        for line in lines:
            requirement = Requirement(line)
            if requirement.marker is None and canonicalize_name(requirement.name) not in versions:
                lacking.add(f"{name} needs {requirement.name}")
    assert not lacking
