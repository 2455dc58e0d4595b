"""The estimators keep scikit-learn's contract: its own checks, pipelines, clones, searches by sender."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator, parametrize_with_checks

from clientvoice.framing.classifier import FramingClassifier
from clientvoice.vectors.encoder import EncoderVectorizer
from clientvoice.vectors.ngrams import NgramVectorizer

ENCODER = Path(__file__).resolve().parents[1] / "models" / "accurate"
SENTENCES = [
    "Hurry, only three left!",
    "Buy two and save today!",
    "Order now, stock is running out!",
    "Ring me before you sign anything.",
    "We were wrong, and we have mended it.",
    "Take all the time that you need.",
]
LABELS = ["customer"] * 3 + ["client"] * 3
SENDERS = ["a", "b", "c", "a", "b", "c"]


@pytest.mark.filterwarnings("ignore")
@parametrize_with_checks([FramingClassifier()])
def test_scikit_learns_own_checks(estimator: object, check: object) -> None:
    check(estimator)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("vectorizer", [NgramVectorizer(min_df=1), EncoderVectorizer(ENCODER)])
def test_vectorizers_say_that_they_read_text(vectorizer: object) -> None:
    """scikit-learn's list for these holds no check of data (its own text vectorisers' neither)."""
    check_estimator(vectorizer)
    assert vectorizer.__sklearn_tags__().input_tags.string
    assert vectorizer.fit(SENTENCES) is vectorizer
    assert vectorizer.fit_transform(SENTENCES).shape[1] == len(vectorizer.get_feature_names_out())


def test_a_pipeline_is_searched_with_senders_kept_apart() -> None:
    pipeline = make_pipeline(NgramVectorizer(min_df=1), FramingClassifier())
    grid = {"framingclassifier__C": [0.1, 10.0], "ngramvectorizer__min_df": [1]}
    search = GridSearchCV(clone(pipeline), grid, cv=GroupKFold(3)).fit(SENTENCES, LABELS, groups=SENDERS)
    assert search.best_params_["framingclassifier__C"] in (0.1, 10.0)
    assert (search.predict(SENTENCES) == np.array(LABELS)).all()
    names = search.best_estimator_[0].get_feature_names_out()
    assert len(names) == search.best_estimator_[1].n_features_in_


def test_the_encoder_gives_a_frame_of_named_columns() -> None:
    frame = EncoderVectorizer(ENCODER).set_output(transform="pandas").fit_transform(SENTENCES[:2])
    assert isinstance(frame, pd.DataFrame)
    assert frame.shape == (2, 384)
    assert frame.columns[0] == "encoder0"


def test_parameters_survive_a_clone() -> None:
    assert clone(NgramVectorizer(word_terms=7)).get_params()["word_terms"] == 7
    assert clone(EncoderVectorizer(ENCODER, threads=2)).threads == 2
    assert clone(FramingClassifier(balance=0.1)).balance == 0.1


@pytest.mark.parametrize(
    "kind", [list, tuple, np.array, pd.Series, lambda texts: np.array(texts, dtype=object)]
)
def test_a_classifier_of_texts_asks_for_a_vectoriser(kind: object) -> None:
    told = r"got texts; put a vectoriser first: make_pipeline\(NgramVectorizer\(\), FramingClassifier\(\)\)"
    with pytest.raises(TypeError, match=told):
        FramingClassifier().fit(kind(SENTENCES), LABELS)
    fitted = FramingClassifier().fit(np.eye(6), LABELS)
    with pytest.raises(TypeError, match=told):
        fitted.predict(kind(SENTENCES))
