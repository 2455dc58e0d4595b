from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clientvoice.cli import label as label_module
from clientvoice.records import FRAMES, MESSAGE_LABELS

_SPEC = importlib.util.spec_from_file_location("runs", Path(__file__).with_name("runs.py"))
runs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(runs)

CARING = "We corrected the mistake in your May statement, and you owe nothing."
SELLING = "Hurry! Buy now and save 50% before midnight."


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(
        "".join(
            json.dumps({"id": key, "text": text, "subject": "Last chance"}) + "\n"
            for key, text in [("b", CARING), (7, SELLING), ("a", "")]
        )
    )
    return path


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("unit", "names"), [("sentence", FRAMES), ("message", MESSAGE_LABELS)])
def test_every_row_has_its_line_in_order(run, rows, tmp_path, unit, names):
    out = tmp_path / "labels.jsonl"
    result = run("label", rows, "--unit", unit, "--model", "fast", "--out", out)
    assert result.exit_code == 0, result.output
    told = "" if unit == "message" else " (1 without text)"  # of the message, the subject is left
    assert f"3 rows labelled{told}, 0 not" in result.stdout
    labelled = lines(out)
    assert [line["id"] for line in labelled] == ["b", 7, "a"]
    for line in labelled:
        assert list(line)[:4] == ["id", "label", "probabilities", "score"]
        assert set(line["probabilities"]) == set(names)
        assert sum(line["probabilities"].values()) == pytest.approx(1, abs=1e-4)
        assert line["label"] in names
        assert 0 <= line["score"] <= 100


def test_a_sentence_row_is_not_split(run, rows, tmp_path, monkeypatch):
    import clientvoice.segments

    monkeypatch.setattr(clientvoice.segments, "segment", None)
    out = tmp_path / "labels.jsonl"
    assert run("label", rows, "--unit", "sentence", "--out", out).exit_code == 0
    assert len(lines(out)) == 3


def test_a_subject_counts_in_a_message_where_there_is_one(run, tmp_path):
    table = tmp_path / "rows.csv"
    text = f"{CARING} Dana will ring you on Monday before anything changes, and you can reply to this mail."
    table.write_text(f'id,text,subject\n1,"{text}",\n2,"{text}",{SELLING}\n')
    out = tmp_path / "labels.jsonl"
    assert run("label", table, "--unit", "message", "--out", out).exit_code == 0
    plain, sold = lines(out)
    assert sold["score"] < plain["score"]


def test_columns_are_named_by_options(run, tmp_path):
    table = tmp_path / "rows.csv"
    table.write_text("Key;Body\nx;Hello\n")
    out = tmp_path / "deep" / "labels.jsonl"
    assert run("label", table, "--text-column", "Body", "--id-column", "Key", "--out", out).exit_code == 0
    assert lines(out)[0]["id"] == "x"


def test_bad_lines_are_told_and_the_rest_is_labelled(run, tmp_path, monkeypatch):
    monkeypatch.setattr(label_module, "TOLD", 2)
    table = tmp_path / "rows.jsonl"
    table.write_text('{"id": 1, "text": "Hello"}\n{oops\n[]\n7\n{"id": 2, "text": "Hi"}\n')
    out = tmp_path / "labels.jsonl"
    result = run("label", table, "--out", out)
    assert result.exit_code == 1
    assert "line 2: not JSON" in result.stderr
    assert "line 3: a JSON list" in result.stderr
    assert "and 1 more rows" in result.stderr
    assert [line["id"] for line in lines(out)] == [1, 2]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ["--text-column", "txet"],
            "no column 'txet'. Columns: 'id', 'text', 'subject'. Did you mean 'text'?",
        ),
        (["--unit", "paragraph"], "paragraph"),
        (["--model", "no-such-model"], "no-such-model"),
    ],
)
def test_wrong_usage_is_told_and_writes_nothing(run, rows, tmp_path, args, told):
    out = tmp_path / "labels.jsonl"
    result = run("label", rows, *args, "--out", out)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]


def test_the_table_itself_is_never_overwritten(run, rows):
    before = rows.read_bytes()
    result = run("label", rows, "--out", rows.parent / "." / rows.name)
    assert result.exit_code == 2
    assert "is the table itself" in result.stderr
    assert rows.read_bytes() == before


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_a_table_without_rows_is_wrong_usage(run, tmp_path, content):
    (tmp_path / "rows.jsonl").write_text(content)
    result = run("label", tmp_path / "rows.jsonl", "--out", tmp_path / "labels.jsonl")
    assert result.exit_code == 2
    assert "has no rows" in result.stderr
    assert not (tmp_path / "labels.jsonl").exists()


def test_a_missing_table_or_output_is_wrong_usage(run, rows, tmp_path):
    assert run("label", tmp_path / "none.jsonl", "--out", tmp_path / "x.jsonl").exit_code == 2
    assert run("label", rows).exit_code == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_ctrl_c_ends_with_a_line_and_without_files(tmp_path):
    table, out = tmp_path / "rows.jsonl", tmp_path / "out"
    os.mkfifo(table)
    command = [sys.executable, "-m", "clientvoice", "label", str(table), "--out", str(out / "labels.jsonl")]
    with runs.heeding_ctrl_c():
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    give_up = time.monotonic() + 60
    while (
        not (out.is_dir() and list(out.iterdir())) and process.poll() is None and time.monotonic() < give_up
    ):
        time.sleep(0.05)  # until it waits for the table, its output begun
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 130
    assert told == "error: interrupted; nothing was written.\n"
    assert list(out.iterdir()) == []


def test_json_tells_the_counts(run, rows, tmp_path):
    out = tmp_path / "out.jsonl"
    result = run("label", rows, "--out", out, "--model", "fast", "--json")
    told = json.loads(result.stdout)
    assert told == {"labelled": 3, "failed": 0, "empty": 1, "notices": {}, "out": str(out)}


def test_rows_without_text_are_labelled_told_and_counted(run, tmp_path, monkeypatch):
    monkeypatch.setattr(label_module, "TOLD", 2)
    table, out = tmp_path / "rows.csv", tmp_path / "out.jsonl"
    table.write_text('id,text\na,Hello\nb,\nc,"  "\nd,\n', "utf-8")
    result = run("label", table, "--out", out, "--model", "fast")
    assert result.exit_code == 0
    assert "4 rows labelled (3 without text), 0 not" in result.stdout
    notes = [f"note: {table}, line {number}: no text; its label says nothing." for number in (3, 4)]
    assert result.stderr.splitlines() == [*notes, "  and 1 more rows without text"]
    assert [(line["id"], line.get("notice")) for line in lines(out)] == [
        ("a", None),
        ("b", "empty"),
        ("c", "empty"),
        ("d", "empty"),
    ]
    assert run("label", table, "--out", out, "--model", "fast", "--unit", "message").exit_code == 0
    assert [line.get("notice") for line in lines(out)] == [None, "empty", "empty", "empty"]


GERMAN = "Nur heute gibt es zwanzig Prozent Rabatt auf alle Schuhe und alle Taschen in unserem Laden."


@pytest.mark.parametrize("older", [True, False])
def test_where_no_row_has_a_label_nothing_is_written(run, tmp_path, older):
    table, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    table.write_text("{oops\n[]\n")
    if older:
        out.write_text("older\n")
    result = run("label", table, "--out", out, "--model", "fast", "--json")
    assert result.exit_code == 1
    kept = f", and {out} is as it was" if older else ""
    assert f"no row could be labelled; nothing was written{kept}." in " ".join(result.stderr.split())
    assert json.loads(result.stdout)["out"] is None
    assert out.exists() is older and (not older or out.read_text() == "older\n")


def test_a_subject_column_is_found_by_its_other_names_too(run, tmp_path):
    told = []
    for name in ("subject", "Subject", "Subject Line", "Notes"):
        table, out = tmp_path / "rows.csv", tmp_path / "out.jsonl"
        table.write_text(f'id,text,{name}\n1,"{CARING}",{SELLING}\n')
        assert run("label", table, "--unit", "message", "--out", out, "--model", "fast").exit_code == 0
        told.append(lines(out)[0]["score"])
    assert told[0] == told[1] == told[2] < told[3]


@pytest.mark.parametrize("unit", ["sentence", "message"])
def test_rows_without_words_or_in_another_language_are_told(run, tmp_path, unit):
    table, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    texts = [CARING, GERMAN, "<p><br></p>", "\U0001f600", f"<p>{GERMAN}</p>"]
    table.write_text("".join(json.dumps({"id": at, "text": text}) + "\n" for at, text in enumerate(texts)))
    result = run("label", table, "--unit", unit, "--out", out, "--model", "fast", "--json")
    assert result.exit_code == 0
    assert [line.get("notice") for line in lines(out)] == [
        None,
        "not_english",
        "empty",
        "empty",
        "not_english",
    ]
    assert "note: 2 of 5 rows read as another language" in result.stderr
    counts = json.loads(result.stdout)
    assert (counts["empty"], counts["notices"]) == (2, {"not_english": 2})


@pytest.mark.parametrize("unit", ["sentence", "message"])
def test_half_an_emoji_leaves_no_row_out(run, tmp_path, unit):
    table, out = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    texts = [CARING, f"{SELLING} \ud83d", f"{'Wir rufen Sie an, bevor wir etwas am Dach machen. ' * 3}\ud83d"]
    rows = [json.dumps({"id": at, "text": text}) for at, text in enumerate(texts)]
    table.write_text("\n".join(rows), "utf-8")
    found = run("label", table, "--out", out, "--model", "accurate", "--unit", unit, "--json")
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["labelled"] == 3
    assert [line["label"] for line in lines(out)][:2] == ["client", "customer"]


def test_a_link_stays_one_and_the_file_that_it_leads_to_is_written(run, rows, tmp_path):
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "labels.jsonl").write_text("older\n")
    out = tmp_path / "labels.jsonl"
    out.symlink_to("kept/labels.jsonl")
    assert run("label", rows, "--model", "fast", "--out", out).exit_code == 0
    assert out.is_symlink() and len(lines(tmp_path / "kept" / "labels.jsonl")) == 3
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["labels.jsonl"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_gets_the_labels_and_stays(run, rows, tmp_path):
    out = tmp_path / "pipe"
    os.mkfifo(out)
    reader = os.open(out, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("label", rows, "--model", "fast", "--out", out).exit_code == 0
        assert os.read(reader, 1 << 16).count(b"\n") == 3 and out.is_fifo()
    finally:
        os.close(reader)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no streams by name")
def test_standard_output_by_a_name_holds_the_labels_alone(rows, tmp_path):
    (tmp_path / "out").symlink_to("/proc/self/fd/1")
    command = [
        sys.executable,
        "-m",
        "clientvoice",
        "label",
        rows,
        "--model",
        "fast",
        "--out",
        tmp_path / "out",
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["b", 7, "a"]
    assert "3 rows labelled" in done.stderr
