from __future__ import annotations

import os

import pytest

from clientvoice.batch import fingerprint as module
from clientvoice.batch.fingerprint import fingerprint, resources_digest, unchanged
from clientvoice.readers import Limits


def test_the_same_content_has_the_same_digest_if_the_ending_is_the_same(tmp_path):
    for name in ("a.txt", "b.TXT", "c.md"):
        (tmp_path / name).write_text("We will ring you first.")
    a, b, c = (fingerprint(tmp_path / name, Limits()).digest for name in ("a.txt", "b.TXT", "c.md"))
    assert a == b != c


def test_a_file_that_is_written_to_is_not_unchanged(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("We will ring you first.")
    taken = fingerprint(path, Limits())
    assert unchanged(path, taken)
    path.write_text("We will ring you later.")
    os.utime(path, ns=(1, 1))
    assert not unchanged(path, taken)
    path.unlink()
    assert not unchanged(path, taken)


def test_an_edited_word_list_is_another_library(tmp_path, monkeypatch):
    words = tmp_path / "resources" / "segments" / "footers.toml"
    words.parent.mkdir(parents=True)
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    digests = set()
    for content in ("one", "two", "one"):
        words.write_text(content, "utf-8")
        resources_digest.cache_clear()
        digests.add(resources_digest())
    resources_digest.cache_clear()
    assert len(digests) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in this file system")
def test_a_pipe_has_none_and_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert fingerprint(tmp_path / "a.txt", Limits()) is None


def test_what_is_beyond_the_limit_is_not_read(tmp_path):
    with (tmp_path / "a.html").open("wb") as file:
        file.truncate(10**12)  # a file of holes
    assert fingerprint(tmp_path / "a.html", Limits()) is None


@pytest.mark.parametrize("name", ["missing.txt", "folder", "nul\0.txt"])
def test_what_is_no_file_has_none(tmp_path, name):
    (tmp_path / "folder").mkdir()
    assert fingerprint(tmp_path / name, Limits()) is None
