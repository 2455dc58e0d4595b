from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from clientvoice.corpora.messages import read_natural_messages
from clientvoice.corpora.sentences import Example, fold_of, read_corpus
from clientvoice.errors import ConfigError
from clientvoice.framing.model import CUES, TAKEAWAYS, Branch, Scores
from clientvoice.records import FRAMES
from clientvoice.training.fit import fit
from clientvoice.training.folds import Fitted
from clientvoice.training.ngrams import fit_ngrams
from clientvoice.training.second import School, fit_second, held_out, without
from clientvoice.training.targets import SHARE, Targets, labels_of
from clientvoice.vectors.shares import Shares

PUSH = CUES.index("sales_push")


class Oracle:
    """Knows each text's label, and is wrong about a share of them."""

    def __init__(self, examples: Sequence[Example], wrong: float) -> None:
        rng = np.random.default_rng(1)
        self.rows: dict[str, NDArray[np.float64]] = {}
        for example in examples:
            label = FRAMES.index(example.label)
            told = int(rng.integers(3)) if rng.random() < wrong else label
            self.rows[example.text] = np.eye(3)[told]

    def transform(self, X: Sequence[str], /) -> Any:
        return np.stack([self.rows[text] for text in X])

    def shares(self, sentence: str, weights: Any, columns: Sequence[int] | None = None) -> Shares:
        raise NotImplementedError


@pytest.fixture(scope="module")
def judged(corpus: Path) -> list[Example]:
    return read_corpus(corpus)[:6000]


def fitted(judged: Sequence[Example], wrong: float) -> Fitted:
    """Two heads that read the oracle: each frame, and the push to buy that comes with customers."""
    push = np.zeros((len(CUES), 3))
    push[PUSH, FRAMES.index("customer")] = 8.0
    branch = Branch("encoder", Oracle(judged, wrong), np.eye(3) * 4, push)
    return branch, np.zeros(3), np.full(len(CUES), -5.0)


def hasty(judged: Sequence[Example]) -> Scores:
    """A first reading: right for most, surer than it may be, and blind to cues."""
    rng = np.random.default_rng(0)
    labels = [FRAMES.index(example.label) for example in judged]
    frames = 1.5 * (np.eye(3)[labels] * 1.2 + rng.normal(size=(len(judged), 3)))
    return Scores(frames, np.full((len(judged), len(CUES)), -1.0), np.zeros((len(judged), TAKEAWAYS)))


def test_no_held_out_sender_is_left_to_train_on(judged: list[Example]) -> None:
    rows = held_out(judged)
    assert 0.05 < len(rows) / len(judged) < 0.25
    held = {judged[row].group for row in rows}
    assert held.isdisjoint(example.group for example in without(judged, judged))
    assert len(without(judged, judged)) == sum(example.group not in held for example in judged)


def test_a_reading_that_knows_better_counts_more_and_helps(judged: list[Example]) -> None:
    held = [judged[row] for row in held_out(judged)]
    first = hasty(held)
    good = fit_second(fitted(held, 0.1), held, first, np.zeros(len(CUES)))
    blind = fit_second(fitted(held, 1.0), held, first, np.zeros(len(CUES)))
    assert good and blind
    assert good.figures["after"]["macro_f1"] > good.figures["before"]["macro_f1"] + 0.05
    assert good.figures["before"]["cues_micro_f1"] == 0
    assert good.figures["after"]["cues_micro_f1"] > 2 * blind.figures["after"]["cues_micro_f1"]
    assert abs(blind.reading.frame_weights).max() < 0.1 * good.reading.frame_weights.max()
    calibration = "expected_calibration_error"
    assert good.figures["after"][calibration] < good.figures["before"][calibration]
    assert 0 <= good.reading.trust <= 1 and 0 <= good.reading.cue_trust <= 1
    assert good.figures["items"] == len(held)


def test_nothing_is_weighed_where_nothing_is_in_doubt(judged: list[Example]) -> None:
    first = hasty(judged)
    sure = replace(first, frames=first.frames * 100)
    assert fit_second(fitted(judged, 0.1), judged, sure, np.zeros(len(CUES))) is None


def test_senders_that_cannot_be_divided_are_refused(judged: list[Example], tmp_path: Path) -> None:
    one = [Example(e.text, e.label, e.cues, "one sender", e.origin) for e in judged[:300]]
    school = School((pytest.fail,), pytest.fail)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match=r"weighed on \d+ sentences and trained on \d+, expected"):
        fit("two", one, [], tmp_path, folds=2, trainers=[pytest.fail], second=school)  # type: ignore[list-item]


def test_a_fitted_model_reads_again_what_is_in_doubt(
    judged: list[Example], corpus: Path, tmp_path: Path
) -> None:
    seen: dict[str, list[set[str]]] = {"teacher": [], "student": []}
    learned: list[Sequence[Targets]] = []

    def teacher(examples: Sequence[Example], folder: Path) -> Fitted:
        seen["teacher"].append({example.group for example in examples})
        return fit_ngrams(examples, folder)

    def student(examples: Sequence[Example], folder: Path, lessons: Sequence[Targets]) -> Fitted:
        seen["student"].append({example.group for example in examples})
        learned.append(lessons)
        return fit_ngrams(examples, folder)

    some, messages = judged[:2500], read_natural_messages(corpus)[:160]
    model = fit(
        "two", some, messages, tmp_path, folds=2, trainers=[fit_ngrams], second=School((teacher,), student)
    )
    assert model.sentences.second
    assert model.metrics["second_reading"]["read_again"] > 0
    everyone, left = {e.group for e in some}, {e.group for e in without(some, some)}
    folds = [{group for group in everyone if fold_of(group, 2) != fold} for fold in range(2)]
    assert seen == {"teacher": folds, "student": [left]}
    ((hard, soft),) = learned
    np.testing.assert_array_equal(hard, labels_of(without(some, some)))
    assert 1 - SHARE <= soft[hard == 1].min() < soft[hard == 1].max() <= 1
