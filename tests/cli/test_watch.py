from __future__ import annotations

import builtins
import importlib.util
import signal
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("runs", Path(__file__).with_name("runs.py"))
runs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(runs)

CALM = "Dana will ring you on Monday before anything changes.\n"
PUSHY = "Hurry, buy now! Only three left.\n"


@contextmanager
def watching(*arguments):
    """Give a watch, and its lines and errors as they come; the block ends it."""
    process = runs.start(*arguments, "--watch")
    lines, errors = [], []
    readers = [
        threading.Thread(target=pile.extend, args=(stream,), daemon=True)
        for pile, stream in ((lines, process.stdout), (errors, process.stderr))
    ]
    for reader in readers:
        reader.start()
    runs.wait_for(lambda: any("Watching" in line for line in errors), process)
    yield process, lines, errors
    for reader in readers:
        reader.join(10)
    process.stdout.close()
    process.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="ctrl-C is of another kind on Windows")
def test_what_changes_is_scored_again_until_ctrl_c(tmp_path):
    pytest.importorskip("watchfiles", reason="the extra watch is not installed")
    folder, out = tmp_path / "mails", tmp_path / "mails" / "out"
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(CALM + name)
    with watching(folder, "-o", out) as (process, lines, errors):
        runs.wait_for(lambda: not wait(0.5), process)
        (folder / "two.txt").write_text(PUSHY)
        runs.wait_for(lambda: any(line.startswith("customer") for line in lines), process)
        runs.wait_for(lambda: "Hurry" in (out / "messages.jsonl").read_text(), process)
        (folder / "one.txt").unlink()
        runs.wait_for(lambda: any(line.startswith("gone") for line in lines), process)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    said = [
        line for line in lines if line.startswith(("customer ", "client ", "neutral ", "mixed ", "gone "))
    ]
    assert "two.txt" in said[0] and "one.txt" in said[1] and len(said) == 2
    assert "Watching ended." in errors[-1]
    assert len((out / "messages.jsonl").read_text().splitlines()) == 1
    assert not list(out.glob("*.part"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind on Windows")
def test_settings_are_watched_too_and_sigterm_ends_with_its_code(tmp_path):
    pytest.importorskip("watchfiles", reason="the extra watch is not installed")
    folder, out, style = tmp_path / "mails", tmp_path / "out", tmp_path / "clientvoice.toml"
    rule = tmp_path / "our-rules" / "funnel.toml"
    for place in (folder, rule.parent):
        place.mkdir()
    (folder / "one.txt").write_text(f"{PUSHY}\n{CALM}")
    told = (
        'frame = "customer"\nsummary = "Ours."\nphrases = ["{0}"]\n[examples]\nflag = ["{0}"]\npass = ["a"]'
    )
    rule.write_text(told.format("ring you"))
    with watching(folder, "-o", out) as (process, lines, errors):
        shown = len(lines)
        style.write_text('ignore_blocks = ["Hurry*"]')  # above what is watched
        runs.wait_for(lambda: len(lines) > shown, process)
        assert "one.txt" in lines[shown] and '"counted":false' in (out / "messages.jsonl").read_text()
        style.write_text("rules = [")
        runs.wait_for(lambda: any("not valid TOML" in line for line in errors), process)
        style.write_text('rules = "our-rules"')
        runs.wait_for(lambda: '"funnel"' in (out / "messages.jsonl").read_text(), process)
        rule.write_text(told.format("wring you out"))
        runs.wait_for(lambda: '"funnel"' not in (out / "messages.jsonl").read_text(), process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 143
    assert "Watching ended." in errors[-1]
    assert sum("not valid TOML" in line for line in errors) == 1


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
