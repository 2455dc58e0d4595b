"""Clauses that only press go; what binds or informs stays; praise goes where a noun is left."""

import pytest

from clientvoice.errors import RuleError
from clientvoice.rewrites.candidates.clauses import read_clauses
from clientvoice.rewrites.candidates.phrases import check_phrases
from clientvoice.rewrites.candidates.words import shipped
from clientvoice.rules import RuleBook

CUES = RuleBook.load().cues
CLAUSES, PUFF = read_clauses(shipped("clauses.toml"), CUES)


def dropped(text):
    return [said for rule in CLAUSES for said in rule.apply(text, "sentence")]


def test_the_shipped_clauses_keep_their_examples():
    assert check_phrases(CLAUSES) == []
    assert all(rule.method == "clause" and rule.note for rule in CLAUSES)


@pytest.mark.parametrize(
    "text",
    [
        "The price is $40 while supplies last.",
        "There is no hurry, reply when it suits you.",
        "The office is open today.",
        "Please wait until the light is green.",
        "The offer ends on Sunday.",
        "Up to six can ride at once.",
    ],
)
def test_what_informs_or_binds_stays(text):
    assert dropped(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A truly stunning, unique garden by the mill.", "A garden by the mill."),
        ("We have an amazing and quiet garden.", "We have a quiet garden."),
        ("Our exclusive tea room is upstairs.", "Our tea room is upstairs."),
        ("It is a wonderful chance to meet the bakers!", "It is a chance to meet the bakers."),
        ("We run amazing walks that end at the mill.", "We run walks that end at the mill."),
        ("We have gorgeous oak beds.", "We have oak beds."),
        ("And our fantastic garden has six benches:", "And our garden has six benches:"),
    ],
)
def test_puffed_words_go(text, expected):
    assert PUFF.drop(text, "sentence") == expected


@pytest.mark.parametrize(
    "text",
    [
        "The garden is stunning.",
        "We had an amazing time.",
        "Each room has hot water.",
        "This makes it the ideal place for a walk.",
        "It is more powerful than the old one.",
        "It is such a great view.",
        "We saw a proud and vibrant town.",
        "The Premier Inn is by the river.",
        "We had a fantastic year in the valley.",
        "The swim gives you a great workout.",
        "They mend shoes in innovative ways here.",
        "Great bakers and millers!",
        "The rooms offer spectacular views and stoves.",
        "You can find the terms of the Premium Plus plan here.",
        "Each parcel has a unique reference number on it.",
        "I found the amazing bakers and they helped me.",
        "Our stunning garden is the perfect place for tea.",
        "Plan your perfect day by the river.",
        "Fares rise on truly busy days.",
        "Our amazing mill stands by a river that runs past nine farms, two villages and a lock.",
        "Amazing Tea Room Old Mill",
        'The paper calls us "an amazing bakery that feeds the valley".',
    ],
)
def test_praise_stays_where_the_sentence_needs_it(text):
    assert PUFF.drop(text, "sentence") == text


@pytest.mark.parametrize(
    "text",
    [
        "Quick and easy to fit on any door.",
        "You must reply immediately.",
        "The lift has been ready for use right now.",
        "Bread is more dear than ever.",
        "We are proud to introduce Mill House.",
    ],
)
def test_a_word_that_tells_a_fact_is_no_push(text):
    assert dropped(text) == []


def test_the_end_stays_as_it_was():
    told = next(rule for rule in CLAUSES if rule.examples[0].before.startswith("We are proud to be"))
    assert list(told.apply("We are proud to be members of:", "sentence")) == ["We are members of:"]
    assert list(told.apply("We are proud to be bakers", "sentence")) == ["We are bakers"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[clauses]]\nfind = ["hop"]\n', "needs a note and examples"),
        ('[[clauses]]\nfind = ["hop {rest}"]\n', "{rest} has no end"),
        ('[[clauses]]\nfnid = ["hop"]\n', "Did you mean 'find'?"),
        ('[puff]\nadjectvies = ["hot"]\n', "Did you mean 'adjectives'?"),
        ('[puff]\nadjectives = ["Hot"]\n', "lower case"),
        ("[puf]\n", "Did you mean 'puff'?"),
        ("puff = 3\n", "puff is no table"),
    ],
)
def test_a_wrong_file_is_told(tmp_path, text, told):
    path = tmp_path / "clauses.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        read_clauses(path, CUES)
    assert str(caught.value).startswith(f"{path}:")
    assert told in str(caught.value)
