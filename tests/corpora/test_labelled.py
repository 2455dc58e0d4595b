from __future__ import annotations

import json
from pathlib import Path

import pytest

from clientvoice.corpora.labelled import LabelColumns, read_labelled
from clientvoice.corpora.sentences import read_examples
from clientvoice.errors import ConfigError, InputError


def lines(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


def test_senders_cues_and_empty_labels_are_read_as_they_are_suggested(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "text,label,cues,org,sender\n Buy now! ,Customer,Price; pressure,,Oak\nAsk me.,client,,Elm,Ash\n"
        "Not yet,,,,\n'=50% off!,customer,,,\n",
        "utf-8",
    )
    first, second, third = read_examples(path)
    assert (first.text, first.label, first.cues) == ("Buy now!", "customer", ("price", "pressure"))
    assert (first.group, second.group, third.group) == ("Oak", "Elm", "line 5")
    assert third.text == "=50% off!"  # the mark of our own tables is no text
    found = read_labelled(path)
    assert found.unlabelled == 1 and found.has_groups


def test_a_sender_without_a_name_is_one_of_its_own(tmp_path: Path) -> None:
    senders = ["", "  ", None, 0, 0, "Oak"]
    path = lines(
        tmp_path / "m.jsonl", *({"text": "a", "label": "client", "sender": sender} for sender in senders)
    )
    assert [row.group for row in read_labelled(path).rows] == ["line 1", "line 2", "line 3", "0", "0", "Oak"]


def test_rows_of_one_message_stay_together_though_nobody_names_its_sender(tmp_path: Path) -> None:
    path = lines(tmp_path / "m.jsonl", *({"text": "a", "label": "client", "id": name} for name in "xxy"))
    found = read_labelled(path)
    assert [row.group for row in found.rows] == ["x", "x", "y"] and not found.has_groups


def test_a_column_that_was_chosen_is_the_only_one_that_names_senders(tmp_path: Path) -> None:
    path = lines(tmp_path / "m.jsonl", {"text": "a", "label": "client", "org": "Oak", "house": "Elm"})
    assert read_labelled(path, LabelColumns(group="house")).rows[0].group == "Elm"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"text": "b"}, "line 2: no 'label', expected it in every row"),
        ({"text": None, "label": "client"}, "line 2: a label but no text in 'text'"),
        ({"text": float("nan"), "label": "client"}, "line 2: a label but no text in 'text'"),
        ({"text": ["a"], "label": "client"}, "line 2: 'text' is a list, expected a text"),
        ({"text": "b", "label": "clint"}, "line 2: label 'clint', .* or nothing. Did you mean 'client'"),
        ({"text": "b", "label": "client", "cues": 5}, "line 2: cues are an int, expected names"),
        ({"text": "b", "label": "client", "cues": "prise"}, "line 2: unknown cue 'prise', .* mean 'price'"),
    ],
)
def test_a_wrong_row_is_told_by_its_line(tmp_path: Path, row: dict[str, object], told: str) -> None:
    path = lines(tmp_path / "m.jsonl", {"text": "a", "label": "client"}, row)
    with pytest.raises(InputError, match=told):
        read_examples(path)


@pytest.mark.parametrize(
    ("columns", "remedy"),
    [(None, "Rename the right one to 'text'"), (LabelColumns(), "Name it with --text-column")],
)
def test_a_missing_column_is_told_with_the_remedy_of_whoever_asks(
    tmp_path: Path, columns: LabelColumns | None, remedy: str
) -> None:
    path = lines(tmp_path / "m.jsonl", {"txt": "a", "label": "client"})
    told = f"no column 'text'. Columns: 'txt', 'label'. Did you mean 'txt'[?] {remedy}"
    with pytest.raises(ConfigError, match=told):
        read_labelled(path, columns)


@pytest.mark.parametrize("label", ['""', "null", '" "', "NaN"])
def test_a_table_without_any_label_is_refused(tmp_path: Path, label: str) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(f'{{"text": "a", "label": {label}}}\n', "utf-8")
    with pytest.raises(InputError, match=r"'label' is empty in every row\. Write client, customer"):
        read_examples(path)


def test_a_sentence_that_a_spreadsheet_took_for_a_number_is_a_text(tmp_path: Path) -> None:
    path = lines(tmp_path / "m.jsonl", {"text": 2024, "label": "neutral"})
    assert read_examples(path)[0].text == "2024"
