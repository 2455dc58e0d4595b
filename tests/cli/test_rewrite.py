from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest

from clientvoice.records import Change, Precedent, Rewrite, Suggestions
from clientvoice.rewrites.changes import changes
from clientvoice.voice import ClientVoice

PUSH, GENTLE = "Hurry, buy this kettle now!", "You can have a look at this kettle whenever you like."
RISKY = "Rush, order today!"
PAGE = (
    "<html><body><p>Dear Sam,</p>\r\n<p>Hurry, buy <b>this kettle</b> now!</p>\r\n"
    "<p>Rush, order today!</p><p>Don't miss out on this!</p>"
    "<p>We rang you on Monday about your repair.</p></body></html>"
)


def made(sentence, text, *, safe, warnings=()):
    return Rewrite(
        sentence.start, sentence.end, sentence.text, text, changes(sentence.text, text), ("pressure",),
        "phrase", 2.5, 0.97, 0.12, "neutral", safe, warnings, "Leaves the choice to the reader.",
    )  # fmt: skip


@pytest.fixture
def page(tmp_path, monkeypatch):
    """A page, and a voice whose suggestions are known."""
    monkeypatch.setattr(ClientVoice, "suggest", suggest)
    path = tmp_path / "june.html"
    path.write_bytes(PAGE.encode())
    return path


def suggest(self, analysis, *, limit=3, extra=None):
    def of(sentence):
        if sentence.text == PUSH:
            return Suggestions((made(sentence, GENTLE, safe=True),), "Leave out the hurry.")
        if sentence.text == RISKY:
            text = "You can order with [name]."
            found = made(sentence, text, safe=False, warnings=("Put in who it is.",))
            return Suggestions((found,), "Say who helps.")
        if sentence.text.startswith("Don't miss"):
            return Suggestions((), "Say what there is.", Precedent("Don't miss it!", "It is on until May."))
        return None

    return replace(analysis, sentences=tuple(replace(one, suggestions=of(one)) for one in analysis.sentences))


def test_suggestions_are_shown_a_sentence_at_a_time(run, page):
    result = run("rewrite", page, "--model", "fast")
    assert result.exit_code == 0, result.output
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines[0] == str(page)
    at = next(number for number, line in enumerate(lines) if line.endswith(PUSH))
    assert set(lines[at + 1]) == {" ", "-"}
    new = lines.index(f"1 {GENTLE}")
    assert set(lines[new + 1]) == {" ", "+"}
    told = result.stdout
    assert "safe  customer 97% to 12%, gain +2.5" in told and "read first  customer" in told
    assert "check  Put in who it is." in told and "advice  Say what there is." in told
    assert "no rewrite" in told and "“Don't miss it!” became “It is on until May.”" in told
    assert "3 sentences: 1 with a safe rewrite, 1 with one to read first, 1 with advice alone." in told
    assert "\x1b" not in told and page.read_bytes() == PAGE.encode()


def test_json_is_one_line_with_every_suggestion(run, page):
    result = run("rewrite", page, "--model", "fast", "--json")
    record = json.loads(result.stdout)
    assert result.exit_code == 0 and len(result.stdout.splitlines()) == 1
    assert [len(one["rewrites"]) for one in record["sentences"]] == [1, 1, 0]
    first = record["sentences"][0]["rewrites"][0]
    assert first["text"] == GENTLE and first["safe"] and first["changes"][0]["before"]
    assert record["applied"] is None


def test_diff_shows_and_writes_nothing(run, page):
    before = sorted(page.parent.iterdir())
    result = run("rewrite", page, "--model", "fast", "--diff")
    assert result.exit_code == 0
    assert result.stdout.startswith("--- a/june.html\n+++ b/june.html\n@@")
    assert "+<p>You can have a look at <b>this kettle</b> whenever you like.</p>" in result.stdout
    assert "Nothing was written" in result.stderr
    assert page.read_bytes() == PAGE.encode() and sorted(page.parent.iterdir()) == before


def test_safe_ones_are_written_to_another_file(run, page, tmp_path):
    out = tmp_path / "new" / "june.html"
    result = run("rewrite", page, "--model", "fast", "--apply", "safe", "--out", out)
    assert result.exit_code == 0, result.output
    expected = PAGE.replace("Hurry, buy <b>", "You can have a look at <b>").replace(
        "</b> now!", "</b> whenever you like."
    )
    assert out.read_bytes() == expected.encode() and page.read_bytes() == PAGE.encode()
    assert "1 of 3 sentences" in result.stderr and not list(out.parent.glob(".*"))
    again = ("rewrite", page, "--model", "fast", "--apply", "all", "--out", out, "--json")
    refused, before = run(*again), out.read_bytes()
    assert refused.exit_code == 2 and not refused.stdout
    assert f"{out} exists. Choose another name, or overwrite it by --force." in refused.stderr
    assert out.read_bytes() == before
    result = run(*again, "--force")
    assert result.exit_code == 1  # a job that nobody watches must not send what is yet to be filled in
    assert b"[name]" in out.read_bytes() and len(json.loads(result.stdout)["applied"]["done"]) == 2


def test_in_place_keeps_a_backup_and_never_overwrites_one(run, page):
    page.chmod(0o640)
    (page.parent / "june.html.bak").write_bytes(b"precious")
    result = run("rewrite", page, "--model", "fast", "--apply", "safe", "--in-place")
    assert result.exit_code == 0 and "june.html.bak.2" in result.stderr.replace("\n", "")
    assert (page.parent / "june.html.bak").read_bytes() == b"precious"
    assert (page.parent / "june.html.bak.2").read_bytes() == PAGE.encode()
    assert b"You can have a look" in page.read_bytes() and page.stat().st_mode & 0o777 == 0o640
    result = run("rewrite", page, "--model", "fast", "--apply", "safe", "--in-place")
    assert "is unchanged" in result.stderr.replace("\n", " ")
    assert len(list(page.parent.iterdir())) == 3


@pytest.mark.parametrize(
    ("typed", "gained", "told"),
    [
        ("1\ns\ns\n", ["You can have a look"], "1 of 3 sentences"),
        ("x\n1\n1\nq\n", ["You can have a look", "[name]"], "2 of 3"),
        ("\ne\n\nn\ne\nThis is here, if you want it.\n", ["This is here, if you want it."], "1 of 3"),
        ("q\n", [], "0 of 3"),
        ("", [], "0 of 3"),
        ("y\n", ["You can have a look"], "1 of 3"),
        ("00012\n0\n2\n\u0661\u0662\n" + "1" * 5_000 + "\n1\nq\n", ["You can have a look"], "1 of 3"),
    ],
)
def test_interactive_goes_one_by_one(run, page, tmp_path, typed, gained, told):
    out = tmp_path / "out.html"
    result = run("rewrite", page, "--model", "fast", "--interactive", "--out", out, input=typed)
    assert result.exit_code == 0, result.output
    new = out.read_text(encoding="utf-8")
    assert all(words in new.replace("<b>", "").replace("</b>", "") for words in gained)
    assert told in result.stderr and (gained or out.read_bytes() == PAGE.encode())


@pytest.mark.parametrize("terminal", [True, False])
def test_a_diff_steers_no_terminal_and_is_whole_in_a_pipe(run, page, monkeypatch, terminal):
    page.write_bytes(PAGE.replace("<p>Rush", "<!-- \x1b[31mred --><p>Rush").encode())
    streams = SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: terminal))
    monkeypatch.setattr("clientvoice.cli.rewrite.sys", streams)
    result = run("rewrite", page, "--model", "fast", "--apply", "safe", "--diff")
    assert result.exit_code == 0, result.output
    assert ("␛[31mred" if terminal else "\x1b[31mred") in result.stdout
    assert ("\x1b" in result.stdout) is not terminal


def test_what_is_typed_is_warned_about_and_taken_only_if_it_shall_be(run, page, tmp_path):
    out = tmp_path / "out.html"
    typed = "e\nHurry, buy this kettle and save 95%!\nn\nHurry, buy this kettle and save 90%!\ny\nq\n"
    result = run("rewrite", page, "--model", "fast", "-i", "-o", out, input=typed)
    assert result.exit_code == 0 and "warning: " in result.stdout and "90" in result.stdout
    assert "still reads as customer" in result.stdout
    new = out.read_text(encoding="utf-8")
    assert "<b>this kettle</b> and save 90%!" in new and "95%" not in new


def test_words_that_cannot_be_applied_are_refused_at_once_and_asked_for_again(run, page, tmp_path):
    out = tmp_path / "out.html"
    typed = "e\nHave a look at kettles.\nBuy this kettle when you like!\nq\n"
    result = run("rewrite", page, "--model", "fast", "-i", "-o", out, input=typed)
    assert result.exit_code == 0, result.output
    assert "Not taken: words that change run across the edge of a link" in result.stdout
    assert "1 of 3 sentences" in result.stderr and "not rewritten" not in result.stderr
    assert "<b>this kettle</b> when you like!" in out.read_text(encoding="utf-8")


def test_a_subject_that_is_not_asked_about_is_not_counted(run, page, tmp_path):
    page.write_bytes(PAGE.replace("<body>", f"<head><title>{PUSH}</title></head><body>").encode())
    out = tmp_path / "out.html"
    result = run("rewrite", page, "--model", "fast", "-i", "-o", out, input="1\nq\n")
    assert "1 of 3" in result.stdout and "1 of 3 sentences" in result.stderr
    assert "The subject calls for it, too" in result.stderr
    result = run("rewrite", page, "--model", "fast", "-i", "-o", out, "--force", "--subjects", input="q\n")
    assert "1 of 4" in result.stdout and "0 of 4 sentences" in result.stderr
    assert "The subject calls for it" not in result.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["nowhere.html"], "no such file"),
        (["."], "a folder. Rewrite one file"),
        (["june.html", "--apply", "safe"], "--apply needs a place"),
        (["june.html", "--interactive"], "--interactive needs a place"),
        (["june.html", "--out", "b.html"], "Which suggestions"),
        (["june.html", "--apply", "safe", "--out", "june.html"], "use --in-place"),
        (["june.html", "--apply", "safe", "--out", "."], "a folder. Name the file"),
        (["june.html", "--apply", "safe", "--out", "b.html", "--in-place"], "one of them"),
        (["june.html", "--apply", "most", "--out", "b.html"], "--apply"),
        (["june.html", "--force"], "--force is for --out FILE"),
        (["june.html", "--interactive", "--json", "--out", "b.html"], "leave out"),
        (["june.html", "--llm", "http://localhost:1/v1"], "go together"),
        (["june.html", "--llm", "localhost:1", "--llm-model", "m"], "expected an address"),
        (["june.html", "--limit", "0"], "--limit"),
        (["june.html", "--model", "no-such-model"], "no-such-model"),
    ],
)
def test_wrong_usage_is_told(run, page, monkeypatch, args, told):
    monkeypatch.chdir(page.parent)
    result = run("rewrite", *args)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())
    assert page.read_bytes() == PAGE.encode() and len(list(page.parent.iterdir())) == 1


def test_what_cannot_be_read_or_applied_is_told(run, page, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    assert run("rewrite", tmp_path / "a.pdf").exit_code == 1
    mail = (
        f"Subject: Hi\nContent-Type: multipart/signed; boundary=x\n\n--x\n\nHello you.\n\n{PUSH}\n--x\n"
        "Content-Type: application/pgp-signature\n\nabc\n--x--\n"
    )
    sealed = tmp_path / "a.eml"
    sealed.write_text(mail)
    result = run("rewrite", sealed, "--model", "fast", "--apply", "safe", "--out", tmp_path / "b.eml")
    assert result.exit_code == 1 and "signed or encrypted" in result.stderr
    assert (tmp_path / "b.eml").read_text() == mail
    box = tmp_path / "a.mbox"
    box.write_text(f"From a@example.com Mon Jun  1 10:00:00 2026\nSubject: One\n\nHello you. {PUSH}\n\n" * 2)
    assert run("rewrite", box, "--model", "fast").stdout.count(GENTLE) == 2
    result = run("rewrite", box, "--model", "fast", "--apply", "safe", "--out", tmp_path / "b.mbox")
    assert result.exit_code == 2 and "a mailbox, an archive" in result.stderr


def test_a_server_that_is_not_there_is_told_before_and_after(run, page, monkeypatch):
    from clientvoice.rewrites import remote

    monkeypatch.setattr(remote.time, "sleep", lambda seconds: None)
    asked = []

    def with_extra(self, analysis, *, limit=3, extra=None):
        asked.append(extra("Buy now!", ["sales_push"]))
        return suggest(self, analysis)

    monkeypatch.setattr(ClientVoice, "suggest", with_extra)
    result = run("rewrite", page, "-m", "fast", "--llm", "http://127.0.0.1:9/v1", "--llm-model", "m")
    assert result.exit_code == 1 and asked == [[]]
    assert "are sent to http://127.0.0.1:9/v1/chat/completions" in result.stderr
    assert "cannot be reached" in result.stderr and PUSH in result.stdout


def test_what_a_language_model_says_is_never_applied_unread(run, page, tmp_path, monkeypatch):
    def from_outside(self, analysis, **_):
        told = suggest(self, analysis)
        some = [one.suggestions and replace(one.suggestions, rewrites=tuple(
            replace(rewrite, method="llm") for rewrite in one.suggestions.rewrites
        )) for one in told.sentences]  # fmt: skip
        pairs = zip(told.sentences, some, strict=True)
        return replace(told, sentences=tuple(replace(one, suggestions=own) for one, own in pairs))

    monkeypatch.setattr(ClientVoice, "suggest", from_outside)
    out = tmp_path / "gentler.html"
    result = run("rewrite", page, "-m", "fast", "--apply", "all", "--out", out)
    assert result.exit_code == 0, result.output
    assert not out.exists() or out.read_bytes() == page.read_bytes()


def test_signs_that_steer_a_terminal_are_shown_inert(run, tmp_path, monkeypatch):
    text = "Buy \x9b31m it [red]now[/red] \u202e today!"
    monkeypatch.setattr(
        ClientVoice,
        "suggest",
        lambda self, analysis, **_: type(analysis)(
            analysis.message, analysis.label, analysis.score, analysis.probabilities,
            tuple(
                type(one)(one.sentence, one.framing, one.cues, one.reason, False,
                          Suggestions((made(one, one.text + " \x1b[2J", safe=True),), "\x1b[31mred"))
                for one in analysis.sentences
            ),
        ),
    )  # fmt: skip
    (tmp_path / "a.txt").write_bytes(text.encode())
    shown = run("rewrite", tmp_path / "a.txt", "-m", "fast").stdout
    assert not {"\x1b", "\x9b", "\u202e"} & set(shown) and "[red]now[/red]" in shown


def test_the_real_suggestions_can_be_applied(run, tmp_path):
    path = tmp_path / "may.md"
    path.write_text("# News\n\nHurry, order **your kettle** by 3 May!\n\nWe rang you on Monday.\n")
    out = tmp_path / "out.md"
    result = run("rewrite", path, "-m", "fast", "--apply", "all", "--out", out)
    assert result.exit_code == 0, result.output
    new = out.read_text(encoding="utf-8")
    assert new.startswith("# News\n\n") and new.endswith("\n\nWe rang you on Monday.\n") and "3 May" in new


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom clientvoice.cli import app\ntry:\n    app(['rewrite', '--help'])\n"
        "except SystemExit:\n    pass\nprint(*sys.modules, file=sys.stderr)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "--in-place" in shown.stdout
    assert not {"sklearn", "spacy", "numpy", "httpx", "turbohtml", "pandas"} & set(shown.stderr.split())


def test_a_change_is_marked_where_it_stands():
    from clientvoice.cli.suggested import rewrite_lines

    one = Rewrite(
        0, 8, "Buy now!", "Buy it!", (Change(4, 7, "now", "it"),), (), "phrase", 1, 1, 0, "neutral", True
    )
    assert [line.plain for line in rewrite_lines(1, one, 60)][:2] == ["1 Buy it!", "      ++"]
