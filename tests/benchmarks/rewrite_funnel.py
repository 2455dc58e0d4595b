"""Where candidates for a rewrite are lost: ``python tests/benchmarks/rewrite_funnel.py --sentences FILE``.

Of a sample of customer sentences (JSON Lines with ``text`` and ``label``, drawn by the
hash of the text): how many have any candidate, one that passes the guards on the text,
one that lowers the log-odds of customer enough, one after which the model no longer
reads a pitch, one that is shown, and one that is safe; and what each guard drops.
Texts are never printed; ``--dump FILE`` writes them for a reader, outside of the project.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import clientvoice
from clientvoice.corpora.sentences import read_examples
from clientvoice.records import FRAMES, Framing, Sentence, SentenceAnalysis
from clientvoice.rewrites.candidates.source import Candidate
from clientvoice.rewrites.guards.verdict import guard
from clientvoice.rewrites.ranking import LONGEST, Rewriter
from clientvoice.rewrites.weighing import LEAST_GAIN, log_odds, pushes_more
from clientvoice.voice import ClientVoice

ROOT = Path(__file__).resolve().parents[2]
REAL = (ROOT / ".." / "shared").resolve() / "training" / "real_sentences.jsonl"
STAGES = (
    "may be rewritten",
    "any candidate",
    "passes the guards",
    "at rest",
    "gains enough",
    "presses no more",
    "no longer customer",
    "shown",
    "safe",
)
_QUOTED = re.compile(r" ?“.*”")


@dataclass
class Funnel:
    """How far each sentence came, and what stopped each candidate."""

    sentences: int = 0
    reached: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def stop(self, text: str, candidate: Candidate, why: tuple[str, ...]) -> None:
        """Note a candidate that was dropped, and why."""
        kinds = {_QUOTED.sub(" …", reason) for reason in why}
        self.stopped.update(kinds)
        if len(kinds) == 1:
            self.alone.update(kinds)
        self.rows.append((candidate.method, " ".join(why), text, candidate.text))


def main() -> int:
    """Print the funnel of a sample."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sentences", type=Path, default=REAL)
    options.add_argument("--model", default="accurate")
    options.add_argument("--sample", type=int, default=400)
    options.add_argument("--dump", type=Path, help="Every candidate with its fate, tab-separated.")
    wanted = options.parse_args()
    if not wanted.sentences.is_file():
        sys.stderr.write(f"{wanted.sentences}: missing; name a file of labelled sentences.\n")
        return 2
    texts = [row.text for row in read_examples(wanted.sentences) if row.label == "customer"]
    texts = sorted(set(texts), key=lambda text: sha256(text.encode()).digest())[: wanted.sample]
    funnel = measure(clientvoice.load(wanted.model), texts)
    for line in table(funnel):
        sys.stdout.write(line + "\n")
    if wanted.dump:
        with wanted.dump.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter="\t").writerows(funnel.rows)
    return 0


def measure(voice: ClientVoice, texts: list[str]) -> Funnel:
    """Send sentences through the rewrites stage by stage."""
    funnel = Funnel(len(texts))
    rewriter: Rewriter = voice._rewriter
    for text, read in zip(texts, voice._judge(texts), strict=True):
        found = read.at(Sentence(0, len(text), text))
        found = replace(found, framing=Framing("customer", found.framing.probabilities))
        funnel.reached.update(_stages(rewriter, found, funnel))
    return funnel


def _stages(rewriter: Rewriter, found: SentenceAnalysis, funnel: Funnel) -> Iterator[str]:
    text, cues = found.text, [cue.name for cue in found.cues]
    if len(text) > LONGEST or not rewriter.advice.allows_rewriting(text, rewriter.book):
        return
    yield STAGES[0]
    proposed = [*rewriter.source(text, found.kind, cues), *rewriter.pairs.candidates(text, cues)]
    distinct = {one.text: one for one in reversed(proposed) if one.text != text}
    if not distinct:
        return
    yield STAGES[1]
    passed = []
    for one in distinct.values():
        verdict = guard(text, one.text)
        if verdict.ok:
            passed.append(one)
        else:
            funnel.stop(text, one, verdict.why)
    if passed:
        yield STAGES[2]
    rested = []
    for one in passed:
        if rewriter._at_rest(text, one, found):
            rested.append(one)
        else:
            funnel.stop(text, one, ("A plain edit would still take something out.",))
    if rested:
        yield STAGES[3]
        yield from _scored(rewriter, found, rested, funnel)
    (told,) = rewriter([found], limit=24)
    if told and told.rewrites:
        yield STAGES[7]
    if told and any(one.safe for one in told.rewrites):
        yield STAGES[8]
    for one in told.rewrites if told else ():
        fate = "SAFE" if one.safe else "SHOWN " + " ".join(one.warnings)
        funnel.rows.append((one.method, fate, text, one.text))


def _scored(
    rewriter: Rewriter, found: SentenceAnalysis, rested: list[Candidate], funnel: Funnel
) -> Iterator[str]:
    column = FRAMES.index("customer")
    then, after = rewriter.score([found.text]), rewriter.score([one.text for one in rested])
    reached: set[str] = set()
    for row, one in enumerate(rested):
        now = after.take([row])
        gain = log_odds(float(then.probabilities[0, column])) - log_odds(float(now.probabilities[0, column]))
        if gain < LEAST_GAIN:
            funnel.stop(found.text, one, ("Hardly lowers the log-odds of customer.",))
            continue
        reached.add(STAGES[4])
        if pushes_more(found.text, one.text, then, now, rewriter.book):
            funnel.stop(found.text, one, ("A pushing cue rises.",))
            continue
        reached.add(STAGES[5])
        if int(now.probabilities[0].argmax()) != column:
            reached.add(STAGES[6])
        elif one.weak or one.method in ("phrase", "clause", "pair"):
            funnel.stop(found.text, one, ("A small change, and still a pitch to the model.",))
    yield from reached


def table(funnel: Funnel) -> list[str]:
    """Return the funnel and the guards as two Markdown tables."""
    lines = [f"{funnel.sentences} customer sentences", "", "| a sentence with … | share |", "|---|---:|"]
    lines += [f"| {stage} | {funnel.reached[stage] / funnel.sentences:.1%} |" for stage in STAGES]
    lines += ["", "| candidates dropped, since it … | in all | for this alone |", "|---|---:|---:|"]
    lines += [f"| {why} | {count} | {funnel.alone[why]} |" for why, count in funnel.stopped.most_common()]
    return lines


if __name__ == "__main__":
    sys.exit(main())
