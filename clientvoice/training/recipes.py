"""What each kind of model is made of, and how its probabilities are used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal

from clientvoice.training.bge import bge_base
from clientvoice.training.encoder import EncoderRecipe, fine_tune
from clientvoice.training.fit import Trainer
from clientvoice.training.ngrams import fit_ngrams

FAST_TERMS = (120_000, 80_000)
"""Word and character n-grams of the fast model: half a point better than the 60,000 each of a blend."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a kind of model is trained.

    Parameters
    ----------
    trainers : tuple of callables
        One a branch.
    shift_classes : bool
        Whether rare classes are shifted for macro-F1 (see :mod:`clientvoice.training.calibration`).
    second : callable, optional
        Fits the encoder that reads again what is in doubt.
    """

    trainers: tuple[Trainer, ...]
    shift_classes: bool
    second: Trainer | None = None


def recipe(kind: Literal["fast", "accurate"], *, threads: int = 2) -> Recipe:
    """Return the recipe of a kind: n-grams alone, or beside a small encoder, with a deeper one for doubts."""
    if kind == "fast":
        return Recipe((partial(fit_ngrams, terms=FAST_TERMS),), shift_classes=True)
    small = EncoderRecipe(threads=threads)
    deep = EncoderRecipe(base=bge_base, epochs=2.0, rate=1e-4, outliers=8, threads=threads)
    return Recipe(
        (partial(fine_tune, recipe=small), fit_ngrams),
        shift_classes=False,
        second=partial(fine_tune, recipe=deep),
    )
