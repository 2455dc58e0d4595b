"""``clientvoice check`` on real files, and in real processes where that matters."""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from base64 import encodebytes
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CARING = "We made a mistake in your May statement, and we have corrected it. You owe nothing.\n"
SELLING = "# News\n\nWe moved house.\n\nBuy now and save 50%.\n\n- Hurry, our sale ends on Sunday!\n"


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder with copy that sells, copy that cares and a mail; the current folder is its parent."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "june.md").write_text(SELLING, "utf-8")
    (folder / "july.txt").write_text(CARING, "utf-8")
    (folder / "sale.eml").write_bytes(
        b"From: shop@example.com\r\nSubject: Hello\r\n\r\nWe moved house.\r\n\r\nBuy now and save 50%.\r\n"
    )
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def check(run):
    """Run a check with the fast model."""
    return lambda *args, **options: run("check", *args, "--model", "fast", **options)


def test_findings_are_clickable_lines(check, site):
    result = check("site")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [re.match(r"[^:]+:\d+:\d+: \w+: \S", line) is not None for line in lines] == [True] * 3 + [False]
    assert lines[0].startswith("site/june.md:5:1: ") and lines[1].startswith("site/june.md:7:3: ")
    assert lines[2].startswith("site/sale.eml:6:1: ")
    assert lines[3] == "3 findings in 3 messages."
    assert not result.stderr


def test_copy_that_cares_passes(check, site):
    result = check("site/july.txt")
    assert (result.exit_code, result.stdout) == (0, "No findings in 1 message.\n")
    assert check("site/july.txt", "--quiet").stdout == ""


def test_quiet_and_verbose(check, site):
    assert len(check("site", "--quiet").stdout.splitlines()) == 3
    shown = check("site", "--verbose").stdout
    assert "“Buy now and save 50%.”" in shown and "    advice: " in shown and "    instead: " in shown
    assert "site/july.txt: client, score" in shown and "site/logo.png" in shown
    assert check("site", "--verbose", "--quiet").exit_code == 2


def test_the_bar_chooses_what_fails(check, site):
    assert check("site", "--fail-on", "none").exit_code == 0
    assert check("site", "--fail-on", "solicitation").exit_code == 0
    assert check("site", "--fail-on", "pressure", "--fail-on", "solicitation").exit_code == 1
    low = check("site", "--min-score", 40)
    assert low.exit_code == 1 and "site/june.md:1:1: low_score: The message scores" in low.stdout
    assert check("site/july.txt", "--min-score", 40).exit_code == 0
    result = check("site", "--min-score", 0)
    assert result.exit_code == 0 and "3 of them only noted" in result.stdout


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([], "nothing to check"),
        (["nowhere"], "no such file"),
        (["site", "--fail-on", "presure"], "Did you mean 'pressure'"),
        (["site", "--fail-on", ""], "got no name"),
        (["site", "--fail-on", "support"], "speaks for the sender"),
        (["site", "--format", "xml"], "--format"),
        (["site", "--json", "--format", "sarif"], "choose one"),
        (["site", "--baseline", "none.json"], "--write-baseline"),
        (["site", "-", "--fail-on", "none"], "alone"),
        (["site/logo.png/x"], "no such file"),
        (["site", "--min-score", "101"], "--min-score"),
        (["site", "--out", "site"], "is a folder"),
    ],
)
def test_wrong_usage_is_told(check, site, args, told):
    result = check(*args)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.replace("│", " ").split())


def test_what_cannot_be_read_fails_but_an_empty_file_is_only_told(check, site):
    (site / "bad.html").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    result = check("site/bad.html", "site/july.txt")
    assert result.exit_code == 1 and "bad.html" in result.stderr
    drafts = site / "drafts"
    drafts.mkdir()
    (drafts / "empty.md").write_text("")
    for place in ("site/drafts", "site/drafts/empty.md"):
        result = check(place)
        assert result.exit_code == 0
        told, summary = result.stdout.splitlines()
        assert told.startswith("site/drafts/empty.md: empty;")
        assert summary == "No findings in 0 messages; 1 empty."
    only = site / "only"
    only.mkdir()
    (only / "a.bin").write_bytes(b"\0")
    assert check("site/only").exit_code == 2


GERMAN = (
    "Nur heute: 20 % Rabatt auf alle Kuchen! Jetzt bestellen und sparen, nur noch drei Torten da.\n\n"
    "Bestellen Sie sofort, denn das Angebot endet um Mitternacht und kommt nicht wieder.\n"
)


def test_a_message_in_another_language_is_named_and_not_judged(check, site):
    (site / "kuchen.md").write_text(GERMAN, "utf-8")
    result = check("site/kuchen.md", "--min-score", 99, "--fail-on", "customer")
    assert result.exit_code == 0
    line, summary = result.stdout.splitlines()
    assert line.startswith("site/kuchen.md: not_english: The text reads as 'de'") and "not judged" in line
    assert summary == "No findings in 0 messages; 1 in another language not judged."
    both = check("site", "--verbose")
    assert both.exit_code == 1 and "3 findings in 3 messages; 1 in another language" in both.stdout
    assert both.stdout.count("site/kuchen.md") == 1


def test_a_baseline_with_findings_in_another_language_holds(check, site):
    """One of an earlier version may have them; they are gone, and no file is new."""
    (site / "kuchen.md").write_text(SELLING, "utf-8")
    check("site", "--write-baseline", "base.json")
    (site / "kuchen.md").write_text(GERMAN, "utf-8")
    result = check("site", "--baseline", "base.json")
    assert result.exit_code == 0 and "2 entries are no longer found" in result.stderr
    check("site", "--write-baseline", "base.json")
    assert "site/kuchen.md" not in json.loads(Path("base.json").read_text("utf-8"))["findings"]


def test_a_baseline_lets_only_what_is_new_fail(check, site):
    written = check("site", "--write-baseline", "base.json")
    assert written.exit_code == 0 and "Baseline written to base.json" in written.stdout
    before = Path("base.json").read_bytes()
    same = check("site", "--baseline", "base.json")
    assert same.exit_code == 0 and "3 known from the baseline" in same.stdout
    moved = SELLING.replace("# News", "# News\n\nMore of it.\n\nOrder yours today, do not wait!")
    (site / "june.md").write_text(moved.replace("- Hurry, our sale ends on Sunday!\n", ""), "utf-8")
    new = check("site", "--baseline", "base.json")
    assert new.exit_code == 1
    assert [line.split(" ")[0] for line in new.stdout.splitlines()[:-1]] == ["site/june.md:5:1:"]
    assert "1 entry is no longer found" in new.stderr
    check("site/june.md", "--write-baseline", "base.json")
    told = json.loads(Path("base.json").read_text("utf-8"))
    assert list(told["findings"]) == ["site/june.md", "site/sale.eml"]
    assert Path("base.json").read_bytes() != before


def test_standard_input_is_read_as_a_file_of_an_editor(check, site):
    result = check("--stdin-filename", "site/draft.md", input=SELLING.encode())
    assert result.exit_code == 1 and result.stdout.startswith("site/draft.md:5:1: ")
    assert check("-", input=CARING.encode()).exit_code == 0
    mail = check("-", "--stdin-filename", "a.eml", input=(site / "sale.eml").read_bytes())
    assert mail.stdout.startswith("a.eml:6:1: ")


def test_comments_and_house_style_are_followed(check, site):
    (site / "june.md").write_text(
        f"<!-- clientvoice: ignore-start all -->\n\n{SELLING}\n<!-- clientvoice: ignore-end -->"
    )
    assert "site/june.md" not in check("site").stdout
    (site / "clientvoice.toml").write_text('exclude = ["*.eml"]')
    result = check("site")
    assert result.exit_code == 0 and "2 ignored" in result.stdout


def test_each_file_goes_by_the_house_style_above_it(check, tmp_path):
    sale = "Hurry, only 3 left in stock, order today!"
    (tmp_path / "legal").mkdir()
    for name in ("a.md", "legal/b.md", "legal/note.bin"):
        (tmp_path / name).write_text(sale, "utf-8")
    (tmp_path / "legal" / "clientvoice.toml").write_text(
        'disable = ["pressure", "sales_push", "price"]', "utf-8"
    )
    a, b = tmp_path / "a.md", tmp_path / "legal" / "b.md"
    assert (check(a).exit_code, check(b).exit_code) == (1, 0)
    for places in ((a, b), (b, a), (a, tmp_path / "legal"), (tmp_path, tmp_path / "legal")):
        result = check(*places, "--format", "json")
        told = json.loads(result.stdout)
        assert result.exit_code == 1
        assert {found["path"] for found in told["findings"] if found["fails"]} == {str(a)}
        assert check(a, tmp_path / "legal" / "none.md").exit_code == 1  # told, and the rest goes on


def test_what_a_run_writes_it_does_not_read(check, site):
    for _ in range(2):
        assert check("site", "--format", "markdown", "--out", "site/summary.md").exit_code == 1
    assert "summary.md" not in (site / "summary.md").read_text("utf-8")


@pytest.mark.parametrize("form", ["text", "github", "markdown"])
@pytest.mark.parametrize("name", ["report.md", "report.txt"])
def test_what_an_earlier_run_wrote_is_not_read(check, site, form, name):
    found = check("site", "--format", form)
    written = {"out": found.stdout}  # as by >, with the line that sums up
    if form == "text":
        check("site", "--verbose", "--out", "told.txt")
        written |= {"verbose": Path("told.txt").read_text("utf-8")}
    for text in written.values():
        (site / name).write_text(text, "utf-8")
        told = json.loads(check("site", "--json").stdout)
        assert ("skipped_own", f"site/{name}") in {(it["code"], it["path"]) for it in told["failures"]}
        assert told["counts"]["unread"] == 0


def test_a_file_that_may_not_be_read_fails_by_itself(check, site, monkeypatch):
    closed = site / "june.md"
    closed.chmod(0)
    if os.access(closed, os.R_OK):  # root may read anything
        allowed, opened = os.access, Path.open

        def refusing(path, *args, **options):
            if path.name == closed.name:
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path, *args, **options)

        monkeypatch.setattr(
            os, "access", lambda path, *rest: Path(path).name != closed.name and allowed(path, *rest)
        )
        monkeypatch.setattr(Path, "open", refusing)
    ended = check("site/june.md", "site/july.txt", "--json")
    told = json.loads(ended.stdout)
    assert ended.exit_code == 1 and told["counts"]["messages"] == 1
    (failure,) = told["failures"]
    assert (failure["code"], failure["path"]) == ("unreadable", "site/june.md")
    assert "check that you may read it" in ended.stderr


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no streams by name")
def test_standard_output_by_its_name_is_added_to(site):
    told = site.parent / "told.json"
    told.write_text("before\n")
    command = [sys.executable, "-m", "clientvoice", "check", "site", "--model", "fast", "-f", "json"]
    with told.open("ab") as stream:
        subprocess.run([*command, "--out", "/dev/stdout"], stdout=stream, check=False)
    first, rest = told.read_text("utf-8").split("\n", 1)
    assert first == "before" and json.loads(rest)["counts"]["findings"] == 3


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use stays there")
def test_a_current_folder_that_is_gone_is_told(run, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for command in ("check", "score"):
        ended = run(command, ".", "--model", "fast")
        assert ended.exit_code == 2 and "the current folder is no longer there" in ended.stderr
    assert run("--help").exit_code == 0


def test_places_in_what_was_decoded_are_told_as_such(check, site):
    sale = "Buy now and save 50%.\r\n"
    head = b"From: shop@example.com\r\nSubject: Hello\r\n"
    base64 = head + b"Content-Transfer-Encoding: base64\r\n\r\n" + encodebytes(sale.encode())
    (site / "sale.eml").write_bytes(base64)
    box = b"From shop@example.com Mon Jun  1 10:00:00 2026\n" + head + b"\n" + sale.encode() + b"\n"
    (site / "sales.mbox").write_bytes(box)
    mail = "site/sale.eml: price: "
    (line,) = [line for line in check("site/sale.eml").stdout.splitlines() if line.startswith(mail)]
    assert line.endswith(" (line 1, column 1 of part 1 text/plain, decoded)")
    (line,) = check("site/sales.mbox", "--quiet").stdout.splitlines()
    assert line.startswith("site/sales.mbox: ") and "of message #1, part 1 text/plain, decoded)" in line
    (found,) = json.loads(check("site/sale.eml", "--json").stdout)["findings"]
    assert (found["line"], found["column"], found["inside"]) == (None, None, "part 1 text/plain, decoded")
    assert (found["decoded"]["line"], found["decoded"]["column"]) == (1, 1)
    (first, _) = json.loads(check("site/june.md", "--json").stdout)["findings"]
    assert (first["line"], first["inside"], first["decoded"]) == (5, "", None)


ODD_NAMES = [
    b"a b.md",
    "größe–😀.md".encode(),
    b"50%25 off.md",
    b"two\nlines.md",
    b"esc\x1b[31m.md",
    b"not\xff\xfeutf8.md",
    b"a:b#c?d.md",
    b"q\"<&>'.md",
    b"tab\there.md",
    b"back\\x0aslash.md",
]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_odd_names_of_files_are_led_to_and_harm_no_document(site):
    (site / "odd").mkdir()
    for name in ODD_NAMES:
        (site / "odd" / os.fsdecode(name)).write_bytes(b"Buy now and save 50%.\n")
    every = ("check", "site/odd", "--model", "fast", "--quiet", "--format")
    log = json.loads(_process(*every, "sarif").stdout)
    uris = [
        it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for it in log["runs"][0]["results"]
    ]
    assert all(re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri) for uri in uris)
    assert {unquote_to_bytes(uri) for uri in uris} == {b"site/odd/" + name for name in ODD_NAMES}
    for form, tag, attribute in (("checkstyle", "file", "name"), ("junit", "testcase", "file")):
        told = _process(*every, form).stdout
        names = [it.get(attribute) for it in ET.fromstring(told.encode()).iter(tag)]  # noqa: S314 - our own
        assert len(set(names)) == len(ODD_NAMES)
        assert {"site/odd/a b.md", "site/odd/größe–😀.md", "site/odd/50%25 off.md"} <= set(names)
        assert not re.search("[\x00-\x08\x0b-\x1f]", told)
    lines = _process(*every, "github").stdout.splitlines()
    assert len(lines) == len(ODD_NAMES) and all(line.startswith("::warning file=site/odd/") for line in lines)
    assert any("file=site/odd/two%0Alines.md," in line for line in lines)
    assert any("file=site/odd/50%2525 off.md," in line for line in lines)


def test_each_format_is_one_document(check, site):
    def told(name):
        result = check("site", "--format", name)
        assert result.exit_code == 1 and result.stderr == "3 findings in 3 messages.\n"
        return result.stdout

    log = json.loads(told("sarif"))
    assert [
        it["locations"][0]["physicalLocation"]["region"]["startLine"] for it in log["runs"][0]["results"]
    ] == [5, 7, 6]
    assert any("fixes" in it for it in log["runs"][0]["results"])
    assert json.loads(told("json"))["counts"]["failing"] == 3
    assert json.loads(check("site", "--json").stdout) == json.loads(told("json"))
    assert told("github").count("::warning file=site/") == 3
    for name in ("junit", "checkstyle"):
        ET.fromstring(told(name))  # noqa: S314 - our own
    assert told("markdown").startswith("## clientvoice: failed")


def test_a_broken_message_does_not_end_the_check(check, site, monkeypatch):
    from clientvoice.voice import ClientVoice

    pipe = ClientVoice.pipe

    def faulty(self, messages, **options):
        if any(message.id.endswith("july.txt") for message in messages):
            raise RuntimeError("odd")
        return pipe(self, messages, **options)

    monkeypatch.setattr(ClientVoice, "pipe", faulty)
    result = check("site")
    assert (
        result.exit_code == 1 and "RuntimeError: odd" in result.stderr and "site/june.md:5:1" in result.stdout
    )


@pytest.mark.parametrize("place", ["batch.work.read_path", "cli.checking.findings"])
def test_a_fault_in_reading_or_telling_of_one_file_stays_there(check, site, monkeypatch, place):
    from importlib import import_module

    home, name = f"clientvoice.{place}".rsplit(".", 1)
    real = getattr(import_module(home), name)

    class Panic(BaseException):
        """As a compiled parser raises it."""

    def faulty(what, **options):
        if str(getattr(what, "id", what)).endswith("july.txt"):
            raise Panic("odd")
        return real(what, **options)

    monkeypatch.setattr(import_module(home), name, faulty)
    result = check("site")
    assert result.exit_code == 1 and "site/june.md:5:1" in result.stdout
    assert "site/july.txt: Panic: odd while" in result.stderr and "fault in clientvoice" in result.stderr


def _process(*args, **options):
    command = [sys.executable, "-m", "clientvoice", *args]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, **options)


def test_a_process_ends_with_the_code_and_the_file(site):
    result = _process("check", "site", "--model", "fast", "--format", "sarif", "--out", "out.sarif")
    assert result.returncode == 1 and result.stdout.endswith("Written to out.sarif\n")
    assert json.loads(Path("out.sarif").read_text("utf-8"))["version"] == "2.1.0"


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_only_on_a_terminal_that_wants_it(site, variables, coloured):
    environment = {
        name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}
    }
    environment |= {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **variables}
    (site / "bad.html").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "clientvoice", "check", "site", "--model", "fast"]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65_536):
                shown += piece
        except OSError:
            pass  # so Linux tells the end of a terminal
    os.close(ours)
    assert process.returncode == 1 and b"june.md:5:1" in shown and b"error: " in shown
    assert (b"\x1b[1m" in shown) is coloured
    assert b"\x1b[3" in shown if coloured else b"\x1b[3" not in shown


def test_the_hook_for_pre_commit_runs(site):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["id"], hook["language"]) == ("clientvoice", "python")
    assert hook["types_or"] == ["markdown", "html", "plain-text"]
    program, *args = shlex.split(hook["entry"])
    assert program == "clientvoice"
    failed = _process(*args, "site/june.md", "site/july.txt")
    assert failed.returncode == 1 and "site/june.md:5:1: " in failed.stdout
    assert _process(*args, "site/july.txt").returncode == 0


def test_comments_without_effect_are_told_and_fail_nothing(check, site):
    (site / "june.md").write_text(
        "We moved house.\n\n<!-- clientvoice: ignore pressure -->\n\nYou owe nothing.\n\n"
        "<!-- clientvoice: ignore presure -->\n\nWe meet at noon.\n"
    )
    result = check("site/june.md")
    assert result.exit_code == 0
    bad, unused, summed_up = result.stdout.splitlines()
    assert bad.startswith("site/june.md:7: bad_suppression: ") and "Did you mean 'pressure'?" in bad
    assert unused.startswith("site/june.md:3: unused_suppression: the comment suppresses nothing")
    assert summed_up == "No findings in 1 message."
    assert check("site/june.md", "--verbose").stdout.count("unused_suppression") == 1
    assert check("site/june.md", "--quiet").stdout == ""
    github = check("site/june.md", "--format", "github").stdout.splitlines()
    assert [line.partition("::")[2].partition("::")[0] for line in github] == [
        "notice file=site/june.md,line=7,title=clientvoice bad_suppression",
        "notice file=site/june.md,line=3,title=clientvoice unused_suppression",
    ]
    markdown = check("site/june.md", "--format", "markdown").stdout
    assert "passed" in markdown and "### Comments without effect" in markdown
    assert "- site/june.md:3: the comment suppresses nothing" in markdown
    (run,) = json.loads(check("site/june.md", "--format", "sarif").stdout)["runs"]
    places = [it["locations"][0] for it in run["invocations"][0]["toolExecutionNotifications"]]
    assert [place["physicalLocation"]["region"] for place in places] == [{"startLine": 7}, {"startLine": 3}]


def test_a_comment_in_a_part_of_a_mail_has_no_line_of_the_file(check, site):
    (site / "sale.eml").write_bytes(
        b"Subject: Hello\r\nContent-Type: text/html\r\n\r\n"
        b"<!-- clientvoice: ignore pressure --><p>You owe nothing.</p>\r\n"
    )
    told = check("site/sale.eml").stdout.splitlines()[0]
    assert re.match(r"site/sale\.eml: unused_suppression: line 1 of part ", told)
    log = json.loads(check("site/sale.eml", "--format", "sarif").stdout)
    (notice,) = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert "region" not in notice["locations"][0]["physicalLocation"]
