from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from clientvoice.batch import BusyError, FolderLock
from clientvoice.batch.lock import LOCK

HOLD = """
import sys, time
from pathlib import Path
from clientvoice.batch import FolderLock
with FolderLock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path):
    """A process that holds the folder."""
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().strip() == "held"
        yield process
        process.kill()


def test_the_second_is_told_who_has_the_folder(holder, tmp_path):
    with pytest.raises(BusyError) as told, FolderLock(tmp_path):
        pass
    assert f"process {holder.pid} on {socket.gethostname()}, since 20" in str(told.value)
    assert "--out" in str(told.value)


def test_the_lock_of_a_process_that_is_dead_is_taken_over(holder, tmp_path):
    holder.kill()
    holder.wait()
    assert (tmp_path / LOCK).exists()
    with FolderLock(tmp_path):
        assert str(os.getpid()) in (tmp_path / LOCK).read_text()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("note", [b"", b"[1]", b"\xff", b"[" * 5_000, b'{"pid": "\\u001b[31m"}'])
def test_whatever_the_note_says_the_folder_is_told_to_be_busy(tmp_path, note):
    with FolderLock(tmp_path):
        (tmp_path / LOCK).write_bytes(note)
        with pytest.raises(BusyError, match="another run is writing") as told, FolderLock(tmp_path):
            pass
        assert str(told.value).isprintable()


@pytest.mark.skipif(not hasattr(os, "symlink") or sys.platform == "win32", reason="no links")
def test_a_link_in_the_place_of_the_lock_is_not_written_through(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / LOCK).symlink_to(victim)
    with pytest.raises(Exception, match="cannot write"), FolderLock(tmp_path):
        pass
    assert victim.read_text() == "mine"
