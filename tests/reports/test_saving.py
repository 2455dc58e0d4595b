from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from clientvoice.errors import ConfigError
from clientvoice.reports.saving import Draft, save


def test_a_file_is_replaced_as_a_whole_and_keeps_its_rights(tmp_path):
    path = tmp_path / "new" / "a.txt"
    save(path, "one")
    path.chmod(0o640)
    save(path, "two")
    assert path.read_text() == "two" and stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [it.name for it in path.parent.iterdir()] == ["a.txt"]


def test_a_new_file_gets_the_rights_of_the_one_that_it_is_made_of(tmp_path):
    old = tmp_path / "old.txt"
    old.write_text("old")
    old.chmod(0o604)
    save(tmp_path / "new.txt", b"new\xff", like=old)
    new = tmp_path / "new.txt"
    assert new.read_bytes() == b"new\xff" and stat.S_IMODE(new.stat().st_mode) == 0o604


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    save(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink() and (tmp_path / "real.txt").read_text() == "new"


def test_a_pipe_is_written_to_and_stays(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    save(pipe, "told")
    assert os.read(reader, 10) == b"told" and stat.S_ISFIFO(pipe.stat().st_mode)
    os.close(reader)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no streams by name")
@pytest.mark.parametrize("folder", ["/dev/fd", "/proc/self/fd"])
def test_an_open_stream_is_written_on_and_no_file_is_replaced(tmp_path, folder):
    if not Path(folder).is_dir():
        pytest.skip("no such names here")
    with (tmp_path / "a.txt").open("w+b", buffering=0) as stream:
        stream.write(b"before ")
        link = tmp_path / "link"
        link.symlink_to(f"{folder}/{stream.fileno()}")
        save(link, "told")
        stream.write(b" after")
    assert (tmp_path / "a.txt").read_text() == "before told after"
    read, write = os.pipe()
    save(Path(f"{folder}/{write}"), "told")
    assert os.read(read, 10) == b"told"
    os.close(read)
    os.close(write)


def test_where_nothing_can_be_written_is_told(tmp_path):
    with pytest.raises(ConfigError, match="is a folder"):
        save(tmp_path, "x")
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot write"):
        save(tmp_path / "file" / "a.txt", "x")


@pytest.mark.parametrize("pipe", [False, True])
def test_nothing_is_written_when_the_work_ends_badly_or_is_withdrawn(tmp_path, pipe):
    path = tmp_path / "a.txt"
    os.mkfifo(path) if pipe else path.write_text("older")

    def work():
        with Draft(path) as draft:
            draft.write("newer")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    with Draft(path) as draft:
        draft.write("newer")
        draft.withdraw()
    assert list(tmp_path.iterdir()) == [path]
    assert path.is_fifo() if pipe else path.read_text() == "older"


def test_a_lone_surrogate_is_written_as_an_escape(tmp_path):
    with Draft(tmp_path / "a.txt") as draft:
        draft.write("a\udc80b")
    assert (tmp_path / "a.txt").read_bytes() == rb"a\udc80b"


def test_links_that_lead_in_a_circle_are_told(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(ConfigError, match="cannot write"):
        save(tmp_path / "a", "x")
    assert (tmp_path / "a").is_symlink()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no streams by name")
def test_the_reader_of_an_open_stream_may_have_gone(tmp_path):
    read, write = os.pipe()
    os.close(read)
    with pytest.raises(BrokenPipeError):
        save(Path(f"/proc/self/fd/{write}"), "told")
    os.close(write)
