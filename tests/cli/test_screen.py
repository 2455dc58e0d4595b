"""What stands on a screen, a file or a pipe: no colour, bold letter or moving line where nobody wants one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="no terminals of this kind here")

ROOT = Path(__file__).resolve().parents[2]
ESCAPE = b"\x1b"
SELLING = "# News\n\nHurry! Buy now and save 50%. Only three left, and the offer ends tonight.\n"
COMMANDS = {
    "help": ["--help"],
    "mistake": ["scroe"],
    "wrong value": ["score", "june.md", "--jobs", "many"],
    "failure": ["score", "none.md"],
    "score": ["score", "june.md", "--model", "fast"],
    "label": ["label", "rows.csv", "--model", "fast", "--out", "labels.jsonl"],
    "explain": ["explain", "june.md", "--model", "fast"],
    "check": ["check", "june.md", "--model", "fast"],
    "rewrite": ["rewrite", "june.md", "--model", "fast"],
    "cues": ["cues", "pressure"],
    "suggest-labels": ["suggest-labels", "june.md", "--model", "fast", "--out", "more.csv"],
    "evaluate": ["evaluate", "rows.csv", "--model", "fast"],
}


@pytest.fixture
def place(tmp_path):
    (tmp_path / "june.md").write_text(SELLING, "utf-8")
    (tmp_path / "rows.csv").write_text("id,text,label\n1,Buy now!,customer\n2,We ring you.,client\n", "utf-8")
    return tmp_path


def environment(**variables):
    dropped = {"NO_COLOR", "FORCE_COLOR", "PY_COLORS", "GITHUB_ACTIONS", "CI"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return kept | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **variables}


def on_a_terminal(args, place, **variables):
    """Return all that a command writes where stdout and stderr are a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "clientvoice", *args]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=environment(**variables),
        cwd=place,
    ):
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65_536):
                shown += piece
        except OSError:
            pass  # so Linux tells the end of a terminal
    os.close(ours)
    return shown


@pytest.mark.parametrize("name", COMMANDS)
def test_no_color_leaves_nothing_that_steers_a_terminal(place, name):
    shown = on_a_terminal(COMMANDS[name], place, NO_COLOR="1")
    assert shown.strip()
    assert ESCAPE not in shown and b"Traceback" not in shown


@pytest.mark.parametrize("name", ["help", "score", "cues"])
def test_a_terminal_that_wants_it_gets_style(place, name):
    assert ESCAPE in on_a_terminal(COMMANDS[name], place)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_pipe_gets_nothing_but_text(place, name):
    command = [sys.executable, "-m", "clientvoice", *COMMANDS[name]]
    done = subprocess.run(
        command, capture_output=True, env=environment(GITHUB_ACTIONS="true"), cwd=place, check=False
    )
    shown = done.stdout + done.stderr
    assert shown.strip()
    assert ESCAPE not in shown and b"\r" not in shown and b"Traceback" not in shown
