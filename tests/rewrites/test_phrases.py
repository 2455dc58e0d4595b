"""Phrase rules of the cue files: their examples, their seams, and their errors."""

import pytest

from clientvoice.errors import RuleError
from clientvoice.records import CUES_OF
from clientvoice.rewrites.candidates.patterns import Match
from clientvoice.rewrites.candidates.phrases import check_phrases, phrase_rules, splice
from clientvoice.rewrites.candidates.reading import read
from clientvoice.rules import RuleBook, cue_page

BOOK = RuleBook.load()
GOOD = """frame = "customer"
summary = "Talks shop."
phrases = ["circle back"]

[[rewrites]]
find = "touch base"
say = ["talk", ""]
after = ["with"]
unless = ["baseball"]
note = "The plain word."
examples = [{before = "Let us touch base with Dana.", after = "Let us talk with Dana."}]

[examples]
flag = ["Let us circle back."]
pass = ["Come back soon."]
"""


def load(tmp_path, text):
    path = tmp_path / "our_jargon.toml"
    path.write_text(text, encoding="utf-8")
    return RuleBook.load(tmp_path)


def rule_of(tmp_path, text):
    return next(rule for rule in phrase_rules(load(tmp_path, text)) if rule.cue == "our_jargon")


def test_the_shipped_phrases_keep_their_examples():
    rules = phrase_rules(BOOK)
    assert check_phrases(rules) == []
    assert {rule.cue for rule in rules} == set(CUES_OF["customer"])
    assert all(rule.note and rule.method == "phrase" for rule in rules)


def test_a_page_shows_what_the_cue_mends():
    page = cue_page("price")
    assert "## Words that it mends" in page
    assert "“Tickets are only $5.” becomes “Tickets are $5.”" in page
    assert "## Words that it mends" not in cue_page("support")


def test_a_rule_of_ones_own_with_conditions(tmp_path):
    rule = rule_of(tmp_path, GOOD)
    assert check_phrases([rule]) == []
    assert rule.origin == "customer/our_jargon.toml:5"
    assert list(rule.apply("We touch base on Friday.", "sentence")) == []
    assert list(rule.apply("We touch base with a baseball.", "sentence")) == []


def test_rewrites_of_a_cue_are_extended(tmp_path):
    own = GOOD.replace('frame = "customer"', "extends = true").replace("circle back", "hop to it")
    path = tmp_path / "pressure.toml"
    path.write_text(own.replace("Let us circle back.", "Hop to it, please."), encoding="utf-8")
    assert len(RuleBook.load(tmp_path)["pressure"].rewrites) == len(BOOK["pressure"].rewrites) + 1
    assert RuleBook.load(tmp_path).digest() != BOOK.digest()


@pytest.mark.parametrize(
    ("text", "first", "last", "said", "expected"),
    [
        ("Hurry, and see the boots.", 0, 1, "", "See the boots."),
        ("Wow! The inn is open.", 0, 1, "", "The inn is open."),
        ("The inn is open, so hurry!", 5, 7, "", "The inn is open!"),
        ("The inn, hurry, is open.", 3, 4, "", "The inn is open."),
        ("It is very new.", 2, 3, "", "It is new."),
        ("It is very new.", 2, 3, "Quite", "It is quite new."),
        ("Very new it is.", 0, 1, "quite", "Quite new it is."),
    ],
)
def test_the_seam_is_closed(text, first, last, said, expected):
    assert splice(text, read(text), Match(first, last, {}), said) == expected


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("find =", "fnid =", ["unknown key 'fnid' in [[rewrites]]", "Did you mean 'find'?"]),
        ('say = ["talk", ""]', "", ["[[rewrites]] has no say"]),
        ('say = ["talk", ""]', "say = []", ["say = []"]),
        ('after = ["with"]', 'at = "begin"', ["at = 'begin'", "Allowed: anywhere, start, end."]),
        ('after = ["with"]', 'kinds = ["buton"]', ["Did you mean 'button'?"]),
        ("examples = [{b", "examples = [] # [{b", ["[[rewrites]] has no examples"]),
    ],
)
def test_a_wrong_table_tells_file_line_and_remedy(tmp_path, old, new, told):
    assert old in GOOD
    with pytest.raises(RuleError) as caught:
        load(tmp_path, GOOD.replace(old, new, 1))
    assert str(caught.value).startswith(f"{tmp_path / 'our_jargon.toml'}:5: ")
    for part in told:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('find = "touch base"', 'find = "touch {bsae}"', "unknown gap {bsae}"),
        ('find = "touch base"', 'find = "touch {rest}"', "{rest} has no end"),
        ('say = ["talk", ""]', 'say = ["{thing}"]', "no gap"),
    ],
)
def test_a_wrong_pattern_is_told_where_the_rewrites_are_read(tmp_path, old, new, told):
    with pytest.raises(RuleError) as caught:
        phrase_rules(load(tmp_path, GOOD.replace(old, new, 1)))
    assert str(caught.value).startswith(f"{tmp_path / 'our_jargon.toml'}:5: ")
    assert told in str(caught.value)
