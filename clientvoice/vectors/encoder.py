"""A small fine-tuned transformer as a vectoriser: mean-pooled token vectors, by onnxruntime.

Each sentence is run alone. An int8 graph scales its activations by the largest
value in a batch, so a sentence's vector would otherwise depend on its
neighbours in the batch; alone it is the same on every run, and batching whole
int8 sentences of twenty tokens would gain only a fifth.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from clientvoice.vectors.masking import mask
from clientvoice.vectors.shares import Shares

MAX_TOKENS = 128


class EncoderVectorizer(TransformerMixin, BaseEstimator):
    """Turn sentences into the mean of their contextual token vectors.

    Parameters
    ----------
    folder : str or Path
        Holds ``encoder.onnx`` (token ids and attention mask to token vectors)
        and ``tokenizer.json``.
    threads : int
        Sentences that are read at the same time.

    Notes
    -----
    The graph is all-MiniLM-L6-v2 (Wang et al. 2020, *MiniLM*; Reimers and
    Gurevych 2019, *Sentence-BERT*; Apache-2.0), fine-tuned for this library.
    """

    def __init__(self, folder: str | Path, *, threads: int = 1) -> None:
        self.folder = folder
        self.threads = threads

    def fit(self, X: object = None, y: object = None) -> Self:  # noqa: N803
        """Do nothing: the encoder is trained elsewhere and frozen here."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array = True, False
        tags.requires_fit = False
        return tags

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Return ``encoder0``, ``encoder1`` …, one name a dimension."""
        width = self._session().get_outputs()[0].shape[-1]
        return np.array([f"encoder{column}" for column in range(width)], dtype=object)

    def __getstate__(self) -> dict[str, Any]:
        """Leave the live session behind; a worker process opens its own."""
        return {key: value for key, value in self.__dict__.items() if not key.startswith("_live")}

    def transform(self, X: Iterable[str]) -> NDArray[np.float64]:  # noqa: N803
        """Return mean-pooled vectors, shape ``(n_sentences, width)``."""
        encodings = self._tokenizer().encode_batch([mask(text).text for text in X])
        if self.threads > 1 and len(encodings) > self.threads:
            with ThreadPoolExecutor(self.threads) as pool:
                rows = list(pool.map(lambda encoding: self._tokens(encoding.ids).mean(axis=0), encodings))
        else:
            rows = [self._tokens(encoding.ids).mean(axis=0) for encoding in encodings]
        return np.stack(rows) if rows else np.zeros((0, 0))

    def shares(self, sentence: str, weights: NDArray[np.float64]) -> Shares:
        """Return each token's part of ``vector @ weights`` with its span in the sentence.

        Parameters
        ----------
        sentence : str
        weights : ndarray of shape (width, n_columns)
        """
        masked = mask(sentence)
        encoding = self._tokenizer().encode(masked.text)
        values = self._tokens(encoding.ids) @ weights / len(encoding.ids)
        offsets = np.array(encoding.offsets, dtype=np.intp).reshape(-1, 2)
        starts, ends = masked.spans_to_original(offsets[:, 0], np.maximum(offsets[:, 1], offsets[:, 0] + 1))
        unplaced = offsets[:, 1] <= offsets[:, 0]  # the marks around a sentence
        return Shares(values, np.where(unplaced, 0, starts), np.where(unplaced, 0, ends))

    def _tokens(self, ids: list[int]) -> NDArray[np.float64]:
        row = np.array([ids], dtype=np.int64)
        (vectors,) = self._session().run(None, {"ids": row, "mask": np.ones_like(row)})
        return np.asarray(vectors[0], dtype=np.float64)

    def _tokenizer(self) -> Any:
        if not hasattr(self, "_live_tokenizer"):
            from tokenizers import Tokenizer

            self._live_tokenizer = Tokenizer.from_file(str(Path(self.folder) / "tokenizer.json"))
            self._live_tokenizer.no_padding()
            self._live_tokenizer.enable_truncation(MAX_TOKENS)
        return self._live_tokenizer

    def _session(self) -> Any:
        if not hasattr(self, "_live_session"):
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._live_session = onnxruntime.InferenceSession(
                str(Path(self.folder) / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
            )
        return self._live_session
