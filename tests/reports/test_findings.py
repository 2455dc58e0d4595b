from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers import read_text
from clientvoice.reports.checks.findings import PLAIN_RULE, Finding, findings, low_score, numbered

MARKDOWN = """# News

Dear Ms. Okafor, we moved house.

Buy now and save 50%.

<!-- clientvoice: ignore pressure, sales_push, price reason="legal text" -->
Hurry, order now before it is gone!

Unsubscribe here.
"""


@pytest.fixture(scope="module")
def found(fast):
    analysis = next(fast.pipe([read_text(MARKDOWN, format="markdown", name="june.md")]))
    return findings(fast.suggest(analysis))


def test_each_customer_sentence_is_one_finding_at_its_place(found):
    shown, ignored = found
    assert shown.text == "Buy now and save 50%."
    assert (shown.place.line, shown.place.column, shown.place.end_column) == (5, 1, 22)
    assert shown.rule in shown.reason.casefold() or shown.rule in shown.cues
    assert shown.fails and shown.advice and shown.message.startswith(shown.reason)
    assert ignored.silenced == "inSource" and ignored.justification == "legal text" and not ignored.fails
    assert ignored.rule in {"pressure", "sales_push", "price"} and ignored.place.line == 8


def test_the_rule_is_the_cue_that_the_reason_names(analysis, fast):
    text = "Order your copy today."
    cues = "support=copy;sales_push=Order;price=today"
    it = analysis(block=[["paragraph", [["customer", 0.9, text, cues, "Tells."]]]])
    (one,) = findings(it, book=fast.book)
    assert (one.rule, one.cues) == ("sales_push", ("sales_push", "price"))
    assert one.also == "(also price)"


def test_unsure_sentences_are_noted_and_boilerplate_is_no_finding(analysis):
    it = analysis(
        block=[
            ["paragraph", [["customer?", 0.4, "Order it.", "sales_push=Order", "Tells."]]],
            ["footer", [["customer", 0.9, "Buy more.", "sales_push=Buy", "Tells."]]],
        ]
    )
    (one,) = findings(it)
    assert one.level == "note" and not one.fails and "unsure" in one.message


def test_a_sentence_without_a_cue_still_is_one(analysis):
    (one,) = findings(analysis(block=[["paragraph", [["customer", 0.9, "Order it."]]]]))
    assert one.rule == PLAIN_RULE and one.reason


def test_what_the_house_switched_off_is_silenced_from_outside(analysis):
    it = analysis(block=[["paragraph", [["customer", 0.9, "Order it."]]]])
    it = replace(it, sentences=(replace(it.sentences[0], suppressed=True),))
    (one,) = findings(it)
    assert one.silenced == "external" and not one.fails


def test_safe_rewrites_become_edits_of_the_source(fast):
    source = "# News\n\nHurry, the *sale* ends tonight!\n"
    analysis = fast.suggest(next(fast.pipe([read_text(source, format="markdown", name="june.md")])))
    (one,) = findings(analysis)
    (fix,) = one.fixes
    lines = source.split("\n")
    for place, text in reversed(fix.edits):
        line = lines[place.line - 1]
        assert place.line == place.end_line
        lines[place.line - 1] = line[: place.column - 1] + text + line[place.end_column - 1 :]
    after = read_text("\n".join(lines), format="markdown")
    assert after.text.endswith(fix.text) and "\n".join(lines).count("*") == 2


def test_mails_get_no_fixes(fast):
    mail = read_text("Subject: News\n\nBuy now and save 50%.\n", format="eml", name="a.eml")
    assert not any(one.fixes for one in findings(fast.suggest(next(fast.pipe([mail])))))


def test_a_message_under_the_bar_is_one_finding(analysis):
    it = low_score(analysis(block=[], score=12.4, path="a.md", id="a.md"), 40)
    assert it.reason == "The message scores 12 of 100, under the bar of 40." and it.place.line == 1


@given(st.text(), st.text("  \n\t", max_size=4))
def test_case_and_spacing_do_not_change_the_words(text, space):
    one = Finding("price", "a", "a", f"Save {text} now", "")
    other = Finding("price", "b", "b", f" save  {text}{space} NOW".replace("save", "SAVE"), "")
    assert len(one.words) == 16
    if text == text.casefold() and text.isascii():
        assert one.words == other.words


def test_equal_sentences_are_numbered_file_by_file():
    here, there = Finding("price", "a", "a#1", "Save!", ""), Finding("price", "b", "b", "Save!", "")
    ignored = replace(here, silenced="inSource")
    told = numbered([here, ignored, there, replace(here, id="a#2")])
    assert [one.occurrence for one in told] == [1, 1, 1, 2]
