"""Vectors to labels: linear heads, calibrated, and a small model that joins sentences to messages.

>>> from clientvoice.framing import FramingClassifier
>>> FramingClassifier(C=1.0).get_params()["balance"]
0.4
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clientvoice.framing.classifier import FramingClassifier

__all__ = ["FramingClassifier"]

_HOMES = {"FramingClassifier": "classifier"}


def __getattr__(name: str) -> Any:  # scikit-learn costs a second: a name is imported when it is used
    if name not in _HOMES:
        raise AttributeError(f"module 'clientvoice.framing' has no attribute {name!r}")
    return getattr(import_module(f"clientvoice.framing.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
