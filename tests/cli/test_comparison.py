from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clientvoice.cli.comparison import comparison_record, comparison_text
from clientvoice.corpora.labelled import LabelledRows
from clientvoice.evaluation.measures import label_figures
from clientvoice.records import FRAMES
from clientvoice.training.gain import Gain
from clientvoice.training.refit import Refit

TABLE = LabelledRows(Path("mine.csv"), (), 0, has_groups=True)
SURE, NONE, LOSS = Gain(0.1, 0.05, 0.15), Gain(0.0, 0.0, 0.0), Gain(-0.05, -0.09, -0.01)
FIGURES = label_figures([*FRAMES, "client"], [*FRAMES, "neutral"], FRAMES) | {
    "expected_calibration_error": 0.1
}
FLAWLESS = label_figures(FRAMES, FRAMES, FRAMES) | {"expected_calibration_error": 0.1}


def _found(gain, *, beyond=SURE, strength=1.0, absent=()):
    return Refit(None, FIGURES, FIGURES, gain, beyond, strength, 3, (), 0, absent)


def _verdict(gain, **more):
    return comparison_text(_found(gain, **more), TABLE).splitlines()[-1]


@pytest.mark.parametrize("gain", [Gain(0.02, -0.034, 0.096), Gain(-0.02, -0.096, 0.034), NONE])
def test_an_interval_that_holds_zero_is_told_as_noise(gain):
    told = _verdict(gain)
    assert told.startswith("Your labels are not shown to help. The change may be noise: macro-F1")
    assert f"{gain.low:+.3f} to {gain.high:+.3f}" in told


@pytest.mark.parametrize(
    ("gain", "more", "told"),
    [
        (SURE, {}, "Your labels help:"),
        (SURE, {"beyond": NONE}, "Your labels bring no more than their own frequencies do:"),
        (LOSS, {}, "Your labels make this model worse:"),
        (NONE, {"strength": 0.0}, "Your labels do not improve this model yet:"),
    ],
)
def test_what_is_sure_is_told_as_such(gain, more, told):
    assert _verdict(gain, **more).startswith(told)


@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_where_the_base_gets_all_labels_right_there_is_nothing_to_gain(strength):
    found = replace(_found(NONE, strength=strength), before=FLAWLESS)
    told = comparison_text(found, TABLE).splitlines()[-1]
    assert told == "This model gets all of your labels right already: there is nothing to gain on them."


def test_a_label_that_no_sentence_has_has_no_figure():
    figures = label_figures(["client"], ["neutral"], FRAMES) | {"expected_calibration_error": 0.1}
    found = replace(_found(SURE), before=figures, after=figures)
    rows = [line.split() for line in comparison_text(found, TABLE).splitlines()]
    assert ["neutral,", "F1", "–", "–", "0"] in rows and ["client,", "F1", "0.000", "0.000", "1"] in rows
    assert comparison_record(found, TABLE)["before"]["per_label"]["neutral"]["f1"] is None


def test_a_label_that_no_sentence_has_is_told_beside_the_verdict():
    found = _found(SURE, absent=("neutral",))
    verdict, notice = comparison_text(found, TABLE).splitlines()[-2:]
    assert verdict.startswith("Your labels help where a sentence is client or customer: macro-F1")
    assert notice.startswith("No sentence is labelled neutral")
    assert "The new model may hardly ever say neutral any more" in notice
    record = comparison_record(found, TABLE)
    assert record["absent"] == ["neutral"] and record["unlearns"] is True
    kept = _found(NONE, strength=0.0, absent=("neutral",))
    assert "hardly ever" not in comparison_text(kept, TABLE)
    assert comparison_record(kept, TABLE)["unlearns"] is False
