"""A folder of mails to results, and others at the same task: ``python tests/benchmarks/end_to_end.py``.

Mails are made from the authored messages (plain and HTML alternatives, quoted-printable
and base64, digits varied so that copies are not equal): real in shape, ours in text.

    python tests/benchmarks/end_to_end.py --messages 5000 --out table.md
    python tests/benchmarks/end_to_end.py --growth 1000 10000 100000      # time and memory as a folder grows
    python -m pip install -e '.[peers]' && python tests/benchmarks/end_to_end.py --peers

Rates are per processor second, so that a busy machine changes little; wall-clock time
stands beside. The floor is what nobody can do without: decoding the mails and cutting
them into sentences. A peer is given those sentences for nothing and only labels them.
Vale, where it is on the PATH, checks the same text with its own rules, for scale.
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
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from clientvoice.corpora.messages import read_natural_messages

if TYPE_CHECKING:
    from clientvoice.records import Message

ROOT = Path(__file__).resolve().parents[2]
A_FOLDER = 1000
PEER_SENTENCES = 20_000
OTHERS = ("tfidf", "fasttext", "spacy", "minilm")
LESSON = 1500
"""Sentences that the others learn from here: only their speed is asked."""


@dataclass
class Spent:
    """What a run took."""

    wall: float
    cpu: float
    memory: float


def main() -> int:
    """Make the mails, run, print the tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=5000)
    options.add_argument("--growth", type=int, nargs="*", default=[])
    options.add_argument("--model", nargs="*", default=["fast", "accurate"])
    options.add_argument("--peers", action="store_true")
    options.add_argument("--out", type=Path)
    wanted = options.parse_args()
    lines = []
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "mails"
        size = make_mails(folder, wanted.messages)
        lines += _table(folder, wanted.messages, size, wanted.model, peers=wanted.peers)
    if wanted.growth:
        lines += ["", *_growth(wanted.growth)]
    text = "\n".join(lines) + "\n"
    if wanted.out:
        wanted.out.write_text(text, "utf-8")
    sys.stdout.write(text)
    return 0


def make_mails(folder: Path, count: int) -> int:
    """Write that many mails in folders of a thousand and return their bytes."""
    messages = read_natural_messages(ROOT / "data" / "corpus")
    rng = random.Random(0)
    size = 0
    for number in range(count):
        message = messages[number % len(messages)]
        texts = [_varied(sentence.text, rng) for sentence in message.sentences]
        mail = EmailMessage()
        mail["From"] = f"Sender {number % 97} <news{number % 97}@example.com>"
        mail["To"] = "reader@example.org"
        mail["Subject"] = " ".join(texts[0].split())[:200] or "News"
        mail["Date"] = f"Mon, {1 + number % 28:02} Jun 2026 09:{number % 60:02}:00 +0000"
        encoding = ("quoted-printable", "base64", "8bit")[number % 3]
        mail.set_content("\n\n".join(texts[1:]) or texts[0], cte=encoding)
        body = "".join(f"<p>{escape(text)}</p>\n" for text in texts[1:] or texts)
        page = f"<html><body><table><tr><td>{body}</td></tr></table></body></html>"
        mail.add_alternative(page, subtype="html", cte=encoding)
        path = folder / f"{number // A_FOLDER:04}" / f"{number % A_FOLDER:04}.eml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(mail.as_bytes())
        size += path.stat().st_size
    return size


def _varied(text: str, rng: random.Random) -> str:
    return "".join(rng.choice("0123456789") if letter.isdigit() else letter for letter in text)


def _table(folder: Path, count: int, size: int, models: list[str], *, peers: bool) -> list[str]:
    lines = [
        f"{count:,} mails, {size / 1e6:.1f} MB",
        "",
        "| what | messages/s of processor | MB/s | wall, s | peak MB | times the floor |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    floor = _run(
        [sys.executable, __file__, "--messages", "0"], environment={"CLIENTVOICE_FLOOR": str(folder)}
    )
    rows = [("floor: decode and cut into sentences", floor)]
    rows += [(f"`clientvoice score --model {model}`", _score(folder, model)) for model in models]
    vale = shutil.which("vale")
    if vale:
        rows.append(("Vale, its own rules", _vale(vale, folder)))
    else:
        lines.insert(1, "(Vale is not on the PATH of this machine: its row is left out.)")
    for name, spent in rows:
        lines.append(
            f"| {name} | {count / spent.cpu:.0f} | {size / 1e6 / spent.cpu:.2f} | {spent.wall:.1f} "
            f"| {spent.memory:.0f} | {spent.cpu / floor.cpu:.2f} |"
        )
    if peers:
        lines += ["", *_peers(folder)]
    return lines


def _score(folder: Path, model: str) -> Spent:
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "clientvoice", "score", str(folder), "--out", out, "--quiet"]
        return _run([*command, "--model", model, "--format", "csv,jsonl"])


def _vale(program: str, folder: Path) -> Spent:
    with tempfile.TemporaryDirectory() as work:
        texts = Path(work) / "texts"
        texts.mkdir()
        for number, text in enumerate(_texts(folder)):
            (texts / f"{number:06}.md").write_text(text, "utf-8")
        (Path(work) / ".vale.ini").write_text(
            "MinAlertLevel = suggestion\n[*]\nBasedOnStyles = Vale\n", "utf-8"
        )
        return _run([program, "--config", f"{work}/.vale.ini", "--no-exit", str(texts)])


def _run(command: list[str], environment: dict[str, str] | None = None) -> Spent:
    """Run a command and return its time, its processor time and the peak memory of its largest process."""
    code = (
        "import resource, subprocess, sys, time; t = time.perf_counter(); "
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "u = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(time.perf_counter() - t, u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, *command],
        check=True,
        cwd=ROOT,
        env=os.environ | (environment or {}),
        stdout=subprocess.PIPE,
        text=True,
    )
    return Spent(*map(float, told.stdout.split()))


def _texts(folder: Path) -> Iterator[str]:
    for message in _messages(folder):
        yield message.text


def _messages(folder: Path) -> Iterator[Message]:
    from clientvoice.readers import read_path
    from clientvoice.records import Message

    for path in sorted(folder.rglob("*.eml")):
        for item in read_path(path):
            if isinstance(item, Message):
                yield item


def read_only(folder: Path) -> None:
    """Decode every mail and cut it into sentences, and do nothing with them."""
    from clientvoice.segments import mark_boilerplate, segment

    for message in _messages(folder):
        segment(mark_boilerplate(message))


def _growth(counts: list[int]) -> list[str]:
    lines = ["| messages | wall, s | processor, s | ms a message | peak MB |", "|---:|---:|---:|---:|---:|"]
    for count in counts:
        with tempfile.TemporaryDirectory() as work:
            make_mails(Path(work) / "mails", count)
            spent = _score(Path(work) / "mails", "fast")
        per = 1000 * spent.cpu / count
        lines.append(f"| {count:,} | {spent.wall:.1f} | {spent.cpu:.1f} | {per:.2f} | {spent.memory:.0f} |")
        sys.stderr.write(lines[-1] + "\n")
    return lines


def _peers(folder: Path) -> list[str]:
    """Label the same sentences by peers that are trained here on few: only their speed is asked."""
    from peer_models import PEERS

    from clientvoice.corpora.sentences import read_corpus
    from clientvoice.voice import load

    sentences = [line for text in _texts(folder) for line in text.split("\n") if line.strip()]
    some = sentences[:PEER_SENTENCES]
    labelled: list[tuple[str, Callable[[list[str]], object]]] = [
        (f"clientvoice `{model}`, labels only", load(model).predict_proba) for model in ("fast", "accurate")
    ]
    lesson = random.Random(0).sample(read_corpus(ROOT / "data" / "corpus"), LESSON)
    for name in OTHERS:
        title, train = PEERS[name]
        labelled.append((title, train(lesson).probabilities))
    lines = [
        f"{len(some):,} of their sentences, labels only, one core",
        "",
        "| model | sentences/s | times `fast` |",
        "|---|---:|---:|",
    ]
    first = 0.0
    for name, label in labelled:
        part = some[:1500] if "MiniLM" in name or "accurate" in name else some
        started = time.process_time()
        label(part)
        rate = len(part) / (time.process_time() - started)
        first = first or rate
        lines.append(f"| {name} | {rate:,.0f} | {rate / first:.2f} |")
    return lines


if __name__ == "__main__":
    if "CLIENTVOICE_FLOOR" in os.environ:
        read_only(Path(os.environ["CLIENTVOICE_FLOOR"]))
        sys.exit(0)
    sys.exit(main())
