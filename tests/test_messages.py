from __future__ import annotations

from pathlib import Path

import pytest

import clientvoice
from clientvoice.house import HouseStyle
from clientvoice.messages import MessageReader
from clientvoice.records import MessageAnalysis
from clientvoice.rules import matching
from clientvoice.sentences import SentenceReader
from clientvoice.voice import ClientVoice

CARING = "We will look after your files for you and ring you at once."
THREAT = "If you don't pay, your heating will be cut off."
BRUSH_OFF = """frame = "customer"
summary = "Promises what nobody keeps."

[denies]
brush = ["protection"]

[phrases]
brush = ["files for you and ring you"]

[examples]
flag = ["We look after your files for you and ring you."]
pass = ["Ring us."]
"""


def shown(analysis: MessageAnalysis) -> set[str]:
    return {practice.key for practice in analysis.practices if practice.evidence}


def named(analysis: MessageAnalysis) -> set[str]:
    return {cue.name for sentence in analysis.sentences for cue in sentence.cues if cue.source == "model"}


def test_a_cue_that_the_model_names_for_a_threat_is_shown_and_no_evidence(fast: ClientVoice) -> None:
    threat, calm = fast.pipe([THREAT, CARING])
    assert "reassurance" in named(threat) and shown(threat) == set()
    assert {"under_care", "whom_to_depend_on"} & shown(calm)


def test_a_rule_of_the_house_denies_evidence_as_a_shipped_one_does(fast: ClientVoice, tmp_path: Path) -> None:
    (tmp_path / "brush_off.toml").write_text(BRUSH_OFF, encoding="utf-8")
    house = clientvoice.load("fast", rules=tmp_path)
    (before,), (after,) = fast.pipe([CARING]), house.pipe([CARING])
    assert before.label == after.label == "client"
    assert "protection" in named(before) & named(after)
    assert shown(before) - shown(after) == {"peace_of_mind"}  # which protection alone showed


def test_a_message_that_was_read_before_asks_no_rule_again(
    fast: ClientVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = SentenceReader(fast.model.sentences, fast.book)
    read = MessageReader(judge, fast.model.messages, HouseStyle())
    first = list(read(iter([THREAT, CARING]), at_once=2))
    monkeypatch.setattr(matching, "prepare", None)
    assert list(read(iter([THREAT, CARING]), at_once=1)) == first
