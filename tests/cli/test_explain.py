from __future__ import annotations

import json

import pytest

from clientvoice.framing.model import CUES

LETTER = (
    "---\nsubject: A word about June\n---\n\n# Hello\n\nHurry, the sale ends tonight!\n\n"
    "We moved your renewal date so that you are not charged twice.\n\n"
    "<!-- clientvoice: ignore all -->\nDon't miss out!\n\nThe office is closed on Monday.\n"
)


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "june.md"
    path.write_text(LETTER, encoding="utf-8")
    return path


def test_a_message_is_shown_with_marks_under_its_words(run, letter):
    result = run("explain", letter)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == str(letter)
    assert ", score " in lines[1]
    at = lines.index("◆ Hurry, the sale ends tonight!")
    marks = lines[at + 1]
    assert marks[2:7] == "^^^^^" and set(marks) <= set(" ^~")
    assert lines[at + 2].strip().startswith("customer ")
    assert "Hurry" in lines[at + 2] or "ends tonight" in lines[at + 2]
    assert lines[at + 3].strip().startswith("cues  ")
    words = lines[at + 4]
    assert words.strip().startswith("words  ")
    shares = [float(part.rsplit(" ", 1)[1]) for part in words.split(" = ")[0].split(", ")]
    assert sum(shares) == pytest.approx(float(words.split(" = ")[1]), abs=0.06)
    assert "  The office is closed on Monday." in lines
    assert lines[lines.index("  Don't miss out!") + 1].strip() == "ignored here, not counted"
    assert "\x1b" not in result.stdout


def test_colours_are_for_terminals_that_want_them(run, letter, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("explain", letter).stdout
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("explain", letter).stdout


def test_json_is_the_analysis_with_every_words_share(run, letter):
    result = run("explain", letter, "--json")
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert record["format"] == "markdown" and record["status"] == "scored"
    for sentence in record["sentences"]:
        total = sentence["bias"] + sum(part["log_odds"] for part in sentence["contributions"])
        assert total == pytest.approx(sentence["decision"], rel=1e-6)
        assert all(
            record["text"][part["start"] : part["end"]] == part["text"] for part in sentence["contributions"]
        )


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (b"Hurry, buy now!", "text"),
        (b"<p>Hurry, buy now!</p>", "html"),
        (b"Subject: Hi\nFrom: a@example.com\n\nHurry, buy now!", "eml"),
    ],
)
def test_standard_input_is_read_in_any_format(run, given, kind):
    result = run("explain", "-", "--json", input=given)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["format"] == kind


def test_every_message_of_a_mailbox_is_explained(run, tmp_path):
    mail = "From a@example.com Mon Jun  1 10:00:00 2026\nSubject: {}\n\nHurry, buy now!\n\n"
    path = tmp_path / "box.mbox"
    path.write_text(mail.format("One") + mail.format("Two"))
    assert len(run("explain", path, "--json").stdout.splitlines()) == 2
    shown = run("explain", path).stdout
    assert shown.count("Hurry, buy now!") == 2 and "─" * 20 in shown


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["nowhere.md"], "nowhere.md: no such file"),
        (["."], "a folder. Explain one file"),
        (["june.md", "--model", "no-such-model"], "no-such-model"),
        (["june.md", "--rules", "nowhere"], "--rules"),
        (["june.md", "--config", "nowhere"], "--config"),
        ([], "FILE"),
    ],
)
def test_wrong_usage_is_told(run, letter, monkeypatch, args, told):
    monkeypatch.chdir(letter.parent)
    result = run("explain", *args)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("name", "content"), [("a.md", b""), ("a.html", b"\x89PNG\r\n\x1a\n\0\0"), ("a.pdf", b"x")]
)
def test_what_cannot_be_read_is_told(run, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    result = run("explain", tmp_path / name)
    assert result.exit_code == 1
    assert name in result.stderr and not result.stdout
    assert run("explain", "-", input=b"").exit_code == 2


def test_signs_that_steer_a_terminal_are_shown_inert(run, tmp_path):
    (tmp_path / "a.txt").write_bytes("Hurry \x9b31m now, [red]buy[/red] \u202e today!".encode())
    shown = run("explain", tmp_path / "a.txt").stdout
    assert not {"\x1b", "\x9b", "\u202e"} & set(shown)
    assert "[red]buy[/red]" in shown


def test_the_house_style_beside_the_file_is_followed(run, letter):
    (letter.parent / "clientvoice.toml").write_text('disable = ["pressure", "sales_push", "price"]')
    result = run("explain", letter, "--json")
    cues = {cue["name"] for sentence in json.loads(result.stdout)["sentences"] for cue in sentence["cues"]}
    assert not {"pressure", "sales_push", "price"} & cues
    other = letter.parent / "other.toml"
    other.write_text("[thresholds]\n" + "".join(f"{cue} = 1\n" for cue in CUES))
    found = json.loads(run("explain", letter, "--json", "--config", other).stdout)
    assert {cue["source"] for sentence in found["sentences"] for cue in sentence["cues"]} == {"rule"}
