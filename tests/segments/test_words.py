from __future__ import annotations

from dataclasses import fields

from clientvoice.segments.words import boundary_words, is_shortened


def test_every_list_has_words_without_their_stop() -> None:
    words = boundary_words()
    for field in fields(words):
        entries = getattr(words, field.name)
        assert entries, field.name
        assert not [entry for entry in entries if entry.endswith(".") and entry != "."], field.name
        if field.name != "brands":
            assert not [entry for entry in entries if entry != entry.lower()], field.name


def test_lists_that_must_be_part_of_others() -> None:
    words = boundary_words()
    assert words.closing <= words.shortened
    assert not words.starters & words.shortened


def test_a_stop_after_an_abbreviation_or_an_initial() -> None:
    assert all(map(is_shortened, ("Dr", "Mrs", "J", "a.m", "No", "Ltd")))
    assert not any(map(is_shortened, ("", "5", "Patel", "today")))
