"""Mutate the sample newsletters, and files made of them, and read every mutant.

    python tests/benchmarks/mutations.py --seconds 600 --seed 7

Prints a table by format and every fault: an exception, a mutant that took over ten
seconds, a row that says neither copy nor why. Exits with 1 if there is one.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from clientvoice.readers import read_bytes
from clientvoice.records import Failure, Message

ROOT = Path(__file__).resolve().parents[2]
SLOW = 10.0
LARGEST = 400_000
"""Bytes of a mutant: what is slow is seen in small ones, too."""

SPLICES = (
    b"<", b">", b"<!--", b"-->", b"<![CDATA[", b"</", b"<style>", b"<script>", b"&#999999999999;", b"&",
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\r", b"\n\n", b"\n--", b'"', b",", b"\t",
    b"{{", b"}}", b"{%", b"%}", b"<?php ", b"<%", b"%%[", b"*|", b"[[[[", b"](", b"****", b"`````",
    b"> > > ", b"---\n", b"=?utf-8?q?", b"=?utf-8?b?", b"\nFrom ", b"=\n",
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    b"PK\x01\x02", b"PK\x05\x06", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80",
)  # fmt: skip


@dataclass
class Tally:
    """What a run saw."""

    mutants: int = 0
    messages: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    by_format: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    grown: int = 0
    faults: list[str] = field(default_factory=list)


def samples() -> dict[str, tuple[str, bytes]]:
    """Return whole files by name, each with its format."""
    found: dict[str, tuple[str, bytes]] = {}
    kinds = {".eml": "eml", ".html": "html", ".md": "markdown", ".txt": "text", ".mbox": "mbox"}
    for path in sorted((ROOT / "data" / "newsletters").rglob("*")):
        if path.suffix in kinds:
            found[path.name] = (kinds[path.suffix], path.read_bytes())
    texts = [data.decode("utf-8", "replace") for kind, data in found.values() if kind in ("text", "markdown")]
    found.update(_made(texts))
    return found


def _made(texts: list[str]) -> dict[str, tuple[str, bytes]]:
    made = _maker()
    lines = [line for text in texts for line in text.splitlines() if line.strip()][:60]
    escaped = [line.replace("&", "&amp;").replace("<", "&lt;") for line in lines]
    table = io.StringIO()
    csv.writer(table).writerows(
        [("id", "subject", "html"), *((n, f"June {n}", f"<p>{line}") for n, line in enumerate(lines))]
    )
    rows = table.getvalue().encode()
    letter = made.docx("".join(map(made.paragraph, escaped)), made.heading_styles())
    inner = made.msg(subject="Inside", text="\n".join(lines[:9]), header=24)
    outlook = made.compound(
        made.msg(text=texts[0], html=escaped[0].encode(), files=["a.pdf"], inside=[inner])
    )
    jsonl = "".join(json.dumps({"subject": "June", "body": line}) + "\n" for line in lines).encode()
    template = "".join(
        f"{{% if x %}}<p>{line}</p>{{% else %}}{{{{ y }}}}{{% endif %}}\n" for line in escaped
    ).encode()
    files: dict[str, tuple[str, bytes]] = {
        "made.csv": ("csv", rows),
        "made.jsonl": ("jsonl", jsonl),
        "made.html": ("html", template),
        "made.zip": (
            "zip",
            made.zipped({"a.csv": rows, "b.html": template, "c.zip": made.zipped({"d.txt": texts[0]})}),
        ),
    }
    with suppress(ImportError):
        import mammoth  # noqa: F401

        files["made.docx"] = ("docx", letter)
    with suppress(ImportError):
        import oxmsg  # noqa: F401

        files["made.msg"] = ("msg", outlook)
    with suppress(ImportError):
        files["made.xlsx"] = ("xlsx", _workbook(lines))
        files["made.parquet"] = ("parquet", _parquet(lines))
    return files


def _maker() -> object:
    spec = importlib.util.spec_from_file_location("made", ROOT / "tests" / "readers" / "made.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _workbook(lines: list[str]) -> bytes:
    from openpyxl import Workbook

    book, file = Workbook(), io.BytesIO()
    for row in (["subject", "body"], *(["June", line] for line in lines)):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def _parquet(lines: list[str]) -> bytes:
    from pyarrow import table
    from pyarrow.parquet import write_table

    file = io.BytesIO()
    write_table(table({"subject": ["June"] * len(lines), "body": lines}), file)
    return file.getvalue()


def mutants(data: bytes, others: list[bytes], draw: random.Random) -> Iterator[bytes]:
    """Yield damaged copies without end."""
    changes: tuple[Callable[[bytearray], None], ...] = (
        lambda it: it.__setitem__(draw.randrange(len(it)), draw.randrange(256)),
        lambda it: it.__delitem__(slice(at := draw.randrange(len(it)), at + draw.randrange(1, 200))),
        lambda it: it.__setitem__(slice(at := draw.randrange(len(it)), at), draw.choice(SPLICES)),
        lambda it: it.__setitem__(
            slice(at := draw.randrange(len(it)), at), draw.choice(SPLICES) * draw.randrange(1, 3_000)
        ),
        lambda it: it.__setitem__(
            slice(at := draw.randrange(len(it)), at), it[at : at + draw.randrange(2_000)] * 5
        ),
        lambda it: it.__setitem__(
            slice(at := draw.randrange(len(it)), at), _piece(draw.choice(others), draw)
        ),
        lambda it: it.__delitem__(slice(draw.randrange(len(it)), len(it))),
    )
    while True:
        it = bytearray(data)
        for _ in range(draw.choice((1, 1, 2, 4, 12))):
            draw.choice(changes)(it)
            it = it[:LARGEST] or bytearray(b"x")
        yield bytes(it)


def _piece(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    return data[at : at + draw.randrange(1, 3_000)]


def run(found: dict[str, tuple[str, bytes]], *, seconds: float, seed: int) -> Tally:
    """Read mutants of each file in turn until the time is over."""
    draw = random.Random(seed)
    others = [data for _, data in found.values()]
    streams = {name: (kind, mutants(data, others, draw)) for name, (kind, data) in found.items()}
    for kind, data in found.values():  # what is loaded once is no growth
        list(read_bytes(data, format=kind))
    before, tally = _peak(), Tally()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for name, (kind, stream) in streams.items():
            if time.perf_counter() > end:
                break
            _read(name, kind, next(stream), tally)
    tally.grown = _peak() - before
    return tally


def _read(name: str, kind: str, data: bytes, tally: Tally) -> None:
    started = time.process_time()  # of this process alone: the machine may be busy
    tally.mutants += 1
    tally.by_format[kind] += 1
    try:
        items = list(read_bytes(data, format=kind, name=name))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - that is what is looked for
        tally.faults.append(f"{name}, mutant {tally.mutants}: {type(error).__name__}: {error}")
        return
    taken = time.process_time() - started
    tally.slowest = max(tally.slowest, (taken, name))
    if taken > SLOW:
        tally.faults.append(f"{name}, mutant {tally.mutants}: {taken:.1f} s")
    for item in items:
        if isinstance(item, Message):
            tally.messages += 1
        tally.codes[item.code if isinstance(item, Failure) else "read"] += 1
        if not _is_sound(item):
            tally.faults.append(f"{name}, mutant {tally.mutants}: {item!r}"[:500])
    if not items:
        tally.faults.append(f"{name}, mutant {tally.mutants}: nothing came")


def _is_sound(item: Message | Failure) -> bool:
    if isinstance(item, Failure):
        return item.code != "damaged" or "Please report" not in item.text
    edges = [0, *(edge for block in item.blocks for edge in (block.start, block.end)), len(item.text)]
    return bool(item.blocks) and edges == sorted(edges)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    tally = run(samples(), seconds=given.seconds, seed=given.seed)
    slowest, name = tally.slowest
    print(f"{tally.mutants:,} mutants, {tally.messages:,} messages")
    print(f"slowest: {slowest:.2f} s ({name}); memory grown by {tally.grown / 1e6:.0f} MB")
    for title, counter in (("format", tally.by_format), ("outcome", tally.codes)):
        print(f"{title}: " + ", ".join(f"{name} {count:,}" for name, count in counter.most_common()))
    for fault in tally.faults:
        print("FAULT", fault)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
