"""What each kind of model is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal

from clientvoice.corpora.sentences import Example
from clientvoice.store import StoredModel
from clientvoice.training.bge import bge_base
from clientvoice.training.encoder import EncoderRecipe, fine_tune
from clientvoice.training.fit import fit
from clientvoice.training.folds import Fitted
from clientvoice.training.ngrams import fit_ngrams
from clientvoice.training.second import School
from clientvoice.training.targets import Targets

FAST_TERMS = (120_000, 80_000)
"""Word and character n-grams of the fast model: half a point better than the 60,000 each of a blend."""


def recipe(kind: Literal["fast", "accurate"], *, threads: int = 2) -> Callable[..., StoredModel]:
    """Return how a kind is fitted: n-grams alone, or beside a small encoder, with a deeper one for doubts."""
    if kind == "fast":
        # A weak model shifts its rare classes for macro-F1 (see clientvoice.training.calibration).
        return partial(fit, trainers=(partial(fit_ngrams, terms=FAST_TERMS),), shift_classes=True)
    small = EncoderRecipe(threads=threads)
    deep = EncoderRecipe(base=bge_base, epochs=2.0, rate=1e-4, outliers=8, threads=threads)

    def student(examples: Sequence[Example], folder: Path, lessons: Sequence[Targets]) -> Fitted:
        return fine_tune(examples, folder, deep, lessons=lessons)

    teacher = partial(fine_tune, recipe=replace(deep, epochs=1.5))
    return partial(
        fit,
        trainers=(partial(fine_tune, recipe=small), fit_ngrams),
        second=School((teacher, fit_ngrams), student),
    )
