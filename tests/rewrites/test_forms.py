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
        },
        {},
    )
    text = "A lamp, oak table"
    assert form.spot(text) == (8, 17)  # without the pause before it
    assert form.spot("A LAMP") == (2, 6)
    assert form.spot("A table") is None


def test_what_speaks_against_a_form_rules_it_out() -> None:
    form = Form.of(
        {"line": "a.b", "instead_of": [], "words": ["lamp"], "unless": ["no lamp"], "examples": []}, {}
    )
    assert form.spot("There is no lamp.") is None


def test_expressions_may_speak_against_a_form_as_well() -> None:
    told = {"line": "a.b", "instead_of": [], "words": ["lamp"], "examples": []}
    form = Form.of(told | {"unless": ["no lamp"], "unless_patterns": [r"\bnot .*lamp"]}, {})
    assert form.spot("Not even a lamp.") is None and form.spot("There is no lamp.") is None
    assert form.spot("A lamp.") == (2, 6)


def test_words_may_be_those_of_a_named_list() -> None:
    told = {"line": "a.b", "instead_of": [], "words": "praise", "examples": []}
    assert Form.of(told, MARKS).spot("A grand lamp.") == (2, 7)


def test_a_command_shows_a_form_of_commands_at_its_verb() -> None:
    form = Form.of({"line": "a.b", "instead_of": [], "commands": True, "examples": []}, {})
    assert form.spot("Please bring the lamp.") == (7, 12)
    assert form.spot("The lamp is bright.") is None


MARKS = {"praise": ["grand", "state of the art", "bright"]}


def test_marks_show_a_form_by_themselves_and_are_told_one_by_one() -> None:
    form = Form.of({"line": "a.b", "instead_of": [], "marks": "praise", "examples": []}, MARKS)
    text = "A GRAND, state-of-the-art lamp, grand and bright."
    assert form.spot(text) == (2, 7)
    assert form.marked(text) == ["GRAND", "state-of-the-art", "bright"]
    assert form.spot("A lamp.") is None and form.marked("A lamp.") == []


def test_marks_that_tell_a_plain_fact_are_none() -> None:
    told = {"line": "a.b", "instead_of": [], "marks": "praise", "examples": []}
    form = Form.of(told, MARKS, [r"\bbright red\b"])
    assert form.marked("A grand, bright red lamp.") == ["grand"]
    assert form.spot("A bright red lamp.") is None and form.spot("A bright lamp.") == (2, 8)


def test_a_form_with_words_and_marks_needs_both() -> None:
    told = {"line": "a.b", "instead_of": [], "words": ["lamp"], "marks": "praise", "examples": []}
    form = Form.of(told, MARKS)
    assert form.spot("A grand lamp.") == (8, 12)
    assert form.spot("A lamp.") is None and form.spot("A grand loom.") is None


def test_no_form_takes_long_over_a_long_text() -> None:
    for text in (
        "free " * 4000,
        '"' * 8000,
        "a, " * 5000,
        "will your " * 3000,
        "make $ " * 3000,
        "you can " * 3000,
        "our own " * 3000,
        "by 3 or 4 " * 2000,
    ):
        for form in AdviceBook.load().forms:
            form.spot(text)
