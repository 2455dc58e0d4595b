import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientvoice.reports.page.arc import HEIGHT, WIDTH, arc


def _message(analysis, frames):
    block = [
        ["paragraph", [[frame, 0.9, f"Sentence number {place} here."]]] for place, frame in enumerate(frames)
    ]
    return analysis(block=block)


@pytest.mark.parametrize(
    ("frames", "caption"),
    [
        (["customer"] * 6, "Pushes from opening to close."),
        (["client"] * 3, "Cares from opening to close."),
        (["neutral"] * 9, "Neutral from opening to close."),
        (
            ["client", "neutral", "customer"],
            "Opens with care, then stays neutral, closes with a push.",
        ),
        (["customer", "client", "client"], "Opens with a push, closes with care."),
        (
            ["neutral"] * 6 + ["client", "customer", "customer"],
            "Opens neutral, then cares, closes with a push.",
        ),
        (
            ["client", "client", "customer", *["neutral"] * 6],
            "Opens with care, then pushes, closes neutral.",
        ),
        (
            ["neutral", *["client"] * 6, *["customer"] * 5, *["client"] * 4, *["customer"] * 5, "neutral"],
            "Opens with care, then pushes, then cares, closes with a push.",
        ),
        (["client", "customer"] * 20, "Goes back and forth between care and push."),
        (
            ["client", "customer"] * 20 + ["neutral"] * 20,
            "Opens with care and push by turns, closes neutral.",
        ),
        (["client"] * 30 + ["customer"], "Cares from opening to close."),
    ],
)
def test_the_caption_tells_what_the_picture_shows(analysis, frames, caption):
    assert arc(_message(analysis, frames).sentences).caption == caption


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frames=st.lists(st.sampled_from(["client", "customer", "neutral"]), min_size=3, max_size=60))
def test_a_caption_names_no_side_that_the_picture_has_not(analysis, frames):
    it = arc(_message(analysis, frames).sentences)
    assert bool(re.search("push", it.caption, re.IGNORECASE)) <= bool(it.customer)
    assert bool(re.search(r"\bcare", it.caption, re.IGNORECASE)) <= bool(it.client)
    assert it.caption.count(",") <= 4 and it.caption.endswith(".")


def test_two_short_orders_at_the_end_are_no_care_whatever_stands_before_them(analysis):
    long = "I will go through the contract with you line by line, and explain every word that is not plain."
    block = [
        ["paragraph", [[frame, 0.9, text]]]
        for frame, text in [
            *[("neutral", f"Sentence {place}.") for place in range(6)],
            ("client", long),
            ("customer", "Buy now!"),
            ("customer", "Shop the sale now!"),
        ]
    ]
    assert arc(analysis(block=block).sentences).caption.endswith("closes with a push.")


def test_two_sentences_have_no_arc(analysis):
    assert arc(_message(analysis, ["client", "customer"]).sentences) is None


def test_uncounted_sentences_take_no_part(analysis):
    it = analysis(block=[["footer", [["customer", 0.9, f"Footer {place}."] for place in range(5)]]])
    assert arc(it.sentences) is None


def test_client_is_above_the_middle_and_customer_below(analysis):
    it = arc(_message(analysis, ["client", "neutral", "customer"]).sentences)
    assert re.findall(r"v(-?)[\d.]+", it.client) == ["-"]
    assert re.findall(r"v(-?)[\d.]+", it.customer) == [""]


def test_a_long_message_is_drawn_with_few_bars_inside_the_picture(analysis):
    it = arc(_message(analysis, ["client", "client", "customer"] * 400).sentences)
    bars = re.findall(r"M([\d.]+) [\d.]+h([\d.]+)v-?([\d.]+)H[\d.]+z", it.client + it.customer)
    assert 0 < len(bars) <= 120
    for x, width, height in bars:
        assert float(x) + float(width) <= WIDTH + 0.1
        assert float(height) <= HEIGHT / 2
