"""What readers said of suggestions: ``data/rewrites/readings.tsv`` as a table.

Two readers judged each suggestion without knowing whether it was ours, one of our
writers' pairs, a pair as it was before it was written anew, an edit of ``data/edits``,
or what a trained editor said. A row is one
reader's five verdicts on one suggestion, without any text: the texts are not ours to
publish. The share is the mean over both readers; intervals are 95 %, resampling
suggestions.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

READINGS = Path(__file__).resolve().parents[2] / "data" / "rewrites" / "readings.tsv"
VERDICTS = ("grammatical", "meaning", "no_promise", "better", "would_use")
ROUNDS = 2_000


def read(path: Path = READINGS) -> list[dict[str, str]]:
    """Return the rows of the readings."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def table(rows: Iterable[dict[str, str]]) -> list[str]:
    """Return the shares of each group as a Markdown table."""
    rows = list(rows)
    ours = [row for row in rows if row["source"] == "ours"]
    was = [row for row in rows if row["source"] == "pair_before"]
    groups = {
        "ours, all that were read": ours,
        "ours, safe when read": [row for row in ours if row["safe_then"] == "y"],
        "ours, safe now": [row for row in ours if row["safe_now"] == "y"],
        "ours, shown but not safe now": [row for row in ours if row["safe_now"] == "shown"],
        "ours, no longer suggested": [row for row in ours if row["safe_now"] == "gone"],
        "our writers' pairs": [row for row in rows if row["source"] == "pair"],
        "pairs as they were, among these": [row for row in was if row["round"] == "5"],
        "pairs as they were, among suggestions": [row for row in was if row["round"] != "5"],
        "edits of data/edits": [row for row in rows if row["source"] == "edit"],
    }
    for name, then in (("safe when read", "y"), ("not safe when read", "n")):
        groups[f"a trained editor, {name}"] = [
            row for row in rows if row["source"] == "trained" and row["safe_then"] == then
        ]
    for name in ("1", "2", "3", "4", "6"):
        read = [row for row in ours if row["round"] == name]
        groups[f"round {name}, ours"] = read
        groups[f"round {name}, safe when read"] = [row for row in read if row["safe_then"] == "y"]
        groups[f"round {name}, suggested now"] = [row for row in read if row["safe_now"] != "gone"]
    lines = [
        f"| group | suggestions | readings | {' | '.join(name.replace('_', ' ') for name in VERDICTS)} |",
        f"|---|---:|---:|{'---:|' * len(VERDICTS)}",
    ]
    lines += [f"| {name} | {_cells(some)} |" for name, some in groups.items() if some]
    origins: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in ours:
        origins[row["origin"] or "(a rule that is gone)"].append(row)
    often = sorted(origins.items(), key=lambda item: (-len(item[1]), item[0]))
    lines += ["", "The rules that were read most:", "", *lines[:2]]
    lines += [f"| {name} | {_cells(some)} |" for name, some in often[:12]]
    return lines


def _cells(rows: list[dict[str, str]]) -> str:
    found: dict[tuple[str, str], list[list[bool]]] = defaultdict(list)
    for row in rows:
        found[row["round"], row["sha256"]].append([row[name] == "y" for name in VERDICTS])
    shares = np.array([np.mean(verdicts, axis=0) for verdicts in found.values()])
    draws = np.random.default_rng(0).integers(0, len(shares), (ROUNDS, len(shares)))
    low, high = np.quantile(shares[draws].mean(axis=1), [0.025, 0.975], axis=0)
    told = [
        f"{mean:.0%} ({a:.0%} to {b:.0%})" for mean, a, b in zip(shares.mean(axis=0), low, high, strict=True)
    ]
    return " | ".join([str(len(shares)), str(len(rows)), *told])
