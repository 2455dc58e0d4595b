"""A model as a house sets it: its own nouns for readers, its own thresholds; nothing is learned anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import logit

from clientvoice.framing.model import CUES, SentenceModel
from clientvoice.house.settings import UNCERTAIN, HouseStyle
from clientvoice.vectors.nouns import NounVectorizer


def adapted(model: SentenceModel, style: HouseStyle) -> SentenceModel:
    """Return a model that masks a house's nouns for its readers and names cues from its thresholds.

    Examples
    --------
    >>> from clientvoice.store import load_model
    >>> model = adapted(load_model("fast").sentences, HouseStyle(thresholds={"price": 0.5}))
    >>> float(model.cue_thresholds[CUES.index("price")])
    0.0
    """
    limits = model.cue_thresholds.copy()
    for cue, chance in style.thresholds.items():
        if cue != UNCERTAIN:
            limits[CUES.index(cue)] = float(logit(np.float64(chance)))
    branches, second = model.branches, model.second
    if style.reader_nouns:
        branches = tuple(
            replace(branch, vectorizer=NounVectorizer(branch.vectorizer, style.reader_nouns))
            for branch in branches
        )
        second = second and replace(second, vectorizer=NounVectorizer(second.vectorizer, style.reader_nouns))
    return replace(
        model,
        branches=branches,
        second=second,
        cue_thresholds=limits,
        uncertain_below=style.thresholds.get(UNCERTAIN, model.uncertain_below),
    )
