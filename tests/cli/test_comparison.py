from __future__ import annotations

import pytest

from clientvoice.batch.labelled import LabelTable
from clientvoice.cli.comparison import comparison_text
from clientvoice.evaluation.measures import label_figures
from clientvoice.records import FRAMES
from clientvoice.training.gain import Gain
from clientvoice.training.refit import Refit

SURE, NONE, LOSS = Gain(0.1, 0.05, 0.15), Gain(0.0, 0.0, 0.0), Gain(-0.05, -0.09, -0.01)
FIGURES = label_figures(FRAMES, FRAMES, FRAMES) | {"expected_calibration_error": 0.1}


def _verdict(gain, *, beyond=SURE, strength=1.0):
    found = Refit(None, FIGURES, FIGURES, gain, beyond, strength, 3, (), 0)
    return comparison_text(found, LabelTable((), 0, has_groups=True)).splitlines()[-1]


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
