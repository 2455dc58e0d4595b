from __future__ import annotations

import pytest

from clientvoice.cli.bar import Bar
from clientvoice.errors import ConfigError
from clientvoice.reports.checks.findings import SCORE_RULE, Finding
from clientvoice.rules import RuleBook

SURE = Finding("price", "a", "a", "Save!", "", cues=("price", "pressure"))
UNSURE = Finding("price", "a", "a", "Save!", "", cues=("price",), unsure=True)
LOW = Finding(SCORE_RULE, "a", "a", "", "")


@pytest.mark.parametrize(
    ("score", "names", "levels"),
    [
        (None, (), ["warning", "note", "warning"]),
        (40, (), ["note", "note", "warning"]),
        (40, ("customer",), ["warning", "note", "warning"]),
        (None, ("none",), ["note", "note", "warning"]),
        (None, ("pressure",), ["warning", "note", "warning"]),
        (None, ("conditions, solicitation",), ["note", "note", "warning"]),
        (None, ("unsure",), ["warning", "warning", "warning"]),
    ],
)
def test_what_fails(score, names, levels):
    assert [Bar(score, names).level(found) for found in (SURE, UNSURE, LOW)] == levels


@pytest.mark.parametrize(
    ("name", "told"), [("pressur", "Did you mean 'pressure'"), ("support", "speaks for the sender")]
)
def test_a_name_that_nothing_has_is_refused(name, told):
    with pytest.raises(ConfigError, match=told):
        Bar(None, (name,)).checked(RuleBook.load())
    assert Bar(None, ("price", "none", "unsure")).checked(RuleBook.load())


def test_a_cue_by_words_alone_fails_though_its_sentence_is_unsure():
    found = Finding("pressure", "a.md", "a.md", "", "", cues=("pressure", "funnel"), unsure=True)
    assert Bar(None, ("funnel",)).level(found) == "warning"
    assert Bar(None, ("pressure",)).level(found) == Bar(None, ()).level(found) == "note"
