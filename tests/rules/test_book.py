"""A house's own rules beside the shipped ones."""

import copy

import pytest

from clientvoice.errors import RuleError
from clientvoice.rules import RuleBook, check_examples, margin_note, match

HOUSE = """summary = "Says synergy."
phrases = ["synergy", "best-of-breed"]

[examples]
flag = ["We bring synergy."]
pass = ["We bring tea."]
"""


def write(folder, name, text):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_one_file_makes_a_house_cue(tmp_path):
    book = RuleBook.load(write(tmp_path / "customer", "buzzwords", HOUSE).parent)
    check_examples(book)
    assert book.cues[-1] == "buzzwords"
    assert book.frame_of("buzzwords") == "customer"
    assert [hit.cue for hit in match(book, "Pure synergy.")] == ["buzzwords"]
    assert margin_note("buzzwords", "synergy", book=book) == "Buzzwords: “synergy”."


def test_a_client_cue_stands_before_the_customer_cues(tmp_path):
    book = RuleBook.load(write(tmp_path / "client", "neighbourly", HOUSE).parent)
    assert book.cues.index("neighbourly") == 7


def test_a_single_file_is_enough(tmp_path):
    write(tmp_path, "buzzwords", 'frame = "client"\n' + HOUSE)
    assert "buzzwords" in RuleBook.load(tmp_path / "buzzwords.toml")


def test_the_same_name_replaces_a_shipped_cue(tmp_path):
    book = RuleBook.load(write(tmp_path, "pressure", HOUSE))
    assert len(book) == 14
    assert match(book, "Act now.") == ()
    assert [hit.cue for hit in match(book, "Synergy")] == ["pressure"]


def test_extends_adds_to_a_shipped_cue_and_its_exceptions_take_away(tmp_path):
    extra = """extends = true
phrases = ["chop chop"]
exceptions = ["act now"]

[examples]
flag = ["Chop chop!"]
"""
    book = RuleBook.load(write(tmp_path, "pressure", extra))
    rule = book["pressure"]
    assert rule.summary == RuleBook.load()["pressure"].summary
    assert [hit.rule for hit in match(book, "Chop chop, act now, last chance!")] == [
        "chop chop",
        "last chance!",
    ]
    assert "chop chop" in [phrase.text for phrase in rule.phrases]


def test_extending_with_a_phrase_that_is_there_is_told(tmp_path):
    with pytest.raises(RuleError, match="has the phrase 'act now' already"):
        RuleBook.load(write(tmp_path, "pressure", 'extends = true\nphrases = ["act now"]\n'))


def test_a_shipped_cue_keeps_its_frame(tmp_path):
    with pytest.raises(RuleError, match="is a customer cue"):
        RuleBook.load(write(tmp_path, "pressure", 'frame = "client"\n' + HOUSE))


def test_a_cue_in_two_folders_is_told(tmp_path):
    write(tmp_path / "client", "buzzwords", HOUSE)
    write(tmp_path / "customer", "buzzwords", HOUSE)
    with pytest.raises(RuleError, match="stands in"):
        RuleBook.load(tmp_path)


def test_wrong_examples_are_named_with_their_line(tmp_path):
    wrong = HOUSE.replace("We bring synergy.", "We bring cake.").replace("We bring tea.", "Synergy tea.")
    book = RuleBook.load(write(tmp_path / "customer", "buzzwords", wrong).parent)
    with pytest.raises(RuleError) as caught:
        check_examples(book)
    message = str(caught.value)
    assert "buzzwords.toml:5: examples.flag: nothing hits 'We bring cake.'" in message
    assert "buzzwords.toml:6: examples.pass: 'synergy' hits 'Synergy tea.'" in message


def test_the_digest_follows_the_rules_and_not_the_folder(tmp_path):
    one = RuleBook.load(write(tmp_path / "a" / "client", "buzzwords", HOUSE).parent)
    two = RuleBook.load(write(tmp_path / "b" / "client", "buzzwords", "# moved\n" + HOUSE).parent)
    other = RuleBook.load(
        write(tmp_path / "c" / "client", "buzzwords", HOUSE.replace("synergy", "energy")).parent
    )
    assert one == two
    assert hash(one) == hash(two)
    assert one.digest() == two.digest() != other.digest()
    assert one != RuleBook.load()
    assert len(one.digest()) == 64


def test_an_unknown_cue_is_told_with_the_nearest():
    with pytest.raises(RuleError, match="Did you mean 'pressure'"):
        RuleBook.load()["presure"]


def test_a_copy_is_the_same_book():
    book = RuleBook.load()
    assert copy.deepcopy(book) == book
