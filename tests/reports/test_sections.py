import pytest

from clientvoice.reports.page.cards import shipped_cards
from clientvoice.reports.page.sections import section, title_of
from clientvoice.reports.rows import Row


def test_a_section_gathers_what_the_page_tells(demo):
    it = section(demo[0], 1, shipped_cards())
    assert it.anchor == "m1"
    assert it.title == "LAST CHANCE: 40% off everything ends tonight"
    assert it.reading == "customer 95%, mixed 3%, client 1%, neutral 1%"
    assert it.uncertain == 1
    assert [card.name for card in it.cues][:3] == ["pressure", "price", "depersonalization"]


@pytest.mark.parametrize(
    ("date", "day", "moment"),
    [
        ("2026-03-02T07:00:00+00:00", "2026-03-02", "2026-03-02 07:00 +00:00"),
        ("2026-03-02T07:00:59.5Z", "2026-03-02", "2026-03-02 07:00 Z"),
        ("2026-03-02", "2026-03-02", "2026-03-02"),
        ("some day", "some day", "some day"),
        (None, "", ""),
    ],
)
def test_dates_are_written_as_a_person_writes_them(analysis, date, day, moment):
    it = section(analysis(date=date), 1, {})
    assert (it.day, it.moment) == (day, moment)


@pytest.mark.parametrize(
    ("row", "title"),
    [
        (Row("i", "a/b.eml", "scored", subject=" Two\n lines "), "Two lines"),
        (Row("i", "a/b.eml", "scored", subject=" \n"), "b.eml"),
        (Row("box.mbox#3", None, "scored"), "box.mbox#3"),
        (Row("i", "C:\\mail\\c.html", "scored"), "c.html"),
        (Row("i", "nm/bad\\xff.txt", "scored"), "bad\\xff.txt"),
        (Row("nm/new\\x0aline.csv#4", "nm/new\\x0aline.csv", "scored"), "new\\x0aline.csv#4"),
        (Row("", None, "scored"), "No subject"),
        (Row("in/old.zip/2022/may.txt", "in/old.zip", "scored"), "2022/may.txt"),
        (Row("old.zip/rows.csv#3", "old.zip", "scored"), "rows.csv#3"),
        (Row("in/sent.mbox#2", "in/sent.mbox", "scored"), "sent.mbox#2"),
        (Row("in/a.txt-2", "in/a.txt", "scored"), "a.txt"),
    ],
)
def test_every_message_has_a_name(row, title):
    assert title_of(row) == title


@pytest.mark.parametrize(
    ("id", "path", "shown"),
    [
        ("old.zip/2022/may.txt", "old.zip", "old.zip/2022/may.txt"),
        ("sent.mbox#2", "sent.mbox", "sent.mbox#2"),
        ("may.txt", "may.txt", "may.txt"),
        ("handed over", None, "handed over"),
        ("<text>", None, ""),
    ],
)
def test_the_file_tells_which_of_many_in_it(analysis, id, path, shown):  # noqa: A002
    assert section(analysis(id=id, path=path), 1, {}).path == shown
