from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientvoice.batch import Labelled, Row, label_rows, labels
from clientvoice.batch.labels import row_message
from clientvoice.records import Failure


def rows(*texts: str) -> list[Row]:
    return [Row(line, f"r{line}", text) for line, text in enumerate(texts, 1)]


def test_a_sentence_has_its_label_probabilities_and_score(voice):
    first, second = label_rows(voice, rows("a client line", "a customer line"))
    assert first == Labelled("r1", "client", {"client": 0.8, "customer": 0.1, "neutral": 0.1}, 85.0)
    assert (second.label, second.score) == ("customer", 15.0)


def test_a_message_has_the_label_and_score_of_its_analysis(voice):
    (labelled,) = label_rows(voice, rows("First a client line.\n\nThen another."), unit="message")
    assert (labelled.id, labelled.label, labelled.score) == ("r1", "client", 85.0)
    assert set(labelled.probabilities) == {"client", "customer", "mixed", "neutral"}


@pytest.mark.parametrize("unit", ["sentence", "message"])
def test_empty_texts_have_a_line_too(voice, unit):
    labelled = list(label_rows(voice, rows("", "  \n"), unit=unit))
    assert [(row.id, row.label) for row in labelled] == [("r1", "neutral"), ("r2", "neutral")]
    assert [(row.line, row.empty) for row in labelled] == [(1, True), (2, True)]
    (told,) = label_rows(voice, [Row(1, 5, "", "Hello")], unit=unit)
    assert told.empty is (unit == "sentence")


@pytest.mark.parametrize("unit", ["sentence", "message"])
def test_failures_stay_in_their_place(voice, unit):
    bad = Failure("a:2", "bad_row", "line 2: not JSON")
    first, second = rows("x", "y")
    results = list(label_rows(voice, [first, bad, second], unit=unit))
    assert [getattr(result, "id", None) for result in results] == ["r1", "a:2", "r2"]
    assert results[1] is bad


@pytest.mark.parametrize("unit", ["sentence", "message"])
def test_a_fault_in_one_row_leaves_the_others(voice, panicking_voice, unit):
    for failing in (voice, panicking_voice):
        good, bad, last = label_rows(failing, rows("a client", "panic", "fine"), unit=unit)
        assert (good.label, last.label) == ("client", "neutral")
        assert (bad.code, "line 2" in bad.text) == ("internal", True)


def test_rows_are_labelled_in_chunks(voice, monkeypatch):
    monkeypatch.setattr(labels, "CHUNK_ROWS", 10)
    assert len(list(label_rows(voice, rows(*["x"] * 25)))) == 25
    assert voice.calls == [10, 10, 5]


def test_long_texts_close_a_chunk_early(voice, monkeypatch):
    monkeypatch.setattr(labels, "CHUNK_CHARACTERS", 1_000)
    list(label_rows(voice, rows(*["x" * 400] * 6)))
    assert voice.calls == [3, 3]


def test_rows_stream(voice):
    def endless():
        yield from rows(*["x"] * 3_000)
        raise AssertionError("read ahead without need")

    results = label_rows(voice, endless())
    assert next(results).label == "neutral"


def test_a_subject_is_the_first_block_of_the_message():
    message = row_message(Row(1, 5, "One line.\n\nAnother line.", "  Hello\n there "))
    subject, *body = message.blocks
    assert message.id == "5"
    assert message.subject == "Hello there"
    assert (message.text[subject.start : subject.end], subject.kind) == ("Hello there", "subject")
    assert [message.text[block.start : block.end] for block in body] == ["One line.", "Another line."]


def test_a_body_of_html_is_read_as_html():
    message = row_message(Row(1, 7, "<h1>Spring</h1><p>Ring me <b>first</b>.</p>", "Hello"))
    assert message.text.split() == ["Hello", "Spring", "Ring", "me", "first."] and message.format == "html"


@settings(deadline=None)  # the first call may load a language model or meet a busy machine
@given(st.text(max_size=60), st.none() | st.text(max_size=20))
def test_blocks_lie_in_order_inside_the_text(text, subject):
    message = row_message(Row(1, "a", text, subject if subject and subject.strip() else None))
    end = 0
    for block in message.blocks:
        assert end <= block.start <= block.end <= len(message.text)
        end = block.end
