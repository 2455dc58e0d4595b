"""Limits of time and memory, workers that die, and what the store spares."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

import pytest

from clientvoice import messages
from clientvoice.batch import ResultStore, VoiceSource, score_files, tasks, work
from clientvoice.batch.deadline import STRIDE, TimedOutError, within
from clientvoice.batch.results import STORE
from clientvoice.readers import find_files
from clientvoice.records import Failure, Message, MessageAnalysis

CARING = "Tell your client what changed, and ring them before they wonder."
SELLING = "Every customer saves half today; order before midnight."
alarms = pytest.mark.skipif(sys.platform == "win32", reason="no alarms on Windows")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(10):
        (folder / f"{number}.txt").write_text(f"{SELLING if number % 2 else CARING} {number}")
    return folder


@pytest.fixture
def out(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def scored(folder, source, out, **options):
    with ResultStore(out, "fake") as store:
        return list(score_files(find_files([folder]), source, store=store, **options))


def names(results):
    return [result.id.rsplit("/", 1)[-1] for result in results]


def judged(results):
    return [
        (it.id, it.text)
        if isinstance(it, Failure)
        else (it.id, it.label, it.score, it.message.text, it.message.path)
        for it in results
    ]


@alarms
def test_work_over_its_time_ends(tmp_path):
    with (
        pytest.raises(TimedOutError, match=r"a.eml: took longer than 0.05 seconds.*--time-limit"),
        within(0.05, "a.eml"),
    ):
        time.sleep(30)


@alarms
@pytest.mark.parametrize("stage", ["reading", "scoring"])
def test_the_limit_grows_with_the_size_of_a_file(tmp_path, source, voice, out, monkeypatch, stage):
    read, pipe, allowed = work.read_path, type(voice).pipe, []

    def noted():
        allowed.append(round(signal.getitimer(signal.ITIMER_REAL)[0], -2))

    def noting_read(path, **options):
        noted()
        yield from read(path, **options)

    def noting_pipe(self, messages, *, batch_size=64):
        noted()
        return pipe(self, messages)

    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "long.txt").write_text(f"{CARING}\n\n" * (3 * STRIDE // len(CARING)))
    if stage == "reading":
        monkeypatch.setattr(work, "read_path", noting_read)
    else:
        work.warmed(source)  # by now, so that its samples are not noted
        monkeypatch.setattr(type(voice), "pipe", noting_pipe)
    (found,) = scored(folder, source, out, time_limit=1_000)
    assert isinstance(found, MessageAnalysis)
    assert allowed == [1_000 * -(-(folder / "long.txt").stat().st_size // STRIDE)]


def swallowing():
    """Work that swallows the first alarm, as a parser with a broad except does."""
    with suppress(TimedOutError):
        time.sleep(30)
    time.sleep(30)


@alarms
def test_an_alarm_that_is_swallowed_rings_again(monkeypatch):
    monkeypatch.setattr("clientvoice.batch.deadline.AGAIN", 0.05)
    with pytest.raises(TimedOutError), within(0.05, "a.eml"):
        swallowing()


@alarms
@pytest.mark.parametrize("stage", ["reading", "scoring"])
def test_a_file_over_its_time_is_a_row_and_the_rest_goes_on(folder, source, voice, out, monkeypatch, stage):
    (folder / "4.txt").write_text("slow")
    read, pipe = work.read_path, type(voice).pipe

    def slow_read(path, **options):
        if path.name == "4.txt":
            time.sleep(30)
        yield from read(path, **options)

    def slow_pipe(self, messages, *, batch_size=64):
        if any(message.text == "slow" for message in messages):
            time.sleep(30)
        return pipe(self, messages)

    if stage == "reading":
        monkeypatch.setattr(work, "read_path", slow_read)
    else:
        monkeypatch.setattr(type(voice), "pipe", slow_pipe)
    results = scored(folder, source, out, time_limit=0.2)
    assert names(results) == [f"{number}.txt" for number in range(10)]
    assert [(it.code, it.path) for it in results if isinstance(it, Failure)] == [
        ("timed_out", results[4].path)
    ]
    with ResultStore(out, "fake") as store:
        assert len(store) == 9  # another run, with more time, reads it again


def test_a_second_run_scores_only_what_is_new_or_changed(folder, source, voice, out):
    first = scored(folder, source, out)
    voice.calls.clear()
    assert judged(scored(folder, source, out)) == judged(first)
    assert voice.calls == []
    (folder / "3.txt").write_text(CARING)
    (folder / "new.txt").write_text(SELLING)
    (folder / "5.txt").unlink()
    second = scored(folder, source, out)
    assert sum(voice.calls) == 2
    assert "5.txt" not in names(second)
    assert second[3].label == "client"
    fresh = out.with_name("fresh")
    fresh.mkdir()
    assert judged(second) == judged(scored(folder, source, fresh))


def test_copies_and_files_that_moved_are_scored_once(folder, source, voice, out):
    for number in range(10):
        (folder / f"copy{number}.txt").write_text((folder / f"{number}.txt").read_text())
    results = scored(folder, source, out)
    assert sum(voice.calls) == 10
    assert len(results) == 20
    assert {result.message.path for result in results} == {str(path) for path in folder.iterdir()}
    folder.rename(folder.with_name("moved"))
    moved = scored(folder.with_name("moved"), source, out)
    assert sum(voice.calls) == 10
    assert names(moved) == names(results)
    assert all("moved" in result.id and "moved" in result.message.path for result in moved)


def test_a_copy_of_what_cannot_be_kept_is_scored_by_itself(folder, source, voice, out):
    for name in ("4.txt", "x.txt", "y.txt"):
        (folder / name).write_text("panic")
    results = scored(folder, source, out)
    assert [it.id.rsplit("/", 1)[-1] for it in results if isinstance(it, Failure)] == [
        "4.txt",
        "x.txt",
        "y.txt",
    ]
    assert all(it.text.startswith(it.id) for it in results if isinstance(it, Failure))


def test_a_file_that_changes_while_it_is_read_is_not_kept(folder, source, out, monkeypatch):
    read = work.read_path

    def changing(path, **options):
        yield from read(path, **options)
        if path.name == "4.txt":
            path.write_text(SELLING)

    monkeypatch.setattr(work, "read_path", changing)
    scored(folder, source, out)
    with ResultStore(out, "fake") as store:
        assert len(store) == 9


def test_damaged_rows_are_scored_again(folder, source, voice, out):
    first = scored(folder, source, out)
    rows = sqlite3.connect(out / STORE)
    rows.execute("UPDATE results SET items = x'00' WHERE rowid % 2")
    rows.commit()
    rows.close()
    assert judged(scored(folder, source, out)) == judged(first)


@pytest.fixture
def mailbox(folder, monkeypatch):
    """A file that is read message by message."""
    monkeypatch.setattr(tasks, "LARGE_FILE", 100)
    monkeypatch.setattr(tasks, "TASK_ITEMS", 4)
    for path in folder.iterdir():
        path.unlink()
    (folder / "box.txt").write_text(CARING * 10)

    def read_path(path, *, name, limits, columns):
        for number in range(10):
            yield Message(f"{name}#{number}", f"{CARING} {number}", (), path=name)

    monkeypatch.setattr(work, "read_path", read_path)
    return folder


def test_a_mailbox_goes_on_where_it_was(mailbox, source, voice, out):
    with ResultStore(out, "fake") as store:
        stream = score_files(find_files([mailbox]), source, store=store)
        begun = [next(stream) for _ in range(5)]
        stream.close()
    voice.calls.clear()
    results = scored(mailbox, source, out)
    assert sum(voice.calls) < 10
    assert names(results) == [f"box.txt#{number}" for number in range(10)]
    assert judged(results)[:5] == judged(begun)
    voice.calls.clear()
    assert judged(scored(mailbox, source, out)) == judged(results)
    assert voice.calls == []


def test_a_mailbox_with_damaged_parts_is_read_again(mailbox, source, out):
    first = scored(mailbox, source, out)
    for part in (0, 1, 2):
        rows = sqlite3.connect(out / STORE)
        rows.execute("UPDATE results SET items = x'00' WHERE part = ?", (part,))
        rows.commit()
        rows.close()
        assert judged(scored(mailbox, source, out)) == judged(first)


def test_a_store_that_breaks_in_the_middle_never_stops_the_run(folder, source, out, monkeypatch):
    first = scored(folder, source, out)
    told = []
    with ResultStore(out, "fake", notify=told.append) as store:
        store._broken(sqlite3.DatabaseError("database disk image is malformed"))
        assert judged(score_files(find_files([folder]), source, store=store)) == judged(first)
    assert "malformed" in told[0]


def test_several_processes_keep_and_give_the_same(folder, out):
    source = VoiceSource("fast")
    one = scored(folder, source, out)
    two = out.with_name("two")
    two.mkdir()
    assert judged(scored(folder, source, two, jobs=2)) == judged(one)
    assert judged(scored(folder, source, two)) == judged(one)


def test_processes_are_left_to_joblib_where_none_are_named(folder):
    from joblib import parallel_config

    source = VoiceSource("fast")
    with parallel_config(backend="threading", n_jobs=2):
        results = list(score_files(find_files([folder]), source, jobs=None))
    assert results == list(score_files(find_files([folder]), source))


@dataclass(frozen=True)
class DeadlySource:
    """A source whose voice ends its process at a word."""

    parent: int
    hang: bool = False

    def load(self):
        return DeadlyVoice(self.parent, self.hang)


@dataclass(frozen=True)
class DeadlyVoice:
    parent: int
    hang: bool

    def pipe(self, messages, *, batch_size=64):
        for message in messages:
            if "deadly" in message.text and os.getpid() != self.parent:
                os.abort() if not self.hang else hang()
            yield MessageAnalysis(message, "neutral", 50.0, {"neutral": 1.0}, ())


def hang():
    """Stay in compiled code that hears no alarm."""
    import signal

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(600)


@alarms
@pytest.mark.parametrize("hangs", [False, True])
def test_a_file_that_ends_its_worker_is_a_row_and_the_rest_goes_on(folder, out, monkeypatch, hangs):
    (folder / "4.txt").write_text("deadly")
    limit = 1.0 if hangs else None
    results = scored(folder, DeadlySource(os.getpid(), hangs), out, jobs=2, time_limit=limit)
    assert names(results) == [f"{number}.txt" for number in range(10)]
    assert [it.code for it in results if isinstance(it, Failure)] == [
        "timed_out" if hangs else "worker_ended"
    ]
    assert results[4].id.endswith("4.txt")


def test_a_table_of_many_rows_is_taken_in_parts(tmp_path, source, voice, out):
    folder = tmp_path / "tables"
    folder.mkdir()
    rows = "".join(f'{number},"{CARING} {number}"\n' for number in range(2_000))
    (folder / "mails.csv").write_text(f"id,text\n{rows}")
    results = scored(folder, source, out)
    assert len(results) == 2_000
    assert max(voice.calls) <= tasks.TASK_ITEMS
    voice.calls.clear()
    assert judged(scored(folder, source, out)) == judged(results)
    assert voice.calls == []


@alarms
def test_what_is_loaded_at_the_first_use_takes_no_time_of_a_file(folder, source, voice, out, monkeypatch):
    pipe, ready = type(voice).pipe, []

    def loading(self, messages, *, batch_size=64):
        if not ready:
            time.sleep(0.5)
            ready.append(True)
        return pipe(self, messages)

    monkeypatch.setattr(type(voice), "pipe", loading)
    results = scored(folder, source, out, time_limit=0.4)
    assert not [it for it in results if isinstance(it, Failure)]


@alarms
def test_a_file_over_its_time_is_named_wherever_it_rings(fast, folder, source_of, out, monkeypatch):
    (folder / "4.txt").write_text("slow")
    mark = messages.mark_boilerplate

    def slow(message):
        if message.text == "slow":
            time.sleep(30)
        return mark(message)

    monkeypatch.setattr(messages, "mark_boilerplate", slow)
    only = folder / "4.txt"
    (failure,) = score_files(find_files([only]), source_of(fast), time_limit=1)
    assert (failure.id, failure.code) == (str(only), "timed_out")
    assert failure.text.startswith(f"{only}: took longer than 1 seconds")
