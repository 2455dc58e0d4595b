from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from clientvoice.records import Failure, Notice
from clientvoice.reports.rows import Row, row
from clientvoice.reports.tally import Tally


def _scored(place, score):
    return Row(f"m{place}", None, "scored", label="mixed", score=score, counts={"client": 1})


@given(st.lists(st.floats(0, 100)), st.integers(1, 6))
def test_the_ends_are_those_of_all_scores_in_order(scores, shown):
    tally = Tally(shown)
    rows = [_scored(place, score) for place, score in enumerate(scores)]
    for each in rows:
        tally.add(each)
    assert tally.transactional == sorted(rows, key=lambda it: it.score)[:shown]
    assert tally.caring == sorted(rows, key=lambda it: -it.score)[:shown]
    assert sum(tally.bins) == tally.messages == len(scores)


def test_bins_are_closed_below_and_the_last_one_above():
    tally = Tally()
    for place, score in enumerate([0.0, 9.99, 10.0, 50.0, 100.0]):
        tally.add(_scored(place, score))
    assert tally.bins == [2, 1, 0, 0, 0, 1, 0, 0, 0, 1]


def test_the_demo_adds_up(demo):
    tally = Tally()
    for item in demo:
        tally.add(row(item))
    assert tally.messages == tally.labels.total() == 16
    assert (tally.statuses["failed"], tally.statuses["skipped"]) == (2, 1)
    assert [it.path for it in tally.transactional[:2]] == ["spring/flash-sale.html", "travel/points.html"]


def test_a_message_in_another_language_is_counted_as_such_and_nowhere_else():
    tally = Tally()
    german = replace(_scored(0, 5.0), notices=(Notice("not_english", "The text reads as 'de'."),))
    tally.add(german)
    assert (tally.messages, tally.judged, tally.foreign, tally.middle) == (1, 0, 1, None)
    tally.add(_scored(1, 80.0))
    assert (tally.judged, tally.middle, tally.labels.total(), sum(tally.bins)) == (1, 80.0, 1, 1)
    assert tally.transactional == tally.caring == [_scored(1, 80.0)]


def test_nothing_has_no_middle():
    tally = Tally()
    tally.add(row(Failure("a", "empty", "")))
    assert tally.middle is None
    assert tally.bins == [0] * 10
