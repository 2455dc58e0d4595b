import random

import pytest

from clientvoice.care import histories, reading
from clientvoice.care.reading import Reading, lines
from clientvoice.care.trend import TELLING

FLAT = (0.5,) * len(lines())


def _readings(values, step=30, key="oak"):
    """Return messages a month apart; only the score moves."""
    return [
        Reading(key, "Hollow Oak", f"day {place}", float(step * place), (value, *FLAT[1:]))
        for place, value in enumerate(values)
    ]


def _score(values, **told):
    (history,) = histories(_readings(values, **told))
    return next((trend for trend in history.trends if trend.key == "score"), None)


@pytest.mark.parametrize(
    ("values", "direction"),
    [
        ([0.1, 0.2, 0.3, 0.4], "grows"),
        ([0.9, 0.7, 0.4, 0.3], "fades"),
        ([0.9, 0.7, 0.8, 0.3], "level"),
        ([0.1, 0.1, 0.3, 0.4], "level"),
        ([0.50, 0.51, 0.52, 0.53], "level"),
        ([0.7, 0.6, 0.2, 0.1, 0.0], "fades"),
        ([0.0, 0.0, 0.6, 0.9, 1.0], "grows"),
        ([0.0, 0.0, 0.0, 0.0, 1.0], "level"),
        ([0.60, 0.62, 0.36, 0.13, 0.10], "fades"),
        ([0.5, 0.1, 0.9, 0.2, 0.6], "level"),
        ([0.5] * 6, "level"),
    ],
)
def test_what_grows_and_what_fades(values, direction):
    assert _score(values).direction == direction


@pytest.mark.parametrize(
    ("values", "doubt"),
    [
        ([0.1, 0.1, 0.3, 0.4], "few"),
        ([0.0, 0.0, 0.0, 0.0, 1.0], "few"),
        ([0.1, 0.2, 0.3, 0.4], ""),
        ([0.50, 0.51, 0.52, 0.53], ""),
        ([0.1, 0.6, 0.2, 0.5, 0.4, 0.3, 0.7, 0.1, 0.8, 0.5], "chance"),
        ([0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1], ""),
    ],
)
def test_why_a_line_that_is_not_flat_is_called_level(values, doubt):
    assert _score(values).doubt == doubt


@pytest.mark.parametrize(("count", "doubt"), [(TELLING - 1, "few"), (TELLING, "")])
def test_one_message_out_of_place_hides_a_rise_only_among_few(count, doubt):
    values = [0.1 + 0.8 * place / count for place in range(1, count)]
    trend = _score([*values, 0.1])
    assert (trend.doubt, trend.direction) == (doubt, "level" if doubt else "grows")


def test_three_messages_are_too_few_to_tell():
    (history,) = histories(_readings([0.1, 0.5, 0.9]))
    assert (history.messages, history.trends, history.changed) == (3, (), ())


def test_four_messages_of_one_day_are_too_few_to_tell():
    assert _score([0.1, 0.3, 0.6, 0.9], step=0.1) is None


def test_the_ends_of_the_line_stay_on_the_scale():
    trend = _score([0.0, 0.1, 0.9, 1.0, 1.0])
    assert 0 <= trend.first < trend.last <= 1
    assert trend.values == (0.0, 0.1, 0.9, 1.0, 1.0)


def test_messages_may_come_in_any_order_and_those_without_a_date_are_counted_apart():
    told = _readings([0.7, 0.6, 0.2, 0.1, 0.0])
    undated = Reading("oak", "Hollow Oak", "", None, FLAT)
    mixed = [*told, undated]
    random.Random(1).shuffle(mixed)
    (history,) = histories(mixed)
    assert (history.messages, history.undated) == (5, 1)
    assert history.days == (0.0, 30.0, 60.0, 90.0, 120.0)
    assert [trend.key for trend in history.changed] == ["score"]
    assert histories(told)[0].trends == history.trends


def test_a_sender_without_any_date_has_no_history():
    (history,) = histories([Reading("oak", "Hollow Oak", "", None, FLAT)])
    assert (history.messages, history.undated, history.trends) == (0, 1, ())


def test_senders_are_told_apart_those_with_most_messages_first():
    found = histories([*_readings([0.1, 0.2]), *_readings([0.3, 0.4, 0.5], key="elm")])
    assert [history.messages for history in found] == [3, 2]


def test_a_sender_with_thousands_of_messages_is_read_in_stretches():
    chooser = random.Random(5)
    (history,) = histories(
        _readings([place / 2_000 + chooser.random() / 9 for place in range(1_777)], step=1)
    )
    score = history.trends[0]
    assert history.messages == 1_777
    assert len(score.values) == len(history.days) <= 200
    assert score.direction == "grows"


def test_practices_are_followed_from_the_sentences(say, message):
    worry = say("client", "You will not be charged.", "reassurance")
    push = say("customer", "Ends tonight!", "pressure")
    told = [
        message(
            "oak@oak.example", f"2026-0{month}-01", 80 - 15 * month, *[worry] * (5 - month), *[push] * month
        )
        for month in range(1, 6)
    ]
    (history,) = histories(map(reading, told))
    moves = {trend.key: trend.direction for trend in history.changed}
    assert moves["score"] == "fades"
    assert moves["pressure"] == "grows"


def test_shuffled_messages_seldom_seem_to_move():
    chooser = random.Random(11)
    called = 0
    for _ in range(300):
        called += _score([round(chooser.random(), 2) for _ in range(8)]).direction != "level"
    assert called <= 300 * 0.12
