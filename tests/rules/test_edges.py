"""Quoted words begin and end where a phrase does."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from clientvoice.rules import RuleBook, match
from clientvoice.rules.edges import whole

BOOK = RuleBook.load()
ENGLISH = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "cue", "told"),
    [
        ("Shop the sale now", "sales_push", "Shop the sale"),
        ("Grab your seat today", "sales_push", "Grab your seat"),
        ("Book your next stay with us.", "sales_push", "Book your next stay"),
        ("Claim my", "sales_push", "Claim"),
        ("We reserve the right to change it.", "conditions", "We reserve the right"),
        ("Dear Valued Customer,", "depersonalization", "Dear Valued Customer"),
        ("Late entries WILL NOT be permitted.", "conditions", "WILL NOT be permitted"),
        ("You can save up to £200 on it.", "price", "save up to £200"),
        ("Book early and save £££", "price", "save £££"),
        ("Save £{{amount}} on boots.", "price", "Save £{{amount}}"),
        ("Now just £5,000.50.", "price", "Now just £5,000.50"),
        ("Earn up to £900 a week", "sales_push", "Earn up to £900 a week"),
        ("We grow, and book your visit today!", "sales_push", "book your visit today!"),
        ("What are you waiting for?", "pressure", "What are you waiting for"),
        ("Hurry up!", "pressure", "Hurry up"),
        ("If you don't pay, your heating will be cut off.", "pressure",
         "If you don't pay, your heating will be cut off"),
    ],
)  # fmt: skip
def test_words_are_told_whole(text, cue, told):
    assert told in [text[hit.start : hit.end] for hit in match(BOOK, text) if hit.cue == cue]


PIECES = ["the", "up", "to", "£", "200", "sale", "not", "will", "and", ",", "your", "now"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9), st.data())
def test_no_edge_leaves_the_text_or_crosses_the_other(words, data):
    doc = ENGLISH(" ".join(words))
    first = data.draw(st.integers(0, len(doc) - 1))
    last = data.draw(st.integers(first + 1, len(doc)))
    start, end = whole(doc, first, last)
    assert 0 <= start < end <= len(doc)
    assert start >= first - 1
