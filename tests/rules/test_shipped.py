"""The shipped rules: complete, and true to their own examples."""

import pytest

from clientvoice.records import CUES_OF
from clientvoice.rules import RuleBook, match

BOOK = RuleBook.load()
CUES = [*CUES_OF["client"], *CUES_OF["customer"]]


def cues_in(text):
    return {hit.cue for hit in match(BOOK, text)}


def test_the_book_holds_the_cues_of_the_guide_in_its_order():
    assert list(BOOK.cues) == CUES


@pytest.mark.parametrize("cue", CUES)
def test_a_rule_is_complete(cue):
    rule = BOOK[cue]
    assert all((rule.summary, rule.why, rule.instead, rule.evidence, rule.phrases, rule.margin))
    assert len(rule.flag) >= 5
    assert len(rule.clean) >= 4
    kinds = {phrase.kind for phrase in rule.phrases} | {pattern.name for pattern in rule.patterns}
    assert kinds <= set(rule.margin), "each kind has a note of its own"
    assert "" in rule.margin


@pytest.mark.parametrize(("cue", "text"), [(rule.name, text) for rule in BOOK for text in rule.flag])
def test_it_flags_its_own_examples(cue, text):
    assert cue in cues_in(text)


@pytest.mark.parametrize(("cue", "text"), [(rule.name, text) for rule in BOOK for text in rule.clean])
def test_it_lets_its_own_examples_pass(cue, text):
    assert cue not in cues_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "The invoice for March is attached.",
        "Every customer's file is kept for six years.",
        "Our clients meet on Thursdays at ten.",
        "The office is closed on Monday.",
        "View this mail in your browser.",
        "Dear Sam,",
        "Best regards, the team",
    ],
)
def test_plain_lines_carry_no_cue(text):
    assert cues_in(text) == set()


@pytest.mark.parametrize("noun", ["customer", "client", "guest", "member", "patient"])
def test_the_noun_for_the_reader_changes_nothing(noun):
    assert cues_in(f"We will ring every {noun} before anything is changed.") == cues_in(
        "We will ring every person before anything is changed."
    )


def test_care_words_around_a_push_are_still_a_push():
    found = cues_in("Because we care, don't worry: order now and save 20%!")
    assert {"sales_push", "price"} <= found
    assert not found & set(CUES_OF["client"])


def test_phrases_are_short_and_conventional():
    long = [phrase.text for rule in BOOK for phrase in rule.phrases if len(phrase.text.split()) > 7]
    assert long == []
