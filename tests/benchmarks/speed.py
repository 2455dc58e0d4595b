"""How fast it is on this machine, end to end and by sentence: ``python tests/benchmarks/speed.py``.

    python tests/benchmarks/speed.py --messages 5000 --out table.md
    python tests/benchmarks/speed.py --messages 0 --growth 1000 10000 100000   # as a folder grows
    python -m pip install -e '.[peers]' && python tests/benchmarks/speed.py --peers

Two folders are scored: copies of the sample newsletters, which repeat themselves as a
firm's archive does, and mails that hardly repeat each other. Beside the clock stands the
processor's time: a busy machine changes it little. The floor is what nobody can do
without: decoding the mails and cutting them into sentences. The encoders alone read each
distinct sentence once, the second only what is in doubt. A peer is given sentences for
nothing and only labels them. Vale, where it is on the PATH, checks the same text with its
own rules, for scale.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy comes in: one core is one core

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mails import ROOT, copy_samples, make_mails

if TYPE_CHECKING:
    from clientvoice.records import Message

MODELS = ("fast", "accurate")
PEER_SENTENCES = 20_000
SLOW_SENTENCES = 1500
OTHERS = ("tfidf", "fasttext", "spacy", "minilm")
LESSON = 1500
"""Sentences that the others learn from here: only their speed is asked."""


@dataclass(frozen=True)
class Spent:
    """What a run took: seconds by the clock and of one core, and the most memory of a process in MB."""

    wall: float
    cpu: float
    memory: float


def main() -> int:
    """Make the mails, run, print the tables."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--messages", type=int, default=5000, help="of each folder; 0 leaves the folders out"
    )
    options.add_argument("--folders", nargs="*", choices=list(_FOLDERS), default=list(_FOLDERS))
    options.add_argument("--growth", type=int, nargs="*", default=[], help="numbers of mails, for `fast`")
    options.add_argument("--peers", action="store_true")
    options.add_argument("--out", type=Path)
    options.add_argument("--do", choices=list(_TASKS), help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    wanted = options.parse_args()
    if wanted.do:
        _TASKS[wanted.do](wanted.folder)
        return 0
    lines: list[str] = []
    for name in wanted.folders if wanted.messages else ():
        lines += _folder(*_FOLDERS[name], wanted.messages)
    if wanted.growth:
        lines += _growth(wanted.growth)
    if wanted.messages or wanted.peers:
        lines += [*_sentences(peers=wanted.peers), *_start()]
    text = "\n".join(lines) + "\n"
    if wanted.out:
        wanted.out.write_text(text, "utf-8")
    sys.stdout.write(text)
    return 0


def _folder(title: str, make: Callable[[Path, int], None], count: int) -> list[str]:
    """Return the table of everything that is done to one folder."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "mails"
        make(folder, count)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        rows = [("floor: decode and cut into sentences", _apart("floor", folder))]
        rows += [
            (f"`clientvoice score --model {model} --jobs {jobs}`", _score(folder, model, jobs))
            for model in MODELS
            for jobs in (1, 2)
        ]
        rows.append(("encoders of `accurate` alone, each distinct sentence once", _apart("encoders", folder)))
        if vale := shutil.which("vale"):
            rows.append(("Vale, its own rules", _vale(vale, folder)))
        else:
            sys.stderr.write("Vale is not on the PATH of this machine: its row is left out.\n")
    floor = rows[0][1]
    table = [
        f"| {name} | {count / spent.wall:,.0f} | {count / spent.cpu:,.0f} | {size / spent.cpu:.2f} "
        f"| {spent.memory:.0f} | {spent.cpu / floor.cpu:.1f} |"
        for name, spent in rows
    ]
    return [
        f"{count:,} {title}, {size:.1f} MB",
        "",
        "| what | messages/s by the clock | messages/s a core | MB/s a core | peak MB | times the floor |",
        "|---|---:|---:|---:|---:|---:|",
        *table,
        "",
    ]


def _growth(counts: list[int]) -> list[str]:
    lines = [
        "`fast`, mails that hardly repeat each other, one process",
        "",
        "| messages | by the clock, s | of one core, s | ms a message | peak MB |",
        "|---:|---:|---:|---:|---:|",
    ]
    for count in counts:
        with tempfile.TemporaryDirectory() as work:
            make_mails(Path(work) / "mails", count)
            spent = _score(Path(work) / "mails", "fast", 1)
        per = 1000 * spent.cpu / count
        lines.append(f"| {count:,} | {spent.wall:.1f} | {spent.cpu:.1f} | {per:.2f} | {spent.memory:.0f} |")
        sys.stderr.write(lines[-1] + "\n")
    return [*lines, ""]


def _sentences(*, peers: bool) -> list[str]:
    """Return sentences a second of one core, of ours and, if asked, of others that learn from few here."""
    from clientvoice.corpora.sentences import read_corpus
    from clientvoice.voice import load

    examples = read_corpus(ROOT / "data" / "corpus")
    texts = list(dict.fromkeys(example.text for example in examples))[:PEER_SENTENCES]
    labelled: list[tuple[str, Callable[[list[str]], object]]] = [
        (f"`{model}`, `predict_proba`", load(model).predict_proba) for model in MODELS
    ]
    if peers:
        from peer_models import PEERS

        lesson = random.Random(0).sample(examples, LESSON)
        for name in OTHERS:
            title, train = PEERS[name]
            labelled.append((title, train(lesson).probabilities))
    lines = ["| labels only, distinct sentences, one core | sentences/s |", "|---|---:|"]
    for name, label in labelled:
        part = texts[:SLOW_SENTENCES] if "MiniLM" in name or "accurate" in name else texts
        label(part[:50])
        started = time.process_time()
        label(part)
        lines.append(f"| {name} | {len(part) / (time.process_time() - started):,.0f} |")
    return [*lines, ""]


def _start() -> list[str]:
    ours = min(_run([sys.executable, "-m", "clientvoice", "--help"]).wall for _ in range(5))
    theirs = min(_run([sys.executable, "-c", "import sklearn"]).wall for _ in range(5))
    with tempfile.TemporaryDirectory() as work:
        copy_samples(Path(work), 1)
        first = [min(_score(Path(work), model, 1).wall for _ in range(3)) for model in MODELS]
    rows = [("`clientvoice --help`", ours), ("`import sklearn`, for scale", theirs)]
    rows += [(f"`score` of one message, `{model}`", wall) for model, wall in zip(MODELS, first, strict=True)]
    return ["| start | s by the clock |", "|---|---:|", *(f"| {name} | {wall:.2f} |" for name, wall in rows)]


def _score(folder: Path, model: str, jobs: int) -> Spent:
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "clientvoice", "score", str(folder), "--out", out, "--quiet"]
        return _run([*command, "--model", model, "--format", "csv,jsonl", "--jobs", str(jobs)])


def _vale(program: str, folder: Path) -> Spent:
    with tempfile.TemporaryDirectory() as work:
        texts = Path(work) / "texts"
        texts.mkdir()
        for number, message in enumerate(_messages(folder)):
            (texts / f"{number:06}.md").write_text(message.text, "utf-8")
        config = Path(work) / ".vale.ini"
        config.write_text("MinAlertLevel = suggestion\n[*]\nBasedOnStyles = Vale\n", "utf-8")
        return _run([program, "--config", str(config), "--no-exit", str(texts)])


def _apart(task: str, folder: Path) -> Spent:
    return _run([sys.executable, __file__, "--do", task, "--folder", str(folder)])


def _run(command: list[str]) -> Spent:
    """Run a command in a process that nothing else runs in, so that its children's figures are its own."""
    code = (
        "import resource, subprocess, sys, time; t = time.perf_counter(); "
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "u = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(time.perf_counter() - t, u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, *command], check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    return Spent(*map(float, told.stdout.split()))


def _messages(folder: Path) -> Iterator[Message]:
    from clientvoice.readers import read_path
    from clientvoice.records import Message

    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for item in read_path(path):
            if isinstance(item, Message):
                yield item


def _cut(folder: Path) -> Iterator[str]:
    from clientvoice.segments import mark_boilerplate, segment

    for message in _messages(folder):
        for sentence in segment(mark_boilerplate(message)):
            yield sentence.text


def _floor(folder: Path) -> None:
    """Decode every mail and cut it into sentences, and do nothing with them."""
    for _ in _cut(folder):
        pass


def _encoders(folder: Path) -> None:
    """Do the same, and have the encoders read each distinct sentence, the second where there is doubt.

    What is in doubt hangs on the n-grams too: they are read, in a thirtieth of the time.
    """
    from clientvoice.store import load_model

    distinct = list(dict.fromkeys(_cut(folder)))
    model = load_model("accurate").sentences
    assert model.second
    doubtful = model.second.in_doubt(replace(model, second=None).score(distinct).frames)
    model.second.vectorizer.transform([distinct[row] for row in doubtful.nonzero()[0]])


_FOLDERS = {
    "samples": ("copies of the sample newsletters", copy_samples),
    "varied": ("mails that hardly repeat each other", make_mails),
}
_TASKS: dict[str, Callable[[Path], None]] = {"floor": _floor, "encoders": _encoders}


if __name__ == "__main__":
    sys.exit(main())
