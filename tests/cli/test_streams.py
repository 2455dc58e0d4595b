"""Readers of our output that go away, in real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="pipes break in another way here")

SELLING = "# News\n\nHurry! Buy now and save 50%. Only three left, and the offer ends tonight.\n"
FOLDER = ["score", "june.md", "--model", "fast", "--out", "out", "-f", "csv"]
COMMANDS = {  # one for each way that output goes: by rich, by rows as they come, as a whole, by a file's name
    "help": ["--help"],
    "score as JSON": ["score", "june.md", "none.md", "--model", "fast", "--json"],
    "explain": ["explain", "june.md", "--model", "fast"],
    "check by name": ["check", "june.md", "--model", "fast", "--out", "/dev/stdout", "-f", "json"],
}


@pytest.fixture
def place(tmp_path):
    (tmp_path / "june.md").write_text(SELLING, "utf-8")
    return tmp_path


def unread(args, place, *, taken=0, unbuffered=False, errors_too=False):
    """Run a command whose reader takes so many bytes and goes; return its code and its errors."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    if unbuffered:
        environment["PYTHONUNBUFFERED"] = "1"
    ours, theirs = os.pipe()
    if not taken:
        os.close(ours)
    command = [sys.executable, "-m", "clientvoice", *args]
    errors = subprocess.STDOUT if errors_too else subprocess.PIPE
    with subprocess.Popen(command, stdout=theirs, stderr=errors, env=environment, cwd=place) as process:
        os.close(theirs)
        if taken:
            assert len(os.read(ours, taken)) == taken
            os.close(ours)
        _, told = process.communicate(timeout=300)
    return process.returncode, told


@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_that_is_gone_has_a_code_of_its_own(place, name):
    if "/dev/stdout" in COMMANDS[name] and not Path("/dev/stdout").exists():
        pytest.skip("no streams by name")
    code, told = unread(COMMANDS[name], place)
    assert code == 141
    assert b"Traceback" not in told and b"Broken" not in told and b"Exception" not in told


@pytest.mark.parametrize("unbuffered", [True, False])
def test_a_reader_that_has_seen_enough_ends_it_quietly(place, unbuffered):
    mails = place / "mails"
    mails.mkdir()
    for number in range(150):  # far more than a pipe holds
        (mails / f"{number}.md").write_text(SELLING, "utf-8")
    args = ["check", "mails", "--model", "fast", "--format", "json"]
    assert unread(args, place, taken=10, unbuffered=unbuffered) == (141, b"")


def test_nor_is_a_complaint_to_nobody_a_fault(place):
    code, _ = unread(["score", "none.md", "--model", "fast"], place, errors_too=True)
    assert code == 141


def test_what_nobody_reads_leaves_nothing_half_written(place):
    assert unread(FOLDER, place)[0] == 141
    assert not [path.name for path in (place / "out").iterdir() if path.name.endswith(".part")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk at hand")
def test_a_full_disk_is_told_once(place):
    command = [sys.executable, "-m", "clientvoice", "score", "june.md", "--model", "fast", "--json"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, env=environment, cwd=place, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr.count(b"No space left on device") == 1 and b"Traceback" not in ended.stderr
