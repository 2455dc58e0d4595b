"""Where hits stand, and what takes them away."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientvoice.rules import RuleBook, match, match_many
from clientvoice.rules.prepared import prepare

BOOK = RuleBook.load()


def words(text, cue):
    return [text[hit.start : hit.end] for hit in match(BOOK, text) if hit.cue == cue]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don't miss out!", "Don't miss out"),
        ("Don’t miss the deadline!", "Don’t miss"),
        ("DON'T MISS IT", "DON'T MISS"),
        ("This  limited \n time offer is for you", "limited \n time"),
        ("A once-in-a-lifetime opportunity", "once-in-a-lifetime opportunity"),
        ("Hi {{ first_name }}, act now", "act now"),
        ("Hi *|FNAME|*, act\u00a0now", "act\u00a0now"),
        ("ac\u00adt now, before it is too late", "before it is too late"),
        ("\u200bact \u200b now", "act \u200b now"),
    ],
)
def test_the_words_are_found_as_they_stand(text, found):
    assert found in words(text, "pressure")


def test_the_longest_hit_wins_within_a_cue():
    assert words("Hurry up, stocks are low", "pressure") == ["Hurry up"]


def test_hits_of_different_cues_may_stand_together():
    assert {hit.cue for hit in match(BOOK, "Save 20% today only!")} >= {"price", "pressure"}


def test_an_exception_takes_away_the_hit_that_it_overlaps():
    assert words("No hurry at all", "pressure") == []
    assert words("No hurry at all, but act now", "pressure") == ["act now"]


def test_quoted_words_do_not_count_but_a_quotation_does():
    assert words('A mail that says "act now" is a fraud.', "pressure") == []
    assert words("A mail that says “act now” is a fraud.", "pressure") == []
    assert words("“Act now!”", "pressure") == ["Act now"]


def test_links_and_mail_addresses_are_not_read():
    assert match(BOOK, "See https://example.com/act-now/shop-now or act-now@example.com") == ()


def test_a_cue_yields_to_the_cues_that_take_the_sentence():
    assert words("We're here to help you.", "support") != []
    assert words("Order now, we're here to help you.", "support") == []


def test_many_texts_are_matched_in_order():
    texts = ["Act now!", "", "Thank you for your patience."]
    assert match_many(BOOK, texts) == [match(BOOK, text) for text in texts]


@pytest.mark.parametrize(
    "text", ["a" * 60_000, "!" * 60_000, '"(' * 30_000, "☃" * 60_000, "\ud800" * 9, "\x00act now"]
)
def test_hostile_runs_are_matched_in_no_time(text):
    began = time.process_time()
    match(BOOK, text)
    assert time.process_time() - began < 5


PIECES = [
    "act now",
    "Don’t miss",
    "thank you for your patience",
    "save 20%",
    "{{name}}",
    "  ",
    "\n",
    '"',
    "no hurry",
    "!",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=12).map(" ".join))
def test_hits_lie_inside_the_text_in_order_and_apart_within_a_cue(text):
    hits = match(BOOK, text)
    assert list(hits) == sorted(hits, key=lambda hit: (hit.start, hit.end, hit.cue))
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end].strip()
    for cue in BOOK.cues:
        own = [hit for hit in hits if hit.cue == cue]
        assert all(one.end <= other.start for one, other in pairwise(own))


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=40))
def test_case_of_plain_letters_makes_no_difference_to_phrases(noise):
    text = f"act now {noise.strip()}"
    found = [hit.rule for hit in match(BOOK, text) if hit.rule == "act now"]
    assert found == [hit.rule for hit in match(BOOK, f"ACT NOW {noise.strip()}") if hit.rule == "act now"]


def test_words_that_were_met_once_are_forgotten():
    book = RuleBook.load()
    match_many(book, ["Act now."])
    strings = prepare(book).pipeline.vocab.strings
    before = len(strings)
    hits = match_many(book, [f"Act now, dear qz{number}xv." for number in range(500)])
    assert all(hit.cue == "pressure" for found in hits for hit in found)
    assert len(strings) <= before + 10


def test_threads_may_match_at_the_same_time():
    book = RuleBook.load()
    texts = [f"Act now, order {number} zebras." for number in range(50)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: match_many(book, texts), range(8)))
    assert all(hits == found[0] for hits in found)
