from __future__ import annotations

from pathlib import Path

import pytest

from clientvoice.errors import ConfigError
from clientvoice.framing.model import CUES
from clientvoice.house import HouseStyle, read_style
from clientvoice.records import Block


def test_cues_are_switched_off_by_name_or_by_what_is_left_on() -> None:
    assert HouseStyle().off(CUES) == frozenset()
    assert HouseStyle(disable=("price",)).off(CUES) == {"price"}
    assert HouseStyle(enable=("price", "pressure")).off(CUES) == set(CUES) - {"price", "pressure"}


@pytest.mark.parametrize(
    ("entry", "kind", "text", "ignored"),
    [
        ("button", "button", "Shop now", True),
        ("button", "paragraph", "button", False),
        ("Terms  apply*", "paragraph", "terms apply: see our shop.", True),
        ("Terms apply*", "heading", "Terms apply", True),
        ("Terms apply*", "paragraph", "Other terms apply.", False),
    ],
)
def test_blocks_are_ignored_by_kind_or_first_words(entry: str, kind: str, text: str, ignored: bool) -> None:
    assert HouseStyle(ignore_blocks=(entry,)).ignores(Block(2, 2 + len(text), kind), f"x\n{text}") is ignored


def test_files_are_wanted_unless_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    style = HouseStyle(tmp_path / "clientvoice.toml", include=("*.md",), exclude=("drafts", "old-*"))
    assert style.wants(tmp_path / "mail" / "june.md")
    assert not style.wants(tmp_path / "mail" / "june.txt")
    assert not style.wants(tmp_path / "mail" / "drafts" / "june.md")
    assert not style.wants(tmp_path / "old-june.md")
    monkeypatch.chdir(tmp_path)
    assert style.wants(Path("june.md")) and not style.wants(Path("drafts/june.md"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('\ndisable = ["presure"]', r":2: disable names 'presure', no cue .*\n.*Did you mean 'pressure'\?"),
        ('enable = ["pricing"]', "enable names 'pricing'"),
        ("[thresholds]\nunsure = 0.5", "thresholds has 'unsure', no cue of the model.*\n.*uncertain"),
        ("[thresholds]\njargon = 0.5", ":2: thresholds has 'jargon', a cue that is found by its words"),
    ],
)
def test_cues_that_are_not_there_are_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "clientvoice.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=told):
        read_style(path).checked((*CUES, "jargon"), CUES)


def test_a_style_without_a_file_is_checked_too() -> None:
    with pytest.raises(ConfigError, match="the house style: disable names 'x'"):
        HouseStyle(disable=("x",)).checked(CUES, CUES)
    assert HouseStyle(disable=("price",), thresholds={"uncertain": 0.5}).checked(CUES, CUES)


def test_the_digest_is_of_what_changes_a_result() -> None:
    assert HouseStyle(Path("a"), model="fast", exclude=("x",)).digest() == ""
    assert HouseStyle(disable=("a", "b")).digest() == HouseStyle(Path("x"), disable=("b", "a")).digest() != ""
    assert HouseStyle(thresholds={"price": 0.5}).digest() != HouseStyle(thresholds={"price": 0.6}).digest()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"reader_nouns": "maker"}, "the house style: reader_nouns = 'maker'.\\nWrite a list of up to 500"),
        ({"reader_nouns": ("club-",)}, "reader_nouns holds 'club-'.\\nA noun starts and ends"),
        ({"ignore_blocks": "button"}, "ignore_blocks = 'button'"),
        ({"ignore_blocks": ["foter"]}, "ignore_blocks holds 'foter'.*\\n.*Did you mean 'footer'"),
        ({"exclude": ("*",)}, r"exclude holds '\*'.\nIt takes in everything. Name what you mean, or leave"),
        ({"disable": (3,)}, "disable holds 3"),
        ({"disable": ("price",), "enable": ("price",)}, "'price' is both disabled and enabled"),
        ({"thresholds": 3}, "thresholds = 3"),
        ({"thresholds": {"pressure": 5}}, "pressure = 5.\\nA threshold is a probability"),
        ({"thresholds": {"pressure": "0.8"}}, "pressure = '0.8'"),
        ({"thresholds": {"pressure": float("nan")}}, "pressure = nan"),
        ({"thresholds": {"pressure": True}}, "pressure = True"),
        ({"thresholds": {3: 0.5}}, "thresholds has 3"),
        ({"model": 3}, "model = 3"),
        ({"rules": " "}, "rules = ' '"),
    ],
)
def test_a_style_made_in_python_is_checked_as_its_file_is(settings: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        HouseStyle(**settings)  # type: ignore[arg-type]


def test_lists_will_do_in_python() -> None:
    assert HouseStyle(disable=["price"], rules="our-rules").off(CUES) == {"price"}  # type: ignore[arg-type]
