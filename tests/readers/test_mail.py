import base64

import pytest

from clientvoice.readers.limits import Limits
from clientvoice.readers.mail.mails import read_mail
from clientvoice.records import Failure, Message

HEAD = (
    'From: "Dana at the workshop" <dana@example.com>\r\nTo: you@example.com\r\n'
    "Subject: =?utf-8?Q?Your_boiler=E2=80=99s_service?=\r\n"
    "Date: Mon, 1 Jun 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"
)
COPY = "We will ring you on Monday before anything changes."


def read(mail, **options):
    data = mail if isinstance(mail, bytes) else mail.encode()
    return list(read_mail(data, name="a.eml", path="a.eml", **options))


def only(mail, **options):
    (message,) = read(mail, **options)
    assert isinstance(message, Message)
    return message


def codes(message):
    return [notice.code for notice in message.notices]


def test_a_plain_mail():
    message = only(HEAD + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + COPY + "\r\n")
    assert message.format == "eml"
    assert message.subject == "Your boiler’s service"
    assert message.sender == "Dana at the workshop <dana@example.com>"
    assert message.date == "2026-06-01T10:00:00+02:00"
    assert message.part == "1 text/plain"
    assert message.path == "a.eml"
    blocks = [(block.kind, message.text[block.start : block.end]) for block in message.blocks]
    assert blocks == [("subject", "Your boiler’s service"), ("paragraph", COPY)]
    assert not message.notices


def test_html_leads_back_to_its_source():
    html = f"<p>Hello.</p><p>We ring &amp; explain <b>first</b>.</p><!-- {COPY} -->"
    encoded = base64.encodebytes(html.encode()).decode()
    mail = f"{HEAD}Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}"
    message = only(mail)
    assert (message.format, message.part, message.source) == ("eml", "1 text/html", html)
    at = message.text.index("first")
    start, end = message.source_map.to_source(at, at + 5)
    assert message.source[start:end] == "first"


def test_alternative_names_the_part_that_was_read():
    mail = (
        f"{HEAD}Content-Type: multipart/mixed; boundary=m\r\n\r\n"
        "--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n"
        f"--a\r\n\r\n{COPY}\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>{COPY}</p>\r\n--a--\r\n"
        "--m\r\nContent-Type: image/png\r\nContent-Disposition: attachment\r\n\r\nPNG\r\n--m--\r\n"
    )
    message = only(mail)
    assert message.part == "1.2 text/html"
    assert message.source == f"<p>{COPY}</p>"


def test_several_inline_parts_are_one_message():
    parts = "".join(f"--m\r\n\r\n{COPY} ({number})\r\n" for number in range(1, 4))
    message = only(f"{HEAD}Content-Type: multipart/mixed; boundary=m\r\n\r\n{parts}--m--\r\n")
    assert message.part == "1..3 text/plain"
    assert message.text.count(COPY) == 3


def test_forwarded_mails_are_rows_of_their_own():
    inner = f"Content-Type: message/rfc822\r\n\r\nSubject: Inner\r\n\r\n{COPY}"
    mail = (
        f"{HEAD}Content-Type: multipart/mixed; boundary=m\r\n\r\n"
        f"--m\r\n\r\nFor your information.\r\n--m\r\n{inner}\r\n--m--\r\n"
    )
    outer, nested = read(mail)
    assert (outer.id, codes(outer)) == ("a.eml", ["nested_message"])
    assert "a.eml#2" in outer.notices[0].text
    assert (nested.id, nested.subject, nested.part) == ("a.eml#2", "Inner", "2.1 text/plain")
    assert [item.id for item in read(mail, joint=".")] == ["a.eml", "a.eml.2"]


def test_a_mere_wrapper_gives_only_what_it_wraps():
    messages = read(f"Content-Type: message/rfc822\r\n\r\nSubject: Inner\r\n\r\n{COPY}")
    assert [message.id for message in messages] == ["a.eml#1"]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("charset=x-unknown", "Café " + COPY),
        ("charset=us-ascii", "Café € 5 " + COPY),
        ('charset="utf-8;"', "Café " + COPY),
        ('charset="utf\0-8"', "Café " + COPY),
        ("charset=zlib", COPY),
        ("charset=idna", COPY),
    ],
)
def test_false_charsets_do_no_harm(head, body):
    message = only(f"{HEAD}Content-Type: text/plain; {head}\r\n\r\n{body}\r\n")
    assert message.text.rstrip().endswith(body)
    assert not message.notices


def test_a_guessed_charset_is_told():
    mail = HEAD.encode() + b"Content-Type: text/plain\r\n\r\nIt\x92s only \x80 5. " + COPY.encode()
    message = only(mail)
    assert "It’s only € 5." in message.text
    assert codes(message) == ["charset_guessed"]
    assert "windows-1252" in message.notices[0].text


@pytest.mark.parametrize("mark", [b"\xff\xfe", b""])
def test_a_mail_saved_as_utf16_is_read(mark):
    message = only(mark + f"Subject: Café\r\n\r\n{COPY}".encode("utf-16-le"))
    assert message.subject == "Café"
    assert COPY in message.text


def test_only_a_subject_is_read_and_told():
    message = only(HEAD + "Content-Type: image/png\r\n\r\nPNG")
    assert [block.kind for block in message.blocks] == ["subject"]
    assert codes(message) == ["no_text"]
    assert message.part is None


@pytest.mark.parametrize(
    "mail", ["From: a@example.com\r\n\r\n", "Content-Type: image/png\r\n\r\nPNG", "X: y"]
)
def test_a_mail_without_any_words_is_a_failure(mail):
    (failure,) = read(mail)
    assert isinstance(failure, Failure)
    assert (failure.id, failure.code, failure.path) == ("a.eml", "no_text", "a.eml")
    assert failure.text.startswith("a.eml: ")


def test_limits_are_told():
    nested = b"Content-Type: message/rfc822\n\n" * 30 + b"\nwords"
    (failure,) = read(nested, limits=Limits(max_depth=10))
    assert failure.code == "too_deep"
    parts = "--m\n\nwords\n" * 30
    mail = f"Subject: {'x' * 300}\nContent-Type: multipart/mixed; boundary=m\n\n{parts}--m--"
    message = only(mail, limits=Limits(max_parts=10, max_header=100))
    assert codes(message) == ["truncated", "truncated"]
    assert len(message.subject) < 100


def test_a_body_with_too_many_lines_is_a_failure():
    (failure,) = read(f"{HEAD}\r\n" + "words\r\n" * 50, limits=Limits(max_lines=20))
    assert failure.code == "too_large"
    assert "20 lines (max_lines)" in failure.text


def test_a_mail_without_headers_is_its_body():
    assert only(COPY).text == COPY
    assert only("\r\n\r\n" + HEAD + "\r\n" + COPY).subject == "Your boiler’s service"
