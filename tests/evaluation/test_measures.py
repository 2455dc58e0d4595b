from __future__ import annotations

import numpy as np
import pytest

from clientvoice.evaluation.measures import (
    calibration_error,
    cue_figures,
    macro_f1_interval,
    score_figures,
    sentence_figures,
)
from clientvoice.evaluation.tables import figures_text
from clientvoice.framing.model import CUES


def test_confidence_that_matches_accuracy_has_no_error() -> None:
    assert calibration_error(np.full(10, 0.8), np.array([True] * 8 + [False] * 2)) == pytest.approx(0)


def test_overconfidence_is_its_gap() -> None:
    assert calibration_error(np.full(10, 0.95), np.array([True] * 5 + [False] * 5)) == pytest.approx(0.45)


def test_a_perfect_model_has_a_perfect_interval() -> None:
    gold = np.array([0, 1, 2] * 5)
    assert macro_f1_interval(gold, gold, [str(i // 3) for i in range(15)], rounds=50) == (1.0, 1.0)


def test_figures_of_sentences() -> None:
    logits = np.array([[4.0, 0, 0], [0, 4.0, 0], [0, 0, 4.0], [4.0, 0, 0]])
    figures = sentence_figures(logits, np.array([0, 1, 2, 2]), ["a", "b", "c", "d"])
    assert figures["accuracy"] == 0.75
    assert figures["per_label"]["client"]["precision"] == 0.5
    assert figures["coverage"][0] == {"at_least": 0.0, "coverage": 1.0, "accuracy": 0.75}


def test_cue_figures_count_each_cue() -> None:
    present = np.zeros((2, len(CUES)), dtype=bool)
    present[0, CUES.index("price")] = True
    figures = cue_figures(present, present)
    assert figures["micro_f1"] == 1.0 and figures["per_cue"]["price"]["support"] == 1


def test_the_right_side_counts_only_the_two_poles() -> None:
    figures = score_figures(["client", "customer", "mixed"], ["client"] * 3, [90, 10, 50], [80, 60, 20])
    assert figures["right_side_of_50"] == 0.5
    assert "right side of 50" in figures_text(figures)
