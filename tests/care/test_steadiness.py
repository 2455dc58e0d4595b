import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from clientvoice.care.steadiness import balance, chance, slope

VALUES = st.lists(st.integers(0, 4), min_size=2, max_size=6)
LONGER = st.lists(st.floats(0, 1), min_size=2, max_size=20)


@given(VALUES)
def test_the_chance_is_that_of_all_orders_counted_one_by_one(values):
    times = range(len(values))
    orders = list(permutations(values))
    found = abs(balance(times, values))
    assert chance(times, values) == pytest.approx(
        sum(abs(balance(times, order)) >= found for order in orders) / len(orders)
    )


@given(LONGER)
def test_the_slope_is_that_of_scipy(values):
    times = list(range(len(values)))
    assert slope(times, values) == pytest.approx(theilslopes(values, times).slope, abs=1e-12)


@given(LONGER)
def test_backwards_is_the_same_the_other_way(values):
    times = list(range(len(values)))
    back = values[::-1]
    assert slope(times, back) == pytest.approx(-slope(times, values), abs=1e-12)
    assert balance(times, back) == -balance(times, values)
    assert chance(times, back) == chance(times, values)


@pytest.mark.parametrize("size", [12, 25])
def test_without_ties_it_is_the_exact_test_of_kendall(size):
    values = random.Random(size).sample(range(100), size)
    expected = kendalltau(range(size), values, method="exact").pvalue
    assert chance(range(size), values) == pytest.approx(expected)


def test_long_lines_are_judged_by_the_normal_curve():
    chooser = random.Random(7)
    values = [round(chooser.random() + place / 120, 1) for place in range(60)]
    expected = kendalltau(range(60), values, method="asymptotic").pvalue
    assert chance(range(60), values) == pytest.approx(expected, rel=0.15)
    assert chance(range(60), [0.5] * 60) == 1.0


def test_messages_of_one_moment_tell_nothing():
    assert slope([1, 1, 1], [0.1, 0.5, 0.9]) == 0.0
    assert balance([1, 1, 1], [0.1, 0.5, 0.9]) == 0
    assert slope([], []) == 0.0
