from __future__ import annotations

import csv
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from clientvoice import ClientVoice
from clientvoice.batch import Finished
from clientvoice.batch.packing import pack, unpack
from clientvoice.batch.results import STORE
from clientvoice.cli import account

OUTPUTS = ["messages.csv", "messages.jsonl", "report.html", "sentences.csv"]


def names(folder):
    """Return what a folder shows; the store of results is hidden."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_message_in_another_language_is_under_no_bar(run, tmp_path):
    text = "Nur heute: 20 % Rabatt auf alle Kuchen! Bestellen Sie sofort, nur noch drei Torten sind da.\n"
    (tmp_path / "kuchen.txt").write_text(text, encoding="utf-8")
    result = run("score", tmp_path / "kuchen.txt", "--fail-under", "100")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Most transactional" not in result.stdout
    assert "1 message scored · 1 in another language left out of these counts" in result.stdout


def test_a_folder_becomes_a_scored_report(run, mails, tmp_path):
    out = tmp_path / "scores"
    result = run("score", mails, "--out", out)
    assert result.exit_code == 0, result.output
    assert names(out) == OUTPUTS
    rows = table(out / "messages.csv")
    assert [row["id"].rsplit("/", 1)[-1] for row in rows] == ["may.txt", "sale.eml"]
    scores = [float(row["score"]) for row in rows]
    assert scores[1] < scores[0]
    assert len(table(out / "sentences.csv")) >= 5
    lines = [json.loads(line) for line in (out / "messages.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["score"] for line in lines] == pytest.approx(scores)
    assert "Last chance" in (out / "report.html").read_text(encoding="utf-8")


def test_the_table_begins_with_the_most_transactional(run, mails, monkeypatch):
    monkeypatch.chdir(mails)
    result = run("score", ".")
    assert result.exit_code == 0
    assert result.stdout.index("sale.eml") < result.stdout.index("may.txt")
    summary = result.stdout.splitlines()[-1]
    assert summary.startswith("2 messages scored")


def test_only_the_formats_asked_for_are_written(run, mails, tmp_path):
    assert run("score", mails, "--out", tmp_path / "a", "--format", "html").exit_code == 0
    assert names(tmp_path / "a") == ["report.html"]
    assert run("score", mails, "-o", tmp_path / "b", "-f", "jsonl", "-f", "csv").exit_code == 0
    assert names(tmp_path / "b") == ["messages.csv", "messages.jsonl", "sentences.csv"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ["--format", "htm", "--out", "x"],
            "got 'htm', expected one or more of csv, jsonl, html. Did you mean 'html'?",
        ),
        (["--format", ",", "--out", "x"], "got nothing, expected"),
        (["--format", "csv"], "add --out DIR"),
        (["--model", "no-such-model"], "no-such-model"),
        (["--rules", "no-such-folder"], "--rules"),
        (["--jobs", "0"], "--jobs"),
        (["--fail-under", "101"], "--fail-under"),
    ],
)
def test_wrong_usage_is_told_and_writes_nothing(run, mails, tmp_path, monkeypatch, args, told):
    monkeypatch.chdir(tmp_path)
    result = run("score", "mails", *args)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert names(tmp_path) == ["mails"]


def test_nothing_found_is_wrong_usage(run, tmp_path):
    (tmp_path / "empty").mkdir()
    result = run("score", tmp_path / "empty", "--out", tmp_path / "scores")
    assert result.exit_code == 2
    assert "nothing to score" in result.stderr
    assert not (tmp_path / "scores").exists()


def test_nothing_but_files_of_other_kinds_is_wrong_usage(run, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = run("score", tmp_path / "in", "--out", tmp_path / "scores")
    assert result.exit_code == 2
    assert "nothing to score" in result.stderr
    assert [row["status"] for row in table(tmp_path / "scores" / "messages.csv")] == ["skipped"]


def test_a_path_that_is_not_there_is_wrong_usage_alone_and_a_row_in_company(run, mails, tmp_path):
    missing = tmp_path / "missing.eml"
    alone = run("score", missing)
    assert alone.exit_code == 2
    assert "missing.eml: no such file" in alone.stderr
    company = run("score", mails, missing, "--out", tmp_path / "scores")
    assert company.exit_code == 1
    assert "missing.eml: no such file" in company.stderr
    assert [row["status"] for row in table(tmp_path / "scores" / "messages.csv")] == [
        "scored",
        "scored",
        "failed",
    ]


def test_what_cannot_be_read_is_a_row_and_the_rest_goes_on(run, mails, tmp_path):
    (mails / "blank.txt").write_text("")
    (mails / "noise.txt").write_bytes(bytes(range(256)) * 20)
    (mails / "large.txt").write_text("Hello there. " * 10_000)
    result = run("score", mails, "--out", tmp_path / "scores", "--max-bytes", "100000")
    assert result.exit_code == 1
    rows = {row["id"].rsplit("/", 1)[-1]: row for row in table(tmp_path / "scores" / "messages.csv")}
    assert {name: row["status"] for name, row in rows.items()} == {
        "blank.txt": "failed",
        "large.txt": "failed",
        "may.txt": "scored",
        "noise.txt": "failed",
        "sale.eml": "scored",
    }
    for name in ("blank.txt", "noise.txt", "large.txt"):
        assert name in result.stderr
    assert "2 messages scored" in result.stdout
    assert "3 could not be read" in result.stdout


def test_many_failures_are_told_in_part(run, tmp_path, monkeypatch):
    monkeypatch.setattr(account, "TOLD", 3)
    for number in range(5):
        (tmp_path / f"{number}.txt").touch()
    result = run("score", tmp_path, "--out", tmp_path / "scores")
    assert result.exit_code == 1
    assert result.stderr.count("error:") == 3
    assert "and 2 more could not be read; see " in result.stderr


def test_a_fault_in_one_message_is_a_row_and_a_non_zero_exit(run, mails, tmp_path, monkeypatch):
    pipe = ClientVoice.pipe

    def faulty(self, messages, *, batch_size):
        for message in messages:
            if "May" in message.text:
                raise ZeroDivisionError("an example of a fault")
            yield from pipe(self, [message])

    monkeypatch.setattr(ClientVoice, "pipe", faulty)
    result = run("score", mails, "--out", tmp_path / "scores")
    assert result.exit_code == 1
    assert "ZeroDivisionError: an example of a fault while scoring it" in result.stderr
    rows = table(tmp_path / "scores" / "messages.csv")
    assert [(row["status"], row["notices"]) for row in rows] == [("failed", "internal"), ("scored", "")]


def test_messages_under_the_bar_are_named(run, mails):
    result = run("score", mails, "--fail-under", "20")
    assert result.exit_code == 1
    assert "1 of 2 messages score under 20:" in result.stderr
    assert "sale.eml" in result.stderr
    assert "may.txt" not in result.stderr
    assert run("score", mails / "may.txt", "--fail-under", "20").exit_code == 0


def test_quiet_writes_files_only(run, mails, tmp_path):
    result = run("score", mails, "--out", tmp_path / "scores", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert names(tmp_path / "scores") == OUTPUTS


def test_a_second_run_gives_the_same_files_and_never_scores_its_own(run, mails):
    out = mails / "scores"
    assert run("score", mails, "--out", out).exit_code == 0
    first = {name: (out / name).read_bytes() for name in OUTPUTS}
    (out / ".messages.csv.99.part").write_text("left by a run that was killed")
    assert run("score", mails, "--out", out).exit_code == 0
    assert {name: (out / name).read_bytes() for name in OUTPUTS} == first


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (OSError(28, "No space left on device"), 1, "No space left on device"),
    ],
)
def test_a_run_that_ends_early_writes_nothing(run, mails, tmp_path, monkeypatch, error, code, told):
    def add(self, item):
        raise error

    monkeypatch.setattr(account.Account, "write", add)
    out = tmp_path / "scores"
    result = run("score", mails, "--out", out)
    assert result.exit_code == code
    assert told in result.stderr
    assert names(out) == []


def test_results_cannot_go_where_a_file_is(run, mails, tmp_path):
    (tmp_path / "scores").write_text("mine")
    result = run("score", mails, "--out", tmp_path / "scores")
    assert result.exit_code == 2
    assert "is a file, expected a folder" in result.stderr
    assert (tmp_path / "scores").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_results_cannot_go_where_one_may_not_write(run, mails, tmp_path):
    (tmp_path / "scores").mkdir(mode=0o500)
    assert run("score", mails, "--out", tmp_path / "scores").exit_code == 2


def test_standard_input_is_scored_and_called_so(run, tmp_path):
    out = tmp_path / "out"
    mail = "Subject: Last chance\n\nHurry! Buy now and save 50%.\n"
    result = run("score", "-", "--out", out, "--model", "fast", input=mail)
    assert result.exit_code == 0, result.output
    (row,) = csv.DictReader((out / "messages.csv").read_text("utf-8").splitlines())
    assert row["id"] == "standard input"
    assert row["label"] == "customer"
    assert not [path for path in out.iterdir() if path.name.endswith(".sqlite3")]
    assert run("score", "-", "--out", out, "--watch", input=mail).exit_code == 2


def test_json_is_what_the_file_of_lines_holds(run, mails, tmp_path):
    out = tmp_path / "out"
    result = run("score", mails, "--out", out, "--model", "fast", "--json")
    assert result.exit_code == 0
    assert result.stdout == (out / "messages.jsonl").read_text("utf-8")
    assert "2 messages scored" in result.stderr and "Written to" in result.stderr
    alone = run("score", mails, "--model", "fast", "--json", "--quiet")
    assert (alone.stdout, alone.stderr) == (result.stdout, "")
    (mails / "broken.eml").write_bytes(b"")
    flawed = run("score", mails, "--model", "fast", "--json")
    assert flawed.exit_code == 1
    assert [json.loads(line)["status"] for line in flawed.stdout.splitlines()].count("failed") == 1
    assert run("score", mails, "--json", "--watch").exit_code == 2


def test_a_later_run_tells_how_much_of_it_was_done_already(run, mails, tmp_path):
    args = ("score", mails, "--out", tmp_path / "out", "--model", "fast")
    assert "unchanged" not in run(*args).stdout
    assert "2 of 2 messages unchanged since the last run\n" in run(*args).stdout
    (mails / "june.txt").write_text("Order it today.", encoding="utf-8")
    assert "2 of 3 messages unchanged since the last run\n" in run(*args).stdout
    assert "2 of 3" not in run(*args, "--quiet").stdout
    assert "3 of 3 messages unchanged" in run(*args, "--json").stderr
    assert "unchanged" not in run(*args, "--fresh").stdout
    assert "unchanged" not in run(*args, "--no-resume").stdout


def states(out):
    return {name: (out / name).stat().st_mtime_ns for name in names(out)}


def test_where_nothing_is_new_the_files_are_left_and_that_is_told(run, mails, tmp_path):
    out = tmp_path / "out"
    args = ("score", mails, "--out", out, "--model", "fast")
    assert "Written to" in run(*args).stdout
    before = states(out)
    again = run(*args, "--fail-under", "20")
    assert again.exit_code == 1 and "sale.eml" in again.stderr
    assert "2 of 2 messages unchanged since the last run" in again.stdout
    assert f"Unchanged, so left as they are in {out}: messages.csv" in again.stdout.replace("\n", "")
    printed = run(*args, "--json", "--quiet").stdout
    assert printed == (out / "messages.jsonl").read_text("utf-8")
    assert states(out) == before


def _new_message(mails, out):
    (mails / "june.txt").write_text("Order it today.", encoding="utf-8")


def _message_gone(mails, out):
    (mails / "june.txt").unlink()


def _message_renamed(mails, out):
    (mails / "may.txt").rename(mails / "later.txt")


def _other_file_skipped(mails, out):
    (mails / "logo.png").write_bytes(b"\x89PNG")


def _style(mails, out):
    (mails / "clientvoice.toml").write_text('disable = ["price"]')


def _output_edited(mails, out):
    text = (out / "messages.csv").read_bytes()
    seen = (out / "messages.csv").stat()
    (out / "messages.csv").write_bytes(text.swapcase())
    os.utime(out / "messages.csv", ns=(seen.st_atime_ns, seen.st_mtime_ns))


def _output_gone(mails, out):
    (out / "report.html").unlink()


def _page_of_nobody(mails, out):
    (out / "report-2.html").write_text("left over")


def test_whatever_has_changed_all_files_are_written_as_by_a_fresh_run(run, mails, tmp_path):
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    args = ("score", mails, "--model", "fast", "--out")
    run(*args, out)
    for change in (
        _new_message,
        _message_gone,
        _message_renamed,
        _other_file_skipped,
        _style,
        _output_edited,
        _output_gone,
        _page_of_nobody,
    ):
        before = states(out)
        change(mails, out)
        assert "Written to" in run(*args, out).stdout, change
        assert not set(states(out).items()) & set(before.items()), change
    run(*args, fresh)
    assert names(out) == names(fresh)
    assert all((out / name).read_bytes() == (fresh / name).read_bytes() for name in names(out))


def test_other_wishes_and_other_code_are_written_too(run, mails, tmp_path, monkeypatch):
    out = tmp_path / "out"
    args = ("score", mails, "--out", out, "--model", "fast")
    run(*args)
    for more in (["--format", "html"], [], ["--fresh"], ["--no-resume"]):
        assert "Written to" in run(*args, *more).stdout, more
    assert "Unchanged" in run(*args).stdout
    monkeypatch.setattr("clientvoice.batch.code_digest", lambda: "of other code")
    assert "Written to" in run(*args).stdout


def test_a_message_saved_while_an_unchanged_run_goes_on_is_written(run, mails, tmp_path, monkeypatch):
    out = tmp_path / "out"
    args = ("score", mails, "--out", out, "--model", "fast")
    run(*args)
    real = Finished.stands

    def stands(self):
        found = real(self)
        (mails / "may.txt").write_text("Hurry, order now.", encoding="utf-8")
        return found

    monkeypatch.setattr(Finished, "stands", stands)
    assert "Written to" in run(*args).stdout
    assert "Hurry, order now." in (out / "messages.jsonl").read_text("utf-8")


def test_what_another_run_may_read_otherwise_is_never_taken_as_unchanged(run, mails, tmp_path, monkeypatch):
    out = tmp_path / "out"
    args = ("score", mails, "--out", out, "--model", "fast")
    (mails / "broken.docx").write_bytes(b"PK\x03\x04 and no more")
    for _ in range(2):
        result = run(*args)
        assert result.exit_code == 1 and "Written to" in result.stdout


def test_a_large_report_has_pages_and_a_smaller_one_later_fewer(run, tmp_path):
    many, out = tmp_path / "many", tmp_path / "out"
    many.mkdir()
    for number in range(205):
        (many / f"{number:03}.txt").write_text(f"Save {number}% today, buy now!", encoding="utf-8")
    assert run("score", many, "--out", out, "--model", "fast", "--quiet").exit_code == 0
    assert {path.name for path in out.glob("report*")} == {"report.html", "report-2.html"}
    for path in sorted(many.iterdir())[10:]:
        path.unlink()
    assert run("score", many, "--out", out, "--model", "fast", "--quiet").exit_code == 0
    assert {path.name for path in out.glob("report*")} == {"report.html"}


def test_the_columns_of_a_table_can_be_named(run, tmp_path):
    (tmp_path / "in.csv").write_text("b,h\nHurry and buy now!,Sale\n", encoding="utf-8")
    out = tmp_path / "out"
    assert run("score", tmp_path / "in.csv", "--out", out, "--model", "fast").exit_code == 1
    args = ("score", tmp_path / "in.csv", "--out", out, "--model", "fast")
    assert run(*args, "--column", "b", "--subject-column", "h").exit_code == 0
    (row,) = csv.DictReader((out / "messages.csv").read_text("utf-8").splitlines())
    assert (row["subject"], row["label"]) == ("Sale", "customer")


def test_results_kept_by_another_processor_are_reported(run, mails, tmp_path):
    """Another one moves probabilities; that must not stop a run whose store vouches for them."""
    out = tmp_path / "scores"
    assert run("score", mails, "--out", out).exit_code == 0
    before = (out / "report.html").read_text(encoding="utf-8")
    with closing(sqlite3.connect(out / STORE)) as rows:
        for key, part, items in rows.execute("SELECT key, part, items FROM results").fetchall():
            moved = pack([_moved(item) for item in unpack(items)])
            rows.execute("UPDATE results SET items = ? WHERE key = ? AND part = ?", (moved, key, part))
        rows.commit()
    (out / "report.html").unlink()
    (mails / "june.txt").write_text("We meet at noon.", encoding="utf-8")
    result = run("score", mails, "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert before.count('class="mend"') <= (out / "report.html").read_text("utf-8").count('class="mend"')


def _moved(item):
    def framing(old):
        chances = dict(old.probabilities)
        chances |= {"client": chances["client"] + 0.017, "customer": chances["customer"] - 0.017}
        return replace(old, probabilities=chances)

    return replace(item, sentences=tuple(replace(it, framing=framing(it.framing)) for it in item.sentences))
