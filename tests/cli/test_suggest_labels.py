from __future__ import annotations

import csv
import json
import os

import pytest


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_to_fill_in_is_written_and_never_over_labels(run, mails, tmp_path):
    out = tmp_path / "suggestions.csv"
    result = run("suggest-labels", mails, "--out", out, "--count", "10", "--model", "fast")
    assert result.exit_code == 0, result.output
    rows = table(out)
    assert list(rows[0]) == ["text", "label", "sender", "file", "why", "model_label", "model_probability"]
    assert {row["label"] for row in rows} == {""}
    assert {row["why"] for row in rows} <= {"uncertain", "rare", "random"}
    assert any("shop@example.com" in row["sender"] for row in rows)
    again = run("suggest-labels", mails, "--out", out, "--model", "fast")
    assert again.exit_code == 2
    assert "may hold labels" in again.stderr


def test_json_tells_the_counts(run, mails, tmp_path):
    out = tmp_path / "suggestions.csv"
    result = run("suggest-labels", mails, "--out", out, "--model", "fast", "--json")
    told = json.loads(result.stdout)
    assert told["suggested"] == sum(told["reasons"].values()) == len(table(out))
    assert (told["foreign"], told["unread"], told["out"]) == (0, 0, str(out))


def test_nothing_to_propose_is_wrong_usage(run, tmp_path):
    (tmp_path / "empty").mkdir()
    result = run("suggest-labels", tmp_path / "empty", "--out", tmp_path / "s.csv", "--model", "fast")
    assert result.exit_code == 2
    assert "nothing to propose" in result.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_links_are_followed_and_pipes_written_to(run, mails, tmp_path):
    (tmp_path / "link.csv").symlink_to("kept.csv")
    args = ("suggest-labels", mails, "--count", "10", "--model", "fast", "--out")
    assert run(*args, tmp_path / "link.csv").exit_code == 0
    assert (tmp_path / "link.csv").is_symlink() and len(table(tmp_path / "kept.csv")) > 1
    assert "may hold labels" in run(*args, tmp_path / "link.csv").stderr
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run(*args, pipe).exit_code == 0
        assert os.read(reader, 1 << 16) == (tmp_path / "kept.csv").read_bytes() and pipe.is_fifo()
    finally:
        os.close(reader)
