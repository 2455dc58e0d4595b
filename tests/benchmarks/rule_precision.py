"""Precision and recall of the rule book on real sentences, cue by cue.

Run it from a checkout that has the shared folder beside it::

    python tests/benchmarks/rule_precision.py [--rules DIR] [--cue pressure] [--json FILE]

Two precisions are told for each cue. *Strict*: the reader of the sentence listed this
cue. *Frame*: the sentence has the label of the cue's frame; readers listed one to three
main cues and passed over the rest, so the truth lies between the two. Recall is over the
sentences for which the cue was listed. The texts are other people's and are never printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

from clientvoice.rules import RuleBook, match_many

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
SETS = {
    "training": SHARED / "training" / "real_sentences.jsonl",
    "dev": SHARED / "benchmark" / "dev_sentences.jsonl",
}


def measure(book: RuleBook, path: Path) -> tuple[dict[str, dict[str, float]], float]:
    """Return the figures of every cue on one file, and sentences matched in a second of processor time."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    match_many(book, [rows[0]["text"]])
    began = time.process_time()
    hits = match_many(book, [row["text"] for row in rows])
    speed = len(rows) / (time.process_time() - began)
    said: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    framed: Counter[str] = Counter()
    gold: Counter[str] = Counter(cue for row in rows for cue in row["cues"])
    for row, found in zip(rows, hits, strict=True):
        for cue in {hit.cue for hit in found}:
            said[cue] += 1
            listed[cue] += cue in row["cues"]
            framed[cue] += row["label"] == book[cue].frame
    table = {
        cue: {
            "hits": said[cue],
            "strict": round(listed[cue] / said[cue], 3) if said[cue] else 0.0,
            "frame": round(framed[cue] / said[cue], 3) if said[cue] else 0.0,
            "gold": gold[cue],
            "recall": round(listed[cue] / gold[cue], 3) if gold[cue] else 0.0,
        }
        for cue in book.cues
    }
    return table, speed


def main() -> int:
    """Print the table for each set that is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rules", type=Path, help="a folder of house rules on top of the shipped ones")
    parser.add_argument("--cue", help="only this cue")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    missing = [str(path) for path in SETS.values() if not path.exists()]
    if missing:
        print(
            "Needs the labelled sentences of the shared folder; absent: " + ", ".join(missing),
            file=sys.stderr,
        )
        return 2
    book = RuleBook.load(options.rules)
    figures = {}
    for name, path in SETS.items():
        figures[name], speed = measure(book, path)
        print(f"\n{name}: {speed:,.0f} sentences a second of processor time")
        print(f"{'cue':<18}{'hits':>6}{'strict':>9}{'frame':>8}{'gold':>7}{'recall':>9}")
        for cue, row in figures[name].items():
            if options.cue in (None, cue):
                print(
                    f"{cue:<18}{row['hits']:>6}{row['strict']:>9.2f}{row['frame']:>8.2f}"
                    f"{row['gold']:>7}{row['recall']:>9.2f}"
                )
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
