"""Plain text, whose offsets are those of the user's string."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers.plain.text import text_message


def lines(source: str, **fields: str) -> list[tuple[str, str]]:
    """Return kind and text of each block."""
    message = text_message(source, **fields)
    return [(block.kind, message.text[block.start : block.end]) for block in message.blocks]


WRAPPED = """\
Dear Sam,

We have looked at the record of your boiler and we would rather not sell
you the new valve just yet. It will last another winter, and when it no
longer does, we will come out the same day and fit it at cost.

Kind regards,
Dana Reyes
12 Mill Lane
Leeds
"""


def test_wrapped_lines_are_joined_and_short_ones_stay():
    assert [text for _, text in lines(WRAPPED)] == [
        "Dear Sam,",
        "We have looked at the record of your boiler and we would rather not sell you the new "
        "valve just yet. "
        "It will last another winter, and when it no longer does, we will come out the same day and fit it "
        "at cost.",
        "Kind regards,",
        "Dana Reyes",
        "12 Mill Lane",
        "Leeds",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_offsets_are_those_of_the_source(newline, assert_exact):
    source = WRAPPED.replace("\n", newline)
    message = text_message(source)
    assert len(message.text) == len(source)
    start = message.text.index("Leeds")
    assert source[start : start + 5] == "Leeds"
    assert message.source_map.to_source(start, start + 5) == (start, start + 5)
    assert len(message.source_map.runs) == 1
    assert_exact(message)


def test_lines_of_text_that_is_not_wrapped_are_blocks():
    source = "We ring you back.\nYour file is with Dana.\nOpen Monday to Friday"
    assert [text for _, text in lines(source)] == source.split("\n")


def test_a_line_that_ends_in_the_middle_of_a_sentence_goes_on():
    assert lines("We only write\nwhen it is useful.") == [("paragraph", "We only write when it is useful.")]


def test_bullets_stand_without_their_markers():
    source = "- one\n  more\n* two\n• three\n1. four\n2) five\n-not one\n- - -"
    assert lines(source) == [
        ("bullet", "one   more"),
        ("bullet", "two"),
        ("bullet", "three"),
        ("bullet", "four"),
        ("bullet", "five"),
        ("paragraph", "-not one"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "OUR PROMISE\nWe ring you back.",
        "Our promise\n===========\nWe ring you back.",
        "Our promise\n-----------\n\nWe ring you back.",
        "*** Our promise ***\nWe ring you back.",
        "== Our promise ==\nWe ring you back.",
        "First line here.\n\nOur promise\n\nWe ring you back.",
        "First line here.\n\nOur promise\nWe ring you back.",
    ],
)
def test_headings(source):
    assert [text.lower() for kind, text in lines(source) if kind == "heading"] == ["our promise"]


@pytest.mark.parametrize(
    "source",
    [
        "Kind regards,\n\nDana Reyes\n\nP.S. We ring you back.",
        "I'll ring on Thursday.\n\nSam\n\n---------- Forwarded message ---------\n"
        "From: X <x@example.com>\nSubject: Act now\n\nRates rise at midnight.",
        "Dear Sam\n\nWe ring you back.",
        "Ring us any time.\n\nWe ring you back.",
        "Shall we ring?\n\nWe ring you back.",
        "12 Mill Lane\nLS1 4AB",
    ],
)
def test_lines_that_are_no_headings(source):
    assert "heading" not in {kind for kind, _ in lines(source)}


def test_rules_are_no_blocks():
    assert lines("One.\n-----\nTwo.\n* * * * *\nThree.\n_______") == [
        ("paragraph", "One."),
        ("paragraph", "Two."),
        ("paragraph", "Three."),
    ]


def test_quoted_replies_and_signatures():
    source = (
        "Thanks, that works for us.\n\n-- \nJane Doe\nHead of Care\n\n"
        "On Mon, Jun 1, 2026 at 9:12 AM Bob Smith\n<bob@example.com> wrote:\n\n> Are you in?\n>\n> Bob\n"
    )
    assert lines(source) == [
        ("paragraph", "Thanks, that works for us."),
        ("footer", "Jane Doe"),
        ("footer", "Head of Care"),
        ("quote", "On Mon, Jun 1, 2026 at 9:12 AM Bob Smith"),
        ("quote", "<bob@example.com> wrote:"),
        ("quote", "Are you in?"),
        ("quote", "Bob"),
    ]


def test_all_below_an_original_message_is_quoted():
    source = "Sounds good.\n\n-----Original Message-----\nFrom: Bob\nSent: Monday\n\nOld text\n"
    assert [kind for kind, _ in lines(source)] == ["paragraph", "quote", "quote", "quote", "quote"]


def test_answers_between_quoted_lines_are_read():
    source = "On 1 June 2026 Bob wrote:\n> One?\nYes, of course.\n> Two?\nNo."
    assert [kind for kind, _ in lines("Hello Bob.\n\n" + source)] == [
        "paragraph",
        "quote",
        "quote",
        "paragraph",
        "quote",
        "paragraph",
    ]


def test_a_message_that_is_only_quoted_is_read():
    assert lines("> Hello Sam.\n> We ring you.") == [
        ("paragraph", "Hello Sam."),
        ("paragraph", "We ring you."),
    ]
    assert lines("-----Forwarded message-----\n\nWe ring you.")[-1] == ("paragraph", "We ring you.")


def test_two_dashes_in_a_long_letter_are_no_signature():
    source = "Hello.\n--\n" + "We ring you back.\n" * 30
    assert {kind for kind, _ in lines(source)} == {"paragraph"}


def test_a_subject_line_is_the_subject():
    source = "Subject: Your June letter\nFrom: Dana\n\nHello Sam."
    message = text_message(source)
    assert (message.subject, message.sender) == ("Your June letter", "Dana")
    assert message.text == source.replace("\r", "")
    assert lines(source) == [("subject", "Your June letter"), ("paragraph", "Hello Sam.")]
    assert message.source_map.to_source(9, 25) == (9, 25)


@pytest.mark.parametrize(
    "source", ["Subject: matters are our strength.", "Subject: x\nHello.", "Hi\nSubject: x\n\nHello"]
)
def test_text_that_only_looks_like_a_subject_line_stays(source):
    assert text_message(source).subject is None


def test_a_subject_that_is_given_stands_before_the_text(assert_exact):
    source = "Subject: in the text\n\nHello Sam."
    message = text_message(source, subject=" June \n letter")
    assert message.subject == "June letter"
    assert message.text == "June letter\n\n" + source
    assert message.source_map.to_source(13, len(message.text)) == (0, len(source))
    assert message.source_map.to_source(0, 11) is None
    assert lines(source, subject="June letter")[0] == ("subject", "June letter")
    assert_exact(message)


def test_odd_characters_fold_one_to_one(assert_exact):
    source = "a\u00a0b\tc\x00d\ud800e\u200bf\u3000g"
    message = text_message(source)
    assert message.text == "a b c d\ufffde\u200bf g"
    assert_exact(message)


def test_steering_tags_make_no_block():
    assert lines("{% if vip %}\nThank you, {{name}}.\n{% endif %}") == [("paragraph", "Thank you, {{name}}.")]


def test_fields_are_handed_through():
    message = text_message("x", id="i", sender="a", date="2026-06-01", path="p", part="1 text/plain")
    assert (message.id, message.sender, message.date) == ("i", "a", "2026-06-01")
    assert (message.path, message.part, message.format, message.source) == ("p", "1 text/plain", "text", "x")
    assert text_message("x").id == "<text>"


@pytest.mark.parametrize("source", ["", " \n\t\n", "-----", "|", "{% if x %}", "\u200b"])
def test_nothing_to_read_makes_no_block(source):
    message = text_message(source)
    assert message.blocks == ()
    assert len(message.text) == len(source)


LARGE = {
    "one line": "Ring us and we come. " * 30_000,
    "no spaces": "a" * 500_000,
    "bullets": "- x\n" * 30_000,
    "dashes": "a\n--\n" * 20_000,
    "replies": "On 1 x\n" * 30_000,
    "headers": "a\nFrom: a\n" * 20_000,
    "quotes": "> a\n" * 30_000,
    "capitals": "ABC DEF\n" * 30_000,
    "ornaments": ("**" + "a" * 90 + "*\n") * 3_000,
    "stars": "*" * 100_000 + "a",
    "blank": "\n" * 200_000 + "a",
    "wrapped": "some words that fill the line up to the column that everybody uses\n" * 10_000,
}


@pytest.mark.parametrize("name", LARGE)
def test_large_texts_are_read_in_time(name):
    started = time.process_time()
    assert text_message(LARGE[name]).blocks
    assert time.process_time() - started < 15


LINES = st.lists(
    st.sampled_from(
        [
            "",
            " ",
            "We ring you before anything changes and",
            "stay with you until it is all done.",
            "- one",
            "1. two",
            "  more",
            "> quoted",
            ">>> deep",
            "=====",
            "-- ",
            "OUR PROMISE",
            "Title",
            "On 1 June 2026 Bob wrote:",
            "-----Original Message-----",
            "Sent from my phone",
            "Subject: x",
            "From: a",
            "{% if x %}",
            "*** x ***",
            "\u00a0\ud800\x00",
            "\u2028a\u0085b",
        ]
    ),
    max_size=20,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.none() | st.just("A  subject"))
def test_any_text_keeps_its_length_and_offsets(assert_exact, parts, newline, subject):
    source = newline.join(parts)
    message = text_message(source, subject=subject)
    assert_exact(message)
    shift = 0 if subject is None else len("A subject\n\n") if source else len("A subject")
    assert len(message.text) == len(source) + shift
