from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given

from clientvoice.records import Message
from clientvoice.segments import segment, split_sentences
from clientvoice.segments.sentences import LONGEST_SENTENCE

from .samples import message_of, odd_message


def test_sentences_keep_the_kind_of_their_block() -> None:
    message = message_of(
        ("Spring hours. Longer days.", "heading"),
        "We open at nine. Come in.",
        ("Tea. And cake.", "bullet"),
        ("Book a table", "button"),
        ("© 2024 Fern & Field. All rights reserved.", "footer"),
        ("Can you come? Ana", "quote"),
        subject="Open late! From Monday.",
    )
    assert [(s.kind, s.text) for s in segment(message)] == [
        ("subject", "Open late!"),
        ("subject", "From Monday."),
        ("heading", "Spring hours."),
        ("heading", "Longer days."),
        ("sentence", "We open at nine."),
        ("sentence", "Come in."),
        ("bullet", "Tea."),
        ("bullet", "And cake."),
        ("button", "Book a table"),
        ("footer", "© 2024 Fern & Field."),
        ("footer", "All rights reserved."),
        ("quote", "Can you come?"),
        ("quote", "Ana"),
    ]


def test_text_outside_the_blocks_is_left_out() -> None:
    message = message_of("One. Two.", "Three.")
    trimmed = Message(id="a", text=message.text, blocks=message.blocks[1:])
    assert [s.text for s in segment(trimmed)] == ["Three."]


def test_a_message_without_blocks_has_no_sentences() -> None:
    assert segment(Message(id="a", text="Lost.", blocks=())) == ()


@pytest.mark.parametrize(
    "text", ["• Free returns", "  Free returns\u200b ", "– Free returns", "* Free returns\n"]
)
def test_marks_and_white_space_stay_outside(text: str) -> None:
    assert split_sentences(text) == ["Free returns"]


def test_long_sentences_are_cut_at_a_space() -> None:
    pieces = split_sentences("word " * 3_000)
    assert all(len(piece) <= LONGEST_SENTENCE and piece.endswith("word") for piece in pieces)
    assert sum(piece.count("word") for piece in pieces) == 3_000


def test_long_words_are_cut_where_they_must() -> None:
    assert [len(piece) for piece in split_sentences("a" * 12_000)] == [5_000, 5_000, 2_000]


@given(odd_message)
def test_invariants(message: Message) -> None:
    sentences = segment(message)
    covered: set[int] = set()
    for sentence in sentences:
        assert message.text[sentence.start : sentence.end] == sentence.text
        assert sentence.text
        assert sentence.text == sentence.text.strip()
        assert any(block.start <= sentence.start and sentence.end <= block.end for block in message.blocks)
        covered.update(range(sentence.start, sentence.end))
    assert all(first.end <= second.start for first, second in pairwise(sentences))
    inside = {place for block in message.blocks for place in range(block.start, block.end)}
    assert all(place in covered for place in inside if message.text[place].isalnum())


HOSTILE = {
    "one sign": "!" * 200_000,
    "stops and spaces": ". " * 100_000,
    "abbreviations": "U.S. " * 50_000,
    "no space": "a" * 1_000_000,
    "quotes and brackets": '"(' * 50_000,
    "emoji": "\U0001f525\U0001f468\u200d\U0001f469" * 20_000,
    "tag openers": "{{" * 100_000,
    "brackets": "[a " * 60_000,
    "dots": "a.b" * 60_000,
    "addresses": "a@" * 90_000,
    "links": "http://" * 50_000,
    "one space run": " " * 500_000 + ".",
    "stops far apart": ("." + " " * 300) * 3_000,
    "open brackets first": "(" * 100_000 + "a. b" * 25_000,
    "glued": "...A" * 50_000,
    "numbers": "1. " * 80_000,
    "line breaks": "\n" * 100_000,
    "quoted lines": "a\n>" * 90_000,
    "bullets": "• " * 90_000,
    "dashes": "! - " * 50_000,
    "surrogates": "\ud800. " * 50_000,
    "nothing to see": "\u200b" * 200_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_linear_time(text: str) -> None:
    before = time.process_time()
    split_sentences(text)
    assert time.process_time() - before < 5
