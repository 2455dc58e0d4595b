from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.errors import ConfigError
from clientvoice.reports.checks.baseline import Baseline
from clientvoice.reports.checks.findings import Finding, numbered


def found(text, path, rule="price"):
    return Finding(rule, str(path), str(path), text, "Leads with a saving.")


@pytest.fixture
def site(tmp_path):
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("Hello.")
    return tmp_path


def test_what_was_written_is_known_wherever_it_moved_to(site, monkeypatch):
    file = site / "base.json"
    twice = [found("Save now!", site / "a.md")] * 2
    old = numbered([*twice, found("Hurry!", site / "b.md")])
    Baseline(site).with_findings(old, [str(site / "a.md"), str(site / "b.md")]).write(file)
    monkeypatch.chdir(site)
    thrice = [found(text, "a.md") for text in ("  save NOW!", "Save now!", "Save now!")]
    now = numbered([found("Hurry!", "b.md"), *thrice])
    known = Baseline.read(file)
    assert [one.known for one in known.marked(now)] == [True, True, True, False]
    assert known.stale(known.marked(now), ["a.md", "b.md"]) == 0
    assert [one.known for one in known.marked([found("Hurry!", "b.md", "pressure")])] == [False]


def test_the_file_is_sorted_small_and_has_no_words(site):
    file = site / "base.json"
    some = numbered([*[found("Save now!", site / "b.md")] * 2, found("Hurry!", site / "a.md")])
    Baseline(site).with_findings(some, []).write(file)
    told = file.read_text("utf-8")
    Baseline(site).with_findings(reversed(some), []).write(file)
    assert file.read_text("utf-8") == told
    assert list(json.loads(told)["findings"]) == ["a.md", "b.md"]
    assert "ave" not in told.replace("clientvoice", "") and len(told) < 300
    assert [path.name for path in site.iterdir() if path.name.endswith(".part")] == []


def test_stale_entries_are_those_of_checked_or_missing_files(site):
    known = Baseline(site).with_findings(
        [found("Save!", site / "a.md"), found("Save!", site / "b.md"), found("Save!", site / "gone.md")], []
    )
    assert known.stale([], [str(site / "a.md")]) == 2
    kept = known.with_findings([], [str(site / "a.md")])
    assert {entry[0] for entry in kept.entries} == {"b.md"}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        '{"schema": 2, "findings": {}}',
        '{"schema": 1}',
        '{"schema": 1, "findings": {"a": 1}}',
        '{"schema": 1, "findings": {"a": {"price": ["x"]}}}',
        '{"schema": 1, "findings": {"a": {"price": [1]}}}',
        "\udcff",
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path, content):
    file = tmp_path / "base.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError, match=r"base\.json"):
        Baseline.read(file)


def test_a_missing_file_says_how_to_make_it(tmp_path):
    with pytest.raises(ConfigError, match="--write-baseline"):
        Baseline.read(tmp_path / "none.json")


RULES = st.sampled_from(["price", "our own"])


@given(st.lists(st.tuples(st.text(min_size=1, max_size=8), RULES), max_size=8))
def test_reading_back_gives_the_same(tmp_path_factory, some):
    folder = tmp_path_factory.mktemp("base")
    told = numbered(found(text, folder / "a.md", rule) for text, rule in some)
    made = Baseline(folder).with_findings(told, [])
    made.write(folder / "base.json")
    assert Baseline.read(folder / "base.json") == made
