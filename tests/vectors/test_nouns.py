from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.vectors.masking import mask, mask_nouns
from clientvoice.vectors.ngrams import NgramVectorizer
from clientvoice.vectors.nouns import NounVectorizer

NOUNS = ("maker", "club friend", "alumni", "c++ fan")


@pytest.mark.parametrize(
    ("sentence", "masked"),
    [
        ("Our makers come first.", "Our readers come first."),
        ("Club Friends’ files and an ALUMNI", "readers' files and an reader"),
        ("Dear c++ fans", "Dear readers"),
        ("makeshift, peacemaker, club", "makeshift, peacemaker, club"),
        ("Write to maker@example.com or https://example.com/maker or {{ maker }}",) * 2,
        ("Customers pay 25", "Customers pay 25"),
        ("", ""),
    ],
)
def test_own_nouns_are_masked_and_nothing_else(sentence: str, masked: str) -> None:
    assert mask_nouns(sentence, NOUNS).text == masked


def test_a_model_reads_own_nouns_as_it_reads_customers() -> None:
    assert mask(mask_nouns("Our Makers’ 25%", NOUNS).text).text == mask("Our Customers' 25%").text


@given(st.text(alphabet=st.sampled_from("maker MAKERS'’@.{}1"), max_size=40))
def test_spans_lead_back_into_the_sentence(sentence: str) -> None:
    found = mask_nouns(sentence, NOUNS)
    places = np.arange(len(found.text))
    starts, ends = found.spans_to_original(places, places + 1)
    assert ((starts >= 0) & (starts < ends) & (ends <= len(sentence))).all()


def test_shares_sum_and_stand_at_the_users_words() -> None:
    inner = NgramVectorizer(min_df=1).fit(["Our customers come first today", "Makers come last"])
    vectorizer = NounVectorizer(inner, NOUNS)
    sentence = "Our club friends come first"
    row = vectorizer.transform([sentence])
    weights = np.arange(2 * row.shape[1], dtype=np.float64).reshape(-1, 2)
    values, starts, ends = vectorizer.shares(sentence, weights)
    assert values.sum(axis=0) == pytest.approx((row @ weights)[0])
    assert "club friends" in {sentence[start:end] for start, end in zip(starts, ends, strict=True)}
