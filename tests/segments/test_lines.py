from __future__ import annotations

import pytest
from hypothesis import given

from clientvoice.segments.lines import logical_lines

from .samples import odd_text


def lines_of(text: str) -> list[str]:
    return [line.strip() for _, line in logical_lines(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mill Lane Clinic\n12 Mill Lane\nLeeds", ["Mill Lane Clinic", "12 Mill Lane", "Leeds"]),
        ("we keep the seat for you\nuntil Friday", ["we keep the seat for you until Friday"]),
        ("See you soon.\nbye", ["See you soon.", "bye"]),
        ("Hi Sam,\nyour order is here", ["Hi Sam,", "your order is here"]),
        ("Tea\r\nCake", ["Tea", "Cake"]),
        ("Tea\u2028Cake", ["Tea", "Cake"]),
        ("Ask us:\nwe answer", ["Ask us:", "we answer"]),
        ("Tea • Cake", ["Tea", "• Cake"]),
        ("Home → Shop", ["Home → Shop"]),
        ("→ Sign in → Pay", ["→ Sign in", "→ Pay"]),
        ("Dear Sam, Your room is ready.", ["Dear Sam,", "Your room is ready."]),
        ("Dear Sam, Ana and Joe", ["Dear Sam, Ana and Joe"]),
    ],
)
def test_logical_lines(text: str, expected: list[str]) -> None:
    assert lines_of(text) == expected


def test_a_long_line_goes_on_over_its_wrap() -> None:
    text = "Somebody wrapped this line by hand at a column near seventy, and\nMary Evans goes on."
    assert len(lines_of(text)) == 1


@given(odd_text)
def test_lines_are_ascending_and_keep_every_letter_in_place(text: str) -> None:
    covered = [" "] * len(text)
    last = 0
    for offset, line in logical_lines(text):
        assert offset >= last
        last = offset + len(line)
        covered[offset:last] = line
    assert last == len(text) or not text[last:]
    assert all(there == here for here, there in zip(text, covered, strict=True) if here.isalnum())
