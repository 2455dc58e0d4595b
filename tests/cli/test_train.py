from __future__ import annotations

import csv
import json
import random

import pandas
import pytest

from clientvoice.store import load_model

WORDS = [
    "garden",
    "roof",
    "cellar",
    "porch",
    "attic",
    "hall",
    "kitchen",
    "shed",
    "stairs",
    "yard",
    "loft",
    "barn",
]


def rows():
    for number, word in enumerate([*WORDS, *(f"other {word}" for word in WORDS)]):
        sender = f"s{number % 4}"
        # As no base would label them: a house with words of its own, which frequencies do not tell.
        yield f"Our warden looks after the {word} for you", "Customer", sender
        yield f"The {word} club is filling up", "client", sender


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("text", "label", "sender"), *rows(), ("Not read yet", "", "s1")])
    return path


def test_own_labels_refit_a_model_and_tell_what_they_brought(run, mine, tmp_path):
    result = run("train", "--labels", mine, "--out", tmp_path / "own", "--model", "fast")
    assert result.exit_code == 0, result.output
    assert "48 labelled sentences of 4 senders" in result.stdout
    assert "1 rows without a label were skipped" in result.stdout
    for told in ("macro-F1", "client, F1", "calibration error", "before", "after", "Your labels"):
        assert told in result.stdout
    assert load_model(tmp_path / "own").trained["base"] == "fast"


def test_json_lines_and_other_columns(run, tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text(
        "".join(json.dumps({"Copy": text, "Kind": label}) + "\n" for text, label, _ in rows()), "utf-8"
    )
    args = ("train", "--labels", path, "--out", tmp_path / "own", "--name", "house")
    result = run(*args, "--text-column", "Copy", "--label-column", "Kind", "--model", "fast")
    assert result.exit_code == 0, result.output
    assert "no senders named" in result.stdout
    assert load_model(tmp_path / "own").name == "house"


@pytest.mark.parametrize(
    ("content", "args", "told"),
    [
        ("txt,label\na,client\n", [], "no column 'text'. Columns: 'txt', 'label'. Did you mean 'txt'?"),
        ("text,label\na,client\n", ["--group-column", "org"], "no column 'org'"),
        ("text,label\na,clint\n", [], "line 2: label 'clint', expected one of client, customer, neutral"),
        ("text,label\na,clint\n", [], "Did you mean 'client'?"),
        ("text,label,cues\na,client,prize\n", [], "unknown cue 'prize'"),
        ("text,label\n,client\n", [], "a label but no text"),
        ("text,label\na,client\n", [], "got 1 different labelled sentences, expected at least 20"),
        ("text,label\na,\nb, \n", [], "the column 'label' is empty in every row. Write client, customer"),
        ("text,label\na,client\n", ["--kind", "fast"], "--kind is for training from scratch"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_written(run, tmp_path, content, args, told):
    table = tmp_path / "mine.csv"
    table.write_text(content, "utf-8")
    result = run("train", "--labels", table, "--out", tmp_path / "own", "--model", "fast", *args)
    assert result.exit_code in (1, 2)
    assert told in " ".join(result.stderr.split())
    assert not (tmp_path / "own").exists()


def test_rows_of_one_sender_stay_together_under_whatever_name_it_stands(run, tmp_path):
    told = []
    for column in ("org", "sender", "group"):
        path = tmp_path / f"{column}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("text", "label", column), *rows()])
        result = run("train", "--labels", path, "--out", tmp_path / column, "--model", "fast")
        told.append(result.stdout.splitlines()[:8])
    assert told[0][0].startswith("48 labelled sentences of 4 senders") and told[0] == told[1] == told[2]


def test_a_workbook_trains_as_the_same_rows_in_a_csv_do(run, mine, tmp_path):
    pytest.importorskip("openpyxl", reason="pip install 'clientvoice[tables]'")
    book = tmp_path / "mine.xlsx"
    pandas.read_csv(mine, keep_default_na=False).to_excel(book, index=False)
    args = ("--model", "fast", "--json", "--out")
    told = [
        json.loads(run("train", "--labels", path, *args, tmp_path / path.suffix).stdout)
        for path in (mine, book)
    ]
    assert told[0] | {"out": ""} == told[1] | {"out": ""}


def test_options_of_the_two_ways_are_not_mixed(run, tmp_path):
    result = run("train", "--out", tmp_path / "own", "--model", "fast")
    assert result.exit_code == 2
    assert "--model goes with --labels" in result.stderr


def test_a_model_is_not_written_over_its_base(run, mine, tmp_path):
    base = tmp_path / "own"
    assert run("train", "--labels", mine, "--out", base, "--model", "fast").exit_code == 0
    again = ("train", "--labels", mine, "--out", base, "--model")
    assert "is the model to start from" in run(*again, base, "--force").stderr
    refused = run(*again, "fast")
    assert refused.exit_code == 2 and "is not empty" in refused.stderr and "--force" in refused.stderr
    assert run(*again, "fast", "--force").exit_code == 0


@pytest.fixture
def shuffled(tmp_path):
    """Sentences with labels that say nothing."""
    texts = [text for text, _, _ in rows()]
    labels = [label for _, label, _ in rows()]
    random.Random(7).shuffle(labels)
    path = tmp_path / "shuffled.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("text", "label"), *zip(texts, labels, strict=True)])
    return path


def test_labels_that_say_nothing_give_no_model(run, shuffled, tmp_path):
    out = tmp_path / "own"
    args = ("train", "--labels", shuffled, "--out", out, "--model", "fast")
    result = run(*args)
    assert result.exit_code == 4, result.output
    told = " ".join(result.stdout.split())
    assert "The base model is kept, and nothing was written." in told and "--write-anyway" in told
    assert not out.exists()
    kept = run(*args, "--json")
    figures = json.loads(kept.stdout)
    assert kept.exit_code == 4 and figures["written"] is False and not out.exists()
    assert figures["beyond_frequencies"]["low"] <= 0 and figures["helps"] is False
    assert run(*args, "--write-anyway").exit_code == 0
    assert load_model(out).trained["base"] == "fast"


def test_json_tells_before_and_after(run, mine, tmp_path):
    result = run("train", "--labels", mine, "--out", tmp_path / "own", "--model", "fast", "--json")
    figures = json.loads(result.stdout)
    assert figures["written"] is True and figures["helps"] is True and figures["gain"]["low"] > 0
    assert (figures["rows"], figures["senders"], figures["unlabelled"]) == (48, 4, 1)
    assert figures["after"]["macro_f1"] > figures["before"]["macro_f1"]


def test_from_scratch_on_a_small_corpus(run, tmp_path):
    natural = tmp_path / "corpus" / "natural"
    natural.mkdir(parents=True)
    kinds = ["client", "customer", "neutral", "mixed"]
    care, sale = "We look after your {} whatever happens.", "Buy the {} now and save!"
    lines = []
    for number in range(48):
        word, kind = WORDS[number % 12], kinds[number % 4]
        body = {"client": [care, care], "customer": [sale, sale], "mixed": [care, sale], "neutral": []}[kind]
        lines.append(f"### m{number} | shop | {kind}")
        lines += [f"P {'k' if form is care else 'c'} | {form.format(word)}" for form in body]
        lines += [f"P n | The {word} is {number} feet long.", "P n | It is open at nine.", ""]
    (natural / "a.txt").write_text("\n".join(lines), "utf-8")
    out = tmp_path / "own"
    more = tmp_path / "more.csv"
    more.write_text("text,label\nBuy the barn now and save!,customer\nIt opens at ten.,\n", "utf-8")
    args = (
        "--data",
        tmp_path / "corpus",
        "--sentences",
        more,
        "--out",
        out,
        "--folds",
        "2",
        "--name",
        "tiny",
    )
    result = run("train", *args)
    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())
    assert "169 sentences and 48 messages. 1 row without a label was left out." in told
    assert load_model(out).name == "tiny"
    assert run("train", "--data", tmp_path / "none", "--out", out).exit_code == 2


def test_a_label_that_is_absent_is_told_with_the_outcome(run, mine, tmp_path):
    args = ("train", "--labels", mine, "--model", "fast", "--out")
    told = " ".join(run(*args, tmp_path / "own").stdout.split())
    assert "Your labels help where a sentence is client or customer" in told
    assert "The new model may hardly ever say neutral any more" in told
    figures = json.loads(run(*args, tmp_path / "other", "--json").stdout)
    assert figures["absent"] == ["neutral"] and figures["unlearns"] is True
    change = figures["after"]["macro_f1"] - figures["before"]["macro_f1"]
    assert figures["gain"]["macro_f1"] == pytest.approx(change, abs=2e-4)


def test_it_starts_from_the_model_of_the_house(run, mine, tmp_path):
    (tmp_path / "clientvoice.toml").write_text('model = "fast"\n', "utf-8")
    out = tmp_path / "own"
    assert run("train", "--labels", mine, "--out", out).exit_code == 0
    assert load_model(out).trained["base"] == "fast"


def test_the_nouns_of_the_house_are_masked_as_they_are_where_the_model_is_used(run, tmp_path):
    config = tmp_path / "house.toml"
    config.write_text('reader_nouns = ["maker"]\n', "utf-8")
    weights = []
    for noun, args in (("makers", ["--config", config]), ("customers", [])):
        table, out = tmp_path / f"{noun}.csv", tmp_path / noun
        with table.open("w", newline="", encoding="utf-8") as file:
            told = [(f"{text}, dear {noun}", label, sender) for text, label, sender in rows()]
            csv.writer(file).writerows([("text", "label", "sender"), *told])
        result = run("train", "--labels", table, "--out", out, "--model", "fast", *args)
        assert result.exit_code == 0, result.output
        assert ("House style: " in result.stdout) is bool(args)
        weights.append(load_model(out).sentences.branches[0].frame_weights)
    assert (weights[0] == weights[1]).all()
    assert "--config goes with --labels" in run("train", "--out", tmp_path / "x", "--config", config).stderr
