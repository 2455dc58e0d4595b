"""Keep the few outlier neurons of each feed-forward layer out of the int8 product.

An int8 product scales a layer's activations by the largest of them. In deeper
encoders a handful of neurons are ten times as active as the rest, which then
shrink to a few steps (Dettmers et al. 2022, *LLM.int8()*). Here they are moved
to the end of the layer and multiplied apart, in 32 bits; the sum is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

EVERY = 200
"""One training text in so many is enough to find outliers."""

REST = "rest"
"""What the product of the outliers is called in the network, and so in the exported graph."""


def separate_outliers(encoder: Any, tokenizer: Any, texts: Sequence[str], count: int) -> str:
    """Split each layer's feed-forward product in place.

    Parameters
    ----------
    encoder : transformers.BertModel
    tokenizer : tokenizers.Tokenizer
    texts : sequence of str
        Masked ones, to find out which neurons are most active.
    count : int
        Neurons a layer that are kept apart; with 0 nothing is done.

    Returns
    -------
    str
        A name that the apart products carry; empty where there are none.
    """
    import torch

    if not count:
        return ""
    largest = _largest(encoder, tokenizer, texts)

    class Split(torch.nn.Module):
        def __init__(self, whole: Any) -> None:
            super().__init__()
            self.border = whole.in_features - count
            self.main = torch.nn.Linear(self.border, whole.out_features)
            self.rest = torch.nn.Linear(count, whole.out_features, bias=False)
            self.main.weight.data = whole.weight[:, : self.border].clone()
            self.rest.weight.data = whole.weight[:, self.border :].clone()
            self.main.bias.data = whole.bias.clone()

        def forward(self, inner: Any) -> Any:
            return self.main(inner[..., : self.border]) + self.rest(inner[..., self.border :])

    with torch.no_grad():
        for layer, active in zip(encoder.encoder.layer, largest, strict=True):
            order = active.argsort()
            first, second = layer.intermediate.dense, layer.output.dense
            first.weight.data, first.bias.data = first.weight[order].clone(), first.bias[order].clone()
            second.weight.data = second.weight[:, order].clone()
            layer.output.dense = Split(second)
    return f"/{REST}/"


def _largest(encoder: Any, tokenizer: Any, texts: Sequence[str]) -> list[Any]:
    """Return the largest activation of each feed-forward neuron, a row a layer."""
    import torch

    layers = encoder.encoder.layer
    largest = [torch.zeros(layer.output.dense.in_features) for layer in layers]

    def watch(index: int) -> Any:
        def note(_module: Any, inputs: tuple[Any, ...]) -> None:
            largest[index] = torch.maximum(largest[index], inputs[0].abs().amax((0, 1)))

        return note

    hooks = [layer.output.dense.register_forward_pre_hook(watch(index)) for index, layer in enumerate(layers)]
    encoder.eval()
    with torch.no_grad():
        for encoding in tokenizer.encode_batch(list(texts)):
            encoder(input_ids=torch.tensor([encoding.ids]))
    for hook in hooks:
        hook.remove()
    return largest
