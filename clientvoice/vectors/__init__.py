"""Sentences to vectors: an n-gram vectoriser (fast) and small encoders (accurate).

>>> from clientvoice.vectors import EncoderVectorizer, NgramVectorizer
>>> EncoderVectorizer("accurate").transform(["Take your time."]).shape
(1, 384)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clientvoice.vectors.encoder import EncoderVectorizer
    from clientvoice.vectors.masking import mask
    from clientvoice.vectors.ngrams import NgramVectorizer

__all__ = ["EncoderVectorizer", "NgramVectorizer", "mask"]

_HOMES = {"EncoderVectorizer": "encoder", "NgramVectorizer": "ngrams", "mask": "masking"}


def __getattr__(name: str) -> Any:  # scikit-learn costs a second: a name is imported when it is used
    if name not in _HOMES:
        raise AttributeError(f"module 'clientvoice.vectors' has no attribute {name!r}")
    return getattr(import_module(f"clientvoice.vectors.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
