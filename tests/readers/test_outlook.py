"""Outlook messages that we make, and real ones where they are at hand."""

from pathlib import Path

import pytest

from clientvoice.readers import Limits, read_bytes, read_path
from clientvoice.records import Failure, Message

pytest.importorskip("oxmsg", reason="needs the extra: pip install 'clientvoice[msg]'")
SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
COPY = "We will ring you on Monday before anything changes."


def read(made, **fields):
    return list(read_bytes(made.compound(made.msg(**fields)), format="msg", name="a.msg"))


def test_html_is_read_where_it_is_stored(made, assert_exact):
    (message,) = read(made, html=f"<h1>Hello</h1><p>{COPY} “So.”</p>".encode(), text="plain words")
    assert message.text == f"Monday\n\nHello\n\n{COPY} “So.”"
    assert (message.subject, message.sender) == ("Monday", "Dana Reyes <dana@example.com>")
    assert (message.date, message.format) == ("2026-06-02T08:00:00+00:00", "msg")
    assert message.part == "body text/html"
    assert_exact(message)


def test_text_is_read_where_no_html_is_stored(made, assert_exact):
    (message,) = read(made, text=f"{COPY}\r\n\r\nDana")
    assert [message.text[block.start : block.end] for block in message.blocks] == ["Monday", COPY, "Dana"]
    assert_exact(message)


def test_attached_files_are_told_and_attached_messages_are_rows(made):
    deep = made.msg(subject="Deep", text=COPY, header=24)
    inner = made.msg(subject="Inner", text=COPY, inside=[deep], header=24)
    items = read(made, text=COPY, files=["report.pdf", "logo.png"], inside=[inner])
    assert [(item.id, item.subject) for item in items] == [
        ("a.msg", "Monday"),
        ("a.msg#1", "Inner"),
        ("a.msg#1#1", "Deep"),
    ]
    assert {notice.code for notice in items[0].notices} == {"attachments", "nested_message"}
    assert "report.pdf" in items[0].notices[0].text


def test_a_message_with_a_subject_only_says_so(made):
    (message,) = read(made)
    assert [notice.code for notice in message.notices] == ["no_text"]
    (failure,) = read(made, subject=None)
    assert failure.code == "no_text"


def test_missing_fields_are_missing(made):
    (message,) = read(made, subject=None, sender=None, sent=None, text=COPY)
    assert (message.subject, message.sender, message.date) == (None, None, None)


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"Subject: Hi\n\nwords", "damaged"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged")],
)
def test_junk_is_a_failure(data, code):
    (failure,) = read_bytes(data, format="msg", name="a.msg")
    assert (failure.id, failure.code) == ("a.msg", code)
    assert failure.text.startswith("a.msg: ")


def test_another_office_file_is_told(made):
    data = made.compound({"WordDocument": b"words" * 100})
    (failure,) = read_bytes(data, format="msg", name="a.msg")
    assert failure.code == "unknown_format"


def test_streams_that_share_their_bytes_are_refused(made):
    data = bytearray(made.compound(made.msg(text="x" * 200_000)))
    at = data.find("__substg1.0_1000001F".encode("utf-16-le"))
    data[at + 120 : at + 124] = (1 << 30).to_bytes(4, "little")
    (failure,) = read_bytes(bytes(data), format="msg", name="a.msg")
    assert failure.code == "too_large"


def test_limits_hold(made):
    data = made.compound(made.msg(text="x\n" * 100))
    (failure,) = read_bytes(data, format="msg", limits=Limits(max_lines=20))
    assert failure.code == "too_large"
    (failure,) = read_bytes(data, format="msg", limits=Limits(max_bytes=100))
    assert failure.code == "too_large"


def test_real_messages():
    paths = sorted(SHARED.glob("**/*.msg"))
    if not paths:
        pytest.skip("needs Outlook messages below ../shared, which is not part of the project")
    for path in paths:
        assert all(isinstance(item, Message | Failure) for item in read_path(path))
