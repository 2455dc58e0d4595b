"""The text that a reader sees, and the way back to its source."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers.builder import TextBuilder
from clientvoice.records import Block, Message

SOURCES = st.text(alphabet=" \n\t\u00a0\u200b\u200d\u00ad\u2028\ufeffab.é😀\ud800\x00", max_size=80)


def built(source: str, *pieces: tuple[int, int], subject: str | None = None) -> Message:
    builder = TextBuilder(source)
    for start, end in pieces:
        builder.add(start, end)
        builder.end_block()
    return builder.message(id="x", format="html", subject=subject)


def test_white_space_folds_and_invisible_characters_go(assert_exact):
    source = "Ring\u00a0 us\u200b \u00adnow\n\n please"
    message = built(source, (0, len(source)))
    assert message.text == "Ring us now please"
    assert_exact(message)


def test_a_paragraph_with_single_spaces_is_one_run():
    source = "We will ring you\nbefore anything changes."
    assert len(built(source, (0, len(source))).source_map.runs) == 1


def test_blocks_stand_apart_and_lead_back():
    message = built("<p>One</p><p>Two</p>", (3, 6), (13, 16))
    assert message.text == "One\n\nTwo"
    assert message.blocks == (Block(0, 3, "paragraph"), Block(5, 8, "paragraph"))
    assert message.source_map.to_source(5, 8) == (13, 16)
    assert message.source_map.to_source(3, 5) is None


def test_a_subject_is_the_first_block_and_has_no_source():
    message = built("<p>One</p>", (3, 6), subject="  Spring \u00ad news ")
    assert message.text == "Spring news\n\nOne"
    assert message.blocks[0] == Block(0, 11, "subject")
    assert message.source_map.to_source(0, 11) is None
    assert message.source_map.to_source(13, 16) == (3, 6)


def test_a_subject_that_the_source_holds_leads_back():
    builder = TextBuilder("<title>News</title><p>One</p>")
    builder.add(22, 25)
    message = builder.message(id="x", format="html", subject="News", subject_start=7)
    assert message.source_map.to_source(0, 4) == (7, 11)


def test_a_subject_behind_the_body_is_not_mapped():
    builder = TextBuilder("<p>One</p><title>News</title>")
    builder.add(3, 6)
    message = builder.message(id="x", format="html", subject="News", subject_start=17)
    assert message.source_map.to_source(0, 4) is None


def test_a_character_reference_is_a_unit(assert_exact):
    builder = TextBuilder("Fish &amp; chips")
    builder.add(0, 5)
    builder.add_unit("&", 5, 10)
    builder.add(10, 16)
    message = builder.message(id="x", format="html")
    assert message.text == "Fish & chips"
    assert message.source_map.to_source(5, 6) == (5, 10)
    assert message.source_map.to_source(7, 12) == (11, 16)
    assert_exact(message)


@pytest.mark.parametrize(
    ("wraps", "text", "count"),
    [(None, "One\ntwo", 2), (lambda lines: [True] * (len(lines) - 1), "One two", 1)],
)
def test_line_breaks_end_a_line_or_wrap(wraps, text, count):
    builder = TextBuilder("One<br>two")
    builder.add(0, 3)
    builder.line_break()
    builder.add(7, 10)
    builder.end_block("paragraph", wraps)
    assert (builder.text, len(builder.blocks)) == (text, count)


def test_two_line_breaks_part_blocks_whatever_the_rule():
    builder = TextBuilder("One<br><br>two")
    builder.add(0, 3)
    builder.line_break()
    builder.line_break()
    builder.add(11, 14)
    builder.end_block("paragraph", lambda lines: [True] * (len(lines) - 1))
    assert builder.text == "One\n\ntwo"
    assert len(builder.blocks) == 2


@pytest.mark.parametrize(
    "word",
    [
        "👩\u200d👧",
        "👨\u200d👩\u200d👦",
        "❤\ufe0f\u200d🔥",
        "👩🏽\u200d🚀",
        "🙂\u200d↔\ufe0f",
        "می\u200cخواهم",
        "ක්\u200dර",
    ],
)
def test_a_joiner_inside_an_emoji_or_a_word_stays(assert_exact, word):
    source = f"Hi {word} now"
    message = built(source, (0, len(source)), subject=word)
    assert message.text == f"{word}\n\n{source}"
    assert len(message.source_map.runs) == 1
    assert_exact(message)
    builder = TextBuilder(source)
    for place, letter in enumerate(source):  # each by itself, as a character reference is
        builder.add_unit(letter, place, place + 1)
    assert builder.text == source
    assert_exact(builder.message(id="x", format="html"))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a\u200db", "ab"),
        ("👩\u200d 👧\u200d", "👩 👧"),
        ("👩 \u200d👧", "👩 👧"),
        ("👩\u200c\u00a0\u200d\u00a0\u200c👧", "👩 👧"),
        ("\u200d👩\u200da", "👩a"),
        ("👩\u200d\u200d👧", "👩\u200d👧"),
        ("سلام\u200c\u00a0\u200cسلام", "سلام سلام"),
    ],
)
def test_any_other_joiner_goes(assert_exact, source, text):
    message = built(source, (0, len(source)), subject=source)
    assert message.text.split("\n\n")[1] == text
    assert_exact(message)


def test_no_joiner_reaches_over_the_edge_of_a_block_or_a_line():
    source = "👩\u200d👧\u200d👦"
    builder = TextBuilder(source)
    builder.add(0, 2)
    builder.end_block()
    builder.add(2, 4)
    builder.line_break()
    builder.add(4, 5)
    builder.end_block()
    assert builder.text == "👩\n\n👧\n👦"


def test_an_empty_source_makes_an_empty_message():
    message = built("", (0, 0))
    assert (message.text, message.blocks, message.source_map.runs) == ("", (), ())


@given(SOURCES, st.lists(st.integers(0, 80), max_size=8), st.none() | SOURCES)
def test_whatever_is_added_maps_back(assert_exact, source, cuts, subject):
    edges = sorted({min(cut, len(source)) for cut in cuts} | {0, len(source)})
    builder = TextBuilder(source)
    for number, (start, end) in enumerate(pairwise(edges)):
        if number % 4 == 3:
            builder.add_unit("&" * 100 + " " + ";" * 100, start, end)  # words longer than any source
        else:
            builder.add(start, end)
        if number % 3 == 1:
            builder.line_break()
        if number % 5 == 4:
            builder.end_block()
    message = builder.message(id="x", format="html", subject=subject)
    assert_exact(message)
