from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from clientvoice.cli.marked import message_lines, sentence_lines, wrapped
from clientvoice.records import (
    Block,
    Contribution,
    Cue,
    Explanation,
    Framing,
    Message,
    MessageAnalysis,
    Notice,
    Practice,
    Sentence,
    SentenceAnalysis,
)
from clientvoice.rules import RuleBook

BOOK = RuleBook.load()


def no_words(text: str) -> Explanation:
    return Explanation(-1.0, -1.0, (Contribution(0, len(text), text, 0.0),))


def lines(text, cues=(), label="customer", width=40, kind="sentence", **fields) -> list[str]:
    chances = {"client": 0.1, "customer": 0.1, "neutral": 0.1, label: 0.8}
    sentence = SentenceAnalysis(
        Sentence(0, len(text), text, kind), Framing(label, chances), tuple(cues), "Because.", **fields
    )
    message = Message("a", text, (Block(0, len(text), "paragraph"),))
    return [line.plain for line in sentence_lines(sentence, message, no_words, BOOK, width)]


@given(st.text(alphabet=st.sampled_from("ab 日🎉-\n"), max_size=60), st.integers(2, 12))
def test_lines_fit_and_lose_no_letter(text: str, width: int) -> None:
    text = " ".join(text.split("\n"))
    spans = wrapped(text, width)
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(text[start:end]) <= width and start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_marks_stand_under_their_words_on_every_line() -> None:
    text = "Our fair ends tonight and never comes back"
    start = text.index("ends")
    shown = lines(text, [Cue("pressure", start, text.index(" and"))], width=24)
    assert shown[:4] == [
        "◆ Our fair ends tonight",
        "           ^^^^^^^^^^^^",
        "  and never comes back",
        shown[3],
    ]
    assert "^" not in shown[3]


def test_marks_hold_where_letters_are_two_wide() -> None:
    assert lines("日本 sale", [Cue("price", 3, 7)])[1] == "       ^^^^"


def test_words_of_a_rule_go_before_those_of_the_model() -> None:
    shown = lines("Buy it now", [Cue("sales_push", 0, 10, "model"), Cue("pressure", 7, 10)])
    assert shown[1] == "  ~~~~~~~^^^"


def test_a_flagged_sentence_says_what_and_why() -> None:
    shown = lines("Buy it now", [Cue("pressure", 7, 10)], kind="button")
    assert shown[2] == "    customer 80%, button  Because."
    assert shown[3] == "    cues  pressure (rule) “now”"
    assert shown[4] == "    words  Buy it now +0.00, start -1.00"


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"suppressed": True}, "ignored here, not counted"), ({"kind": "footer"}, "footer, not counted")],
)
def test_what_does_not_count_is_not_marked(fields, told) -> None:
    assert lines("Buy it now", [Cue("pressure", 7, 10)], **fields) == ["  Buy it now", f"    {told}"]


def test_a_neutral_sentence_shows_its_cues_only() -> None:
    assert lines("It rains.", label="neutral") == ["  It rains."]
    shown = lines("It rains.", [Cue("pressure", 3, 8)], label="neutral")
    assert shown[:2] == ["  It rains.", "     ^^^^^"] and not any("words" in line for line in shown)


def test_a_message_tells_its_verdict_notices_and_practices() -> None:
    text = "It rains.\n\nWe ring you."
    sentences = tuple(
        SentenceAnalysis(Sentence(start, end, text[start:end]), Framing("neutral", {"neutral": 1.0}))
        for start, end in ((0, 9), (11, 23))
    )
    blocks = (Block(0, 9, "paragraph"), Block(11, 23, "paragraph"))
    analysis = MessageAnalysis(
        Message("a.md", text, blocks, notices=(Notice("x", "Mind the gap."),)),
        "neutral",
        50.0,
        {"neutral": 0.75, "mixed": 0.25},
        sentences,
        practices=(
            Practice("support", "Is there help?", (1,), 0.8, ""),
            Practice("candour", "Is it honest?", (), 0.0, "Say what it costs."),
        ),
    )
    shown = [line.plain for line in message_lines(analysis, no_words, BOOK, 80)]
    assert shown == [
        "a.md",
        "○ neutral, score 50 of 100 (neutral 75%, mixed 25%)",
        "note  Mind the gap.",
        "",
        "  It rains.",
        "",
        "  We ring you.",
        "",
        "Practices of care",
        "yes  Is there help?",
        "       “We ring you.”",
        " no  Is it honest?",
        "       Say what it costs.",
    ]
