import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers.mail.headers import date_text, header_text, media_type, read_headers, sender_text

LIMIT = 8_192


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b" We ring you first ", "We ring you first"),
        (b" folded\r\n\t over two\r\n lines", "folded over two lines"),
        (b"=?utf-8?Q?Your_caf=C3=A9_visit?=", "Your café visit"),
        (b"=?ISO-8859-1?Q?J=F6rg?= =?utf-8?B?4oKs?= ok", "Jörg€ ok"),
        (b"=?utf-8?B?4oI=?=\r\n =?utf-8?B?rCA1IG9mZg==?=", "€ 5 off"),
        (b"=?utf-8?Q?Really??=", "Really?"),
        (b"=?utf-8?Q?spaces are common?=", "spaces are common"),
        (b"=?utf-8*en?Q?hi?=", "hi"),
        (b"=?x-unknown?Q?caf=C3=A9?=", "café"),
        (b"=?utf-8?B?####?= after", "=?utf-8?B?####?= after"),
        (b"=?utf-8?Q?never closed", "=?utf-8?Q?never closed"),
        ("raw café".encode(), "raw café"),
        (b"raw caf\xe9", "raw café"),
        (b"bell\x07 and \x1b[31mred", "bell and [31mred"),
        (b"", None),
        (b" \r\n ", None),
        (None, None),
    ],
)
def test_header_text(raw, text):
    assert header_text(raw, LIMIT) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"jo@example.com", "jo@example.com"),
        (b"<jo@example.com>", "jo@example.com"),
        (b"Jo <jo@example.com>", "Jo <jo@example.com>"),
        (b'"Baker, Jo" <jo@example.com>', "Baker, Jo <jo@example.com>"),
        (b'"Jo \\"Jay\\" B" <jo@example.com>', 'Jo "Jay" B <jo@example.com>'),
        (b"jo@example.com (Jo (the baker))", "Jo the baker <jo@example.com>"),
        (b"=?utf-8?Q?Doe=2C_J=C3=B6?= <j@example.com>", "Doe, Jö <j@example.com>"),
        (b'"=?utf-8?Q?J=C3=B6?=" <j@example.com>', "Jö <j@example.com>"),
        (b"Jo <jo@example.com>, Al <al@example.com>", "Jo <jo@example.com>"),
        (b"jo@example.com, al@example.com", "jo@example.com"),
        (b'"never closed <jo@example.com>', "never closed <jo@example.com>"),
        (b"Jo <jo@example.com", "Jo <jo@example.com"),
        (b"undisclosed recipients", "undisclosed recipients"),
        (b"<>", None),
        (b"", None),
        (None, None),
    ],
)
def test_sender_text(raw, text):
    assert sender_text(raw, LIMIT) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b" Mon, 1 Jun 2026 10:00:00 +0200", "2026-06-01T10:00:00+02:00"),
        (b" Mon, 1 Jun 2026 10:00:00 +0000 (UTC)", "2026-06-01T10:00:00+00:00"),
        (b"1 Jun 26 10:00 EST", "2026-06-01T10:00:00-05:00"),
        (b"Mon, 1 Jun 2026 10:00:00 -0000", "2026-06-01T10:00:00"),
        (b"99 Foo 20266 99:99", None),
        (b"31 Feb 2026 10:00:00 +0000", None),
        (b"1 Jun 2026 10:00:00 +9999999", None),
        (b"9" * 5_000, None),
        (b"(" * 5_000, None),
        (b"", None),
        (None, None),
    ],
)
def test_date_text(raw, text):
    assert date_text(raw) == text


@pytest.mark.parametrize(
    ("raw", "value", "parameters"),
    [
        (b" Text/HTML; charset=utf-8", "text/html", {"charset": "utf-8"}),
        (b'multipart/mixed;\r\n boundary="a;b"', "multipart/mixed", {"boundary": "a;b"}),
        (b'x/y; boundary="a\\"b"', "x/y", {"boundary": 'a"b'}),
        (b"x/y; boundary*1=cd; boundary*0=ab", "x/y", {"boundary": "abcd"}),
        (b"x/y; charset=one; charset=two", "x/y", {"charset": "one"}),
        (b"text/plain charset=us-ascii", "text/plain", {}),
        (b';;;text; charset; ="', "", {}),
        (b'x/y; name="never closed', "x/y", {"name": "never closed"}),
        (b"", "", {}),
    ],
)
def test_media_type(raw, value, parameters):
    assert media_type(raw, LIMIT) == (value, parameters)


def test_the_first_field_of_a_name_counts():
    assert read_headers(b"Subject: one\nsubject: two\n\nbody", 0) == ({"subject": b" one"}, 27)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_ends_the_headers(end):
    data = end.join([b"From jo@example.com Mon", b"Subject: a", b"  b", b"X: y", b"", b"body"])
    headers, start = read_headers(data, 0)
    assert header_text(headers["subject"], LIMIT) == "a b"
    assert data[start:] == b"body"


def test_a_line_that_is_no_field_begins_the_body():
    data = b"Subject: x\nthis line has no colon here\nmore"
    headers, start = read_headers(data, 0)
    assert set(headers) == {"subject"}
    assert data[start:].startswith(b"this line")


@pytest.mark.parametrize(
    "attack",
    [
        b'"\\',
        b'"',
        b"=?a?q?",
        b"; a*",
        b"(",
        b'; a="\\',
        b" ",
        b"\r\n ",
        b"=?utf-8?q?a?= ",
        b"<",
        b",",
        b"a@",
    ],
)
def test_hostile_fields_take_no_time(attack):
    raw = attack * (LIMIT // len(attack) + 1)
    start = time.process_time()
    header_text(raw, LIMIT)
    sender_text(raw, LIMIT)
    media_type(raw, LIMIT)
    date_text(raw)
    assert time.process_time() - start < 2


def test_many_commas_before_any_address_take_linear_time():
    raw = b"a," * 200_000
    start = time.process_time()
    assert sender_text(raw, len(raw)) is not None
    assert time.process_time() - start < 10


@given(st.binary(max_size=200))
def test_any_field_reads(raw):
    text = header_text(raw, LIMIT)
    assert text is None or text == " ".join(text.split())
    sender_text(raw, LIMIT)
    media_type(raw, LIMIT)
    date_text(raw)
    _, start = read_headers(raw, 0)
    assert 0 <= start <= len(raw)
