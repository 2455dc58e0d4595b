"""clientvoice: tells whether copy speaks to customers or cares for clients, and why.

>>> import clientvoice
>>> voice = clientvoice.load("fast")
>>> voice.analyze("Buy now and save 50%! Offer ends tonight.").label
'customer'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clientvoice.records import (
        Contribution,
        Cue,
        Framing,
        Message,
        MessageAnalysis,
        Sentence,
        SentenceAnalysis,
    )
    from clientvoice.voice import ClientVoice, load

__version__ = "0.1.0"

_HOMES = {
    "ClientVoice": "voice",
    "Contribution": "records",
    "Cue": "records",
    "Framing": "records",
    "Message": "records",
    "MessageAnalysis": "records",
    "Sentence": "records",
    "SentenceAnalysis": "records",
    "load": "voice",
}

__all__ = [
    "ClientVoice",
    "Contribution",
    "Cue",
    "Framing",
    "Message",
    "MessageAnalysis",
    "Sentence",
    "SentenceAnalysis",
    "__version__",
    "load",
]


def __getattr__(name: str) -> Any:  # scikit-learn and spaCy cost seconds: a name is imported when it is used
    if name not in _HOMES:
        raise AttributeError(f"module 'clientvoice' has no attribute {name!r}")
    return getattr(import_module(f"clientvoice.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
