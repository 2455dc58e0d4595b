from __future__ import annotations

import json

import pandas
import pytest

from clientvoice.corpora.sentences import read_examples

SENTENCES = [
    ("Hurry, buy now and save half!", "customer"),
    ("We will ring you before anything changes.", "client"),
    ("The office opens at nine.", "neutral"),
]
SCORES = {"client": 90, "customer": 10, "neutral": 50}


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(
        "".join(
            json.dumps({"text": text, "label": label, "score": SCORES[label], "org": label}) + "\n"
            for text, label in SENTENCES
        ),
        "utf-8",
    )
    return path


def write_table(rows, path):
    """Write rows as the suffix of a name says."""
    if path.suffix == ".parquet":
        pytest.importorskip("pyarrow", reason="pip install 'clientvoice[tables]'")
        rows.to_parquet(path)
    elif path.suffix == ".xlsx":
        pytest.importorskip("openpyxl", reason="pip install 'clientvoice[tables]'")
        rows.to_excel(path, index=False)
    else:
        rows.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")


def test_sentences_are_measured(run, labelled):
    result = run("evaluate", labelled, "--model", "fast")
    assert result.exit_code == 0, result.output
    assert "macro-F1" in result.stdout and "calibration error" in result.stdout


@pytest.mark.parametrize("unit", ["sentence", "message"])
def test_figures_come_as_json(run, labelled, unit):
    result = run("evaluate", labelled, "--model", "fast", "--unit", unit, "--json")
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert figures["items"] == 3
    assert 0 <= figures["macro_f1"] <= 1


@pytest.mark.parametrize("unit", ["sentence", "message"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".parquet", ".xlsx"])
def test_any_table_gives_the_same_figures(run, labelled, tmp_path, suffix, unit):
    rows = pandas.read_json(labelled, lines=True)
    path = tmp_path / f"rows{suffix}"
    write_table(rows, path)
    args = ("--model", "fast", "--unit", unit, "--json")
    found = run("evaluate", path, *args)
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout) == json.loads(run("evaluate", labelled, *args).stdout)


def test_a_column_to_measure_by_must_be_there(run, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(
        "text,label,genre,cues\nBuy now!,Customer,shop,sales_push pressure\nIt opens at nine.,neutral,club,\n"
    )
    by = run("evaluate", path, "--model", "fast", "--by", "genre", "--json")
    figures = json.loads(by.stdout)
    assert set(figures["by"]) == {"shop", "club"} and "sales_push" in figures["cues"]["per_cue"]
    wrong = run("evaluate", path, "--model", "fast", "--by", "gender")
    assert wrong.exit_code == 2 and "no column 'gender' to measure by" in wrong.stderr


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("rows.csv", "text,label\n,client\n", 1, "a label but no text"),
        (
            "rows.csv",
            "txt,label\na,client\n",
            2,
            "no column 'text'. Columns: 'txt', 'label'. Did you mean 'txt'?",
        ),
        ("rows.csv", "text,label\n", 2, "has no rows to measure"),
        ("rows.csv", 'text,label\n"a,client\n', 1, "a quote is opened and never closed"),
        ("rows.docx", "text,label\n", 2, "expected one of .jsonl"),
    ],
)
def test_what_is_wrong_in_a_table_is_told(run, tmp_path, name, content, code, told):
    (tmp_path / name).write_text(content, "utf-8")
    result = run("evaluate", tmp_path / name, "--model", "fast")
    assert result.exit_code == code
    assert told in " ".join(result.stderr.split())


def test_a_wrong_label_is_told_by_its_line(run, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "a", "label": "clint"}\n', "utf-8")
    result = run("evaluate", path, "--model", "fast")
    assert result.exit_code == 1
    assert "rows.jsonl, line 1: label 'clint'" in " ".join(result.stderr.split())


def test_rows_without_a_label_are_skipped_and_counted(run, tmp_path):
    path = tmp_path / "suggested.csv"
    path.write_text(
        "text,label,sender,cues\nBuy now!,customer,Oak,Price; pressure\nIt opens at nine.,,Elm,\n", "utf-8"
    )
    result = run("evaluate", path, "--model", "fast", "--by", "sender")
    assert result.exit_code == 0, result.output
    assert "skipped, without a label   1" in result.stdout and "Elm" not in result.stdout
    assert "no interval: 1 sender is too few, at least 8 are needed" in result.stdout
    figures = json.loads(run("evaluate", path, "--model", "fast", "--json").stdout)
    assert (figures["items"], figures["unlabelled"], figures["macro_f1_95"]) == (1, 1, None)
    path.write_text("text,label\n'=50% off!,customer\n=50% off!,customer\n", "utf-8")
    assert (
        len({example.text for example in read_examples(path)}) == 1
    )  # the mark of our own tables is no text
    path.write_text("text,label\nBuy now!,\n", "utf-8")
    refused = run("evaluate", path, "--model", "fast")
    assert refused.exit_code == 1 and "is empty in every row" in " ".join(refused.stderr.split())


def test_one_value_of_a_column_is_measured_by_the_labels_that_it_has(run, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(
        "text,label,genre\nHurry! Buy now and save.,customer,shop\nThe office opens at nine.,customer,shop\n",
        "utf-8",
    )
    figures = json.loads(run("evaluate", path, "--model", "fast", "--by", "genre", "--json").stdout)
    assert figures["by"]["shop"]["macro_f1"] == pytest.approx(figures["macro_f1"], abs=1e-3)


def test_messages_that_do_not_vary_are_null_in_json_and_have_no_columns(run, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("text,label,score\nRing me first.,client,90\n", "utf-8")
    args = ("evaluate", path, "--unit", "message", "--model", "fast")
    found = run(*args, "--json")
    assert "NaN" not in found.stdout and json.loads(found.stdout)["score_spearman"] is None
    refused = run(*args, "--by", "genre")
    assert refused.exit_code == 2 and "--by is for sentences" in refused.stderr


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".tsv", ".parquet", ".xlsx"])
def test_a_missing_value_is_none_of_the_values(run, tmp_path, suffix):
    genres = ["shop", None, "None", None]
    rows = pandas.DataFrame(
        {
            "text": ["Buy now!", "It opens at nine.", "Ring me first.", "Hurry, it ends today!"],
            "label": ["customer", "neutral", "client", "customer"],
            "genre": genres,
        }
    )
    path = tmp_path / f"rows{suffix}"
    if suffix == ".jsonl":
        lines = [
            json.dumps(row | {"genre": genre})
            for row, genre in zip(rows.to_dict("records"), genres, strict=True)
        ]
        path.write_text("\n".join(lines), "utf-8")
    else:
        write_table(rows, path)
    args = ("evaluate", path, "--model", "fast", "--by", "genre")
    figures = json.loads(run(*args, "--json").stdout)
    assert {value: row["items"] for value, row in figures["by"].items()} == {"": 2, "shop": 1, "None": 1}
    assert "(no value)" in run(*args).stdout


def test_half_an_emoji_is_measured(run, tmp_path):
    path = tmp_path / "rows.jsonl"
    row = {"text": "Buy \ud83d now!", "label": "customer", "score": 10, "genre": "shop \ud83d"}
    path.write_text(json.dumps(row) + "\n", "utf-8")
    for more in (("--by", "genre"), ("--unit", "message")):
        found = run("evaluate", path, "--model", "accurate", *more)
        assert found.exit_code == 0, found.output


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        (
            "text,label,scores\nRing me first.,client,90\n",
            2,
            "no column 'score' for what readers gave each message (0 to 100)."
            " Columns: 'text', 'label', 'scores'. Did you mean 'scores'?",
        ),
        (
            "text,label,score\nRing me.,client,80%\n",
            1,
            "line 2: score '80%', expected a number from 0 to 100",
        ),
        (
            "text,label,score\nRing me.,client,\n",
            1,
            "line 2: a label but no score; fill it in or drop the row",
        ),
        ("text,label,score\nRing me.,client,nan\n", 1, "score 'nan', expected a number from 0 to 100"),
        ("text,label,score\nRing me.,client,101\n", 1, "score '101', expected a number from 0 to 100"),
    ],
)
def test_what_is_wrong_with_the_score_of_a_message_is_told(run, tmp_path, content, code, told):
    path = tmp_path / "rows.csv"
    path.write_text(content, "utf-8")
    refused = run("evaluate", path, "--unit", "message", "--model", "fast")
    assert refused.exit_code == code
    assert told in " ".join(refused.stderr.split()) and "Error(" not in refused.stderr
