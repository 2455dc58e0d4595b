from __future__ import annotations

import pytest

from clientvoice.batch import VoiceSource, opened
from clientvoice.cli import renewal
from clientvoice.cli.scoring import Plan
from clientvoice.house import style_for
from clientvoice.readers import Limits

RULE = 'frame = "customer"\nsummary = "Ours."\nphrases = ["{0}"]\n[examples]\nflag = ["{0}"]\npass = ["a"]\n'


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr(renewal, "DEBOUNCE", 1)
    (tmp_path / "mails").mkdir()
    (tmp_path / "our-rules").mkdir()
    (tmp_path / "our-rules" / "funnel.toml").write_text(RULE.format("warm lead"))
    return tmp_path


def settings(site, *, config=None, rules=None):
    places = (site / "mails",)
    house = style_for(places, config)
    source = VoiceSource("fast", rules, house)
    plan = Plan(places, None, None, (), source, house, Limits(), config=config)
    return renewal.Settings(plan, opened(source))


def test_a_style_that_comes_and_goes_is_followed(site):
    found = settings(site)
    before = found.voice.digest
    assert not found.renewed() and not found.renewed()
    (site / "clientvoice.toml").write_text('disable = ["price"]')
    assert found.renewed() and not found.renewed()
    assert found.plan.house.disable == ("price",) == found.voice.house.disable
    assert opened(found.plan.source) is found.voice and found.voice.digest != before
    (site / "clientvoice.toml").write_text('# Only a word about it.\ndisable = ["price"]')
    assert not found.renewed()
    (site / "mails" / "pyproject.toml").write_text('[tool.clientvoice]\ndisable = ["pressure"]')
    assert found.renewed() and found.voice.house.disable == ("pressure",)
    (site / "mails" / "pyproject.toml").unlink()
    (site / "clientvoice.toml").unlink()
    assert found.renewed() and found.voice.digest == before


def test_what_was_saved_before_the_first_look_is_found(site):
    found = settings(site)
    (site / "clientvoice.toml").write_text('disable = ["price"]')
    assert found.renewed()


@pytest.mark.parametrize("by_option", [True, False])
def test_rule_files_are_followed_for_every_process(site, by_option):
    if not by_option:
        (site / "clientvoice.toml").write_text('rules = "our-rules"')
    found = settings(site, rules=site / "our-rules" if by_option else None)
    source = found.plan.source
    assert not found.renewed()
    (site / "our-rules" / "funnel.toml").write_text(RULE.format("hot lead"))
    assert found.renewed()
    assert found.voice.book["funnel"].phrases[0].text == "hot lead"
    assert found.plan.source != source  # else a process that has opened it would go by the old rules
    (site / "our-rules" / "lure.toml").write_text(RULE.format("bait"))
    assert found.renewed() and "lure" in found.voice.book


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("disable = [", "not valid TOML"),
        ('disable = ["prize"]', "Did you mean 'price'"),
        ('model = "x"', "x"),
    ],
)
def test_what_is_wrong_is_told_once_and_mended_by_the_next_save(site, capsys, text, told):
    style = site / "clientvoice.toml"
    style.write_text('disable = ["price"]')
    found = settings(site)
    voice = found.voice
    style.write_text(text)
    if text.startswith("model"):
        found.plan = renewal.replace(found.plan, source=VoiceSource(None, None, found.plan.house))
    assert not found.renewed() and not found.renewed() and found.voice is voice
    errors = capsys.readouterr().err
    assert errors.count(told) >= 1 and errors.count("the settings from before hold") == 1
    style.write_text('disable = ["price"] # as before')
    assert not found.renewed() and "Settings as before" in capsys.readouterr().err
    style.write_text('disable = ["pressure"]')
    if not text.startswith("model"):
        assert found.renewed() and found.voice.house.disable == ("pressure",)


def test_a_problem_is_gone_with_its_cause_wherever_that_lies(site, capsys):
    found = settings(site)
    (site / "clientvoice.toml").write_text('rules = "new-rules"')
    assert not found.renewed() and "no folder" in capsys.readouterr().err
    (site / "new-rules").mkdir()
    (site / "new-rules" / "funnel.toml").write_text(RULE.format("warm lead"))
    assert found.renewed() and "funnel" in found.voice.book


def test_a_chosen_style_alone_is_followed(site):
    config = site / "audit.toml"
    config.write_text("")
    found = settings(site, config=config)
    (site / "clientvoice.toml").write_text('disable = ["price"]')
    assert not found.renewed()
    config.write_text('disable = ["pressure"]')
    assert found.renewed() and found.voice.house.disable == ("pressure",)
