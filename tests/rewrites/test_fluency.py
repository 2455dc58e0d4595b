from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.corpora.sentences import read_corpus
from clientvoice.rewrites.facts.lexicon import straight
from clientvoice.rewrites.guards.articles import article_slips
from clientvoice.rewrites.guards.fluency import slips
from clientvoice.rewrites.guards.frequencies import frequencies, is_common, pack, read, tokens

BEFORE = "Order our new kettle now, before the price goes up again!"


@pytest.mark.parametrize(
    "after",
    [
        "You you can order our new kettle.",
        "You can order a old kettle.",
        "You can order an kettle.",
        "You can order , our new kettle.",
        "You can order our new kettle..",
        "You can order our new kettle!,",
        "You can (order our new kettle.",
        'You can order our "new kettle.',
        "You can order our new kettle and.",
        "You can order our new kettle because",
        "you can order our new kettle.",
        "You is free to order our kettle.",
        "We has a new kettle.",
        "They was glad of our new kettle.",
        "You can is order our kettle.",
        "We will received our new kettle.",
        "We offers our new kettle.",
        "You can order the your new kettle.",
        "You can of the order new kettle.",
        "",
    ],
)
def test_a_slip_is_seen(after: str) -> None:
    assert slips(BEFORE, after)


@pytest.mark.parametrize(
    "after",
    [
        "You can order our new kettle before the price goes up again.",
        "Our new kettle is here, and its price goes up soon.",
        "An hour is all that a user needs; a one-off, an MOT and an honest unit.",
        "All of you is welcome in that sense.",
        "We had had it, so that that is known.",
        "iPhone kettles are here.",
        "It goes up again... in price.",
    ],
)
def test_good_english_passes(after: str) -> None:
    assert slips(BEFORE, after) == ()


def test_a_slip_of_the_original_is_not_held_against_the_rewrite() -> None:
    assert slips("order a apple", "you can order a apple") == ()


def test_the_reader_is_not_spoken_to_and_of() -> None:
    before = "Customers who lose their ticket pay again."
    assert slips(before, "If you lose their ticket, you pay again.")
    assert not slips(before, "If you lose your ticket, you pay again.")


@pytest.mark.parametrize(
    "text",
    ["an hour", "a unit", "a European", "an 18", "a 15", "an SME", "a UK firm", "an umbrella", "a one-off"],
)
def test_articles_go_by_the_sound(text: str) -> None:
    assert list(article_slips(straight(text))) == []


@given(st.text(max_size=100))
def test_any_text_is_its_own_fluent_rewrite(text: str) -> None:
    assert not text.strip() or slips(text, text) == ()


def test_the_counts_are_those_of_the_corpus(corpus: Path) -> None:
    texts = [example.text for example in read_corpus(corpus)]
    made = read(pack(texts))
    assert made.words == frequencies().words, "rebuild bigrams.txt.gz; its first line says how"
    assert made.pairs == frequencies().pairs


def test_packing_is_the_same_every_time() -> None:
    texts = ["Tea is ready.", "The tea is hot."]
    assert pack(texts) == pack(iter(texts))
    assert read(pack(texts)).words["tea"] == 2


def test_common_words_are_told_from_names() -> None:
    assert all(map(is_common, ("kettle", "kettles", "well-known", "ordering")))
    assert not any(map(is_common, ("quillport", "zorvath")))


def test_each_sentence_has_edges() -> None:
    assert tokens("Hi. Go!") == ["^", "hi", ".", "^", "go", "!", "^"]


def test_doubled_words_are_mostly_seen(corpus: Path) -> None:
    texts = [example.text for example in read_corpus(corpus)[::400] if len(example.text.split()) > 5]
    chance = random.Random(3)
    seen = 0
    for text in texts:
        words = text.split()
        place = chance.randrange(len(words))
        seen += bool(slips(text, " ".join(words[: place + 1] + words[place:])))
    assert seen > 0.8 * len(texts)
