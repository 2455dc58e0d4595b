import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.records import Contribution, Explanation, Framing, Sentence, SentenceAnalysis
from clientvoice.reports.page.shares import LONGEST_EXPLAINED, MOST_CHIPS, sparing, word_shares


def _sentence(text):
    return SentenceAnalysis(Sentence(0, len(text), text), Framing("customer", {"customer": 1.0}))


def _told(*odds, bias=0.0, words=None):
    words = words or [f"w{place}" for place in range(len(odds))]
    parts = tuple(Contribution(0, 1, word, value) for word, value in zip(words, odds, strict=True))
    return Explanation(bias + sum(odds), bias, parts)


def _shares(*odds, **told):
    return word_shares(_sentence("Some words."), lambda text: _told(*odds, **told))


def test_without_an_explainer_there_are_no_shares():
    assert word_shares(_sentence("Buy."), None) is None
    assert word_shares(_sentence("Buy."), lambda text: None) is None


def test_nobody_reads_a_hundred_chips():
    long = _sentence("a" * (LONGEST_EXPLAINED + 1))
    assert word_shares(long, lambda text: pytest.fail("was asked")) is None


def test_neighbours_that_pull_alike_are_one_phrase():
    found = _shares(-1.0, -0.8, 0.9, -0.2, words=["ends", "tonight", "please", "now"])
    assert [(word.text, word.frame) for word in found.words] == [
        ("ends tonight", "customer"),
        ("please", "client"),
        ("now", "customer"),
    ]
    assert [word.tint for word in found.words] == [100, 50, 11]


def test_a_weak_neighbour_stays_alone():
    assert [word.text for word in _shares(-2.0, -0.3).words] == ["w0", "w1"]


def test_the_strongest_are_shown_in_reading_order_and_nothing_that_rounds_to_nothing():
    odds = [(-1) ** place * (place + 1) / 10 for place in range(12)]
    found = _shares(*odds, 0.01, -0.04)
    assert [word.text for word in found.words] == [f"w{place}" for place in range(12 - MOST_CHIPS, 12)]
    assert found.side == "customer"


def test_a_sentence_without_words():
    found = _shares(bias=-0.4)
    assert (found.words, found.rest, found.total, found.side) == ((), 0.0, -0.4, "customer")


@given(st.lists(st.floats(-5, 5), max_size=30), st.floats(-3, 3))
def test_the_parts_sum_to_the_whole(odds, bias):
    found = _shares(*odds, bias=bias)
    assert found.start + sum(word.log_odds for word in found.words) + found.rest == pytest.approx(found.total)
    assert len(found.words) <= MOST_CHIPS
    assert all(0 <= word.tint <= 100 for word in found.words)


def test_an_explainer_is_asked_for_so_many_distinct_sentences_only():
    asked = []

    def explain(text):
        asked.append(text)
        return _told(1.0)

    ask = sparing(explain, 2)
    answers = [ask(text) is not None for text in ("a", "b", "a", "c", "b")]
    assert answers == [True, True, True, False, True]
    assert asked == ["a", "b"]
