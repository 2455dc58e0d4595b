from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.reports.page.timeline import HEIGHT, WIDTH, Timeline


def _curve(told):
    line = Timeline()
    for day, score in told:
        line.add(day, score)
    return line.curve()


def test_two_days_are_no_line():
    assert (
        _curve([("2026-01-01", 1.0), ("2026-01-01T09:00", 2.0), ("2026-01-02", 3.0), ("soon", 4.0)]) is None
    )


def test_messages_of_a_day_are_taken_together():
    curve = _curve([("2026-01-01", 10.0), ("2026-01-01", 30.0), ("2026-01-02", 60.0), ("2026-01-04", 80.0)])
    assert [(p.name, p.messages, p.score) for p in curve.points] == [
        ("2026-01-01", 2, 20.0),
        ("2026-01-02", 1, 60.0),
        ("2026-01-04", 1, 80.0),
    ]
    assert curve.dots("customer").count("M") == 1


@pytest.mark.parametrize(("step", "count", "unit"), [(1, 20, "week"), (7, 30, "month"), (10, 200, "year")])
def test_the_stretch_grows_with_the_time(step, count, unit):
    start = date(2019, 1, 1)
    told = [((start + timedelta(days=step * n)).isoformat(), 50.0) for n in range(count)]
    assert _curve(told).unit == unit


def test_only_the_last_years_are_drawn():
    curve = _curve([(f"{year}-06-01", 50.0) for year in range(1900, 2000)])
    assert (curve.points[0].name, curve.points[-1].name) == ("1969", "1999")


@given(st.lists(st.tuples(st.dates(), st.floats(0, 100)), max_size=80))
def test_every_point_lies_in_the_frame_and_in_order(told):
    curve = _curve([(day.isoformat(), score) for day, score in told])
    if curve:
        assert all(0 <= p.x <= WIDTH and 0 <= p.y <= HEIGHT for p in curve.points)
        assert [p.x for p in curve.points] == sorted(p.x for p in curve.points)
        assert sum(p.messages for p in curve.points) <= len(told)
        assert len(curve.points) <= 31
