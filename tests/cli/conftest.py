from __future__ import annotations

import pytest
from typer.testing import CliRunner

from clientvoice.cli import app

SELLING = "Hurry! Buy now and save 50%. Only three left, and the offer ends tonight."
CARING = (
    "Dear Ms. Okafor,\n\nwe made a mistake in your May statement and have corrected it. "
    "You owe nothing. Dana will ring you on Monday before anything changes, and you can reply to this mail."
)


@pytest.fixture
def run():
    """Run the command line in this process and return its result."""
    runner = CliRunner()

    def invoke(*args, **options):
        result = runner.invoke(app, [str(arg) for arg in args], prog_name="clientvoice", **options)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return invoke


@pytest.fixture
def mails(tmp_path):
    """A folder with two messages."""
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "may.txt").write_text(CARING, encoding="utf-8")
    (folder / "sale.eml").write_text(
        f"From: Shop <shop@example.com>\nSubject: Last chance\n\n{SELLING}\n", encoding="utf-8"
    )
    return folder
