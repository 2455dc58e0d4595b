"""Every suite is sound, and every shipped model keeps its floor on it.

The suites are the TOML files beside this one; the floors stand in
``tests/quality.json`` (see ``tests/quality.py``).
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from clientvoice.corpora.sentences import read_corpus
from clientvoice.records import FRAMES
from clientvoice.voice import ClientVoice

from .contrast import read_pairs
from .gate import CORPUS, MODELS, PROMISED, floor_problem, is_shipped, measure, read_record
from .suites import CHECKS, NOISE, Case, Suite, measure_suites, read_suites, variants

SUITES = {suite.name: suite for suite in read_suites()}
MEASURES = [*SUITES, "plain_forms", "contrast_macro_f1", "contrast_pairs"]
SWAPS = ("reader_nouns", "brands", "persons", "numbers")


@pytest.fixture(params=MODELS)
def model(request: pytest.FixtureRequest) -> str:
    if not is_shipped(request.param):
        pytest.skip(f"models/{request.param} does not exist here, so there is nothing to measure")
    return request.param


@pytest.mark.parametrize("name", MEASURES)
def test_a_shipped_model_keeps_its_floor(model: str, name: str) -> None:
    outcome = {found.name: found for found in measure(model).outcomes}[name]
    problem = floor_problem(read_record(), model, outcome)
    assert not problem, problem


def test_the_word_for_the_reader_is_no_matter(model: str) -> None:
    swapped = {found.name: found for found in measure(model).outcomes}["reader_nouns"]
    assert swapped.value >= PROMISED["reader_nouns"], swapped.told()


@pytest.mark.parametrize("suite", SUITES.values(), ids=SUITES)
def test_a_suite_is_sound(suite: Suite) -> None:
    assert suite.check in CHECKS
    assert len(suite.cases) >= (60 if suite.name in SWAPS else 40)
    assert {label for case in suite.cases for label in case.labels} <= set(FRAMES)
    for case in suite.cases:
        assert (len(case.texts) == 1) == (suite.check == "label"), case.texts[0]
        assert case.texts[0] == case.texts[0].strip() and "  " not in case.texts[0]


def test_no_sentence_stands_in_two_places() -> None:
    counts = Counter(case.texts[0] for suite in SUITES.values() for case in suite.cases)
    assert [text for text, times in counts.items() if times > 1] == []


def test_no_sentence_was_trained_on() -> None:
    trained = {_words(example.text) for example in read_corpus(CORPUS)}
    found = [
        case.texts[0]
        for suite in SUITES.values()
        for case in suite.cases
        if len(_words(case.texts[0])) > 5 and _words(case.texts[0]) in trained  # "Dear Sam," is everybody's
    ]
    assert not found, f"also in data/corpus/natural, so write another: {found}"


def test_every_rewrite_has_its_original() -> None:
    pairs = read_pairs(CORPUS)
    assert len(pairs) >= 300 and all(old != new for old, new in pairs)


def test_variants_are_written_in_three_ways() -> None:
    fill = {"name": ["Sam", "{{name}}"], "sum": ["£5", "{{sum}}"]}
    assert variants("Pay [now|today].", fill) == ("Pay now.", "Pay today.")
    assert variants("{name}, pay {sum}.", fill) == ("Sam, pay £5.", "{{name}}, pay {{sum}}.")
    assert variants("It's on!", fill, list(NOISE)) == (
        "It's on!", "IT'S ON!", "it's on!", "It's on", "It's on!!", "It’s on!",
    )  # fmt: skip
    assert variants('Say "yes"', {}, ["curly", "no_stop"]) == ('Say "yes"', "Say “yes”")


def test_variants_that_cannot_go_in_step_are_refused() -> None:
    with pytest.raises(ValueError, match=r"variants cannot go in step"):
        variants("{name}, pay [a|b|c].", {"name": ["Sam", "Ann"]})


class Wavering:
    """A stand-in for a model: calls what holds 'save' customer and all else neutral."""

    def predict_proba(self, texts: list[str]) -> np.ndarray:
        rows = {True: [0.1, 0.8, 0.1], False: [0.2, 0.2, 0.6]}
        return np.array([rows["save" in text] for text in texts])


@pytest.mark.parametrize(
    ("check", "labels", "texts", "value"),
    [
        ("label", ("customer",), ("save now",), 1.0),
        ("label", ("neutral", "client"), ("wave now",), 1.0),
        ("label", ("client",), ("wave now",), 0.0),
        ("same", ("customer",), ("save now", "save then", "SAVE NOW"), 0.5),
        ("raises", ("customer",), ("wave", "wave and save"), 1.0),
        ("raises", ("client",), ("wave", "wave again"), 0.0),
    ],
)
def test_a_check_counts_what_passes(
    check: str, labels: tuple[str, ...], texts: tuple[str, ...], value: float
) -> None:
    suites = [
        Suite("one", "One", check, (Case(labels, texts),)),
        Suite("two", "Two", "same", (Case(("neutral",), ("a", "b")),)),
    ]
    voice: ClientVoice = Wavering()  # type: ignore[assignment]
    outcome = measure_suites(voice, suites)[0]
    assert outcome.value == value
    assert len(outcome.failed) == round(outcome.checks * (1 - value))


def _words(text: str) -> tuple[str, ...]:
    return tuple("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())
