"""A small fine-tuned transformer as a vectoriser: mean-pooled token vectors, by onnxruntime.

Each sentence is run alone. An int8 graph scales its activations by the largest
value in a batch, so a sentence's vector would otherwise depend on its
neighbours in the batch; alone it is the same on every run, and batching whole
int8 sentences of twenty tokens would gain only a fifth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from clientvoice.arguments import check_whole, checked_sentences
from clientvoice.vectors.forgetful import Forgetful
from clientvoice.vectors.masking import mask
from clientvoice.vectors.shares import Shares
from clientvoice.vectors.shipped import encoder_folder

MAX_TOKENS = 128

RECENT_TOKENS = 16_384
"""Tokens of the latest sentences whose vectors are kept for explaining them: 25 MB an encoder at the most."""

AHEAD = 256
"""Sentences read ahead by threads, so that their vectors cannot pile up."""


class EncoderVectorizer(Forgetful, TransformerMixin, BaseEstimator):
    """Turn sentences into the mean of their contextual token vectors.

    Parameters
    ----------
    folder : str or Path, default "accurate"
        The name of a shipped model that has an encoder, or a folder that holds
        ``encoder.onnx`` (token ids and attention mask to token vectors) and
        ``tokenizer.json``.
    threads : int
        Sentences that are read at the same time.
    prefix : str, default ""
        What the names of both files begin with: ``"second_"`` for the deeper
        encoder that reads again what is in doubt.

    Raises
    ------
    ModelError
        When sentences are read, if there is no such model, or it has no encoder.
    ValueError, TypeError
        When sentences are read, if ``threads`` is no whole number of 1 or more.

    Notes
    -----
    The graph is all-MiniLM-L6-v2 (Wang et al. 2020, *MiniLM*; Reimers and
    Gurevych 2019, *Sentence-BERT*; Apache-2.0), and the second one
    bge-small-en-v1.5 (Xiao et al. 2023, *C-Pack*; MIT), both
    fine-tuned for this library.

    Examples
    --------
    >>> vectorizer = EncoderVectorizer("accurate").set_output(transform="pandas")
    >>> frame = vectorizer.fit_transform(["Take your time.", "Hurry!"])
    >>> frame.shape, frame.columns[0]
    ((2, 384), 'encoder0')
    """

    def __init__(self, folder: str | Path = "accurate", *, threads: int = 1, prefix: str = "") -> None:
        self.folder = folder
        self.threads = threads
        self.prefix = prefix

    def fit(self, X: object = None, y: object = None) -> Self:  # noqa: N803
        """Do nothing: the encoder is trained elsewhere and frozen here.

        Examples
        --------
        >>> EncoderVectorizer("accurate").fit(["Take your time."]).folder
        'accurate'
        """
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string, tags.input_tags.two_d_array = True, False
        tags.requires_fit = False
        return tags

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Return ``encoder0``, ``encoder1`` …, one name a dimension.

        Examples
        --------
        >>> EncoderVectorizer("accurate").get_feature_names_out()[-1]
        'encoder383'
        """
        return np.array([f"encoder{column}" for column in range(self._width())], dtype=object)

    def transform(self, X: Iterable[str]) -> NDArray[np.float64]:  # noqa: N803
        """Return mean-pooled vectors, shape ``(n_sentences, width)``.

        Examples
        --------
        >>> EncoderVectorizer("accurate").transform(["Take your time.", "Hurry!"]).shape
        (2, 384)
        """
        check_whole(self.threads, f"{type(self).__name__}: threads", 1)
        texts = [mask(text).text for text in checked_sentences(X)]
        encodings = self._tokenizer().encode_batch(texts)
        rows: list[NDArray[np.float64]] = []
        recent: dict[str, NDArray[np.float32]] = {}
        room = RECENT_TOKENS
        for text, tokens in zip(texts, self._read([encoding.ids for encoding in encodings]), strict=True):
            rows.append(tokens.mean(axis=0, dtype=np.float64))
            room -= len(tokens)
            if room >= 0:
                recent[text] = tokens
        self._live_recent = recent
        return np.stack(rows) if rows else np.zeros((0, self._width()))

    def shares(
        self, sentence: str, weights: NDArray[np.float64], columns: Sequence[int] | None = None
    ) -> Shares:
        """Return each token's part of ``vector @ weights[:, columns]`` with its span in the sentence.

        Parameters
        ----------
        sentence : str
        weights : ndarray of shape (width, n_columns)
        columns : sequence of int, optional
            Those that are asked for, in the order of the answer; all by default.

        Examples
        --------
        >>> vectorizer = EncoderVectorizer("accurate")
        >>> values = vectorizer.shares("Take your time.", np.ones((384, 1))).values
        >>> bool(np.isclose(values.sum(), vectorizer.transform(["Take your time."]).sum()))
        True
        """
        masked = mask(sentence)
        encoding = self._tokenizer().encode(masked.text)
        # Who asks why has mostly just been told what: the graph need not run twice.
        tokens = getattr(self, "_live_recent", {}).get(masked.text)
        if tokens is None:
            tokens = self._tokens(encoding.ids)
        values = (
            tokens.astype(np.float64) @ (weights if columns is None else weights[:, columns]) / len(tokens)
        )
        offsets = np.array([_bare(masked.text, *span) for span in encoding.offsets], dtype=np.intp)
        starts, ends = masked.spans_to_original(offsets[:, 0], np.maximum(offsets[:, 1], offsets[:, 0] + 1))
        unplaced = offsets[:, 1] <= offsets[:, 0]  # the marks around a sentence
        return Shares(values, np.where(unplaced, 0, starts), np.where(unplaced, 0, ends))

    @property
    def path(self) -> Path:
        """The folder that holds the encoder.

        Examples
        --------
        >>> EncoderVectorizer("accurate").path.name
        'accurate'
        """
        return encoder_folder(self.folder, self.prefix)

    def file(self, name: str) -> Path:
        """Return the path of ``encoder.onnx`` or ``tokenizer.json``, as this encoder calls it.

        Examples
        --------
        >>> EncoderVectorizer("accurate", prefix="second_").file("tokenizer.json").name
        'second_tokenizer.json'
        """
        return self.path / f"{self.prefix}{name}"

    def _read(self, sentences: list[list[int]]) -> Iterator[NDArray[np.float32]]:
        """Yield the token vectors of each sentence, several read at the same time if asked for."""
        if self.threads == 1 or len(sentences) <= self.threads:
            yield from map(self._tokens, sentences)
            return
        self._session()  # opened once, before they all ask for it
        with ThreadPoolExecutor(self.threads) as pool:
            for first in range(0, len(sentences), AHEAD):
                yield from pool.map(self._tokens, sentences[first : first + AHEAD])

    def _width(self) -> int:
        return int(self._session().get_outputs()[0].shape[-1])

    def _tokens(self, ids: list[int]) -> NDArray[np.float32]:
        row = np.array([ids], dtype=np.int64)
        (vectors,) = self._session().run(None, {"ids": row, "mask": np.ones_like(row)})
        return np.asarray(vectors[0], dtype=np.float32)

    def _tokenizer(self) -> Any:
        if not hasattr(self, "_live_tokenizer"):
            from tokenizers import Tokenizer

            tokenizer = Tokenizer.from_file(str(self.file("tokenizer.json")))
            tokenizer.no_padding()
            tokenizer.enable_truncation(MAX_TOKENS)
            self._live_tokenizer = tokenizer
        return self._live_tokenizer

    def _session(self) -> Any:
        if not hasattr(self, "_live_session"):
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._live_session = onnxruntime.InferenceSession(
                str(self.file("encoder.onnx")), options, providers=["CPUExecutionProvider"]
            )
        return self._live_session


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a token's span without the blank before it; a blank alone counts for the word after it."""
    if start == end:
        return start, end
    bare = start + len(text[start:end]) - len(text[start:end].lstrip())
    return (bare, end) if bare < end else (end, min(end + 1, len(text)))
