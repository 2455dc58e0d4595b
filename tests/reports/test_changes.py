from dataclasses import replace

import pytest

from clientvoice.care.reading import Reading, lines
from clientvoice.reports.page.cards import shipped_cards
from clientvoice.reports.page.changes import HEIGHT, SHOWN, WIDTH, changes

KEYS = [key for key, _ in lines()]


def _readings(count=5, key="oak", name="Hollow Oak", step=30.0, **moves):
    """Return messages a month apart in which each named line moves evenly from one end to the other."""
    for place in range(count):
        values = [0.5] * len(KEYS)
        for line, (first, last) in moves.items():
            values[KEYS.index(line)] = first + (last - first) * place / max(1, count - 1)
        yield Reading(key, name, f"2026-0{place % 9 + 1}-01", step * place, tuple(values))


def _told(*readings):
    return changes(readings, shipped_cards())


def test_what_grows_and_fades_is_said_in_one_sentence():
    (change,) = _told(*_readings(peace_of_mind=(0.9, 0.2), pressure=(0.0, 0.9), score=(0.7, 0.1))).told
    assert change.verdict == "“Peace of mind” fading; pressure growing; the score falling from 70 to 10."
    assert change.span == "5 messages, 2026-01-01 to 2026-05-01"
    assert [(line.title, line.arrow, line.side) for line in change.moving] == [
        ("Pressure", "↗", "customer"),
        ("“Peace of mind”", "↘", "customer"),
        ("Score", "↘", "customer"),
    ]
    assert len(change.level) == len(KEYS) - 3


def test_what_is_good_news_has_the_colour_of_the_client():
    (change,) = _told(*_readings(relationship=(0.0, 0.9), price=(0.9, 0.1))).told
    assert {line.side for line in change.moving} == {"client"}
    assert change.verdict == "Price fading; “The relationship” growing."


def test_many_moves_are_counted():
    moves = dict.fromkeys(
        ("price", "pressure", "conditions", "service", "relationship", "under_care"), (0.1, 0.9)
    )
    (change,) = _told(*_readings(**moves)).told
    assert change.verdict.endswith(" and 2 more growing.")


def test_nothing_may_move():
    (change,) = _told(*_readings()).told
    assert change.verdict == "Nothing clearly grows or fades."
    assert change.moving == ()


def test_a_line_that_rises_without_being_sure_tells_why():
    values = (0.1, 0.1, 0.5, 0.9)
    told = [Reading("oak", "Hollow Oak", f"d{n}", 30.0 * n, (0.5,) * len(KEYS)) for n in range(4)]
    pressure = KEYS.index("pressure")
    told = [
        replace(it, values=(*it.values[:pressure], value, *it.values[pressure + 1 :]))
        for it, value in zip(told, values, strict=True)
    ]
    (change,) = _told(*told).told
    assert change.verdict == "4 messages are too few to tell what grows or fades."
    words = {line.title: line.word for line in change.level}
    assert (words["Pressure"], words["Score"]) == ("too few to tell", "no clear move")


def test_dots_lie_inside_their_chart():
    (change,) = _told(*_readings(score=(0.0, 1.0))).told
    for line in (*change.moving, *change.level):
        assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in line.dots)
    assert change.moving[0].dots[0][1] > change.moving[0].dots[-1][1]
    assert len(change.moving[0].path.split()) == 5


def test_too_few_to_tell_is_told():
    found = _told(*_readings(3))
    assert found.told == ()
    assert found.untold == "Over time, too little to tell of Hollow Oak: it takes dated messages of 4 days."
    two = _told(*_readings(3), *_readings(2, key="elm"))
    assert "too little to tell of 2 senders" in two.untold


def test_a_message_without_a_date_is_left_out_and_counted():
    undated = Reading("oak", "Hollow Oak", "", None, (0.5,) * len(KEYS))
    (change,) = _told(*_readings(), undated).told
    assert change.span.endswith("; 1 without a date left out")


@pytest.mark.parametrize("senders", [SHOWN, SHOWN + 3])
def test_a_dozen_senders_are_shown_and_the_others_counted(senders):
    found = _told(*(it for n in range(senders) for it in _readings(4, key=f"s{n}", name=f"S{n}")))
    assert len(found.told) == SHOWN
    told = "3 more senders with as many messages or fewer not shown"
    assert (told in found.untold) == (senders > SHOWN)


def test_others_with_fewer_messages_are_told_so():
    shown = [it for n in range(SHOWN) for it in _readings(5, key=f"s{n}", name=f"S{n}")]
    found = _told(*shown, *_readings(4, key="few"))
    assert found.untold == "Over time, 1 more sender with fewer messages not shown."


def test_folders_that_stand_for_senders_are_called_folders():
    folder = [replace(it, folder=True) for it in _readings(3, key="folder by", name="by")]
    assert "too little to tell of the folder by: it" in _told(*folder).untold
    assert "tell of 1 sender and 1 folder: it" in _told(*folder, *_readings(3)).untold
    assert "tell of this folder: it" in _told(*(replace(it, name="this folder") for it in folder)).untold


def test_names_are_made_inert(hostile):
    (change,) = _told(*_readings(name=hostile)).told
    assert "\x1b" not in change.name
    assert len(change.name) <= 80
