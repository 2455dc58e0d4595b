from __future__ import annotations

import json

import pytest

from clientvoice.batch import Finished, ResultStore
from clientvoice.batch.fingerprint import fingerprint
from clientvoice.batch.packing import pack
from clientvoice.digests import sha256
from clientvoice.readers import Found, Limits
from clientvoice.records import Failure

LIMITS = Limits(max_bytes=100)


@pytest.fixture
def store(tmp_path):
    with ResultStore(tmp_path, "fast") as opened:
        yield opened


@pytest.fixture
def mail(tmp_path, store):
    """A file whose results are in the store."""
    path = tmp_path / "june.txt"
    path.write_text("Hello")
    kept = [Failure("june.txt", "empty", "june.txt: empty.", "june.txt")]
    store.keep(fingerprint(path, LIMITS).digest, "june.txt", pack(kept), 1)
    return Found(path, "june.txt")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "messages.csv"
    path.write_text("id,label\n")
    return path


def run(store, table, *found, settings="fast"):
    return Finished.of(store, [table], found, LIMITS, settings)


def test_files_stand_where_all_is_as_it_was(store, mail, table):
    first = run(store, table, mail)
    assert not first.stands()
    first.keep({table.name: sha256(table)})
    assert run(store, table, mail).stands()
    assert not run(store, table, mail, settings="accurate").stands()
    assert not run(store, table).stands()
    assert not run(store, table, mail, Failure("a.png", "skipped_unknown", "a.png: left out.")).stands()
    assert not run(store, table, Found(mail.path, "other.txt")).stands()
    assert not Finished.of(store, [], [mail], LIMITS, "fast").stands()


@pytest.mark.parametrize("which", ["mail", "table"])
def test_a_touched_file_does_not_stand(store, mail, table, which):
    run(store, table, mail).keep({table.name: sha256(table)})
    (mail.path if which == "mail" else table).write_text("Howdy")
    assert not run(store, table, mail).stands()


def test_a_file_without_results_in_the_store_may_come_out_otherwise(store, mail, table, tmp_path):
    other = Found(tmp_path / "july.txt", "july.txt")
    other.path.write_text("Good bye")
    run(store, table, mail, other).keep({table.name: sha256(table)})
    assert not run(store, table, mail, other).stands()


def test_a_file_that_is_too_large_to_look_at_leaves_all_in_doubt(store, mail, table, tmp_path):
    large = Found(tmp_path / "large.txt", "large.txt")
    large.path.write_text("x" * 101)
    run(store, table, mail, large).keep({table.name: sha256(table)})
    assert store.finished() == ""
    assert not run(store, table, mail, large).stands()


def test_nothing_is_noted_of_files_that_changed_while_they_were_read(store, mail, table):
    now = run(store, table, mail)
    mail.path.write_text("Hello again")
    now.keep({table.name: sha256(table)})
    assert not now.is_steady() and store.finished() == ""


@pytest.mark.parametrize(
    "told", ["", "[]", "{", '{"of": null}', "[" * 5_000, json.dumps({"of": "", "files": {}})]
)
def test_a_note_that_is_none_of_ours_says_nothing(store, mail, table, told):
    store.note_finished(told)
    assert not run(store, table, mail).stands()


def test_the_note_outlives_the_run_and_goes_with_the_store(tmp_path):
    with ResultStore(tmp_path, "fast") as first:
        first.note_finished("a")
        first.note_finished("b")
    with ResultStore(tmp_path, "fast") as second:
        assert second.finished() == "b"
    with ResultStore(tmp_path, "fast", fresh=True) as third:
        assert third.finished() == ""
