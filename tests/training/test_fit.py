from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from clientvoice.corpora.messages import LabelledMessage, read_natural_messages
from clientvoice.corpora.sentences import Example, read_corpus
from clientvoice.framing.model import CUES
from clientvoice.records import FRAMES
from clientvoice.store import StoredModel, load_model, save_model
from clientvoice.training.calibration import calibrate
from clientvoice.training.fit import fit
from clientvoice.training.folds import Fitted
from clientvoice.training.ngrams import fit_ngrams


@pytest.fixture(scope="module")
def some(corpus: Path) -> tuple[list[Example], list[LabelledMessage]]:
    return read_corpus(corpus)[:2500], read_natural_messages(corpus)[:160]


@pytest.fixture(scope="module")
def corpus() -> Path:
    return Path(__file__).resolve().parents[2] / "data" / "corpus"


@pytest.fixture(scope="module")
def fitted(
    some: tuple[list[Example], list[LabelledMessage]], tmp_path_factory: pytest.TempPathFactory
) -> StoredModel:
    examples, messages = some
    return fit("small", examples, messages, tmp_path_factory.mktemp("work"), folds=2, trainers=[fit_ngrams])


def test_a_model_from_the_authored_corpus_beats_guessing_on_unseen_messages(fitted: StoredModel) -> None:
    figures = fitted.metrics["unseen_senders"]
    assert figures["macro_f1"] > 0.5
    assert figures["expected_calibration_error"] < 0.08


def test_what_was_fitted_can_be_stored_and_loaded(fitted: StoredModel, tmp_path: Path) -> None:
    again = load_model(save_model(fitted, tmp_path / "small"))
    texts = ["Order now and save!", "We are here for you."]
    np.testing.assert_allclose(
        again.sentences.score(texts).frames, fitted.sentences.score(texts).frames, atol=0.02
    )
    assert again.trained["sentences"] == 2500


def test_the_same_data_give_the_same_model(
    fitted: StoredModel, some: tuple[list[Example], list[LabelledMessage]], tmp_path: Path
) -> None:
    examples, messages = some
    again = fit("small", examples, messages, tmp_path, folds=2, trainers=[fit_ngrams])
    assert again.trained == fitted.trained and again.metrics == fitted.metrics


def test_no_group_is_on_both_sides(some: tuple[list[Example], list[LabelledMessage]], tmp_path: Path) -> None:
    examples, messages = some
    seen: list[set[str]] = []

    def spying(part: Sequence[Example], folder: Path) -> Fitted:
        seen.append({example.group for example in part})
        return fit_ngrams(part, folder)

    fit("small", examples, messages, tmp_path, folds=2, trainers=[spying])
    first, second, final = seen
    assert not first & second and first | second == final


def test_calibration_undoes_overconfidence() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, size=1500)
    logits = np.eye(3)[labels] * 1.2 + rng.normal(size=(1500, 3))
    present = rng.random((1500, len(CUES))) < 0.1
    cues = np.where(present, 1.0, -1.0)[None] + rng.normal(size=(1, 1500, len(CUES)))
    found = calibrate(logits[None] * 4, cues, labels, present)
    chances = np.exp(found.frames(logits[None] * 4))
    chances /= chances.sum(axis=1, keepdims=True)
    right = (chances.argmax(axis=1) == labels).mean()
    assert chances.max(axis=1).mean() == pytest.approx(right, abs=0.03)
    assert found.cue_thresholds.shape == (len(CUES),) and len(FRAMES) == chances.shape[1]
