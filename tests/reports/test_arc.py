import re

import pytest

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
            "Opens with care, stays neutral in the middle, closes with a push.",
        ),
        (["customer", "client", "client"], "Opens with a push, cares in the middle, closes with care."),
        (
            ["neutral"] * 6 + ["client", "customer", "customer"],
            "Opens neutral, stays neutral in the middle, closes with a push.",
        ),
        (
            ["client", "client", "customer", *["neutral"] * 6],
            "Opens with care, stays neutral in the middle, closes neutral.",
        ),
    ],
)
def test_the_caption_tells_the_arc(analysis, frames, caption):
    assert arc(_message(analysis, frames).sentences).caption == caption


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
