from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from clientvoice.cli import app

PAGE = Path(__file__).resolve().parents[2] / "clientvoice" / "resources" / "rules" / "README.md"


def test_the_page_beside_the_rules_is_what_the_rules_say() -> None:
    printed = CliRunner().invoke(app, ["cues", "--markdown"]).output
    remedy = "clientvoice cues --markdown > clientvoice/resources/rules/README.md"
    assert PAGE.read_text("utf-8") == printed, remedy
