"""How good the suggested rewrites are: ``python tests/benchmarks/rewrites.py --out rewrites.md``.

Two sets of customer sentences: a fifth of the pairs in ``data/rewrites``, kept from
retrieval, and the customer sentences of the dev benchmark (where the shared folder
stands beside the checkout). Five systems on the same sentences in one run: ours, the
sentence as it is, only dropping clauses, only phrase rules, and for the pairs the
editor's own version as a ceiling.

Framing is judged by a model that had no part in making them: n-grams trained here on
the authored messages alone. Meaning is the share of the sentence's words that stay,
weighted by rarity; fluent is a sentence without a slip that the guards know. Joint is
the mean of the product of the three over all sentences, those without a suggestion as
they are (after Logacheva et al. 2022). Texts of the benchmark are never printed.
``--readings`` prints instead what readers said of suggestions, from
``data/rewrites/readings.tsv``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import rewrite_readings

import clientvoice
from clientvoice.corpora.sentences import fold_of, read_corpus, read_examples
from clientvoice.records import FRAMES, Framing, Rewrite, Sentence, SentenceAnalysis
from clientvoice.rewrites.facts.finding import compare_facts
from clientvoice.rewrites.guards.fluency import slips
from clientvoice.rewrites.guards.similarity import similarity
from clientvoice.rewrites.pairs import Pair, Pairs, read_pairs
from clientvoice.rewrites.ranking import Rewriter
from clientvoice.training.ngrams import fit_ngrams
from clientvoice.voice import ClientVoice

ROOT = Path(__file__).resolve().parents[2]
DEV = (ROOT / ".." / "shared").resolve() / "benchmark" / "dev_sentences.jsonl"
FIFTH = 5
Judge = Callable[[Sequence[str]], np.ndarray]


@dataclass
class Told:
    """What one system makes of one sentence; None where it says nothing."""

    text: str | None
    safe: bool = False
    advised: bool = False
    example: bool = False


def main() -> int:
    """Measure all systems on both sets and print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path)
    options.add_argument("--model", default="accurate")
    options.add_argument("--limit", type=int, default=0, help="Sentences a set; 0 for all.")
    options.add_argument("--readings", action="store_true", help="What readers said, and nothing else.")
    wanted = options.parse_args()
    if wanted.readings:
        sys.stdout.write("\n".join(rewrite_readings.table(rewrite_readings.read())) + "\n")
        return 0
    voice, judge = clientvoice.load(wanted.model), independent_judge()
    pairs = list(read_pairs(ROOT / "data" / "rewrites"))
    held = [pair for pair in pairs if fold_of(pair.id, FIFTH) == 0]
    kept = Pairs(tuple(pair for pair in pairs if fold_of(pair.id, FIFTH) != 0))
    sets: list[tuple[str, list[str], list[Pair]]] = [
        ("held-out pairs", [pair.customer for pair in held], held)
    ]
    if DEV.is_file():
        dev = [row.text for row in read_examples(DEV) if row.label == "customer"]
        sets.append(("dev customer sentences", dev, []))
    else:
        sys.stderr.write(f"{DEV}: missing; only the held-out pairs are measured.\n")
    told = []
    for title, sentences, own in sets:
        some = sentences[: wanted.limit or None]
        told += [f"### {title}: {len(some)} sentences", ""]
        told += _table(voice, judge, kept, some, own[: wanted.limit or None])
        told.append("")
    text = "\n".join(told)
    if wanted.out:
        wanted.out.write_text(text, "utf-8")
    sys.stdout.write(text)
    return 0


def independent_judge() -> Judge:
    """Train n-grams on the authored messages: other data than any shipped model chose by."""
    branch, bias, _ = fit_ngrams(read_corpus(ROOT / "data" / "corpus"))

    def judge(texts: Sequence[str]) -> np.ndarray:
        logits = np.asarray(branch.vectorizer.transform(texts) @ branch.frame_weights.T + bias)
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(chances / chances.sum(axis=1, keepdims=True))

    return judge


def _table(
    voice: ClientVoice, judge: Judge, pairs: Pairs, sentences: list[str], own: list[Pair]
) -> list[str]:
    rewriter = replace(voice._rewriter, pairs=pairs)
    systems: dict[str, list[Told]] = {
        "clientvoice, safe ones": _suggested(voice, rewriter, sentences, None, safe_only=True),
        "clientvoice, best one": _suggested(voice, rewriter, sentences, None),
        "phrase rules only": _suggested(voice, rewriter, sentences, "phrase"),
        "dropping clauses only": _suggested(voice, rewriter, sentences, "clause"),
        "copy": [Told(text) for text in sentences],
    }
    if own:
        systems["the editor's own"] = [Told(pair.client) for pair in own]
    lines = [
        "| system | says something | safe | advice | example | facts kept | flipped | less customer "
        "| meaning | fluent | joint |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    return [*lines, *(_row(name, judge, sentences, told) for name, told in systems.items())]


def _suggested(
    voice: ClientVoice,
    rewriter: Rewriter,
    sentences: list[str],
    method: str | None,
    *,
    safe_only: bool = False,
) -> list[Told]:
    found = []
    for suggestions in rewriter(_as_customer(voice, sentences), limit=24):
        some: Sequence[Rewrite] = suggestions.rewrites if suggestions else ()
        fitting = [
            one for one in some if (method is None or one.method == method) and (one.safe or not safe_only)
        ]
        advised = bool(suggestions and suggestions.advice)
        example = bool(suggestions and suggestions.example)
        found.append(
            Told(fitting[0].text, any(one.safe for one in fitting), advised, example)
            if fitting
            else Told(None, advised=advised, example=example)
        )
    return found


def _as_customer(voice: ClientVoice, sentences: list[str]) -> list[SentenceAnalysis]:
    """Read the sentences as the library does; the benchmark's label stands, whatever the model thinks."""
    read = voice._judge(sentences)
    analysed = [one.at(Sentence(0, len(text), text)) for one, text in zip(read, sentences, strict=True)]
    return [replace(one, framing=Framing("customer", one.framing.probabilities)) for one in analysed]


def _row(name: str, judge: Judge, sentences: list[str], told: list[Told]) -> str:
    customer = FRAMES.index("customer")
    said = np.array([one.text is not None for one in told])
    after_texts = [one.text or text for one, text in zip(told, sentences, strict=True)]
    before, after = judge(sentences)[:, customer], judge(after_texts)
    flipped = (after.argmax(axis=1) != customer)[said]
    pairs = list(zip(sentences, after_texts, strict=True))
    meaning = np.array([similarity(old, new) for old, new in pairs])
    fluent = np.array([not slips(old, new) for old, new in pairs])
    facts = np.array([compare_facts(old, new).kept for old, new in pairs])
    joint = (1 - after[:, customer]) * meaning * fluent
    has = [(one.safe, one.advised, one.example) for one in told]
    shares = [said.mean(), *np.mean(has, axis=0)]
    of_said = [facts[said], flipped, (after[:, customer] < before)[said], meaning[said], fluent[said]]
    cells = [f"{share:.0%}" for share in shares]
    cells += [f"{part.mean():.0%}" if said.any() else "–" for part in of_said]
    return f"| {name} | {' | '.join(cells)} | {joint.mean():.3f} |"


if __name__ == "__main__":
    sys.exit(main())
