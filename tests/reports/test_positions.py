from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers import read_bytes, read_text
from clientvoice.reports.checks.mail_lines import QuotedLines
from clientvoice.reports.checks.positions import Lines, Place, Places, is_written


@given(st.text(st.sampled_from("ab\r\n é😀\u2028\t"), min_size=1), st.data())
def test_a_place_leads_back_to_the_offset(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    place = Lines(text).span(start, end)
    lines = text.replace("\r\n", "\n\n").replace("\r", "\n") and _ends(text)
    assert lines[place.line - 1] + place.column - 1 == start
    assert lines[place.end_line - 1] + place.end_column - 1 == end
    assert (place.line, place.column) <= (place.end_line, place.end_column)


def _ends(text):
    starts, at = [0], 0
    while at < len(text):
        step = 2 if text[at : at + 2] == "\r\n" else 1
        if text[at] in "\r\n":
            starts.append(at + step)
        at += step
    return starts


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_sentences_are_found_at_their_line_and_column(form):
    source = "Héllo 😀.\r\n\r\nOrder it today."
    if form == "html":
        source = "<p>Héllo 😀.</p>\r\n\r\n<p>Order it today.</p>"
    message = read_text(source, format=form, name="a")
    start = message.text.index("Order")
    place = Places(message).at(start, start + len("Order it today."))
    column = 4 if form == "html" else 1
    assert place == Place(3, column, 3, column + len("Order it today."))
    assert is_written(message)


def _eml(body: bytes, *headers: bytes) -> tuple[bytes, Places]:
    raw = b"\r\n".join([b"From: a@example.com", b"Subject: News", *headers, b"", body])
    (message,) = read_bytes(raw, format="eml", name="a.eml")
    object.__setattr__(message, "path", "a.eml")
    return raw, message


def test_a_mail_as_it_is_read_has_the_lines_of_its_file():
    raw, message = _eml(b"Hello.\r\n\r\nOrder it\r\ntoday.\r\n")
    start = message.text.index("Order")
    assert Places(message, raw).at(start, message.text.index("today.") + 6) == Place(6, 1, 7, 7)
    assert Places(message, raw).at(0, 4) == Place(2)
    told = Places(message).at(start, start + 15)
    assert told.inside == "part 1 text/plain, decoded" and told.line == 3
    assert Places(message).at(0, 4) is None


def test_a_quoted_printable_mail_has_whole_lines_of_its_file():
    raw, message = _eml(
        b"<p>A first line that is=\r\n broken =E2=80=93 softly.</p>\r\n"
        b"<p>Order =E2=80=93=\r\n it today.</p>\r\n",
        b"Content-Type: text/html; charset=utf-8",
        b"Content-Transfer-Encoding: quoted-printable",
    )
    start = message.text.index("Order")
    assert Places(message, raw).at(start, start + len("Order – it today.")) == Place(8, 1, 9, None)
    assert str(Place(2, 3, inside="part 1")) == "line 2, column 3 of part 1"


@pytest.mark.parametrize(
    "body",
    [
        b"Hello.=0A=0AOrder it today.",  # a line break that is itself encoded
        b"Hello.=0A\r\nOrder it today.\r\n",
        b"Hello.=0D=0AOrder it today.\r\n\r\n",
    ],
)
def test_a_line_break_in_quotes_is_no_line_of_the_file(body):
    raw, message = _eml(body, b"Content-Transfer-Encoding: quoted-printable")
    start = message.text.index("Order")
    assert Places(message, raw).at(start, start + 15).inside == "part 1 text/plain, decoded"


def test_signs_that_end_a_line_only_for_python_end_none():
    raw, message = _eml(
        "Hello\x0cthere,\u2028 you.\r\n\r\nOrder it today.\r\n".encode(),
        b"Content-Type: text/plain; charset=utf-8",
        b"Content-Transfer-Encoding: quoted-printable",
    )
    start = message.text.index("Order")
    place = Places(message, raw).at(start, start + 15)
    assert place.inside or place.line == 8


def test_a_base64_mail_says_that_its_lines_are_those_of_the_decoded_part():
    raw, message = _eml(b"T3JkZXIgaXQgdG9kYXkuCg==", b"Content-Transfer-Encoding: base64")
    start = message.text.index("Order")
    place = Places(message, raw).at(start, start + 15)
    assert (place.line, place.inside) == (1, "part 1 text/plain, decoded")


def test_a_row_of_a_table_has_its_line():
    (message,) = read_bytes(b"subject,body\nNews,Order it today.\n", format="csv", name="t.csv")
    object.__setattr__(message, "path", "t.csv")
    start = message.text.index("Order")
    assert Places(message).at(start, start + 15) == Place(2)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")))
def test_any_damage_to_a_quoted_part_is_survived(text):
    lines = QuotedLines(text.encode(), 0, text)
    if lines.fits and text:
        assert lines.line(1, len(text)) >= 1
