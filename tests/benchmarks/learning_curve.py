"""What more labelled senders bring: ``python tests/benchmarks/learning_curve.py --out curve.md``.

With ``--messages`` the same for whole messages: the message model is fitted on growing
parts of the labelled messages, whose sentences were scored by n-grams of other senders.

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
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import numpy as np
from sklearn.metrics import f1_score

from clientvoice.corpora.labelled import read_labelled
from clientvoice.corpora.messages import LabelledMessage, messages_of
from clientvoice.corpora.sentences import (
    Example,
    apply_labels,
    fold_of,
    read_corpus,
    read_examples,
    read_texts,
)
from clientvoice.evaluation.measures import macro_f1_interval, score_figures
from clientvoice.framing.messages import MessageFraming
from clientvoice.records import FRAMES
from clientvoice.training.calibration import calibrate
from clientvoice.training.fit import told_messages
from clientvoice.training.folds import cross_fit, indicators
from clientvoice.training.messages import fit_messages, framed, lone_messages
from clientvoice.training.ngrams import fit_ngrams

ROOT = Path(__file__).resolve().parents[2]
SHARED = (ROOT / ".." / "shared").resolve()
SHARES = (0.05, 0.1, 0.2, 0.4, 0.7, 1.0)
PARTS = 100
HELD = 80
MESSAGE_FOLDS = 4


def main() -> int:
    """Fit, measure, write the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path)
    options.add_argument("--messages", action="store_true")
    wanted = options.parse_args()
    if not SHARED.is_dir():
        sys.stderr.write(f"{SHARED}: missing; the curve needs the labelled text of the shared folder.\n")
        return 2
    table = "\n".join(_messages() if wanted.messages else _sentences()) + "\n"
    if wanted.out:
        wanted.out.write_text(table, "utf-8")
    sys.stdout.write(table)
    return 0


def _real() -> list[Example]:
    return apply_labels(
        read_examples(SHARED / "training" / "real_sentences.jsonl"),
        read_texts(SHARED / "training" / "unlabelled_sentences.jsonl"),
        ROOT / "data" / "labelling" / "real_labels.jsonl",
    )


def _sentences() -> list[str]:
    real = _real()
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
    return lines


def _messages() -> list[str]:
    real = _real()
    messages = messages_of(read_labelled(SHARED / "training" / "real_messages.jsonl"))
    with tempfile.TemporaryDirectory() as work:
        unseen = cross_fit(real, real, messages, [fit_ngrams], Path(work), folds=2)
    calibration = calibrate(unseen.frames, unseen.cues, *indicators(real))
    scored = told_messages(messages, unseen, calibration)
    lone = lone_messages(real, calibration.scores(unseen.frames, unseen.cues))
    vectorizer = fit_ngrams(real)[0].vectorizer
    lines = [
        "| labelled messages | of senders | on the right side of 50 | macro-F1 of four labels | Spearman |",
        "|---:|---:|---:|---:|---:|",
    ]
    for share in SHARES[1:]:
        told: list[tuple[LabelledMessage, MessageFraming]] = []
        sizes, senders = [], []
        for fold in range(MESSAGE_FOLDS):
            learned = [
                item
                for item in scored
                if fold_of(item.message.group, MESSAGE_FOLDS) != fold
                and fold_of(f"part {item.message.group}", PARTS) < PARTS * share
            ]
            model, heads, _ = fit_messages(learned, lone, {"ngrams": vectorizer})
            sizes.append(len(learned))
            senders.append(len({item.message.group for item in learned}))
            held = [item for item in scored if fold_of(item.message.group, MESSAGE_FOLDS) == fold]
            told += [(item.message, framed(item, model, heads, {"ngrams": vectorizer})) for item in held]
        truth, found = [message for message, _ in told], [framing for _, framing in told]
        figures = score_figures(
            [message.label for message in truth],
            [framing.label for framing in found],
            [message.score for message in truth],
            [framing.score for framing in found],
        )
        lines.append(
            f"| {np.mean(sizes):.0f} | {np.mean(senders):.0f} | {figures['right_side_of_50']:.3f} "
            f"| {figures['macro_f1']:.3f} | {figures['score_spearman']:.3f} |"
        )
        sys.stderr.write(lines[-1] + "\n")
    return lines


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
