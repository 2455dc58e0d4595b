from __future__ import annotations

import json

import pytest

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


def test_a_wrong_label_is_told_by_its_line(run, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "a", "label": "clint"}\n', "utf-8")
    result = run("evaluate", path, "--model", "fast")
    assert result.exit_code == 1
    assert "rows.jsonl:1: label 'clint'" in " ".join(result.stderr.split())
