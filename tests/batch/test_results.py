from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import suppress

import pytest

from clientvoice.batch import ResultStore, context_of, results
from clientvoice.batch.codec import UnfitError
from clientvoice.batch.packing import pack
from clientvoice.batch.results import DAMAGED, KEPT_DAYS, STORE
from clientvoice.records import Failure

A = [Failure("a.eml", "empty", "a.eml: empty.", "a.eml")]


def keep(store, digest=b"1", name="a.eml", items=A, **options):
    store.keep(digest, name, pack(items), len(items), **options)


def found(store, digest=b"1", name="a.eml"):
    kept = store.kept(digest, name)
    return None if kept is None else list(store.results(kept, name))


def test_what_is_kept_is_there_in_the_next_run(tmp_path):
    with ResultStore(tmp_path, "fast") as store:
        assert found(store) is None
        keep(store)
    with ResultStore(tmp_path, "fast") as store:
        assert found(store) == A
        assert len(store) == 1


def test_another_model_or_content_finds_nothing(tmp_path):
    with ResultStore(tmp_path, "fast") as store:
        keep(store)
        assert found(store, digest=b"2") is None
    with ResultStore(tmp_path, "accurate") as store:
        assert found(store) is None
    assert context_of("fast") != context_of("accurate")


def test_another_version_of_what_computes_finds_nothing(monkeypatch):
    before = context_of("fast")
    real = results.version
    monkeypatch.setattr(results, "version", lambda name: "99" if name == "onnxruntime" else real(name))
    results._versions.cache_clear()
    after = context_of("fast")
    monkeypatch.undo()
    results._versions.cache_clear()
    assert after != before == context_of("fast")


def test_results_that_only_fit_their_own_name_are_not_shared(tmp_path):
    with ResultStore(tmp_path, "fast") as store:
        keep(store, shared=False)
        assert found(store) == A
        assert found(store, name="b.eml") is None


def test_parts_of_an_earlier_cut_do_not_follow_the_last(tmp_path):
    with ResultStore(tmp_path, "fast") as store:
        keep(store, part=0, last=False)
        keep(store, part=2, last=True)  # part 1 could not be kept
        assert store.kept(b"1", "a.eml") is None
        keep(store, part=0, last=False)
        keep(store, part=1, last=True)
        assert store.kept(b"1", "a.eml").count == 2


def test_a_file_in_parts_is_whole_with_its_last(tmp_path):
    with ResultStore(tmp_path, "fast") as store:
        keep(store, part=0, last=False)
        assert store.kept(b"1", "a.eml").whole is False
        keep(store, part=1, last=True)
        kept = store.kept(b"1", "a.eml")
        assert (kept.whole, kept.parts, kept.count) == (True, 2, 2)
        assert list(store.results(kept, "a.eml")) == A + A


def test_a_part_that_is_missing_makes_the_rest_worthless(tmp_path):
    with ResultStore(tmp_path, "fast") as store:
        keep(store, part=1, last=True)
        assert store.kept(b"1", "a.eml") is None


def test_fresh_forgets_all(tmp_path):
    with ResultStore(tmp_path, "fast") as store:
        keep(store)
    with ResultStore(tmp_path, "fast", fresh=True) as store:
        assert len(store) == 0


def test_what_no_run_has_met_for_long_is_let_go(tmp_path, monkeypatch):
    with ResultStore(tmp_path, "fast") as store:
        keep(store, digest=b"1")
        keep(store, digest=b"2")
    later = (results.time.time() // 86_400 + KEPT_DAYS - 1) * 86_400
    monkeypatch.setattr(results.time, "time", lambda: later)
    with ResultStore(tmp_path, "fast") as store:
        assert found(store, digest=b"2") == A
    monkeypatch.setattr(results.time, "time", lambda: later + 5 * 86_400)
    with ResultStore(tmp_path, "fast"):
        pass
    with ResultStore(tmp_path, "fast") as store:
        assert found(store, digest=b"1") is None
        assert found(store, digest=b"2") == A


def broken(path, how):
    if how == "text":
        path.write_text("not a database " * 1_000)
    elif how == "torn":
        path.write_bytes(path.read_bytes()[:5_000])
    elif how == "folder":
        path.unlink()
        path.mkdir()
        (path / "mine").touch()
    elif how == "link":
        path.rename(path.with_name("elsewhere"))
        path.symlink_to(path.with_name("elsewhere"))
    else:
        rows = sqlite3.connect(path)
        rows.execute(how)
        rows.commit()
        rows.close()


@pytest.mark.parametrize(
    "how",
    [
        "text",
        "torn",
        "folder",
        pytest.param("link", marks=pytest.mark.skipif(sys.platform == "win32", reason="no links")),
        "CREATE TABLE other (x)",
        "CREATE TRIGGER t AFTER INSERT ON results BEGIN DELETE FROM results; END",
        "CREATE VIEW v AS SELECT load_extension('evil')",
    ],
)
def test_a_store_that_does_not_pass_is_told_and_set_aside(tmp_path, how):
    with ResultStore(tmp_path, "fast") as store:
        for number in range(200):
            keep(store, digest=bytes([number]))
    broken(tmp_path / STORE, how)
    told = []
    with ResultStore(tmp_path, "fast", notify=told.append) as store:
        assert found(store) is None
        keep(store)
        assert found(store) == A
    assert len(told) == 1
    assert DAMAGED in told[0]
    assert os.path.lexists(tmp_path / DAMAGED)


def test_a_store_damaged_inside_never_stops_a_run(tmp_path):
    with ResultStore(tmp_path, "fast") as store:
        for number in range(255):
            keep(store, digest=bytes([number]), name=f"{number}" * 50)
    whole = (tmp_path / STORE).read_bytes()
    for at in range(4_096, len(whole), 4_096):
        (tmp_path / STORE).write_bytes(whole[:at] + b"\xff" * 2_000 + whole[at + 2_000 :])
        with ResultStore(tmp_path, "fast") as store:
            for number in range(255):
                try:
                    assert found(store, digest=bytes([number])) in (None, A)
                except UnfitError:
                    keep(store, digest=bytes([number]))


@pytest.mark.parametrize("items", [b"", b"junk", None, "text", 7])
def test_a_row_that_holds_anything_else_is_unfit(tmp_path, items):
    with ResultStore(tmp_path, "fast") as store:
        keep(store)
    rows = sqlite3.connect(tmp_path / STORE)
    rows.execute("UPDATE OR IGNORE results SET items = ?", (items,))
    rows.commit()
    rows.close()
    with ResultStore(tmp_path, "fast") as store:
        if items is None:
            assert found(store) == A  # the column takes no NULL
            return
        with pytest.raises(UnfitError):
            found(store)


@pytest.mark.parametrize("column", ["part", "last", "count", "used", "name"])
def test_columns_of_other_types_are_no_crash(tmp_path, column):
    with ResultStore(tmp_path, "fast") as store:
        keep(store)
    rows = sqlite3.connect(tmp_path / STORE)
    rows.execute(f"UPDATE results SET {column} = x'ff00'")  # noqa: S608
    rows.commit()
    rows.close()
    with ResultStore(tmp_path, "fast") as store, suppress(UnfitError):
        assert found(store) in (None, A)


def test_a_store_of_another_version_is_made_anew_in_silence(tmp_path):
    with ResultStore(tmp_path, "fast") as store:
        keep(store)
    rows = sqlite3.connect(tmp_path / STORE)
    rows.execute("PRAGMA user_version = 99")
    rows.commit()
    rows.close()
    told = []
    with ResultStore(tmp_path, "fast", notify=told.append) as store:
        assert found(store) is None
    assert told == []
