from __future__ import annotations

import builtins
import importlib.util
import signal
import sys
import threading
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("runs", Path(__file__).with_name("runs.py"))
runs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(runs)

CALM = "Dana will ring you on Monday before anything changes.\n"
PUSHY = "Hurry, buy now! Only three left.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="ctrl-C is of another kind on Windows")
def test_what_changes_is_scored_again_until_ctrl_c(tmp_path):
    pytest.importorskip("watchfiles", reason="the extra watch is not installed")
    folder, out = tmp_path / "mails", tmp_path / "mails" / "out"
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(CALM + name)
    process = runs.start(folder, "-o", out, "--watch")
    lines, errors = [], []
    readers = [
        threading.Thread(target=pile.extend, args=(stream,), daemon=True)
        for pile, stream in ((lines, process.stdout), (errors, process.stderr))
    ]
    for reader in readers:
        reader.start()
    runs.wait_for(lambda: any("Watching" in line for line in errors), process)
    runs.wait_for(lambda: not wait(0.5), process)
    (folder / "two.txt").write_text(PUSHY)
    runs.wait_for(lambda: any(line.startswith("customer") for line in lines), process)
    runs.wait_for(lambda: "Hurry" in (out / "messages.jsonl").read_text(), process)
    (folder / "one.txt").unlink()
    runs.wait_for(lambda: any(line.startswith("gone") for line in lines), process)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    for reader in readers:
        reader.join(10)
    process.stdout.close()
    process.stderr.close()
    said = [
        line for line in lines if line.startswith(("customer ", "client ", "neutral ", "mixed ", "gone "))
    ]
    assert "two.txt" in said[0] and "one.txt" in said[1] and len(said) == 2
    assert "Watching ended." in errors[-1]
    assert len((out / "messages.jsonl").read_text().splitlines()) == 1
    assert not list(out.glob("*.part"))


def wait(seconds):
    """Give the watch a moment to begin; it tells before it begins."""
    threading.Event().wait(seconds)
    return False


def test_without_watchfiles_the_extra_is_named(run, mails, tmp_path, monkeypatch):
    real = builtins.__import__

    def missing(name, *args, **options):
        if name == "watchfiles":
            raise ImportError(name)
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", missing)
    result = run("score", mails, "--watch", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert 'pip install "clientvoice[watch]"' in result.stderr
    assert not (tmp_path / "out").exists()
