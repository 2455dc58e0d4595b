from __future__ import annotations

import random
import tracemalloc
from dataclasses import replace

import pytest

from clientvoice.care import Reading, histories
from clientvoice.care.reading import lines
from clientvoice.reports.page.sampled import Sampled

WIDTH = len(lines())


def readings(number, senders=1, seed=7):
    rng = random.Random(seed)
    for at in range(number):
        day = None if at % 11 == 5 else 20_000.0 + rng.randrange(2_000)
        date = "" if day is None else f"2026-{1 + at % 12:02}-{1 + at % 28:02}T08:00"
        who = at % senders
        yield Reading(
            f"s{who}@oak.example", f"Oak {who}", date, day, tuple(rng.random() for _ in range(WIDTH))
        )


def taken(some, **options):
    sampled = Sampled(**options)
    for each in some:
        sampled.add(each)
    return sampled


@pytest.mark.parametrize(("number", "senders"), [(1, 1), (40, 3), (700, 2)])
def test_up_to_the_size_of_the_sample_nothing_is_lost(number, senders):
    some = [replace(it, folder=it.key[1] == "1") for it in readings(number, senders)]
    assert taken(some).histories() == histories(some)


def test_beyond_it_the_counts_and_ends_stay_exact_and_the_moves_near():
    some = [
        replace(it, day=20_000.0 + at, date=f"20{10 + at // 400}-01-01", values=(at / 5_000, *it.values[1:]))
        for at, it in enumerate(readings(5_000))
    ]
    (exact,), (near,) = histories(some), taken(some, sample=256).histories()
    assert (near.name, near.messages, near.undated, near.since, near.until) == (
        exact.name,
        exact.messages,
        exact.undated,
        exact.since,
        exact.until,
    )
    assert near.trends[0].direction == exact.trends[0].direction == "grows"
    assert near.trends[0].last == pytest.approx(exact.trends[0].last, abs=0.02)


def test_senders_beyond_the_bound_are_counted():
    sampled = taken(readings(60, senders=6), senders=4)
    assert len(sampled.histories()) == 4
    assert sampled.left == 20


def test_memory_does_not_grow_with_the_run():
    def size(number):
        tracemalloc.start()
        kept = taken(readings(number), sample=100)
        now, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert kept.left == 0
        return now

    size(100)
    assert size(6_000) < 2 * size(600)
