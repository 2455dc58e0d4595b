from __future__ import annotations

import os
from pathlib import Path

import pytest

from clientvoice.readers.folder import display_name
from clientvoice.records.places import parted


@pytest.mark.parametrize(
    ("path", "folder", "name"),
    [
        ("mail/june.eml", "mail", "june.eml"),
        ("june.eml", "", "june.eml"),
        ("", "", ""),
        ("mail/", "mail", ""),
        ("mail/this\\that.txt", "mail", "this\\that.txt"),
        ("mail\\2026\\june.eml", "mail/2026", "june.eml"),
        ("C:\\mail\\june.eml", "C:/mail", "june.eml"),
        ("ends in\\", "", "ends in\\"),
    ],
)
def test_a_path_is_taken_apart(path, folder, name):
    assert parted(path) == (folder, name)


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@pytest.mark.parametrize(
    "name", [b"bad\xff.txt", b"new\nline.txt", b"\x1b[1m.txt", "un\u200bseen.txt".encode(), b"\xff"]
)
def test_an_escaped_sign_is_no_step(name):
    shown = display_name(Path(os.fsdecode(name)))
    assert "\\x" in shown
    assert parted(shown) == ("", shown)
    assert parted(f"mail/{shown}") == ("mail", shown)
    assert parted(f"{shown}/june.txt") == (shown, "june.txt")
