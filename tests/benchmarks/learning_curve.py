"""What more labelled senders bring: ``python tests/benchmarks/learning_curve.py --out curve.md``.

The n-gram branch is fitted on growing parts of the training senders (all of a
sender's sentences or none), with and without the authored messages, and measured
on senders that it has not seen: the last fifth of the training senders, the same
for every row, and the dev set. Needs a checkout with the shared folder beside it.
The texts are other people's and are never printed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import numpy as np
from sklearn.metrics import f1_score

from clientvoice.corpora.sentences import (
    Example,
    apply_labels,
    fold_of,
    read_corpus,
    read_examples,
    read_texts,
)
from clientvoice.evaluation.measures import macro_f1_interval
from clientvoice.records import FRAMES
from clientvoice.training.ngrams import fit_ngrams

ROOT = Path(__file__).resolve().parents[2]
SHARED = (ROOT / ".." / "shared").resolve()
SHARES = (0.05, 0.1, 0.2, 0.4, 0.7, 1.0)
PARTS = 100
HELD = 80


def main() -> int:
    """Fit, measure, write the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path)
    wanted = options.parse_args()
    if not SHARED.is_dir():
        sys.stderr.write(f"{SHARED}: missing; the curve needs the labelled text of the shared folder.\n")
        return 2
    real = apply_labels(
        read_examples(SHARED / "training" / "real_sentences.jsonl"),
        read_texts(SHARED / "training" / "unlabelled_sentences.jsonl"),
        ROOT / "data" / "labelling" / "real_labels.jsonl",
    )
    authored = read_corpus(ROOT / "data" / "corpus")
    dev = read_examples(SHARED / "benchmark" / "dev_sentences.jsonl")
    held = [row for row in real if fold_of(row.group, PARTS) >= HELD]
    lines = [
        "| senders | real sentences | authored sentences | held-out senders | dev |",
        "|---:|---:|---:|---|---|",
    ]
    for extra in ([], authored):
        for share in SHARES:
            part = [row for row in real if fold_of(row.group, PARTS) < HELD * share]
            lines.append(_row(part, extra, held, dev))
            sys.stderr.write(lines[-1] + "\n")
    table = "\n".join(lines) + "\n"
    if wanted.out:
        wanted.out.write_text(table, "utf-8")
    sys.stdout.write(table)
    return 0


def _row(part: list[Example], extra: list[Example], held: list[Example], dev: list[Example]) -> str:
    branch, frame_bias, _ = fit_ngrams([*part, *extra])
    told = []
    for judged in (held, dev):
        vectors = branch.vectorizer.transform([row.text for row in judged])
        top = np.asarray(vectors @ branch.frame_weights.T + frame_bias).argmax(axis=1)
        told.append(_figure(judged, top))
    senders = len({row.group for row in part})
    return f"| {senders} | {len(part):,} | {len(extra):,} | {told[0]} | {told[1]} |"


def _figure(judged: Sequence[Example], top: np.ndarray) -> str:
    gold = np.array([FRAMES.index(row.label) for row in judged])
    low, high = macro_f1_interval(gold, top, [row.group for row in judged], rounds=300)
    return f"{f1_score(gold, top, average='macro'):.3f} ({low:.3f} to {high:.3f})"


if __name__ == "__main__":
    sys.exit(main())
