"""The same task for other kinds of classifiers: ``python tests/benchmarks/peers.py --out table.md``.

One run, the same training sentences, the same dev set, one core. Needs a checkout
that has the shared folder beside it, and the peers::

    python -m pip install -e '.[peers]'
    python tests/benchmarks/peers.py --out peers.md [--only fasttext setfit] [--limit 1500]

How it is kept even: no peer sees a dev sentence or a dev sender, and none is tuned
on them. Class weights ``(n / 3 n_class) ** 0.4`` go to every peer: as weights where it
takes them, else by repeating sentences. Every "+ LR" row has the same head, its
strength of penalty chosen on training senders held out. Probabilities are judged as
the peer gives them. Times are processor times, so a busy machine changes little.
The texts are other people's and are never printed.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
os.environ.update(TOKENIZERS_PARALLELISM="false", HF_HUB_OFFLINE="1")  # both before numpy and torch come in

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from peer_models import PEERS, Fitted, tell, texts_of
from sklearn.metrics import f1_score

from clientvoice.corpora.sentences import (
    Example,
    apply_labels,
    digest,
    read_corpus,
    read_examples,
    read_texts,
)
from clientvoice.errors import ModelError
from clientvoice.evaluation.measures import calibration_error, macro_f1_interval
from clientvoice.records import FRAMES

ROOT = Path(__file__).resolve().parents[2]
SHARED = (ROOT / ".." / "shared").resolve()
REAL = SHARED / "training" / "real_sentences.jsonl"
UNLABELLED = SHARED / "training" / "unlabelled_sentences.jsonl"
DEV = SHARED / "benchmark" / "dev_sentences.jsonl"
LABELS = ROOT / "data" / "labelling" / "real_labels.jsonl"


@dataclass
class Data:
    """What every peer learns from and is judged by."""

    train: list[Example]
    dev: list[Example]
    pool: list[str]
    """Distinct sentences to take the time with, those of dev first."""


def read_data(limit: int | None) -> Data:
    """Read, correct and extend the training sentences; leave out what dev has."""
    dev = read_examples(DEV)
    labelled = read_corpus(ROOT / "data" / "corpus") + read_examples(REAL)
    train = apply_labels(labelled, read_texts(UNLABELLED), LABELS)
    texts, senders = {example.text for example in dev}, {example.group for example in dev}
    kept = [example for example in train if example.text not in texts and example.group not in senders]
    tell(f"{len(kept)} training sentences ({len(train) - len(kept)} left out: text or sender is in dev)")
    if limit:
        kept = random.Random(0).sample(kept, min(limit, len(kept)))
    pool = list(dict.fromkeys(example.text for example in dev + kept))
    return Data(kept, dev, pool)


def sentences_per_second(peer: Fitted, pool: list[str], *, seconds: float = 3.0) -> float:
    """Return distinct sentences read a second of processor time, in chunks of 500."""
    peer.probabilities(pool[-50:])
    done, started = 0, time.process_time()
    while done < len(pool) and time.process_time() - started < seconds:
        done += len(peer.probabilities(pool[done : done + 500]))
    return done / (time.process_time() - started)


def megabytes(peer: Fitted) -> float:
    """Return what the peer takes on disk."""
    with tempfile.TemporaryDirectory() as work:
        folder = peer.save if isinstance(peer.save, Path) else Path(work)
        if not isinstance(peer.save, Path):
            peer.save(folder)
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def measure(name: str, data: Data) -> list[str]:
    """Train and judge one peer; return its cells of the table."""
    title, train = PEERS[name]
    tell(f"{name}: training on {len(data.train)} sentences")
    started = time.process_time()
    try:
        peer = train(data.train)
    except (ImportError, ModelError) as error:
        tell(f"{name}: SKIPPED: {error}")
        absent = isinstance(error, ModuleNotFoundError)
        why = f"not installed: `{error.name}` (`pip install 'clientvoice[peers]'`)" if absent else str(error)
        return [title, *["–"] * 5, why]
    minutes = "–" if isinstance(peer.save, Path) else f"{(time.process_time() - started) / 60:.1f}"
    gold = np.array([FRAMES.index(example.label) for example in data.dev])
    chances = peer.probabilities(texts_of(data.dev))
    top = chances.argmax(axis=1)
    score = f1_score(gold, top, average="macro")
    low, high = macro_f1_interval(gold, top, [example.group for example in data.dev])
    cells = [
        title,
        f"{score:.3f} ({low:.2f}–{high:.2f})",
        f"{calibration_error(chances.max(axis=1), top == gold):.3f}",
        f"{sentences_per_second(peer, data.pool):,.0f}",
        f"{megabytes(peer):.1f}",
        minutes,
        peer.note,
    ]
    tell("  " + " | ".join(cells))
    return cells


def table(rows: Iterable[Sequence[str]], data: Data) -> str:
    """Return the rows as a Markdown table with what it stands on."""
    head = [
        "model",
        "macro-F1 (95 %)",
        "calibration error",
        "sentences/s, one core",
        "MB",
        "training, min",
        "",
    ]
    lines = [head, ["---", "---", *["---:"] * 4, "---"], *rows]
    text = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
    senders = len({example.group for example in data.dev})
    return (
        f"{text}\n\n{len(data.train)} training sentences (digest `{digest(data.train)[:12]}`); "
        f"{len(data.dev)} dev sentences of {senders} senders unseen in training. Intervals resample senders. "
        "Speed (on distinct sentences) and training in processor time on one core. The shipped models' own "
        "recipes were chosen with figures on dev in sight; the peers have stock or fixed settings.\n"
    )


def main() -> int:
    """Train, measure, print the table and write it; it is written anew after every peer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="where the Markdown table goes")
    parser.add_argument("--only", nargs="+", choices=PEERS, metavar="NAME", help=", ".join(PEERS))
    parser.add_argument("--limit", type=int, help="train on so many sentences only, for a quick try")
    options = parser.parse_args()
    missing = [str(path) for path in (REAL, UNLABELLED, DEV, LABELS) if not path.exists()]
    if missing:
        message = "Needs the labelled sentences of the shared folder beside the checkout; absent: "
        print(message + ", ".join(missing), file=sys.stderr)
        return 2
    data = read_data(options.limit)
    rows: list[list[str]] = []
    for name in options.only or PEERS:
        rows.append(measure(name, data))
        options.out.write_text(table(rows, data), encoding="utf-8")
    print(table(rows, data))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
