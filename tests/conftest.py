"""Fixtures that several rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

import clientvoice
from clientvoice.voice import ClientVoice

# The machine may be busy: an example that takes long says nothing about the code.
settings.register_profile("clientvoice", deadline=None)
settings.load_profile("clientvoice")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def fast() -> ClientVoice:
    """The shipped fast model, loaded once."""
    return clientvoice.load("fast")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of authored text."""
    return ROOT / "data" / "corpus"
