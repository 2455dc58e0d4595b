"""Fit the n-gram branch: tf-idf vectors, one linear model for frames and one for each cue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from clientvoice.corpora.sentences import Example
from clientvoice.framing.classifier import FramingClassifier
from clientvoice.framing.model import CUES, Branch
from clientvoice.records import FRAMES
from clientvoice.training.weighting import weights_of
from clientvoice.vectors.ngrams import NgramVectorizer


def fit_ngrams(
    examples: Sequence[Example],
    folder: Path | None = None,
    *,
    vectorizer: NgramVectorizer | None = None,
    terms: tuple[int, int] = (60_000, 60_000),
) -> tuple[Branch, NDArray[np.float64], NDArray[np.float64]]:
    """Fit the n-gram branch on labelled sentences.

    Parameters
    ----------
    examples : sequence of Example
    folder : Path, optional
        Not used; every branch is fitted by the same call.
    vectorizer : NgramVectorizer, optional
        A fitted one to keep, such as the shipped model's; by default a new one is fitted.
    terms : (int, int)
        The word and the character n-grams that a new one keeps.

    Returns
    -------
    branch : Branch
        With uncalibrated head weights.
    frame_bias : ndarray of shape (3,)
    cue_bias : ndarray of shape (14,)
    """
    texts = [example.text for example in examples]
    if vectorizer is None:
        vectorizer = NgramVectorizer(word_terms=terms[0], char_terms=terms[1]).fit(texts)
    vectors = vectorizer.transform(texts)
    labels = [example.label for example in examples]
    frames = FramingClassifier().fit(vectors, labels, sample_weight=weights_of(examples))
    rows = [list(frames.classes_).index(frame) for frame in FRAMES]
    cue_weights, cue_bias = _fit_cues(vectors, examples)
    branch = Branch("ngrams", vectorizer, frames.coef_[rows], cue_weights)
    return branch, frames.intercept_[rows], cue_bias


def _fit_cues(
    vectors: object, examples: Sequence[Example]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    width = vectors.shape[1]  # type: ignore[attr-defined]
    coefficients, biases = np.zeros((len(CUES), width)), np.full(len(CUES), -12.0)
    for row, cue in enumerate(CUES):
        present = np.array([cue in example.cues for example in examples])
        if present.sum() < 3:  # too few to learn from: the cue stays silent
            continue
        head = LogisticRegression(C=3.0, solver="liblinear", class_weight={True: 2.0, False: 1.0})
        head.fit(vectors, present)
        coefficients[row], biases[row] = head.coef_[0], head.intercept_[0]
    return coefficients, biases
