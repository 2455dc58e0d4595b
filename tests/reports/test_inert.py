from hypothesis import given
from hypothesis import strategies as st

from clientvoice.reports.inert import clipped, encodable, one_line, visible

ANYTHING = st.text(st.characters(exclude_categories=()))


@given(ANYTHING)
def test_replacements_keep_every_offset(text):
    assert len(encodable(text)) == len(text) == len(visible(text))


@given(ANYTHING)
def test_what_is_shown_can_be_written_as_utf8(text):
    encodable(text).encode("utf-8")
    visible(text).encode("utf-8")


@given(ANYTHING)
def test_nothing_shown_steers_a_terminal_or_the_reading_order(text):
    steering = {*map(chr, range(0x20)), "\x7f", *map(chr, range(0x80, 0xA0)), *"\u202a\u202e\u2066\u2069"}
    assert not steering - {"\t", "\n"} & set(visible(text))


def test_ordinary_text_is_left_alone():
    text = "Zoë’s café: 20 € – “naïve”\tשלום 👩‍👧\n"
    assert visible(text) == encodable(text) == text


def test_a_direction_override_shows_as_a_replacement_character():
    assert visible("invoice\u202eexe.pdf") == "invoice\ufffdexe.pdf"


@given(ANYTHING, st.integers(2, 50))
def test_one_line_is_one_line_and_short(text, limit):
    line = one_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert line == line.strip()


def test_a_megabyte_without_a_space_is_clipped():
    assert one_line("x" * 1_000_000, 20) == "x" * 19 + "…"


def test_text_that_fits_is_not_clipped():
    assert clipped("four", 4) == "four"
