"""Fixtures that several rooms share."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

import clientvoice
from clientvoice.voice import ClientVoice

# The machine may be busy: an example that takes long says nothing about the code.
settings.register_profile("clientvoice", deadline=None)
settings.load_profile("clientvoice")

ROOT = Path(__file__).resolve().parents[1]

SHOWN = """
import sys
from clientvoice.cli import app
try:
    app(sys.argv[1:], prog_name="clientvoice")
except SystemExit as end:
    assert not end.code, end.code
print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


@pytest.fixture(scope="session")
def fast() -> ClientVoice:
    """The shipped fast model, loaded once."""
    return clientvoice.load("fast")


@pytest.fixture(scope="session")
def accurate() -> ClientVoice:
    """The shipped accurate model, loaded once."""
    return clientvoice.load("accurate")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of authored text."""
    return ROOT / "data" / "corpus"


@pytest.fixture(scope="session")
def imported_by() -> Callable[..., tuple[str, set[str]]]:
    """Runs a command line in a process of its own; tells its output, and the packages that it imported."""

    def run(*args: str) -> tuple[str, set[str]]:
        shown = subprocess.run(
            [sys.executable, "-c", SHOWN, *args], capture_output=True, text=True, check=True
        )
        return shown.stdout, set(shown.stderr.split())

    return run
