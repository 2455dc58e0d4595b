"""``clientvoice score`` as a process of its own, to be ended in the middle of its work."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OUTPUTS = ("messages.csv", "sentences.csv", "messages.jsonl", "report.html", "report-2.html")
STORE = ".clientvoice.sqlite3"
PATIENCE = 300
"""Seconds: a busy machine is slow, and nothing here is a measurement."""


def write_mails(folder: Path, number: int) -> None:
    """Write mails that differ from each other, with long ones and copies among them."""
    for at in range(number):
        same = at if at % 10 else 0  # every tenth has the text of the first
        lines = [f"Hurry, {same} hours left! Order {line} pieces today." for line in range(4 + same % 9)]
        lines += [f"Dana will ring you on day {same} before anything changes.", "You owe nothing."]
        path = folder / f"{at % 7}" / f"{at:04}.{'eml' if at % 3 else 'txt'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"Subject: Letter {same}\nFrom: Oak <a@oak.example>\n\n" if at % 3 else ""
        path.write_text(head + "\n\n".join(lines) + "\n", encoding="utf-8")


def start(*args: object, **options: object) -> subprocess.Popen[str]:
    """Start a run; it has a session of its own, so that nothing else hears its signals."""
    command = [sys.executable, "-m", "clientvoice", "score", *map(str, args), "--model", "fast"]
    with heeding_ctrl_c():
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            **options,
        )


@contextmanager
def heeding_ctrl_c() -> Iterator[None]:
    """Have the processes that are started here hear ctrl-C, as those of a terminal do.

    A shell starts what it runs in the background (``pytest &``, many a build
    server) deaf to SIGINT, and whatever is started from there inherits that.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Return exit code, output and errors of a process."""
    out, errors = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in errors, errors
    return process.returncode, out, errors


def wait_for(condition: object, process: subprocess.Popen[str]) -> None:
    """Wait until a condition holds, or the process has ended."""
    give_up = time.monotonic() + PATIENCE
    while not condition() and process.poll() is None and time.monotonic() < give_up:
        time.sleep(0.02)


def stored(out: Path) -> bool:
    """Tell whether a run has begun to keep results."""
    log = out / f"{STORE}-wal"
    return log.exists() and log.stat().st_size > 20_000


def digests(out: Path) -> dict[str, str]:
    """Return the digests of the files that a run wrote."""
    return {
        name: hashlib.sha256((out / name).read_bytes()).hexdigest()
        for name in OUTPUTS
        if (out / name).exists()
    }


def shown(out: Path) -> list[str]:
    """Return everything in a folder but the store."""
    return sorted(path.name for path in out.iterdir() if not path.name.startswith(STORE))
