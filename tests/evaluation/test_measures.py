from __future__ import annotations

import numpy as np
import pytest

from clientvoice.evaluation.measures import (
    FEW,
    calibration_error,
    cue_figures,
    label_figures,
    macro_f1,
    macro_f1_interval,
    score_figures,
    sentence_figures,
)
from clientvoice.evaluation.tables import figures_text
from clientvoice.framing.model import CUES
from clientvoice.records import FRAMES


def test_confidence_that_matches_accuracy_has_no_error() -> None:
    assert calibration_error(np.full(10, 0.8), np.array([True] * 8 + [False] * 2)) == pytest.approx(0)


def test_overconfidence_is_its_gap() -> None:
    assert calibration_error(np.full(10, 0.95), np.array([True] * 5 + [False] * 5)) == pytest.approx(0.45)


def test_a_perfect_model_has_a_perfect_interval() -> None:
    gold = np.array([0, 1, 2] * 8)
    assert macro_f1_interval(gold, gold, [str(i // 3) for i in range(24)], rounds=50) == (1.0, 1.0)


@pytest.mark.parametrize("senders", [1, 2, FEW - 1])
def test_few_senders_have_no_interval_and_it_is_told_why(senders) -> None:
    rng = np.random.default_rng(0)
    gold, groups = np.arange(60) % 3, [str(row % senders) for row in range(60)]
    assert macro_f1_interval(gold, gold, groups) is None
    figures = sentence_figures(rng.normal(size=(60, 3)), gold, groups)
    assert figures["macro_f1_95"] is None and figures["senders"] == senders
    assert f"(no interval: {senders} sender" in figures_text(figures)


def test_macro_f1_is_the_mean_of_the_labels_that_occur() -> None:
    gold, named = ["client", "client", "customer", "customer"], ["client", "neutral", "customer", "neutral"]
    assert macro_f1(gold, named) == pytest.approx(2 / 3)
    figures = label_figures(gold, named, FRAMES)
    assert figures["macro_f1"] == pytest.approx(2 / 3, abs=1e-4)
    nobodys = {"precision": None, "recall": None, "f1": None, "support": 0}
    assert figures["per_label"]["neutral"] == nobodys
    (row,) = (line.split() for line in figures_text(figures).splitlines() if "neutral" in line)
    assert row == ["neutral", "–", "–", "–", "0"]
    assert macro_f1([*gold, "neutral"], [*named, "neutral"]) == pytest.approx((2 / 3 + 2 / 3 + 1 / 2) / 3)


def test_an_interval_lies_around_its_value_where_a_label_is_absent() -> None:
    rng = np.random.default_rng(0)
    gold, logits = np.arange(300) % 2, rng.normal(size=(300, 3))
    figures = sentence_figures(logits, gold, [str(row % 20) for row in range(300)])
    low, high = figures["macro_f1_95"]
    assert low < figures["macro_f1"] < high


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
    assert figures["per_cue"]["price"]["f1"] == 1.0 and figures["per_cue"]["pressure"]["f1"] is None


def test_the_right_side_counts_only_the_two_poles() -> None:
    figures = score_figures(["client", "customer", "mixed"], ["client"] * 3, [90, 10, 50], [80, 60, 20])
    assert figures["right_side_of_50"] == 0.5
    assert "right side of 50" in figures_text(figures)


@pytest.mark.parametrize(("gold", "scores"), [([90, 10], [50, 50]), ([50, 50], [90, 10]), ([90], [80])])
def test_scores_that_do_not_vary_have_no_rank_correlation(gold, scores) -> None:
    figures = score_figures(["client"] * len(gold), ["client"] * len(gold), gold, scores)
    assert figures["score_spearman"] is None
    assert "Spearman" not in figures_text(figures)
