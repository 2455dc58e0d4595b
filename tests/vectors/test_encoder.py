from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest
from sklearn.base import clone

from clientvoice.store import load_model
from clientvoice.vectors import encoder
from clientvoice.vectors.encoder import EncoderVectorizer

SENTENCES = ["Hurry, only 3 left!", "Take your time, we will ring you.", "Doors open at seven."]


@pytest.fixture
def vectorizer() -> EncoderVectorizer:
    (branch,) = (one for one in load_model("accurate").sentences.branches if one.name == "encoder")
    return EncoderVectorizer(branch.vectorizer.folder)


def test_shares_sum_to_the_row(vectorizer: EncoderVectorizer) -> None:
    rows = vectorizer.transform(SENTENCES)
    weights = np.random.default_rng(0).normal(size=(rows.shape[1], 3))
    for sentence, row in zip(SENTENCES, rows, strict=True):
        assert vectorizer.shares(sentence, weights).values.sum(axis=0) == pytest.approx(row @ weights)
        some = vectorizer.shares(sentence, weights, [2, 0]).values.sum(axis=0)
        assert some == pytest.approx((row @ weights)[[2, 0]])


def test_what_was_just_read_is_explained_without_reading_it_again(
    vectorizer: EncoderVectorizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = vectorizer.transform(SENTENCES)
    weights = np.eye(rows.shape[1])
    fresh = EncoderVectorizer(vectorizer.folder).shares(SENTENCES[0], weights)
    monkeypatch.setattr(vectorizer, "_tokens", None)
    again = vectorizer.shares(SENTENCES[0], weights)
    np.testing.assert_array_equal(again.values, fresh.values)
    np.testing.assert_array_equal(again.starts, fresh.starts)


def test_only_so_many_tokens_are_kept(vectorizer: EncoderVectorizer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "RECENT_TOKENS", 12)
    vectorizer.transform(SENTENCES)
    assert len(vectorizer._live_recent) == 1


def test_threads_read_the_same(vectorizer: EncoderVectorizer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "AHEAD", 4)
    many = SENTENCES * 3
    several = EncoderVectorizer(vectorizer.folder, threads=2)
    np.testing.assert_array_equal(several.transform(many), vectorizer.transform(many))


def test_a_word_has_the_shares_of_its_own_tokens() -> None:
    second = EncoderVectorizer("accurate", prefix="second_")
    text = "Our team can ring  you."
    weights = np.random.default_rng(0).normal(size=(384, 1))
    _, starts, ends = second.shares(text, weights)
    placed = [text[start:end] for start, end in zip(starts, ends, strict=True) if end > start]
    assert "".join(placed) == "Ourteamcanringyou."
    assert all(part == part.strip() for part in placed)


def test_other_parameters_open_other_files() -> None:
    vectorizer = EncoderVectorizer("accurate")
    first = vectorizer.transform(SENTENCES)
    second = vectorizer.set_params(prefix="second_").transform(SENTENCES)
    assert abs(first - second).max() > 0.1
    for again in (EncoderVectorizer("accurate", prefix="second_"), clone(vectorizer), deepcopy(vectorizer)):
        np.testing.assert_array_equal(again.transform(SENTENCES), second)
