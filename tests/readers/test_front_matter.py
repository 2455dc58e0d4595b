"""The few fields that a message takes from front matter."""

import pytest

from clientvoice.readers.markdown.front_matter import read_front_matter


@pytest.mark.parametrize(
    ("matter", "subject"),
    [
        ("title: Hello", "Hello"),
        ("title: T\nsubject: S", "S"),
        ("Subject: 'single: quoted'", "single: quoted"),
        ("subject: 2026", "2026"),
        ("subject: >\n  folded\n  line", "folded line"),
        ("subject:", None),
        ("tags: [a, b]", None),
        ("subject: [a, b]", None),
        ("", None),
    ],
)
def test_yaml(matter, subject):
    found = read_front_matter(f"---\n{matter}\n---\nBody")
    assert (found.subject.value if found.subject else None) == subject
    assert found.notices == ()
    assert f"---\n{matter}\n---\nBody"[found.end :] == "Body"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "matter", ["---\nsubject: Hello\nfrom: Nell\n---\n", '+++\nsubject = "Hello"\nfrom = "Nell"\n+++\n']
)
def test_every_kind_of_line_end(matter, line_break):
    source = f"{matter}# Body\n".replace("\n", line_break)
    found = read_front_matter(source)
    assert (found.subject.value, found.sender, found.notices) == ("Hello", "Nell", ())
    assert source[found.end :] == f"# Body{line_break}"


def test_toml():
    found = read_front_matter('+++\ntitle = "x"\ndate = 2026-06-01\nauthor = "Dana"\n+++\nBody')
    assert (found.subject.value, found.date, found.sender) == ("x", "2026-06-01", "Dana")


@pytest.mark.parametrize(
    "source",
    [
        "",
        "Body",
        "---",
        "---\ntitle: x\n\nnever closed",
        "---\nA paragraph.\n---\nBody",
        "----\na: b\n----\n",
    ],
)
def test_what_is_no_front_matter_stays_in_the_text(source):
    assert read_front_matter(source).end == 0


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2026-06-01", "2026-06-01"),
        ("2026-06-01 10:00:00", "2026-06-01T10:00:00"),
        ("2026-06-01T10:00:00Z", "2026-06-01T10:00:00+00:00"),
        ("Mon, 1 Jun 2026 10:00:00 +0000", "2026-06-01T10:00:00+00:00"),
        ("next Monday", None),
        ("99999-99-99", None),
    ],
)
def test_dates_are_iso(value, date):
    assert read_front_matter(f"---\ndate: {value}\n---\n").date == date


@pytest.mark.parametrize(
    "matter",
    [
        "subject: Hi: there",
        "subject: Hi\n  - broken: [",
        'subject: Hi\nx: "open',
        "subject: Hi\nx: " + "[" * 20_000,
        "subject: Hi\nx: \x01",
    ],
)
def test_broken_yaml_is_read_line_by_line_with_a_notice(matter):
    found = read_front_matter(f"---\n{matter}\n---\nBody")
    assert found.subject.value.startswith("Hi")
    assert [notice.code for notice in found.notices] == ["front_matter"]
    assert "not valid YAML" in found.notices[0].text


def test_nothing_of_the_yaml_is_run_or_unfolded():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found = read_front_matter(f'---\n{bomb}x: !!python/object/apply:os.system ["true"]\nsubject: S\n---\n')
    assert found.subject.value == "S"
    assert found.notices == ()


def test_broken_toml_is_a_notice():
    found = read_front_matter('+++\ntitle = "x"\nbroken = [\n+++\nBody')
    assert found.subject.value == "x"
    assert "not valid TOML" in found.notices[0].text


def test_front_matter_too_large_for_one_is_text():
    assert read_front_matter("---\n" + "a: b\n" * 20_000 + "---\n").end == 0
