"""Measure a model on the authored contrast groups, which no shipped model was trained on."""

from __future__ import annotations

import json
from pathlib import Path

from clientvoice.corpora.sentences import read_contrast
from clientvoice.evaluation.measures import label_figures
from clientvoice.records import FRAMES
from clientvoice.voice import ClientVoice

from .suites import Outcome


def measure_contrast(voice: ClientVoice, corpus: Path) -> list[Outcome]:
    """Return macro-F1 over all contrast sentences, and the share of rewrite pairs that point the right way.

    A pair points the right way if the rewrite stands nearer to client, by the
    log-odds of client against customer, than the customer sentence it rewrites.
    """
    examples = read_contrast(corpus)
    texts = [example.text for example in examples]
    logits = voice.model.sentences.score(texts).frames
    predicted = [FRAMES[column] for column in logits.argmax(axis=1)]
    figures = label_figures([example.label for example in examples], predicted, FRAMES)
    lean = logits[:, FRAMES.index("client")] - logits[:, FRAMES.index("customer")]
    side = dict(zip(texts, lean.tolist(), strict=True))
    pairs = read_pairs(corpus)
    wrong = tuple(f"{new}\n    for: {old}" for old, new in pairs if side[new] <= side[old])
    right = 1 - len(wrong) / len(pairs)
    return [
        Outcome("contrast_macro_f1", "Contrast groups, macro-F1", figures["macro_f1"], len(texts)),
        Outcome("contrast_pairs", "Rewrite pairs, right way round", right, len(pairs), wrong),
    ]


def read_pairs(corpus: Path) -> list[tuple[str, str]]:
    """Return each customer sentence of the contrast groups that has a rewrite, with its client rewrite."""
    files = sorted(corpus.glob("contrast/*.jsonl"))
    rows = [
        json.loads(line) for path in files for line in path.read_text("utf-8").splitlines() if line.strip()
    ]
    texts = {row["id"]: row["text"] for row in rows}
    return [(texts[row["rewrite_of"]], row["text"]) for row in rows if row["rewrite_of"]]
