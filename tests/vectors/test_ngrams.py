from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import hstack
from sklearn.base import clone

from clientvoice.vectors.features import (
    Feature,
    char_names,
    placed_words,
    spelled,
    word_features,
    word_names,
)
from clientvoice.vectors.masking import mask
from clientvoice.vectors.ngrams import NgramVectorizer

TEXTS = [
    "Shop now and save 20%!",
    "Take your time, we are here.",
    "The office opens at nine.",
    "SAVE now, SAVE big",
]


@pytest.fixture(scope="module")
def vectorizer() -> NgramVectorizer:
    return NgramVectorizer(min_df=1).fit(TEXTS)


def char_features(text: str) -> list[Feature]:
    placed = [(start, spelled(word)) for word, start in placed_words(text)]
    return [(name, start + left, start + right) for start, found in placed for name, left, right in found]


@given(st.text(max_size=60))
def test_names_and_features_agree(text: str) -> None:
    assert [name for name, _, _ in char_features(text)] == char_names(text)
    assert [name for name, _, _ in word_features(text)] == word_names(text)


@given(st.text(max_size=60))
def test_spans_lie_in_the_text(text: str) -> None:
    for _, start, end in [*word_features(text), *char_features(text)]:
        assert 0 <= start <= end <= len(text)


def test_character_spans_hold_their_characters() -> None:
    text = "Renew today"
    for name, start, end in char_features(text):
        assert name.strip() == text[start:end].lower()


@pytest.mark.parametrize("text", [*TEXTS, "", "unseen wörter only ☃", "now now now!!"])
def test_shares_sum_to_the_row(vectorizer: NgramVectorizer, text: str) -> None:
    weights = np.random.default_rng(0).normal(size=(len(vectorizer.get_feature_names_out()), 3))
    totals = vectorizer.shares(text, weights).values.sum(axis=0)
    assert totals == pytest.approx((vectorizer.transform([text]) @ weights)[0], rel=1e-6, abs=1e-6)


@given(st.text(st.sampled_from("shopSHOP nowsave!20% 'é"), max_size=60))
def test_shares_of_any_text_sum_to_its_row(text: str) -> None:
    vectorizer = NgramVectorizer(min_df=1).fit(TEXTS)
    weights = np.random.default_rng(0).normal(size=(len(vectorizer.get_feature_names_out()), 2))
    found = vectorizer.shares(text, weights)
    assert found.values.sum(axis=0) == pytest.approx(
        (vectorizer.transform([text]) @ weights)[0], rel=1e-6, abs=1e-6
    )
    assert ((found.starts >= 0) & (found.starts < found.ends) & (found.ends <= max(1, len(text)))).all()


def test_rebuilt_from_arrays_it_gives_the_same_matrix(vectorizer: NgramVectorizer) -> None:
    rebuilt = NgramVectorizer.from_arrays(*vectorizer.arrays())
    assert (rebuilt.transform(TEXTS) != vectorizer.transform(TEXTS)).nnz == 0


def test_reader_nouns_make_no_difference(vectorizer: NgramVectorizer) -> None:
    one, other = vectorizer.transform(["Our clients matter", "Our customers matter"])
    assert (one != other).nnz == 0


def test_one_string_is_refused(vectorizer: NgramVectorizer) -> None:
    with pytest.raises(TypeError, match="wrap it in a list"):
        vectorizer.transform("Shop now")


def test_it_clones_like_any_estimator() -> None:
    assert clone(NgramVectorizer(min_df=3)).get_params() == NgramVectorizer(min_df=3).get_params()


@given(st.lists(st.text(st.sampled_from("shopSHOP nowsave!20% 'é"), max_size=60), min_size=1, max_size=4))
def test_rows_are_those_of_scikit_learn(texts: list[str]) -> None:
    vectorizer = NgramVectorizer(min_df=1).fit(TEXTS)
    masked = [mask(text).text for text in texts]
    theirs = hstack([part.transform(masked) for part in vectorizer.parts_], format="csr", dtype=np.float32)
    assert (vectorizer.transform(texts) != theirs).nnz == 0


def test_what_is_remembered_is_not_copied_and_is_forgotten_by_a_new_fit() -> None:
    vectorizer = NgramVectorizer(min_df=1).fit(TEXTS)
    before = vectorizer.transform(["Shop now"]).nnz
    assert copy.deepcopy(vectorizer).transform(["Shop now"]).nnz == before
    assert vectorizer.fit(["Nothing like it"]).transform(["Shop now"]).nnz < before
