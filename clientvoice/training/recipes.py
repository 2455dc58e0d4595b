"""Which branches each kind of model is made of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Literal

from clientvoice.training.encoder import EncoderRecipe, fine_tune
from clientvoice.training.fit import Trainer
from clientvoice.training.ngrams import fit_ngrams


def trainers(kind: Literal["fast", "accurate"], *, threads: int = 2) -> Sequence[Trainer]:
    """Return the trainers of a kind: n-grams alone, or the fine-tuned encoder beside them."""
    if kind == "fast":
        return (fit_ngrams,)
    return (partial(fine_tune, recipe=EncoderRecipe(threads=threads)), fit_ngrams)
