from __future__ import annotations

import pytest

from clientvoice.segments.boundaries import sentence_ends
from clientvoice.segments.sentences import split_sentences

from .samples import boundary_cases

# A template's closing tag belongs to the sentence before it, but is read as the start of the next.
KNOWN_MISSES = {"{% if user.vip? %}Your host is Ana. {% endif %}See you soon."}


def cases(name: str) -> list[object]:
    marks = {True: [pytest.mark.xfail(strict=True, reason="known miss")], False: []}
    return [
        pytest.param(
            text,
            expected,
            marks=marks[text in KNOWN_MISSES],
            id=text[:40].encode("ascii", "replace").decode(),
        )
        for text, expected in boundary_cases(name)
    ]


@pytest.mark.parametrize(("text", "expected"), cases("development"))
def test_development_case(text: str, expected: list[str]) -> None:
    assert split_sentences(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("holdout"))
def test_holdout_case(text: str, expected: list[str]) -> None:
    assert split_sentences(text) == expected


def test_there_are_enough_cases() -> None:
    assert len(boundary_cases("development")) >= 60
    assert len(boundary_cases("holdout")) >= 30


def test_ends_are_offsets_into_the_line() -> None:
    text = "One. Two! 🎉 Three"
    assert [text[:end] for end in sentence_ends(text)] == ["One.", "One. Two! 🎉"]


@pytest.mark.parametrize("text", ["", " ", ".", "...", "?!", "🎉", "\u200b"])
def test_text_without_words_has_no_end_within(text: str) -> None:
    assert sentence_ends(text) == []
    assert split_sentences(text) == []
