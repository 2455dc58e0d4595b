"""What readers said is in the project, without a word of what they read."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.fixture(scope="module")
def readings() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        return import_module("rewrite_readings")


def test_the_rows_hold_verdicts_and_no_text(readings: ModuleType) -> None:
    rows = readings.read()
    assert len(rows) == 2 * len({(row["round"], row["sha256"]) for row in rows}) == 1_854
    for row in rows:
        assert re.fullmatch(r"[0-9a-f]{64}", row["sha256"])
        assert row["source"] in ("ours", "pair", "pair_before", "trained", "edit")
        assert row["round"] in ("1", "2", "3", "4", "5", "6")
        assert re.fullmatch(r"[123456][ab]", row["reader"])
        assert re.fullmatch(r"(?:[\w/.-]+(?::\d+)?)?", row["origin"])
        assert row["safe_then"] in ("y", "n", "") and row["safe_now"] in ("y", "shown", "gone", "")
        assert {row[name] for name in readings.VERDICTS} <= {"y", "n"}


def test_the_readme_says_what_the_table_says(readings: ModuleType) -> None:
    lines = readings.table(readings.read())
    text = README.read_text("utf-8")
    for group, told in (
        ("all that were read", "as read"),
        ("round 3, safe when read", "read afresh in the third round"),
        ("round 4, ours", "read afresh in the fourth round"),
        ("round 4, suggested now", "what of these is still suggested"),
        ("round 6, ours", "read afresh in the sixth round"),
        ("safe now", "safe now"),
        ("our writers' pairs", "our writers' pairs"),
        ("as they were, among these", "as they were before, read among these"),
        ("as they were, among suggestions", "as they were before, read among suggestions"),
    ):
        row = next(line for line in lines if f"{group} |" in line and "not safe" not in line)
        cells = [cell.strip() for cell in row.split("|")[4:-1]]
        shown = [cell.replace("% (", " % (").replace("% to ", "–").replace("%)", ")") for cell in cells]
        assert next(line for line in text.splitlines() if told in line and " % (" in line).endswith(
            f"| {' | '.join(shown)} |"
        )
