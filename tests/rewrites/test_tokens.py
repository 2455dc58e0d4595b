"""The words of a sentence: what parts them, and what does not."""

from __future__ import annotations

import pytest

from clientvoice.rewrites.tokens import words_of


def parts(text: str) -> list[list[str]]:
    """Return the words of a text, parted where more than a comma or a bracket does."""
    told: list[list[str]] = [[]]
    for word in words_of(text):
        told[-1].append(word.key)
        if word.breaks:
            told.append([])
    return [part for part in told if part]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bring rope..Ask Ann", [["bring", "rope"], ["ask", "ann"]]),
        ("old oak--new ash", [["old", "oak"], ["new", "ash"]]),
        ("tea; then rye", [["tea"], ["then", "rye"]]),
        ("tea - then rye", [["tea"], ["then", "rye"]]),
        ("A lamp .......... $9", [["a", "lamp", "9"]]),
        ("Gold - $9", [["gold", "9"]]),
        ("well-made (by hand), here", [["well-made", "by", "hand", "here"]]),
    ],
)
def test_dots_and_dashes_part_words_and_sums_do_not(text: str, expected: list[list[str]]) -> None:
    assert parts(text) == expected


def test_an_initial_is_no_pause() -> None:
    told = words_of("Ask Ann B. Reed, or Dr. Oak")
    assert [word.key for word in told if word.closes] == ["reed", "oak"]
