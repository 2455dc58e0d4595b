from __future__ import annotations

from clientvoice.rewrites.advice import AdviceBook
from clientvoice.rewrites.forms import Form


def test_a_form_shows_by_its_patterns_first_and_by_its_words_then() -> None:
    form = Form.of(
        {
            "line": "a.b",
            "instead_of": ["a.c"],
            "patterns": [r", *(?P<spot>oak \w+)"],
            "words": ["lamp"],
            "examples": [],
        }
    )
    text = "A lamp, oak table"
    assert form.spot(text) == (8, 17)  # without the pause before it
    assert form.spot("A LAMP") == (2, 6)
    assert form.spot("A table") is None


def test_what_speaks_against_a_form_rules_it_out() -> None:
    form = Form.of(
        {"line": "a.b", "instead_of": [], "words": ["lamp"], "unless": ["no lamp"], "examples": []}
    )
    assert form.spot("There is no lamp.") is None


def test_a_command_shows_a_form_of_commands_at_its_verb() -> None:
    form = Form.of({"line": "a.b", "instead_of": [], "commands": True, "examples": []})
    assert form.spot("Please bring the lamp.") == (7, 12)
    assert form.spot("The lamp is bright.") is None


def test_no_form_takes_long_over_a_long_text() -> None:
    for text in ("free " * 4000, '"' * 8000, "a, " * 5000, "will your " * 3000, "make $ " * 3000):
        for form in AdviceBook.load().forms:
            form.spot(text)
