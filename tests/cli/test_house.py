"""A house's own cue, style and suppressions, from files to results, with no code."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

CUE = """\
frame = "customer"
summary = "Speaks of the reader as a lead in a funnel."
why = "Nobody likes to be a stage of somebody's pipeline."
instead = "Name the person, and what they asked for."
phrases = ["warm lead", "nurture campaign"]

[margin]
default = "Speaks of the funnel, not of the person: “{words}”."

[examples]
flag = ["You are a warm lead, so hurry and buy now!"]
pass = ["The pipe is made of lead."]
"""
LETTER = "You are a warm lead, so hurry and buy now!\n\nWe will ring you on Monday before anything changes.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "mail" / "drafts").mkdir(parents=True)
    (tmp_path / "our-rules").mkdir()
    (tmp_path / "our-rules" / "funnel.toml").write_text(CUE, encoding="utf-8")
    (tmp_path / "mail" / "june.md").write_text(LETTER)
    (tmp_path / "mail" / "drafts" / "july.md").write_text(LETTER)
    return tmp_path


def messages(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "messages.jsonl").read_text("utf-8").splitlines()]


def named(record: dict) -> set[str]:
    return {cue["name"] for sentence in record["sentences"] for cue in sentence["cues"]}


def test_one_file_adds_a_cue_to_every_result(run, site):
    out = site / "out"
    result = run("score", site / "mail", "--rules", site / "our-rules", "--out", out)
    assert result.exit_code == 0, result.output
    record = messages(out)[1]
    (cue,) = (cue for cue in record["sentences"][0]["cues"] if cue["name"] == "funnel")
    assert record["text"][cue["start"] : cue["end"]] == "warm lead" and cue["source"] == "rule"
    assert "Funnel" in (out / "report.html").read_text("utf-8")
    shown = run("explain", site / "mail" / "june.md", "--rules", site / "our-rules")
    assert shown.exit_code == 0
    assert "funnel (rule)" in shown.stdout


def test_a_house_cue_alone_says_why_in_its_own_words(run, site):
    (site / "clientvoice.toml").write_text('rules = "our-rules"\nenable = ["funnel"]')
    record = json.loads(run("explain", site / "mail" / "june.md", "--json").stdout)
    assert named(record) == {"funnel"}
    assert record["sentences"][0]["reason"] == "Speaks of the funnel, not of the person: “warm lead”."


def test_a_wrong_rule_file_is_told_with_its_line(run, site):
    (site / "our-rules" / "funnel.toml").write_text(CUE.replace("phrases =", "phrase ="))
    result = run("explain", site / "mail" / "june.md", "--rules", site / "our-rules")
    assert result.exit_code == 2
    assert "funnel.toml:5: unknown key 'phrase'" in "".join(result.stderr.split("\n"))


def test_score_follows_the_house_style_above_its_input(run, site):
    (site / "clientvoice.toml").write_text('rules = "our-rules"\nexclude = ["drafts"]\nmodel = "fast"')
    out = site / "out"
    result = run("score", site / "mail", "--out", out)
    assert result.exit_code == 0, result.output
    assert f"House style: {site / 'clientvoice.toml'}" in result.stdout.replace("\n", "")
    assert [record["status"] for record in messages(out)] == ["skipped", "scored"]
    assert messages(out)[0]["code"] == "skipped_excluded"
    assert "funnel" in named(messages(out)[1])


def test_a_file_named_outright_is_scored_though_excluded(run, site):
    (site / "clientvoice.toml").write_text('exclude = ["drafts"]')
    out = site / "out"
    assert run("score", site / "mail" / "drafts" / "july.md", "--out", out).exit_code == 0
    assert [record["status"] for record in messages(out)] == ["scored"]


def test_another_style_is_chosen_by_option(run, site):
    (site / "clientvoice.toml").write_text('exclude = ["*"]')
    (site / "audit.toml").write_text("")
    out = site / "out"
    assert run("score", site / "mail", "--config", site / "audit.toml", "--out", out).exit_code == 0
    assert [record["status"] for record in messages(out)] == ["scored", "scored"]


@pytest.mark.parametrize("command", ["score", "explain", "label"])
def test_a_wrong_setting_is_told_and_nothing_is_written(run, site, command):
    (site / "clientvoice.toml").write_text('disable = ["presure"]')
    (site / "rows.jsonl").write_text('{"id": 1, "text": "Hello"}\n')
    args = {
        "score": [site / "mail", "--out", site / "out"],
        "explain": [site / "mail" / "june.md"],
        "label": [site / "rows.jsonl", "--out", site / "out" / "labels.jsonl"],
    }
    result = run(command, *args[command])
    assert result.exit_code == 2
    assert "Did you mean 'pressure'" in " ".join(result.stderr.split())
    assert not (site / "out").exists() or not list((site / "out").iterdir())


def test_label_masks_the_houses_own_nouns(run, site):
    (site / "clientvoice.toml").write_text('reader_nouns = ["maker"]')
    rows = [f"We look after our {noun} before they pay." for noun in ("makers", "customers")]
    table = site / "rows.jsonl"
    table.write_text("".join(json.dumps({"id": 1, "text": text}) + "\n" for text in rows))
    out = site / "labels.jsonl"
    assert run("label", table, "--out", out).exit_code == 0
    first, second = (json.loads(line) for line in out.read_text("utf-8").splitlines())
    assert first == second


def test_a_suppressed_passage_is_in_every_result_and_counts_in_none(run, site):
    quiet = site / "mail" / "quiet.md"
    quiet.write_text(f'<!-- clientvoice: ignore all reason="quoted from the shop" -->\n{LETTER}')
    out = site / "out"
    result = run("score", quiet, site / "mail" / "june.md", "--out", out)
    assert result.exit_code == 0, result.output
    left, right = messages(out)
    assert [sentence["counted"] for sentence in left["sentences"]] == [False, True]
    assert left["text"] == right["text"] and left["score"] > right["score"]
    with (out / "sentences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4


def test_a_suppression_that_is_not_needed_is_told(run, site):
    (site / "mail" / "june.md").write_text(f"{LETTER}\n<!-- clientvoice: ignore price -->\n\nBye, Dana\n")
    out = site / "out"
    result = run("score", site / "mail" / "june.md", "--out", out)
    assert "1 with notices" in result.stdout
    (notice,) = messages(out)[0]["notices"]
    assert notice["code"] == "unused_suppression" and notice["text"].startswith("line 5: ")


def test_several_processes_follow_the_house_style_too(run, site):
    (site / "clientvoice.toml").write_text(
        'rules = "our-rules"\nenable = ["funnel"]\n[thresholds]\nprice = 0.9'
    )
    out = site / "out"
    assert run("score", site / "mail", "--jobs", "2", "--out", out).exit_code == 0
    assert [named(record) for record in messages(out)] == [{"funnel"}, {"funnel"}]


@pytest.mark.parametrize("setting", ['include = ["*.txt"]', 'exclude = ["*.md"]'])
def test_a_style_that_leaves_nothing_is_wrong_usage(run, site, setting):
    (site / "clientvoice.toml").write_text(setting)
    (site / "mail" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    checked = run("check", site / "mail", "--model", "fast")
    told = " ".join(checked.stderr.split())
    assert checked.exit_code == 2
    assert f"nothing to check: {setting.split()[0]} in {site / 'clientvoice.toml'} left out 2 files" in told
    assert run("check", site / "mail", site / "mail" / "june.md", "--model", "fast").exit_code == 1
    scored = run("score", site / "mail", "--model", "fast")
    told = " ".join(scored.stderr.split())
    assert scored.exit_code == 2 and "nothing to score but what the house style leaves out: " in told
    assert "left out by include or exclude" in told and "none of the files is a message" not in told


def test_a_cue_of_the_house_that_is_named_fails_whatever_its_sentence_reads_as(run, site):
    (site / "mail" / "june.md").write_text("We met at noon.\n\nThe warm lead is in the file room.\n")
    check = ("check", site / "mail" / "june.md", "--rules", site / "our-rules", "--model", "fast")
    assert run(*check).exit_code == 0
    result = run(*check, "--fail-on", "funnel")
    assert result.exit_code == 1
    line, _ = result.stdout.splitlines()
    assert "june.md:3:1: funnel: Speaks of the funnel, not of the person: “warm lead”." in line
    (site / "mail" / "june.md").write_text(
        "<!-- clientvoice: ignore funnel -->\n\nThe warm lead is in the file room.\n"
    )
    assert run(*check, "--fail-on", "funnel").exit_code == 0
