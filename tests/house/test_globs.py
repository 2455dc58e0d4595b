from __future__ import annotations

import time

import pytest

from clientvoice.errors import ConfigError
from clientvoice.house import read_style
from clientvoice.house.globs import fault_of, matches


@pytest.mark.parametrize(
    ("glob", "place", "taken"),
    [
        ("*.md", "june.md", True),
        ("*.md", "mail/2026/june.md", True),
        ("*.md", "june.mdx", False),
        ("drafts", "drafts/june.md", True),
        ("drafts/", "mail/drafts/june.md", True),
        ("drafts", "drafts-old/june.md", False),
        ("/drafts", "mail/drafts/june.md", False),
        ("/drafts", "drafts/june.md", True),
        ("mail/*.md", "mail/june.md", True),
        ("mail/*.md", "mail/2026/june.md", False),
        ("mail/**/june.md", "mail/june.md", True),
        ("mail/**/june.md", "mail/2026/q2/june.md", True),
        ("mail/**", "mail/2026/june.md", True),
        ("./mail/june.md", "mail/june.md", True),
        ("june-?.md", "june-1.md", True),
        ("june-?.md", "june-12.md", False),
        ("a+b.md", "a+b.md", True),
        ("*.md", "../other/june.md", True),
    ],
)
def test_globs_mean_what_they_mean_in_ignore_files(glob: str, place: str, taken: bool) -> None:
    assert matches(glob, place) is taken


@pytest.mark.parametrize(
    "glob", ["[", "[ab]*.md", "*.{md,txt}", "drafts\\\\*.md", "!june.md", ".", "./**", ""]
)
@pytest.mark.parametrize("key", ["include", "exclude"])
def test_a_glob_that_would_take_in_nothing_or_everything_is_refused(tmp_path, glob: str, key: str) -> None:
    path = tmp_path / "clientvoice.toml"
    path.write_text(f"disable = []\n{key} = ['{glob}']".replace("\\\\", "\\"))
    with pytest.raises(ConfigError, match=rf"clientvoice\.toml:2: {key} holds .*\n\w"):
        read_style(path)


@pytest.mark.parametrize(
    "glob", ["*.md", ".*", "june (1)?.md", "a+b.md", "../other/*.md", "/drafts", "50%,!.md"]
)
def test_other_signs_are_letters(glob: str) -> None:
    assert fault_of(glob) is None


def test_a_glob_of_stars_takes_no_time() -> None:
    started = time.process_time()
    assert not matches("**/" * 8 + "*a*a*a.md", "/".join(["aaaaaaaa"] * 40))
    assert time.process_time() - started < 2
