"""How fast the library is on this machine: ``python tests/benchmarks/speed.py``.

Prints sentences per second of ``predict_proba`` on one core, messages per
CPU-second of a whole ``score`` run on the sample newsletters repeated 200 times,
and the start-up of the command line against an import of scikit-learn.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is imported: one core is one core

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NEWSLETTERS = ROOT / "data" / "newsletters"


def best_of(runs: int, command: list[str]) -> float:
    """Return the shortest wall-clock time of a command."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        times.append(time.perf_counter() - started)
    return min(times)


def sentences_per_second(model: str, texts: list[str]) -> float:
    """Return distinct sentences scored a CPU-second, vectors and heads included."""
    import clientvoice

    voice = clientvoice.load(model)
    voice.predict_proba(texts[:50])
    started = time.process_time()
    voice.predict_proba(texts)
    return len(texts) / (time.process_time() - started)


def cpu_of_children() -> float:
    """Return the CPU seconds of all child processes so far: on a busy machine the clock tells less."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def messages_per_second(model: str, repeats: int) -> tuple[float, int]:
    """Return messages a CPU-second of a whole run, files in and four outputs out, and how many there were."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "in"
        for number in range(repeats):
            shutil.copytree(NEWSLETTERS, folder / f"{number:03}")
        started = cpu_of_children()
        command = [
            sys.executable,
            "-m",
            "clientvoice",
            "score",
            str(folder),
            "--out",
            f"{work}/out",
            "--model",
            model,
        ]
        subprocess.run([*command, "--quiet", "--format", "csv,jsonl"], check=True, cwd=ROOT)
        spent = cpu_of_children() - started
        rows = sum(1 for _ in (Path(work) / "out" / "messages.jsonl").open(encoding="utf-8"))
    return rows / spent, rows


def tell(what: str, number: float, unit: str) -> None:
    """Print one line of the table."""
    sys.stdout.write(f"{what:<44} {number:8.0f} {unit}\n")


def main() -> None:
    """Measure and print."""
    from clientvoice.corpora.sentences import read_corpus

    texts = list(dict.fromkeys(example.text for example in read_corpus(ROOT / "data" / "corpus")))
    models = sys.argv[1:] or [path.parent.name for path in sorted((ROOT / "models").glob("*/config.json"))]
    for model in models:
        some = texts if model == "fast" else texts[:1500]
        rate = sentences_per_second(model, some)
        sys.stdout.write(
            f"{model}: predict_proba, one core       {rate:8.0f} sentences/s  ({len(some)} distinct)\n"
        )
    for model in models:
        rate, rows = messages_per_second(model, 200)
        sys.stdout.write(
            f"{model}: score, files to CSV and JSONL {rate:8.0f} messages/s   ({rows} messages)\n"
        )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(f"peak memory of those runs            {peak:8.0f} MB\n")
    help_time = best_of(5, [sys.executable, "-m", "clientvoice", "--help"])
    sklearn_time = best_of(5, [sys.executable, "-c", "import sklearn"])
    tell("clientvoice --help", help_time * 1000, "ms")
    tell("python -c 'import sklearn'", sklearn_time * 1000, f"ms  (ratio {help_time / sklearn_time:.2f})")


if __name__ == "__main__":
    main()
