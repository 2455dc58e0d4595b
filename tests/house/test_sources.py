from __future__ import annotations

from pathlib import Path

import pytest

from clientvoice.errors import ConfigError
from clientvoice.house import HouseStyle, read_style, style_files, style_for, styles_for

FULL = """
model = "fast"
rules = "our-rules"
disable = ["self_promotion"]
reader_nouns = ["maker", "club friend"]
ignore_blocks = ["button", "Terms and conditions*"]
include = ["*.md"]
exclude = ["drafts"]

[thresholds]
pressure = 0.8
uncertain = 0.6
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "our-rules").mkdir()
    (tmp_path / "mail" / "2026").mkdir(parents=True)
    return tmp_path


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_every_setting_is_read(home: Path) -> None:
    style = read_style(written(home / "clientvoice.toml", FULL))
    assert style == HouseStyle(
        path=home / "clientvoice.toml",
        model="fast",
        rules=home / "our-rules",
        disable=("self_promotion",),
        thresholds={"pressure": 0.8, "uncertain": 0.6},
        reader_nouns=("maker", "club friend"),
        ignore_blocks=("button", "Terms and conditions*"),
        include=("*.md",),
        exclude=("drafts",),
    )
    assert hash(style) == hash(read_style(home / "clientvoice.toml"))


def test_pyproject_holds_the_same_in_its_table(home: Path) -> None:
    table = FULL.replace("[thresholds]", "[tool.clientvoice.thresholds]")
    path = written(home / "pyproject.toml", f'[project]\nname = "x"\n[tool.clientvoice]\n{table}')
    assert read_style(path).thresholds == {"pressure": 0.8, "uncertain": 0.6}
    assert style_for([home / "mail"]) == read_style(path)


def test_the_nearest_file_above_is_found(home: Path) -> None:
    written(home / "clientvoice.toml", 'disable = ["price"]')
    near = written(home / "mail" / "clientvoice.toml", 'disable = ["pressure"]')
    assert style_for([home / "mail" / "2026"]).path == near
    assert style_for([home / "mail" / "2026" / "june.md"]).path == near
    assert style_for([home / "our-rules"]).disable == ("price",)


def test_its_own_file_goes_before_a_shared_one(home: Path) -> None:
    written(home / "pyproject.toml", '[tool.clientvoice]\ndisable = ["price"]')
    own = written(home / "clientvoice.toml", "")
    assert style_for([home]).path == own


@pytest.mark.parametrize(
    "text",
    ["this is = no = toml", '[project]\ndependencies = ["clientvoice"]', "# [tool.clientvoice]\nbroken ="],
)
def test_others_settings_are_none_of_our_affair(home: Path, text: str) -> None:
    written(home / "pyproject.toml", text)
    found = style_for([home])
    assert found.path is None or home not in found.path.parents


def test_a_shared_file_in_another_encoding_is_passed_over(home: Path) -> None:
    (home / "pyproject.toml").write_bytes("# caf\xe9".encode("latin-1"))
    assert style_for([home]) == HouseStyle()


def test_places_with_different_styles_are_told_apart(home: Path) -> None:
    written(home / "mail" / "clientvoice.toml", "")
    written(home / "our-rules" / "clientvoice.toml", "")
    with pytest.raises(ConfigError, match=r"--config FILE") as told:
        style_for([home / "mail", home / "our-rules", home / "mail" / "2026"])
    for place in ("mail", "our-rules"):
        assert f"{home / place / 'clientvoice.toml'} above {home / place}" in str(told.value)
    assert str(home / "mail" / "2026") in str(told.value)
    assert style_for([home / "mail", home / "mail" / "2026"]).path == home / "mail" / "clientvoice.toml"
    chosen = home / "our-rules" / "clientvoice.toml"
    assert style_for([home / "mail", home / "our-rules"], chosen).path == chosen


def test_a_style_is_not_that_of_a_place_without_one(home: Path) -> None:
    (home / "legal").mkdir()
    written(home / "legal" / "clientvoice.toml", 'disable = ["price"]')
    with pytest.raises(ConfigError, match=r"none above .*a\.md; .*toml above .*b\.md\. .*--config"):
        style_for([home / "a.md", home / "legal" / "b.md"])
    many = [home / f"{number}.md" for number in range(9)]
    with pytest.raises(ConfigError, match=r"4\.md and 4 more; .*toml above .*legal\. "):
        style_for([*many, home / "legal"])
    found = styles_for([home / "a.md", home / "legal" / "b.md", home / "c.md"])
    assert [(house.disable, [place.name for place in own]) for house, own in found] == [
        ((), ["a.md", "c.md"]),
        (("price",), ["b.md"]),
    ]
    assert len(styles_for([home / "a.md", home / "legal"], home / "legal" / "clientvoice.toml")) == 1


def test_the_files_that_may_settle_a_place_are_told_the_nearest_first(home: Path) -> None:
    found = list(style_files(home / "mail" / "june.md"))
    near = [home / "mail" / "clientvoice.toml", home / "mail" / "pyproject.toml"]
    assert found[2:5] == [*near, home / "clientvoice.toml"]
    assert written(home / "mail" / "clientvoice.toml", "") == style_for([home / "mail" / "june.md"]).path


def test_a_file_is_read_once_however_many_places_lie_below_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(home / "pyproject.toml", "[tool.other]")
    mine = written(home / "mail" / "clientvoice.toml", 'disable = ["price"]')
    read: list[Path] = []
    for way in ("read_text", "read_bytes"):
        kept = getattr(Path, way)
        monkeypatch.setattr(Path, way, lambda path, *how, kept=kept: (read.append(path), kept(path, *how))[1])
    places = [home / name for name in ("a.md", "mail/b.md", "mail/c.md", "d.md", "mail/2026/e.md")]
    assert [len(own) for _, own in styles_for(places)] == [2, 3]
    assert sorted(path for path in read if home in path.parents) == [mine, home / "pyproject.toml"]


def test_without_a_file_nothing_is_settled(home: Path) -> None:
    assert style_for([home]) == HouseStyle()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('\nignore = ["price"]', ":2: unknown key 'ignore'.\nAllowed: .*Did you mean 'ignore_blocks'?"),
        ("disable = 'price'", ":1: disable = 'price'.\nWrite a list"),
        ("disable = [3]", "disable holds 3"),
        ('disable = [""]', "disable holds ''"),
        ('exclude = ["**"]', "exclude holds"),
        ('disable = ["price"]\nenable = ["price"]', "both disabled and enabled"),
        ("model = 3", ":1: model = 3"),
        ('model = "./nowhere"', "no model in"),
        ('rules = "nowhere"', "no folder"),
        ("thresholds = 3", ":1: thresholds = 3"),
        ("[thresholds]\nprice = 1.5", ":2: price = 1.5.\nA threshold is a probability"),
        ("[thresholds]\nprice = true", "price = True"),
        ("[thresholds]\nprice = nan", "price = nan"),
        ('reader_nouns = ["club-"]', "reader_nouns holds 'club-'"),
        (
            'ignore_blocks = ["foter"]',
            "ignore_blocks holds 'foter'.*\n.*Did you mean 'footer'.*end these with",
        ),
        ("model = \n", ":1: not valid TOML"),
        ("x = " + "[" * 2_000, "nested too deeply"),
        ("disable = [" + '"price",' * 501 + "]", "up to 500"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_remedy(home: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError, match=f"(?s)clientvoice.toml.*{told}"):
        read_style(written(home / "clientvoice.toml", text))


def test_a_line_is_looked_for_in_our_table_only(home: Path) -> None:
    text = "[tool.other]\nmodel = 3\n\n[tool.clientvoice]\nmodel = 3\n"
    with pytest.raises(ConfigError, match=r"pyproject\.toml:5: model"):
        read_style(written(home / "pyproject.toml", text))


def test_a_file_that_cannot_be_read_is_told(home: Path) -> None:
    (home / "clientvoice.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8"):
        style_for([home])
    with pytest.raises(ConfigError, match=r"none\.toml"):
        read_style(home / "none.toml")
    (home / "clientvoice.toml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(ConfigError, match="over 1,000,000 bytes"):
        style_for([home])
