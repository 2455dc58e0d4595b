from __future__ import annotations

import hashlib
import json
import os

import pytest

from clientvoice.batch import Outbox
from clientvoice.errors import ConfigError


def test_files_appear_together_at_the_end(tmp_path):
    folder = tmp_path / "deep" / "scores"
    with Outbox(folder) as box:
        box.open("a.csv").write("a")
        box.open("b.csv").write("b")
        assert not any(path.name in ("a.csv", "b.csv") for path in folder.iterdir())
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "b.csv"]


def test_what_was_delivered_is_told_by_its_digest_once_it_is_there(tmp_path):
    with Outbox(tmp_path) as box:
        box.open("a.csv").write("a")
        assert box.delivered == {}
    assert box.delivered == {"a.csv": hashlib.sha256(b"a").hexdigest()}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_nothing_appears_when_the_work_ends_badly_and_older_results_stay(tmp_path, error):
    (tmp_path / "a.csv").write_text("older")

    def work():
        with Outbox(tmp_path) as box:
            box.open("a.csv").write("newer")
            raise error

    with pytest.raises(error):
        work()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "older"


def test_results_are_as_readable_for_others_as_any_new_file(tmp_path):
    (tmp_path / "plain").touch()
    with Outbox(tmp_path) as box:
        box.open("a.csv").write("a")
    assert (tmp_path / "a.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_lone_surrogate_is_written_as_valid_json(tmp_path):
    with Outbox(tmp_path) as box:
        box.open("a.jsonl").write(json.dumps("a\udc80b", ensure_ascii=False))
    assert json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8")) == "a\udc80b"


def test_a_file_in_the_place_of_the_folder_is_wrong_usage(tmp_path):
    (tmp_path / "scores").write_text("mine")
    with pytest.raises(ConfigError, match="is a file, expected a folder"), Outbox(tmp_path / "scores"):
        pass
    with pytest.raises(ConfigError, match="cannot write"), Outbox(tmp_path / "scores" / "deeper"):
        pass


def test_a_folder_in_the_place_of_a_file_is_wrong_usage(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(ConfigError, match="is a folder, expected a file"), Outbox(tmp_path) as box:
        box.open("a.csv")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_wrong_usage(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(ConfigError, match="Choose a folder"), Outbox(tmp_path) as box:
        box.open("a.csv")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")  # noqa: PTH110
def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    def work():
        with Outbox(tmp_path) as box:
            file = box.open("a.csv")
            os.dup2(os.open("/dev/full", os.O_WRONLY), file.fileno())
            file.write("a" * 10)

    with pytest.raises(OSError, match="No space left"):
        work()
    assert list(tmp_path.iterdir()) == []
