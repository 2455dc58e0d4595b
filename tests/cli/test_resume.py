"""Runs that are killed, stopped, starved and doubled: what was done is kept, and outputs are whole."""

from __future__ import annotations

import importlib.util
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location("runs", Path(__file__).with_name("runs.py"))
runs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(runs)

CYCLES = int(os.environ.get("CLIENTVOICE_KILLS", "5"))
MAILS = 260

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind on Windows")


@pytest.fixture(scope="module")
def mails(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mails") / "in"
    runs.write_mails(folder, MAILS)
    return folder


@pytest.fixture(scope="module")
def whole(mails, tmp_path_factory):
    """The outputs of a run that nobody interrupted, and how long it took."""
    out = tmp_path_factory.mktemp("whole")
    began = time.monotonic()
    code, _, errors = runs.ended(runs.start(mails, "-o", out, "--quiet"))
    assert (code, errors) == (0, "")
    return runs.digests(out), time.monotonic() - began


def test_kill_9_at_any_moment_loses_nothing(mails, whole, tmp_path):
    expected, seconds = whole
    rng = random.Random(CYCLES)
    kept = 0
    for cycle in range(CYCLES):
        process = runs.start(mails, "-o", tmp_path, "--quiet")
        if cycle % 2:  # in the middle of the scoring for sure
            runs.wait_for(lambda: runs.stored(tmp_path), process)
            time.sleep(rng.uniform(0, 0.3))
        else:
            time.sleep(rng.uniform(0.2, 1) * seconds)
        process.kill()  # nothing, where it is over already
        process.communicate()
        for name in runs.OUTPUTS:  # whole, or not there
            assert runs.digests(tmp_path).get(name, expected[name]) == expected[name]
        if (tmp_path / runs.STORE).exists():
            rows = sqlite3.connect(tmp_path / runs.STORE)
            assert rows.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            now = rows.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            now = now and rows.execute("SELECT count(*) FROM results").fetchone()[0]
            rows.close()
            assert now >= kept
            kept = now
    code, _, errors = runs.ended(runs.start(mails, "-o", tmp_path, "--quiet"))
    assert (code, errors) == (0, "")
    assert runs.digests(tmp_path) == expected
    assert runs.shown(tmp_path) == sorted(runs.OUTPUTS)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_says_so_and_goes_on_later(mails, whole, tmp_path, number, code):
    process = runs.start(mails, "-o", tmp_path, "--quiet")
    runs.wait_for(lambda: runs.stored(tmp_path), process)
    process.send_signal(number)
    got, _, errors = runs.ended(process)
    assert got == code
    assert "interrupted; nothing was written." in errors
    assert "the same command goes on from there" in errors
    assert runs.shown(tmp_path) == []
    rows = sqlite3.connect(tmp_path / runs.STORE)
    assert rows.execute("SELECT count(*) FROM results").fetchone()[0] > 0
    rows.close()
    assert runs.ended(runs.start(mails, "-o", tmp_path, "--quiet"))[0] == 0
    assert runs.digests(tmp_path) == whole[0]


def test_the_second_of_two_runs_on_one_folder_stops(mails, tmp_path):
    first = runs.start(mails, "-o", tmp_path, "--quiet")
    runs.wait_for(lambda: runs.stored(tmp_path), first)
    first.send_signal(signal.SIGSTOP)
    try:
        code, _, errors = runs.ended(runs.start(mails, "-o", tmp_path, "--quiet"))
    finally:
        first.send_signal(signal.SIGCONT)
    assert code == 3
    assert f"another run is writing its results here (process {first.pid} on " in errors
    assert runs.ended(first)[0] == 0


LITTLE_SPACE = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from clientvoice.cli import main
sys.argv = ["clientvoice", "score", *sys.argv[2:]]
main()
"""


def mounted(folder):
    """Mount a file system of two megabytes, where one may."""
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.parametrize("size", [150_000, 600_000])
def test_files_that_cannot_grow_end_the_run_with_nothing_half_written(mails, tmp_path, size):
    command = [sys.executable, "-c", LITTLE_SPACE, size, mails, "-o", tmp_path, "--quiet", "--model", "fast"]
    done = subprocess.run(map(str, command), capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "Nothing was written." in done.stderr
    assert runs.shown(tmp_path) == []


def test_a_full_disk_ends_the_run_with_nothing_half_written(mails, whole, tmp_path):
    if not mounted(tmp_path):
        pytest.skip("no file system may be mounted here; the test with a limit of file size stands for it")
    try:
        code, _, errors = runs.ended(runs.start(mails, "-o", tmp_path, "--quiet"))
        assert code == 1
        assert "No space left on device" in errors
        assert runs.shown(tmp_path) == []
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_became_read_only_is_wrong_usage(mails, tmp_path):
    tmp_path.chmod(0o500)
    code, _, errors = runs.ended(runs.start(mails, "-o", tmp_path))
    assert code == 2
    assert "cannot write to" in errors
