import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from clientvoice.records import Failure, Message, MessageAnalysis, Notice
from clientvoice.reports import Tally, ranking_table, row, summary_line


def _tally(items):
    tally = Tally()
    for item in items:
        tally.add(row(item))
    return tally


def _printed(renderable, width=100, **options):
    out = io.StringIO()
    Console(file=out, width=width, **options).print(renderable)
    return out.getvalue()


def test_the_table_puts_the_most_transactional_first(demo):
    lines = _printed(ranking_table(_tally(demo))).splitlines()
    assert "10 of 16" in lines[0]
    scores = [int(line.split()[0]) for line in lines if line[:7].strip().isdigit()]
    assert scores == sorted(scores)
    assert len(scores) == 10
    assert "LAST CHANCE" in next(line for line in lines if line[:7].strip() == "6")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_score_and_label_are_whole_on_every_width(demo, width):
    text = _printed(ranking_table(_tally(demo)), width)
    assert text.count("◆ customer") == 4
    assert all(len(line) <= width for line in text.splitlines())


def test_the_summary_tells_all_counts(demo):
    assert summary_line(_tally(demo)).plain == (
        "16 messages scored: 4 customer, 3 mixed, 3 neutral, 6 client · middle score 51 of 100 "
        "· 2 could not be read · 1 skipped"
    )


def test_a_message_in_another_language_is_ranked_nowhere_and_told(demo):
    german = replace(demo[0], message=replace(demo[0].message, notices=(Notice("not_english", "de"),)))
    tally = _tally([german, demo[1]])
    assert ranking_table(tally).row_count == 1
    line = summary_line(tally).plain
    assert line.startswith("2 messages scored: 1 ")
    assert line.endswith(" · 1 in another language left out of these counts")


def test_failures_alone_make_a_summary():
    line = summary_line(_tally([Failure("a", "empty", "a is empty")])).plain
    assert line == "0 messages scored · 1 could not be read"


def test_a_hostile_subject_is_no_markup_and_no_escape():
    message = Message("m", "", (), subject="[bold red]Hi[/] [link=file:///x]a[/link] \x1b]0;owned\x07\x1b[2J")
    tally = _tally([MessageAnalysis(message, "neutral", 50.0, {"neutral": 1.0}, ())])
    text = _printed(ranking_table(tally), 200)
    assert "[bold red]Hi[/] [link=file:///x]a[/link] ␛]0;owned␇␛[2J" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("path", ["letters/2024/spring/" * 12 + "june.eml", "手紙/" * 40 + "六月.eml"])
def test_of_a_long_path_the_end_is_shown(path):
    message = Message("m", "", (), subject="Hello", path=path)
    text = _printed(ranking_table(_tally([MessageAnalysis(message, "neutral", 50.0, {"neutral": 1.0}, ())])))
    assert path.rpartition("/")[2] in text
    assert "…" in text
    assert all(cell_len(line) <= 100 for line in text.splitlines())


def test_no_color_is_respected(demo, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    text = _printed(ranking_table(_tally(demo)), force_terminal=True)
    assert not any(f"\x1b[{code}m" in text for code in (31, 33, 35, 36, 91))


def test_letters_of_one_archive_are_told_apart(analysis):
    items = [analysis(id=f"old.zip/2022/{name}.txt", path="old.zip") for name in ("hedges", "pots")]
    text = _printed(ranking_table(_tally(items)), 120)
    for name in ("hedges", "pots"):
        assert text.count(f"2022/{name}.txt") == 2 and f"old.zip/2022/{name}.txt" in text
