from __future__ import annotations

import struct

import numpy as np
import pytest

from clientvoice.errors import ModelError
from clientvoice.training.packed import PackedEncoder, dequantized

from .packed_files import INNER, PIECES, SCORES, WIDTH, f4, packed_file


def test_a_block_by_hand() -> None:
    block = np.frombuffer(struct.pack("<e", -2.0) + bytes(0xF0 | low for low in range(16)), np.uint8)
    weights = dequantized(block)
    assert weights.dtype == np.float32
    assert weights[:16].tolist() == [-2.0 * (low - 8) for low in range(16)]
    assert weights[16:].tolist() == [-14.0] * 16


def test_a_file_is_read() -> None:
    packed = PackedEncoder.parse(packed_file())
    assert packed.vocabulary.pieces == PIECES
    assert packed.vocabulary.scores == SCORES
    assert packed.vocabulary.specials == {0, 1, 2, 3}
    assert (packed.sizes.width, packed.sizes.layers, packed.sizes.inner) == (WIDTH, 1, INNER)
    rows = packed.matrix("emb.word", len(PIECES), WIDTH, [5, 2])
    assert rows[:, 0].tolist() == [10.0, 4.0]
    assert rows[:, -1].tolist() == [-5.0, -2.0]


def test_a_file_cut_anywhere_is_refused() -> None:
    whole = packed_file()
    for end in range(0, len(whole) - 1, 7):
        with pytest.raises(ModelError, match=r"e5-small-q4\.bin"):
            PackedEncoder.parse(whole[:end])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (packed_file(magic=b"GGUF"), "does not begin with"),
        (packed_file(version=2), "version 2"),
        (packed_file(width=33), "rows of 33"),
        (packed_file(width=-32), "a count of -32"),
        (packed_file(words=5), "13 pieces, but 5 word vectors"),
        (packed_file(unknown=99), "special pieces in rows"),
        (packed_file(pieces=(b"\xff" * 3,) * len(PIECES)), "not UTF-8"),
    ],
)
def test_a_malformed_file_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        PackedEncoder.parse(data)


def test_pieces_that_overlap_the_end_of_their_text_are_refused() -> None:
    whole = bytearray(packed_file())
    last = 4 + struct.calcsize("<I7ifi") + struct.calcsize("<i4iQ") + 4 * len(PIECES)
    whole[last : last + 4] = struct.pack("<I", 2**31)
    with pytest.raises(ModelError, match="outside of their text"):
        PackedEncoder.parse(bytes(whole))


def test_a_tensor_of_another_size_or_none_is_refused() -> None:
    packed = PackedEncoder.parse(packed_file({"emb.ln.w": f4(3)}))
    with pytest.raises(ModelError, match=r"12 bytes for 'emb\.ln\.w', expected 128 bytes"):
        packed.vector("emb.ln.w", WIDTH)
    with pytest.raises(ModelError, match=r"nothing for 'l0\.q\.w'"):
        packed.matrix("l0.q.w", WIDTH, WIDTH)
