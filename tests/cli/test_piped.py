"""Standard input in real processes: read where it makes sense, and never empty in silence."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

MAIL = b"Subject: Last chance\n\nHurry! Buy now and save 50%.\n"
ROWS = {
    "csv": b'id,text\n1,"Hurry, buy now and save 50%!"\n2,You owe nothing.\n',
    "semicolons": b"id;text\n1;Hurry, buy now and save 50%!\n2;You owe nothing.\n",
    "jsonl": b'{"id": 1, "text": "Hurry, buy now and save 50%!"}\n{"id": 2, "text": "You owe nothing."}\n',
}
COMMANDS = {
    "score": ["score", "-"],
    "score to a folder": ["score", "-", "--out", "out"],
    "score as JSON": ["score", "-", "--json"],
    "check": ["check", "-"],
    "check as a file": ["check", "--stdin-filename", "june.md"],
    "explain": ["explain", "-"],
    "label": ["label", "-", "--out", "labels.jsonl"],
}


def piped(args, data, place):
    command = [sys.executable, "-m", "clientvoice", *args, "--model", "fast"]
    done = subprocess.run(command, input=data, capture_output=True, cwd=place, check=False)
    assert b"Traceback" not in done.stderr
    return done


@pytest.mark.parametrize("closed", [">&-", "<&- 2>&-"])
def test_a_closed_stream_ends_no_command(tmp_path, closed):
    (tmp_path / "june.txt").write_bytes(MAIL)
    line = f'"{sys.executable}" -m clientvoice explain june.txt --model fast {closed}'
    done = subprocess.run(["sh", "-c", line], capture_output=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_programs_read_is_utf_8_whatever_the_console(tmp_path):
    data = "Subject: Café\n\nHurry! Buy “now” and save £50.\n".encode()
    command = [sys.executable, "-m", "clientvoice", "check", "-", "--format", "json", "--model", "fast"]
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(
        command, input=data, capture_output=True, cwd=tmp_path, env=environment, check=False
    )
    assert "£50" in str(json.loads(done.stdout.decode("utf-8")))


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"], ids=["nothing", "white space"])
@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_wrong_usage(tmp_path, name, data):
    done = piped(COMMANDS[name], data, tmp_path)
    assert done.returncode == 2
    assert not done.stdout
    assert done.stderr.startswith(b"error: standard input is empty")
    assert not list(tmp_path.rglob("*.*"))


@pytest.mark.parametrize(("name", "code"), [("score", 0), ("score as JSON", 0), ("check", 1), ("explain", 0)])
def test_a_message_is_read(tmp_path, name, code):
    done = piped(COMMANDS[name], MAIL, tmp_path)
    assert done.returncode == code, done.stderr
    assert b"standard input" in done.stdout


@pytest.mark.parametrize("form", ROWS)
def test_a_table_is_labelled(tmp_path, form):
    done = piped(COMMANDS["label"], ROWS[form], tmp_path)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "labels.jsonl").read_text("utf-8").splitlines()]
    assert [str(row["id"]) for row in rows] == ["1", "2"]
    assert rows[0]["label"] == "customer"


def test_what_is_wrong_in_a_piped_table_is_told_by_its_line(tmp_path):
    done = piped(COMMANDS["label"], ROWS["jsonl"] + b"{oops\n", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(b"error: standard input, line 3: not JSON")
    wrong = piped(COMMANDS["label"], b"key,body\n1,Hello\n", tmp_path)
    assert wrong.returncode == 2 and b"standard input: no column 'text'" in wrong.stderr
