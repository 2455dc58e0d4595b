"""Open an encoder's two files: the graph that onnxruntime runs, and its tokenizer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def open_tokenizer(path: Path, most: int) -> Any:
    """Return a ``tokenizers.Tokenizer`` that cuts a sentence off after ``most`` tokens and pads none."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(most)
    return tokenizer


def open_graph(path: Path) -> Any:
    """Return an onnxruntime session of one thread: whole sentences are shared out among threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def token_vectors(graph: Any, ids: list[int]) -> NDArray[np.float32]:
    """Return the vectors of one sentence's tokens, shape (n_tokens, width)."""
    row = np.array([ids], dtype=np.int64)
    (vectors,) = graph.run(None, {"ids": row, "mask": np.ones_like(row)})
    return np.asarray(vectors[0], dtype=np.float32)
