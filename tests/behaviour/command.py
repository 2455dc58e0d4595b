"""The command behind ``python tests/quality.py``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from .gate import (
    MODELS,
    RECORD,
    Measured,
    Record,
    RegressionError,
    is_shipped,
    measure,
    problems,
    read_record,
    updated,
)

LOSS = "Mend the model. Where the loss is right, add --allow-regression and say why in the commit."


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and check the record or update it."""
    parser = argparse.ArgumentParser(
        prog="quality.py", description="Measure the shipped models on all suites."
    )
    parser.add_argument(
        "--model", choices=MODELS, action="append", help="only this one (default: all shipped)"
    )
    parser.add_argument("--update", action="store_true", help="pin models and data, and raise the floors")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: lower floors as well")
    parser.add_argument("--failures", action="store_true", help="print every sentence that failed")
    options = parser.parse_args(arguments)
    chosen = options.model or [model for model in MODELS if is_shipped(model)]
    if missing := [model for model in chosen if not is_shipped(model)]:
        parser.error(f"there is no models/{missing[0]}: train it first, or leave out --model {missing[0]}")
    measured = [measure(model) for model in chosen]
    record = read_record()
    if options.update:
        try:
            for one in measured:
                record = updated(record, one, allow_regression=options.allow_regression)
        except RegressionError as error:
            print(table(record, measured))
            return _complain(f"Nothing was written, since floors would fall:\n{error}", LOSS)
        RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8", newline="\n")
    print(table(record, measured))
    for one in measured if options.failures else ():
        for outcome in one.outcomes:
            print(f"\n{one.model}: {outcome.told(most=outcome.checks)}")
    return _complain(*problems(record, measured))


def table(record: Record, measured: Sequence[Measured]) -> str:
    """Return what was measured as a Markdown table, as it stands in the models' cards."""
    names = [f" {one.model} | floor |" for one in measured]
    lines = ["| suite | checks |" + "".join(names), "|---|---:|" + "---:|---:|" * len(measured)]
    for row in zip(*(one.outcomes for one in measured), strict=True):
        cells = []
        for one, outcome in zip(measured, row, strict=True):
            floor = record["models"].get(one.model, {}).get("suites", {}).get(outcome.name)
            cells.append(f" {outcome.value:.1%} | {'none' if floor is None else f'{floor:.1%}'} |")
        lines.append(f"| {row[0].title} | {row[0].checks} |" + "".join(cells))
    return "\n".join(lines)


def _complain(*lines: str) -> int:
    """Write what is wrong and return the exit code."""
    for line in lines:
        sys.stderr.write(f"\n{line}\n")
    return 1 if lines else 0
