"""Fine-tune an encoder and export it: needs the ``train`` extra (torch), not the product.

Mean pooling and linear heads only, so that every token's share of a decision
stays exact after the heads are lifted out of the network.
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from clientvoice.corpora.sentences import Example
from clientvoice.framing.model import CUES, Branch
from clientvoice.records import FRAMES
from clientvoice.training.export import export
from clientvoice.training.minilm import minilm_base
from clientvoice.training.noise import noisy
from clientvoice.training.outliers import EVERY, separate_outliers
from clientvoice.training.targets import Targets, labels_of
from clientvoice.training.weighting import weights_of
from clientvoice.vectors.masking import mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

Base = Callable[[], "tuple[Any, Any]"]
"""Returns a pre-trained BertModel and its ``tokenizers.Tokenizer``."""


@dataclass(frozen=True, slots=True)
class EncoderRecipe:
    """How an encoder is fine-tuned; the defaults made the first one of the shipped model.

    ``base`` gives the pre-trained encoder, ``outliers`` are neurons a layer that int8 leaves alone (see
    :mod:`clientvoice.training.outliers`), ``cue_weight`` is what the cues'
    loss counts, ``averaged`` the last part of training whose weights are averaged.
    """

    base: Base = minilm_base
    epochs: float = 3.0
    batch: int = 32
    rate: float = 5e-5
    head_rate: float = 1e-3
    warmup: float = 0.06
    balance: float = 0.4
    smoothing: float = 0.05
    cue_weight: float = 0.15
    noise: float = 0.15
    max_tokens: int = 72
    averaged: float = 0.25
    seed: int = 0
    threads: int = 2
    outliers: int = 0


def fine_tune(
    examples: Sequence[Example],
    folder: Path,
    recipe: EncoderRecipe = EncoderRecipe(),
    *,
    lessons: Sequence[Targets] = (),
) -> tuple[Branch, NDArray[np.float64], NDArray[np.float64]]:
    """Fine-tune on labelled sentences and write ``encoder.onnx`` and ``tokenizer.json``.

    Parameters
    ----------
    examples : sequence of Example
    folder : Path
        Where the int8 graph goes.
    recipe : EncoderRecipe
    lessons : sequence of ndarray of shape (n_examples, 3), optional
        Probabilities to learn; by default those that the labels say. Each lesson is a
        run from the same start and seed, and the mean of their weights is kept:
        such runs stay close enough for that (Wortsman et al. 2022, *Model Soups*).

    Returns
    -------
    branch : Branch
        With uncalibrated head weights.
    frame_bias : ndarray of shape (3,)
    cue_bias : ndarray of shape (14,)
    """
    import torch
    from safetensors.torch import save_file

    torch.set_num_threads(recipe.threads)
    runs = [_run(_Plan.of(examples, recipe, lesson), recipe) for lesson in lessons or [labels_of(examples)]]
    network, tokenizer = runs[0]
    mean = _RunningMean(network)
    for run, _ in runs:
        mean.add(run)
    mean.load_into(network)
    folder.mkdir(parents=True, exist_ok=True)
    save_file(network.state_dict(), folder / "network.safetensors")
    tokenizer.no_padding()
    texts = [mask(example.text).text for example in examples[::EVERY]]
    rest = separate_outliers(network.encoder, tokenizer, texts, recipe.outliers)
    tokenizer.no_truncation()
    return export(network, tokenizer, folder, kept=rest)


def _run(plan: _Plan, recipe: EncoderRecipe) -> tuple[Any, Any]:
    """Train the network once; return it and its tokenizer."""
    import torch

    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)  # noqa: S311 (noise, not secrets)
    encoder, tokenizer = recipe.base()
    network = _network(encoder)
    padding = encoder.config.pad_token_id
    tokenizer.enable_padding(pad_id=padding, pad_token=tokenizer.id_to_token(padding))
    tokenizer.enable_truncation(recipe.max_tokens)
    optimizer, schedule = _optimizer(network, recipe, plan.steps)
    mean = _RunningMean(network)
    started = time.monotonic()
    network.train()
    for step, rows in enumerate(plan.batches(recipe, np.random.default_rng(recipe.seed))):
        texts = [
            noisy(plan.texts[row], rng) if rng.random() < recipe.noise else plan.texts[row] for row in rows
        ]
        loss = _loss(network, tokenizer.encode_batch(texts), plan, rows, recipe)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        schedule.step()
        if step >= plan.steps * (1 - recipe.averaged) and step % 10 == 0:
            mean.add(network)
        if step % 200 == 0:
            rate = (time.monotonic() - started) / (step + 1)
            sys.stderr.write(f"step {step}/{plan.steps}  loss {loss.item():.3f}  {rate:.2f} s a step\n")
    mean.load_into(network)
    return network, tokenizer


@dataclass(frozen=True)
class _Plan:
    """Everything the loop reads: masked texts, targets and the order of batches."""

    texts: list[str]
    frames: Any
    cues: Any
    weights: Any
    lengths: NDArray[np.int64]
    steps: int

    @classmethod
    def of(cls, examples: Sequence[Example], recipe: EncoderRecipe, lesson: Targets) -> _Plan:
        import torch

        labels = np.array([FRAMES.index(example.label) for example in examples])
        own = weights_of(examples)
        shares = np.bincount(labels, weights=own, minlength=len(FRAMES)) / len(labels)
        weights = ((1 / (len(FRAMES) * shares)) ** recipe.balance)[labels] * own
        cues = [[cue in example.cues for cue in CUES] for example in examples]
        frames = lesson * (1 - recipe.smoothing) + recipe.smoothing / len(FRAMES)
        texts = [mask(example.text).text for example in examples]
        return cls(
            texts=texts,
            frames=torch.tensor(frames, dtype=torch.float32),
            cues=torch.tensor(cues, dtype=torch.float32),
            weights=torch.tensor(weights / weights.mean(), dtype=torch.float32),
            lengths=np.array([len(text) for text in texts]),
            steps=int(math.ceil(len(texts) / recipe.batch) * recipe.epochs),
        )

    def batches(self, recipe: EncoderRecipe, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
        """Yield row numbers: shuffled, then sorted by length in pools of 50 batches."""
        done = 0
        while True:
            order = rng.permutation(len(self.texts))
            for at in range(0, len(order), recipe.batch * 50):
                pool = order[at : at + recipe.batch * 50]
                pool = pool[np.argsort(self.lengths[pool] + rng.random(len(pool)) * 8)]
                batches = [pool[i : i + recipe.batch] for i in range(0, len(pool), recipe.batch)]
                for index in rng.permutation(len(batches)):
                    if done == self.steps:
                        return
                    done += 1
                    yield batches[index]


def _network(encoder: Any) -> Any:
    import torch

    width = encoder.config.hidden_size

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder
            self.dropout = torch.nn.Dropout(0.1)
            self.frame_head = torch.nn.Linear(width, len(FRAMES))
            self.cue_head = torch.nn.Linear(width, len(CUES))

        def forward(self, ids: Any, mask: Any) -> tuple[Any, Any]:
            tokens = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
            seen = mask[..., None].float()
            pooled = self.dropout((tokens * seen).sum(1) / seen.sum(1))
            return self.frame_head(pooled), self.cue_head(pooled)

    return Network()


def _optimizer(network: Any, recipe: EncoderRecipe, steps: int) -> tuple[Any, Any]:
    import torch

    heads = [value for name, value in network.named_parameters() if "head" in name]
    matrices = [value for name, value in network.named_parameters() if "head" not in name and value.ndim > 1]
    vectors = [value for name, value in network.named_parameters() if "head" not in name and value.ndim == 1]
    optimizer = torch.optim.AdamW(
        [
            {"params": matrices, "lr": recipe.rate, "weight_decay": 0.01},
            {"params": vectors, "lr": recipe.rate, "weight_decay": 0.0},
            {"params": heads, "lr": recipe.head_rate, "weight_decay": 0.0},
        ],
        fused=True,
    )
    warmup = max(1.0, recipe.warmup * steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warmup, max(0.0, (steps - step) / (steps - warmup + 1)))
    )
    return optimizer, schedule


def _loss(network: Any, encodings: Sequence[Any], plan: _Plan, rows: Any, recipe: EncoderRecipe) -> Any:
    import torch

    ids = torch.tensor([encoding.ids for encoding in encodings])
    seen = torch.tensor([encoding.attention_mask for encoding in encodings])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        frames, cues = network(ids, seen)
    frame_loss = torch.nn.functional.cross_entropy(frames.float(), plan.frames[rows], reduction="none")
    cue_loss = torch.nn.functional.binary_cross_entropy_with_logits(
        cues.float(), plan.cues[rows], reduction="none"
    )
    return (frame_loss * plan.weights[rows]).mean() + recipe.cue_weight * cue_loss.sum(1).mean()


class _RunningMean:
    """The mean of the weights over the last part of training: flatter minima, steadier on new senders."""

    def __init__(self, network: Any) -> None:
        self.count = 0
        self.total = {k: v.clone().zero_() for k, v in network.state_dict().items() if v.is_floating_point()}

    def add(self, network: Any) -> None:
        self.count += 1
        for name, value in network.state_dict().items():
            if name in self.total:
                self.total[name] += value

    def load_into(self, network: Any) -> None:
        if self.count:
            network.load_state_dict({k: v / self.count for k, v in self.total.items()}, strict=False)
