"""Every public name shows how it is used: a numpydoc docstring with an example that the test command runs.

Public is what a package's ``__all__`` exports, but for the command line and the folders it writes
(``cli``, ``batch``). A public method has an example of its own, or its class's example calls it.
"""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module, util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import clientvoice
from clientvoice import errors

HIDDEN = {"batch", "cli", "__main__"}


def modules() -> Iterator[ModuleType]:
    """The package, what lies right below it, and each integration; none needs its tool to be imported."""
    yield clientvoice
    for home in ("clientvoice", "clientvoice.integrations"):
        for found in pkgutil.iter_modules(import_module(home).__path__):
            name = f"{home}.{found.name}"
            if found.name in HIDDEN or (found.name in ("lsp", "mcp") and home != "clientvoice"):
                continue
            yield import_module(name)


@cache
def public() -> dict[str, Any]:
    """Classes and functions by where they are defined, each once."""
    names: dict[str, Any] = {}
    for module in modules():
        for name in getattr(module, "__all__", ()):
            found = getattr(module, name)
            if inspect.isclass(found) or inspect.isfunction(found):
                names[f"{found.__module__}.{found.__qualname__}"] = found
    return names


def methods(kind: type) -> Iterator[tuple[str, Any]]:
    for name, found in vars(kind).items():
        function = found.__func__ if isinstance(found, classmethod | staticmethod) else found
        if not name.startswith("_") and inspect.isfunction(function):
            yield name, function


def example(found: Any) -> str:
    doc = inspect.getdoc(found) or ""
    _, title, shown = doc.partition("Examples\n--------\n")
    return shown if title and ">>> " in shown else ""


def test_the_api_is_what_one_would_think() -> None:
    names = public()
    assert len(names) > 70
    for name in (
        "framing.classifier.FramingClassifier",
        "integrations.spacy.ClientVoiceComponent",
        "readers.reading.read_path",
        "reports.plots.plot_arc",
        "vectors.ngrams.NgramVectorizer",
        "voice.ClientVoice",
    ):
        assert f"clientvoice.{name}" in names


def test_every_public_name_has_an_example() -> None:
    lacking = sorted(name for name, found in public().items() if not example(found))
    assert not lacking, "give these a section Examples: " + ", ".join(lacking)


def test_every_public_method_has_one_or_is_shown_by_its_class() -> None:
    lacking = [
        f"{home}.{name}"
        for home, found in public().items()
        if inspect.isclass(found)
        for name, function in methods(found)
        if not example(function) and not re.search(rf"\.{name}\(", example(found))
    ]
    # spaCy's own protocol: nobody calls these but spaCy.
    lacking = [name for name in lacking if not re.search(r"ClientVoiceComponent\.(to|from)_|\.pipe$", name)]
    assert not lacking, "give these a section Examples: " + ", ".join(lacking)


@pytest.mark.parametrize("name", ["ClientVoiceError", "InputError", "ModelError", "RuleError", "ConfigError"])
def test_errors_say_what_they_mean(name: str) -> None:
    assert inspect.getdoc(getattr(errors, name))


def test_the_test_command_runs_the_examples(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getoption("doctestmodules")
    assert "clientvoice" in pytestconfig.getini("testpaths")


def test_only_extras_are_skipped() -> None:
    """An example may be skipped where the tool that it needs is an extra, and nowhere else."""
    root = Path(clientvoice.__file__).parent
    skipping = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "doctest: +SKIP" in path.read_text("utf-8")
    }
    assert skipping <= {
        "records/analyses.py",
        "reports/plots.py",
        "integrations/spark.py",
        "integrations/dask.py",
    }
    assert util.find_spec("clientvoice.plots")
