from __future__ import annotations

import json
import re
import sys

import pytest

from clientvoice.rules import RuleBook, cue_list, cue_page

HOUSE_CUE = """
frame = "customer"
summary = "Speaks of the reader as a lead in a funnel."
phrases = ["warm lead"]

[examples]
flag = ["You are a warm lead."]
pass = ["The pipe is made of lead."]
"""


def test_the_book_is_listed(run):
    result = run("cues")
    assert result.exit_code == 0
    assert result.stdout == cue_list()


@pytest.mark.parametrize("name", ["sales_push", "sales-push", "Sales Push"])
def test_a_cue_has_its_page(run, name):
    result = run("cues", name)
    assert result.exit_code == 0
    assert result.stdout == cue_page("sales_push")


def test_a_cue_that_is_not_there_is_told_what_was_meant(run):
    result = run("cues", "presure")
    assert result.exit_code == 2
    assert "Did you mean 'pressure'?" in result.stderr and not result.stdout


def test_the_whole_book_is_one_markdown_document(run):
    result = run("cues", "--markdown")
    assert result.exit_code == 0
    assert re.findall(r"^# .*", result.stdout, re.M) == ["# The rule book"]
    titles = [rule.title for rule in RuleBook.load()]
    assert re.findall(r"^## (.*)", result.stdout, re.M) == titles
    assert result.stdout.count("### Why it matters") == len(titles)
    assert run("cues", "price", "--markdown").exit_code == 2


def test_a_house_cue_is_listed_by_option_or_house_style(run, tmp_path, monkeypatch):
    rules = tmp_path / "our-rules"
    rules.mkdir()
    (rules / "funnel.toml").write_text(HOUSE_CUE)
    assert "| `funnel` | customer |" in run("cues", "--rules", rules).stdout
    assert "You are a warm lead." in run("cues", "funnel", "--rules", rules).stdout
    (tmp_path / "clientvoice.toml").write_text('rules = "our-rules"')
    monkeypatch.chdir(tmp_path)
    assert "funnel" in run("cues").stdout


def test_a_terminal_gets_it_rendered(run, monkeypatch):
    from clientvoice.cli import cues as command

    printed = []
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("rich.console.Console.print", lambda self, *given, **options: printed.extend(given))
    command._show("# Title\n")
    assert [type(item).__name__ for item in printed] == ["Markdown"]


def test_json_tells_what_the_pages_tell(run):
    told = json.loads(run("cues", "--json").stdout)
    one = json.loads(run("cues", "Sales push", "--json").stdout)
    assert one in told and one["name"] == "sales_push" and one["frame"] == "customer"
    assert one["examples"]["flagged"] and one["evidence"][0]["grade"]
    assert run("cues", "--json", "--markdown").exit_code == 2
