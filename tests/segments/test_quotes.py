from __future__ import annotations

import time

import pytest

from clientvoice.segments.quotes import quoted


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (["Gladly.", "On 3 May 2024, Ana <ana@example.com> wrote:", "Can you come?", "Ana"], {1, 2, 3}),
        (
            ["Gladly.", "On Tue, 5 Mar 2024 at 10:00, Nell Brady", "<nell@example.com> wrote:", "> Can you?"],
            {1, 2, 3},
        ),
        (["Gladly.", "Am 3. Mai 2024 um 9:10 schrieb Ana Lind:", "Kommst du?"], {1, 2}),
        (["Gladly.", "-----Ursprüngliche Nachricht-----", "Kommst du?"], {1, 2}),
        (["Gladly.", "Original message", "Can you come?"], {1, 2}),
        (
            [
                "Gladly.",
                "-----Original Message-----",
                "From: Ana",
                "Sent: Monday",
                "Subject: Tea",
                "Can you?",
            ],
            {1, 2, 3, 4, 5},
        ),
        (["Gladly.", "From: Ana", "Sent: Monday", "To: Nell", "Subject: Tea", "Can you?"], {1, 2, 3, 4, 5}),
        (
            [
                "See below.",
                "---------- Forwarded message ---------",
                "From: Ana",
                "Date: Monday",
                "Tea at five.",
            ],
            {1, 2, 3, 4},
        ),
        (["See below.", "Begin forwarded message:", "Tea at five."], {1, 2}),
        (["Yes.", "From: Ana Sent: Monday To: Nell Subject: Tea", "Can you?"], {1, 2}),
        (["> Can you come?", "Gladly.", "> And Joe?", "Him too."], {0, 2}),
        (["Hi Ana,", "On 3 May 2024, Ana wrote:", "> Can you come?", "Gladly.", "Nell"], {1, 2}),
    ],
)
def test_replies_and_forwards(blocks: list[str], expected: set[int]) -> None:
    assert quoted(blocks) == expected


@pytest.mark.parametrize(
    "blocks",
    [
        ["On Monday we wrote to you.", "It was about tea."],
        ["From: 9 am", "Spring hours start on Monday."],
        ["From: Leeds", "To: York", "Your train leaves at nine."],
        ["Our guests wrote:", "Best soup in town."],
        ["Thank you.", "On our guest book page, Ana wrote:", "Best soup in town."],
        ["Your seats are booked.", "From: Leeds Date: 3 May 2024 To: York", "Come early."],
        ["Your seats are booked.", "From: Leeds", "To: York", "Date: 3 May 2024", "Come early."],
        [">From now on we open at eight.", "Come early."],
        ["To: all", "Subject: tea", "Tea is at five."],
    ],
)
def test_copy_is_no_quotation(blocks: list[str]) -> None:
    assert quoted(blocks) == set()


def test_a_mail_forwarded_without_a_word_keeps_its_body() -> None:
    blocks = [
        "---------- Forwarded message ---------",
        "From: Ana",
        "Date: Monday",
        "Subject: Tea",
        "Tea at five.",
        "Ana",
    ]
    assert quoted(blocks) == {0, 1, 2, 3}


def test_a_sign_of_greater_is_no_quotation_in_html() -> None:
    assert quoted(["> Shop", "Spring is here."], plain=False) == set()


@pytest.mark.parametrize(
    "blocks",
    [
        ["From: a"] * 30_000,
        ["On a b"] * 30_000 + ["wrote:"],
        ["On " + "a " * 100 + "wrote"] * 3_000,
        ["-" * 100_000 + "x"],
    ],
)
def test_hostile_blocks_take_linear_time(blocks: list[str]) -> None:
    before = time.process_time()
    quoted(blocks)
    assert time.process_time() - before < 5
