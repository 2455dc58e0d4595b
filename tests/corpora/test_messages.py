from __future__ import annotations

import json
from pathlib import Path

import pytest

from clientvoice.corpora.labelled import read_labelled
from clientvoice.corpora.messages import LabelledMessage, messages_of, read_natural_messages
from clientvoice.errors import InputError


def read_messages(path: Path) -> list[LabelledMessage]:
    return messages_of(read_labelled(path))


def test_labelled_rows_become_sentences_with_their_subject(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    row = {
        "id": "1",
        "subject": "Your visit",
        "text": "See you on Monday. Bring a pen.",
        "label": "neutral",
        "score": 50,
    }
    path.write_text(json.dumps(row) + "\n", "utf-8")
    (message,) = read_messages(path)
    assert message.texts == ["Your visit", "See you on Monday.", "Bring a pen."]
    assert (message.label, message.score) == ("neutral", 50.0)


def test_an_unknown_label_is_named(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps({"text": "a", "label": "nice", "score": 1}) + "\n", "utf-8")
    with pytest.raises(InputError, match="label 'nice'"):
        read_messages(path)


def test_authored_messages_carry_their_own_label(corpus: Path) -> None:
    messages = read_natural_messages(corpus)
    assert len(messages) > 500
    assert all(0 <= message.score <= 100 for message in messages)
    pushy = [message.score for message in messages if message.label == "customer"]
    caring = [message.score for message in messages if message.label == "client"]
    assert sum(pushy) / len(pushy) < 40 < 60 < sum(caring) / len(caring)


def test_a_cell_of_html_is_read_as_html_and_a_message_is_its_senders(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(
        "text,label,score,sender\n<p>Act now!</p><p>Only <b>3</b> left.</p>,Customer,10,Oak\n"
        "Not labelled yet,,,Elm\n",
        "utf-8",
    )
    (message,) = read_messages(path)
    assert message.texts == ["Act now!", "Only 3 left."] and message.group == "Oak"


def test_a_message_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("text,subject,label,score\n ,Your visit,client,90\n", "utf-8")
    with pytest.raises(InputError, match=r"m\.csv, line 2: a label but no text"):
        read_messages(path)


@pytest.mark.parametrize("score", ["much", "101", "-1"])
def test_a_score_that_is_none_is_told_by_its_line(tmp_path: Path, score: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(f"text,label,score\nRing me first.,client,{score}\n", "utf-8")
    with pytest.raises(InputError, match=r"m\.csv, line 2: score '.*', expected a number from 0 to 100"):
        read_messages(path)
