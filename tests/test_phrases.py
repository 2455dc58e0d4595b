from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.phrases import LONGEST, phrases, strongest_phrase


def pointed_at(sentence: str, *strong: str) -> str:
    words = sentence.split()
    first, last = strongest_phrase(words, [float(word.strip(".,!") in strong) for word in words])
    return " ".join(words[first:last])


@pytest.mark.parametrize(
    ("sentence", "strong", "whole"),
    [
        ("Any problem at all, just drop me a line and I help.", ["drop", "line"], "just drop me a line"),
        (
            "If they are upset they can come up and we'll plant something.",
            ["plant"],
            "we'll plant something.",
        ),
        ("Terms and conditions apply", ["conditions"], "Terms and conditions apply"),
        ("However you help, thank you.", ["thank"], "thank you."),
        ("Renew now!", ["now"], "Renew now!"),
        ("It is a year since you last saw Dr. Patel.", ["saw"], "since you last saw Dr. Patel."),
        ("Come and see (Mrs. J. Lee) today.", ["see"], "Come and see (Mrs. J. Lee)"),
        ("We close at 5 p.m. this Friday.", ["close"], "We close at 5 p.m. this Friday."),
    ],
)
def test_the_phrase_is_whole(sentence: str, strong: list[str], whole: str) -> None:
    assert pointed_at(sentence, *strong) == whole


def test_a_long_phrase_is_parted_at_its_seams() -> None:
    sentence = "Every one of our new machines now comes along with a free bag of roasted house beans"
    assert pointed_at(sentence, "free") == "with a free bag of roasted house beans"


SOME = ["and", "but", "save,", "now.", "to", "the", "a", "if", "–", "(or)", "help", "it's", "5%", "“we"]
WORDS = st.lists(st.sampled_from(SOME), max_size=40)


@given(WORDS)
def test_phrases_are_the_whole_sentence_in_order(words: list[str]) -> None:
    found = phrases(words)
    assert [place for first, last in found for place in range(first, last)] == list(range(len(words)))


@given(WORDS, st.randoms(use_true_random=False))
def test_what_is_pointed_at_is_short_and_lies_within(words: list[str], chance) -> None:
    first, last = strongest_phrase(words, [chance.gauss(0, 1) for _ in words])
    assert (first, last) == (0, 0) if not words else 0 <= first < last <= len(words)
    assert last - first <= LONGEST
