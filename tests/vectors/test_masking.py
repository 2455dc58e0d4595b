from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.vectors.masking import Masked, mask


def original(found: Masked, start: int, end: int) -> tuple[int, int]:
    """Return the span of the original sentence for one of the masked."""
    firsts, lasts = found.spans_to_original(np.array([start]), np.array([end]))
    return int(firsts[0]), int(lasts[0])


@pytest.mark.parametrize(
    ("sentence", "masked"),
    [
        ("Our clients come first.", "Our readers come first."),
        ("Our Customers’ files", "Our readers' files"),
        ("Dear {{first_name}},", "Dear name,"),
        ("Hi *|FNAME|*, 25% off", "Hi name, 00% off"),
        ("See https://example.com/a?b=1 today", "See link today"),
        ("Write to ana@example.org.", "Write to address."),
        ("Account holder no. 12", "reader no. 00"),
        ("Clientele and clients", "reader and readers"),
        ("Dear {first_name}, dear [First Name]", "Dear name, dear name"),
        ("You owe [Amount], <<Client.Name>>", "You owe name, name"),
        ("Hi [% first %] and $first_name and %FIRSTNAME%", "Hi name and name and name"),
        ("Save $50, or 20% of $5", "Save $00, or 00% of $0"),
        ("", ""),
    ],
)
def test_what_must_not_decide_is_masked(sentence: str, masked: str) -> None:
    assert mask(sentence).text == masked


def test_words_that_only_contain_a_noun_are_left_alone() -> None:
    assert mask("membership, guesthouse, impatient").text == "membership, guesthouse, impatient"


def test_a_masked_word_leads_back_to_the_whole_original() -> None:
    sentence = "Thank you, {{first_name}}, our customers matter."
    found = mask(sentence)
    for masked_word, whole in (("name", "{{first_name}}"), ("readers", "customers"), ("matter", "matter")):
        start = found.text.index(masked_word)
        left, right = original(found, start, start + len(masked_word))
        assert sentence[left:right] == whole


@given(st.text(alphabet=st.sampled_from("aA1 {}|*%client customer$@.:/'’\n"), max_size=80))
def test_every_span_leads_back_into_the_sentence(sentence: str) -> None:
    found = mask(sentence)
    previous = 0
    for at in range(len(found.text)):
        start, end = original(found, at, at + 1)
        assert 0 <= start < end <= len(sentence)
        assert start >= previous or end >= previous
        previous = start


@given(st.text(alphabet=st.sampled_from("aA1 {}|*%client customer$@.:/'’\n"), max_size=80))
def test_many_spans_lead_back_as_one_does(sentence: str) -> None:
    found = mask(sentence)
    starts = np.arange(len(found.text), dtype=np.intp)
    ends = np.minimum(starts + 3, len(found.text))
    firsts, lasts = found.spans_to_original(starts, ends)
    assert list(zip(firsts.tolist(), lasts.tolist(), strict=True)) == [
        original(found, start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    "opener", ["{{", "*|", "%%", "<%", "http://", "a@", "[[", "{a", "[A ", "<<", "[%", "$a.a"]
)
def test_unclosed_openers_take_linear_time(opener: str) -> None:
    assert len(mask(opener * 20_000).text) > 0
