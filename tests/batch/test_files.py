from __future__ import annotations

import tracemalloc

import pytest

from clientvoice.batch import VoiceSource, score_files, tasks, work
from clientvoice.errors import ConfigError, InputError
from clientvoice.readers import find_files
from clientvoice.records import Failure, Message, MessageAnalysis

CARING = "Tell your client what changed, and ring them before they wonder."
SELLING = "Every customer saves half today; order before midnight."


@pytest.fixture
def folder(tmp_path):
    for number in range(10):
        (tmp_path / f"{number}.txt").write_text(SELLING if number % 2 else CARING)
    return tmp_path


def ids(results):
    return [result.id.rsplit("/", 1)[-1] for result in results]


def test_every_file_has_its_result_in_order(folder, source):
    results = list(score_files(find_files([folder]), source))
    assert ids(results) == [f"{number}.txt" for number in range(10)]
    assert [result.label for result in results[:2]] == ["client", "customer"]


def test_failures_of_the_search_stay_in_their_place(folder, source):
    found = list(find_files([folder]))
    found.insert(3, Failure("b.pdf", "unknown_format", "b.pdf: not a format"))
    results = list(score_files(found, source))
    assert ids(results)[2:5] == ["2.txt", "b.pdf", "3.txt"]


def test_sentences_are_batched_across_messages(folder, voice, source):
    list(score_files(find_files([folder]), source))
    assert voice.calls == [10]


@pytest.mark.parametrize("which", ["voice", "panicking_voice"])
def test_a_fault_in_one_message_is_a_row_and_the_batch_goes_on(folder, source_of, request, which):
    (folder / "4.txt").write_text("panic")
    results = list(score_files(find_files([folder]), source_of(request.getfixturevalue(which))))
    assert ids(results) == [f"{number}.txt" for number in range(10)]
    assert [type(result) for result in results].count(Failure) == 1
    assert results[4].code == "internal"
    assert "while scoring it" in results[4].text


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RecursionError("too deep"), "internal"),
        (type("PanicException", (BaseException,), {})("boom"), "internal"),
        (PermissionError(13, "Permission denied"), "unreadable"),
        (InputError("too_large", "too large"), "too_large"),
    ],
)
def test_a_fault_of_a_reader_keeps_the_messages_before_it(folder, source, monkeypatch, error, code):
    def read_path(path, *, name, limits, columns):
        yield Message(f"{name}#1", CARING, ())
        if path.name == "4.txt":
            raise error

    monkeypatch.setattr(work, "read_path", read_path)
    results = list(score_files(find_files([folder]), source))
    assert ids(results)[3:7] == ["3.txt#1", "4.txt#1", "4.txt", "5.txt#1"]
    assert results[5].code == code


def test_ctrl_c_ends_the_batch(folder, source, monkeypatch):
    def read_path(path, *, name, limits, columns):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(work, "read_path", read_path)
    with pytest.raises(KeyboardInterrupt):
        list(score_files(find_files([folder]), source))


def test_a_file_that_has_vanished_is_a_row(folder, source):
    found = list(find_files([folder]))
    (folder / "4.txt").unlink()
    results = list(score_files(found, source))
    assert len(results) == 10
    assert isinstance(results[4], Failure)
    assert "4.txt" in results[4].text


def test_a_file_without_a_message_is_not_lost(folder, source, monkeypatch):
    monkeypatch.setattr(work, "read_path", lambda path, *, name, limits, columns: iter(()))
    results = list(score_files(find_files([folder]), source))
    assert [result.code for result in results] == ["empty"] * 10


def test_the_number_of_files_done_adds_up(folder, source, monkeypatch):
    monkeypatch.setattr(tasks, "TASK_ITEMS", 3)
    done = []
    list(score_files(find_files([folder]), source, on_files=done.append))
    assert done == [3, 3, 3, 1]


def test_large_files_are_read_message_by_message(tmp_path, voice, source, monkeypatch):
    monkeypatch.setattr(tasks, "LARGE_FILE", 10)
    monkeypatch.setattr(tasks, "TASK_WEIGHT", 2_000)
    monkeypatch.setattr(
        work,
        "read_path",
        lambda path, *, name, limits, columns: (Message(f"{name}#{n}", CARING * 10, ()) for n in range(9)),
    )
    (tmp_path / "box.txt").write_text(CARING * 10)
    done = []
    results = list(score_files(find_files([tmp_path]), source, on_files=done.append))
    assert ids(results) == [f"box.txt#{n}" for n in range(9)]
    assert voice.calls == [4, 4, 1]
    assert sum(done) == 1


def test_memory_does_not_grow_with_the_number_of_files(folder, source):
    found = list(find_files([folder]))

    def peak(times: int) -> int:
        tracemalloc.start()
        for _ in score_files((entry for _ in range(times) for entry in found), source):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(80) < 2 * peak(10)


def test_no_processes_is_wrong_usage(source):
    with pytest.raises(ConfigError, match="expected 1 or more"):
        list(score_files([], source, jobs=0))


def test_several_processes_give_the_same_results(folder):
    one, two = (list(score_files(find_files([folder]), VoiceSource("fast"), jobs=jobs)) for jobs in (1, 2))
    assert all(isinstance(result, MessageAnalysis) for result in one)
    assert one == two
