from __future__ import annotations

import time

import pytest
from hypothesis import given

from clientvoice.segments import tokenize, tokenizer

from .samples import odd_text


def test_the_tokenizer_is_made_once() -> None:
    assert tokenizer() is tokenizer()
    assert tokenizer().pipe_names == []


@pytest.mark.parametrize(
    "whole",
    ["{{ first name }}", "*|FNAME|*", "dana@example.com", "https://example.com/a?b=c", "[First Name]"],
)
def test_one_token(whole: str) -> None:
    doc = tokenize(f"Please write to {whole}, today.")
    assert whole in [token.text for token in doc]


def test_words_come_apart_as_in_spacy() -> None:
    assert [token.text for token in tokenize("Don't wait: 20% off!")] == [
        "Do",
        "n't",
        "wait",
        ":",
        "20",
        "%",
        "off",
        "!",
    ]


def test_addresses_are_known_as_such() -> None:
    doc = tokenize("Write to dana@example.com or see www.example.com today.")
    assert [token.text for token in doc if token.like_email or token.like_url] == [
        "dana@example.com",
        "www.example.com",
    ]


@given(odd_text)
def test_offsets_hold(text: str) -> None:
    doc = tokenize(text)
    assert len(doc.text) == len(text)
    for token in doc:
        there = text[token.idx : token.idx + len(token)]
        assert token.text == there or "\ud800" <= max(there) <= "\udfff"


@pytest.mark.parametrize(
    "text",
    [
        "!" * 200_000,
        '"(' * 50_000,
        'a"(' * 30_000,
        "a" * 500_000,
        "☃" * 100_000,
        "{{" * 100_000,
        "a.b " * 20_000,
        "1." * 90_000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    before = time.process_time()
    doc = tokenize(text)
    assert time.process_time() - before < 5
    assert len(doc.text) == len(text)
