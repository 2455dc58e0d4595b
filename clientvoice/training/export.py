"""Export a fine-tuned encoder: an int8 graph for onnxruntime, and the heads lifted out of the network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from clientvoice.errors import ModelError
from clientvoice.framing.model import Branch
from clientvoice.vectors.encoder import EncoderVectorizer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def export(
    network: Any, tokenizer: Any, folder: Path, *, kept: str = ""
) -> tuple[Branch, NDArray[np.float64], NDArray[np.float64]]:
    """Write the fine-tuned network as an int8 ONNX graph and lift its heads out.

    Products with ``kept`` in their name stay in 32 bits.

    Raises
    ------
    ModelError
        If there are none of that name.
    """
    import onnx
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    network.eval()
    sample = torch.ones(2, 9, dtype=torch.long)
    axes = {name: {0: "sentence", 1: "token"} for name in ("ids", "mask", "tokens")}
    full = folder / "encoder.fp32.onnx"
    torch.onnx.export(
        _TokenVectors.of(network.encoder), (sample, sample), str(full), input_names=["ids", "mask"],
        output_names=["tokens"], dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    apart = [node.name for node in onnx.load(full).graph.node if kept in node.name] if kept else []
    if kept and not apart:
        raise ModelError(f"{full}: no product is called {kept!r}, so outliers would be lost; refused.")
    quantize_dynamic(
        full, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=apart
    )
    full.unlink()
    weights = {
        name: value.detach().double().numpy() for name, value in network.named_parameters() if "head" in name
    }
    branch = Branch(
        "encoder", EncoderVectorizer(folder), weights["frame_head.weight"], weights["cue_head.weight"]
    )
    return branch, weights["frame_head.bias"], weights["cue_head.bias"]


class _TokenVectors:
    """Wraps the encoder for export: ids and mask in, token vectors out."""

    @staticmethod
    def of(encoder: Any) -> Any:
        import torch

        class TokenVectors(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.encoder = encoder

            def forward(self, ids: Any, mask: Any) -> Any:
                return self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state

        return TokenVectors()
