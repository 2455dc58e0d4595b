from __future__ import annotations

from importlib.util import find_spec

import pytest

from clientvoice.training.outliers import separate_outliers

pytestmark = [
    pytest.mark.skipif(
        not all(find_spec(name) for name in ("torch", "transformers")),
        reason="an encoder needs pip install 'clientvoice[train]'",
    ),
    pytest.mark.filterwarnings("ignore"),
]


class Letters:
    """A tokenizer of letters."""

    def encode_batch(self, texts: list[str]) -> list[object]:
        return [type("Encoding", (), {"ids": [ord(letter) % 50 for letter in text]}) for text in texts]


def test_the_largest_neurons_are_multiplied_apart_and_the_sum_stays() -> None:
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=50, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    encoder = BertModel(config, add_pooling_layer=False).eval()
    with torch.no_grad():
        encoder.encoder.layer[1].intermediate.dense.bias[5] = 40.0
        ids = torch.tensor([[3, 7, 11]])
        before = encoder(input_ids=ids).last_hidden_state
        loud = encoder.encoder.layer[1].output.dense.weight[:, 5].clone()
        assert separate_outliers(encoder, Letters(), ["take", "your time"], 4) == "/rest/"
        after = encoder(input_ids=ids).last_hidden_state
    assert torch.allclose(before, after, atol=1e-5)
    apart = encoder.encoder.layer[1].output.dense.rest.weight
    assert apart.shape == (16, 4)
    assert torch.equal(apart[:, -1], loud)


def test_none_are_kept_apart_where_none_are_asked_for() -> None:
    assert separate_outliers(None, None, [], 0) == ""
