import pytest

from clientvoice.care.reading import CUSTOMER_CUES, lines, reading
from clientvoice.records import Message, MessageAnalysis


def _of(sender=None, date=None, path=None):
    message = Message("m", "", (), sender=sender, date=date, path=path)
    return reading(MessageAnalysis(message, "neutral", 50.0, {}, ()))


@pytest.mark.parametrize(
    ("sender", "path", "key", "name"),
    [
        ("Hollow Oak <Hello@Oak.example>", None, "hello@oak.example", "Hollow Oak"),
        ("hello@oak.example", None, "hello@oak.example", "hello@oak.example"),
        ("Team   Ledgerline", None, "team ledgerline", "Team Ledgerline"),
        (None, "in/oak/a.txt", "folder in/oak", "in/oak"),
        (" ", "in\\oak\\a.txt", "folder in/oak", "in/oak"),
        (None, "in/oak/bad\\xff.txt", "folder in/oak", "in/oak"),
        (None, "bad\\xff.txt", "folder ", "this folder"),
        (None, "a.txt", "folder ", "this folder"),
        (None, None, "folder ", "this folder"),
        ("x" * 10_000, None, "x" * 500, "x" * 500),
    ],
)
def test_who_sent_it(sender, path, key, name):
    found = _of(sender, path=path)
    assert (found.key, found.name) == (key, name)
    assert found.folder == key.startswith("folder ")


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("1970-01-02", 1.0),
        ("1970-01-02T12:00:00+00:00", 1.5),
        ("1970-01-02T01:00:00+01:00", 1.0),
        ("1970-01-02T00:00:00Z", 1.0),
        ("some day", None),
        ("", None),
        (None, None),
        ("9999-12-31T23:59:59-23:59", 2932897.0),
    ],
)
def test_when_it_was_sent(date, day):
    found = _of(date=date).day
    assert found == (day if day is None else pytest.approx(day, abs=1.0))
    if day is not None and day < 9:
        assert found == day


def test_customer_cues_are_measured_on_the_same_scale(say, message):
    told = message(
        "a@oak.example",
        None,
        120.0,
        say("customer", "Ends tonight!", "pressure", "price"),
        say("client", "No hurry: the price stays.", "price"),
        say("customer", "Offer ends.", "pressure", kind="footer"),
    )
    found = dict(zip((key for key, _ in lines()), reading(told).values, strict=True))
    assert found["score"] == 1.0
    assert 0.6 < found["pressure"] == found["price"] <= 0.7
    assert found["conditions"] == 0.0


def test_lines_are_the_score_the_practices_and_the_customer_cues():
    kinds = [kind for _, kind in lines()]
    assert kinds == ["score", *["practice"] * 7, *["cue"] * len(CUSTOMER_CUES)]


def test_a_comma_in_a_bare_name_does_not_hide_the_address() -> None:
    from clientvoice.records import Message, MessageAnalysis

    message = Message("a", "", (), sender="Marian Oduya, Ledgerwright <Marian@ledger.example>")
    it = reading(MessageAnalysis(message, "neutral", 50.0, {}, ()))
    assert (it.key, it.name) == ("marian@ledger.example", "Marian Oduya, Ledgerwright")
