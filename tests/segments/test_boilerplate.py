from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers import read_path
from clientvoice.records import UNCOUNTED, Message
from clientvoice.segments import mark_boilerplate, segment

from .samples import message_of, odd_message

MAIL = Path(__file__).resolve().parents[2] / ".." / "shared" / "mail"
LINES = (
    "Hi Sam,",
    "Your kettle is mended, and Nell tested it twice.",
    "Shop now",
    "Unsubscribe",
    "To unsubscribe, click here.",
    "© 2024 Fern & Field Ltd. All rights reserved.",
    "Privacy policy",
    "https://example.com",
    "____",
    "--",
    "Nell Brady",
    "Kind regards,",
    "Warmly, Nell",
    "Workshop manager",
    "Kettles with care",
    "T 01632 960 245",
    "On 3 May 2024, Ana <ana@example.com> wrote:",
    "> Can you come?",
    "-----Original Message-----",
    "From: Ana",
    "Sent: Monday",
    "Subject: Tea",
    "View in browser",
    "12 Mill Lane, Springfield, OR 97477",
)


def kinds(message: Message) -> list[str]:
    return [block.kind for block in mark_boilerplate(message).blocks]


def test_footers_and_quotations_are_marked_and_nothing_else_changes() -> None:
    message = message_of(
        "View in browser",
        ("Mended!", "heading"),
        "Your kettle boils again.",
        ("Ring us", "button"),
        "On 3 May 2024, Ana <ana@example.com> wrote:",
        "> Can you mend it?",
        ("Unsubscribe", "button"),
        subject="Unsubscribe",
    )
    marked = mark_boilerplate(message)
    assert [block.kind for block in marked.blocks] == [
        "subject",
        "footer",
        "heading",
        "paragraph",
        "button",
        "quote",
        "quote",
        "footer",
    ]
    assert replace(marked, blocks=message.blocks) == message
    assert [(b.start, b.end) for b in marked.blocks] == [(b.start, b.end) for b in message.blocks]


def test_a_message_without_boilerplate_is_the_same_object() -> None:
    message = message_of("Your kettle boils again.", "Come by.")
    assert mark_boilerplate(message) is message


def test_what_a_reader_marked_stays_marked() -> None:
    message = message_of(("Ask Ana.", "quote"), "Your kettle boils again.", ("Fern & Field", "footer"))
    assert kinds(message) == ["quote", "paragraph", "footer"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Unsubscribe"],
        ["To unsubscribe, click here.", "© 2024 Fern & Field"],
        ["Hi Sam,", "If you no longer want our emails, click here.", "Unsubscribe"],
        ["> Can you come?", "> On Monday?"],
    ],
)
def test_a_body_is_never_wiped_out(lines: list[str]) -> None:
    message = message_of(*lines, subject="About your kettle")
    assert kinds(message) == ["subject", *["paragraph"] * len(lines)]


def test_a_message_about_unsubscribing_keeps_its_prose() -> None:
    message = message_of(
        "Hi Sam,",
        "You asked us to take you off the list, and we have.",
        "We will not write again, and your address is gone from our records.",
        "If this was a mistake, you can subscribe again on our site.",
        "© 2024 Fern & Field",
        subject="You have been unsubscribed",
    )
    assert kinds(message) == ["subject", *["paragraph"] * 4, "footer"]


def test_a_message_about_privacy_keeps_its_prose() -> None:
    message = message_of(
        ("Our privacy policy is changing", "heading"),
        "From May we keep your address for one year and not for three.",
        "We never sell it, and you can ask us to delete it.",
        "Read the new privacy policy in full on our site before it takes effect.",
        "Privacy | Unsubscribe",
        subject="A change to our privacy policy",
    )
    assert kinds(message) == ["subject", "heading", *["paragraph"] * 3, "footer"]


def test_marked_sentences_are_shown_but_not_counted() -> None:
    marked = mark_boilerplate(message_of("Your kettle boils again.", "Unsubscribe | Privacy"))
    assert [(s.text, s.kind in UNCOUNTED) for s in segment(marked)] == [
        ("Your kettle boils again.", False),
        ("Unsubscribe | Privacy", True),
    ]


@given(
    st.lists(st.sampled_from(LINES), max_size=14).map(lambda lines: message_of(*lines, subject="Tea"))
    | odd_message
)
def test_marking_twice_is_marking_once(message: Message) -> None:
    once = mark_boilerplate(message)
    assert mark_boilerplate(once) == once
    assert once.text == message.text
    for before, after in zip(message.blocks, once.blocks, strict=True):
        assert (before.start, before.end) == (after.start, after.end)
        assert after.kind == before.kind or (
            after.kind in UNCOUNTED and before.kind not in {"subject", "quote"}
        )


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=14).map(lambda lines: message_of(*lines)))
def test_some_body_is_left(message: Message) -> None:
    assert any(kind not in UNCOUNTED for kind in kinds(message))


def test_real_mails_keep_the_invariants() -> None:
    if not MAIL.is_dir():
        pytest.skip("needs ../shared/mail, which is not part of the project")
    paths = [path for path in sorted(MAIL.iterdir()) if path.suffix in {".eml", ".html"}][::7]
    messages = [item for path in paths for item in read_path(path) if isinstance(item, Message)]
    assert messages
    for message in messages:
        marked = mark_boilerplate(message)
        assert mark_boilerplate(marked) == marked
        sentences = segment(marked)
        assert all(message.text[s.start : s.end] == s.text for s in sentences)
        assert all(first.end <= second.start for first, second in pairwise(sentences))
