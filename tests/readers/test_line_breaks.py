"""What a line break means."""

import pytest

from clientvoice.readers.plain.lines import goes_on, wrap_column, wraps


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("We will ring you before", "anything changes."),
        ("You can read it at", "https://example.com/june"),
        ("Our new office is in the", "Mill Lane building."),
        ("We have put aside the three plants,", "Dana and Sam will bring them."),
    ],
)
def test_lines_that_go_on(before, after):
    assert goes_on(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Kind regards,", "Dana"),
        ("Dear Sam and all of the Reyes family,", "We have news."),
        ("12 Mill Lane,", "Leeds"),
        ("We ring you back.", "Always."),
        ("Opening hours:", "nine to five"),
        ("We bring you", "- one"),
        ("We bring you", "• one"),
        ("The June letter", "https://example.com/june"),
        ("", "x"),
        ("x", ""),
    ],
)
def test_lines_that_end(before, after):
    assert not goes_on(before, after)


def test_a_full_line_goes_on_in_wrapped_text():
    before, after = "x" * 60, "Capital letters start here"
    assert not goes_on(before, after)
    assert goes_on(before, after, 66)
    assert not goes_on(before[:40], after, 66)


def test_the_column_is_that_of_the_full_lines():
    lines = ["word " * 13 + "words", "some more " * 6 + "of them", "other words " * 5 + "here", "the end."]
    assert 60 < wrap_column([lines]) <= 71


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["One line."],
        ["12 Mill Lane", "Leeds", "LS1 4AB"],
        [
            "A line that is long enough to be the first of many",
            "Another One Of These",
            "And The Third Of Them",
        ],
        ["w " * 200, "w " * 210, "w " * 190],
    ],
)
def test_text_that_is_not_wrapped_has_no_column(lines):
    assert wrap_column([lines]) == 0


def test_a_list_of_titles_is_not_wrapped():
    titles = [
        "A long title of some fifty characters in capital form",
        "Another title of much the same length as the one above",
    ] * 2
    assert wraps(titles) == [False, False, False]
