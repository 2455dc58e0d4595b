from hypothesis import given
from hypothesis import strategies as st

from clientvoice.reports.page.selection import Selection

scores = st.lists(st.integers(0, 20).map(float), max_size=60)


@given(scores)
def test_the_ends_are_kept_and_nothing_twice(given):
    seen = Selection(pushing=5, caring=3, rows=4)
    for place, score in enumerate(given):
        seen.add(score, place)
    ranked = sorted(range(len(given)), key=lambda place: (given[place], place))
    full = seen.full
    assert full[:5] == ranked[:5]
    rest = [place for place in ranked if place not in ranked[:5]]
    highest = sorted(rest, key=lambda place: (-given[place], place))[:3]
    assert sorted(full[5:]) == sorted(highest)
    assert len(full) + len(seen.rows) + seen.left == len(given)
    assert not set(full) & set(seen.rows)


@given(scores, st.integers(0, 20).map(float))
def test_what_would_be_shown_is_known_before(given, score):
    seen = Selection(pushing=5, caring=3, rows=4)
    for place, each in enumerate(given):
        seen.add(each, place)
    wanted = seen.wants(score)
    seen.add(score, len(given))
    assert wanted == (len(given) in seen.full)
