import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.errors import ConfigError, InputError
from clientvoice.readers import Limits, first_message, read_bytes, read_path, read_text
from clientvoice.records import Failure, Message

COPY = "We will ring you on Monday before anything changes."
MBOX = "".join(
    f"From jo@example.com Mon Jun  1 10:00:0{number} 2026\nSubject: Mail {number}\n\n{COPY}\n\n"
    for number in (1, 2, 3)
)


def read(path, content, **options):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_path(path, name=path.name, **options))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.eml", f"Subject: Hi\n\n{COPY}", "eml"),
        ("a.html", f"<p>{COPY}</p>", "html"),
        ("a.HTM", f"<p>{COPY}</p>", "html"),
        ("a.xhtml", f'<?xml version="1.0"?><html><body><p>{COPY}</p></body></html>', "html"),
        ("a.mjml", f"<mjml><mj-body><mj-text>{COPY}</mj-text></mj-body></mjml>", "html"),
        ("a.md", f"# Hi\n\n{COPY}\n", "markdown"),
        ("a.txt", COPY, "text"),
        ("a.unknown", COPY, "text"),
        ("a", f"<!doctype html><p>{COPY}", "html"),
        ("b", f"From: jo@example.com\nSubject: Hi\n\n{COPY}", "eml"),
    ],
)
def test_each_format_by_ending_or_first_bytes(tmp_path, name, content, kind):
    (message,) = read(tmp_path / name, content)
    assert isinstance(message, Message)
    assert (message.id, message.path, message.format) == (name, name, kind)
    assert COPY in message.text


def test_a_mailbox_gives_numbered_mails(tmp_path):
    messages = read(tmp_path / "box.mbox", MBOX)
    assert [message.id for message in messages] == ["box.mbox#1", "box.mbox#2", "box.mbox#3"]
    assert [message.subject for message in messages] == ["Mail 1", "Mail 2", "Mail 3"]
    assert {message.path for message in messages} == {"box.mbox"}
    assert len(read(tmp_path / "box", MBOX)) == 3


def test_a_mail_in_a_mailbox_with_a_mail_inside(tmp_path):
    box = (
        "From jo@example.com Mon Jun  1 10:00:00 2026\nContent-Type: message/rfc822\n\nSubject: In\n\n" + COPY
    )
    assert [message.id for message in read(tmp_path / "a.mbox", box)] == ["a.mbox#1.1"]


def test_one_big_mail_does_not_cost_the_others(tmp_path):
    box = MBOX.replace("Subject: Mail 2\n\n", "Subject: Mail 2\n\n" + "x" * 5_000)
    items = read(tmp_path / "box.mbox", box, limits=Limits(max_bytes=1_000))
    assert [getattr(item, "code", "read") for item in items] == ["read", "too_large", "read"]
    assert items[1].id == "box.mbox#2"


def test_one_damaged_mail_does_not_cost_the_others(tmp_path, monkeypatch):
    from clientvoice.readers import content

    real = content.read_mail

    def fails_once(data, **options):
        if b"Mail 2" in data:
            raise ValueError("broken inside")
        return real(data, **options)

    monkeypatch.setattr(content, "read_mail", fails_once)
    items = read(tmp_path / "box.mbox", MBOX)
    assert [getattr(item, "code", "read") for item in items] == ["read", "damaged", "read"]
    assert "broken inside" in items[1].text


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.eml", b"", "empty"),
        ("a.mbox", b"", "empty"),
        ("a.html", b" \r\n\t", "empty"),
        ("a.html", b"<img src=a.png>", "no_text"),
        ("a.md", b"---\ntags: [a]\n---\n", "no_text"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        ("a.html", b"%PDF-1.7 words", "binary"),
        ("a.txt", b"x" * 2_000, "too_large"),
        ("a.docx", b"PK\x03\x04", "damaged"),
        ("a.pdf", b"%PDF-1.7", "unknown_format"),
        ("a.dat", b"PK\x03\x04 words", "damaged"),
        ("a.dat", b"\x89PNG words", "binary"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, name, content, code):
    (failure,) = read(tmp_path / name, content, limits=Limits(max_bytes=1_500))
    assert isinstance(failure, Failure)
    assert (failure.id, failure.path, failure.code) == (name, name, code)
    assert failure.text.startswith(f"{name}: ")
    assert failure.text.endswith(".")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [("a.txt", "x\n" * 9, "8 lines"), ("a.html", "<p>x" * 9, "8 tags"), ("a.md", "x" * 99, "50 characters")],
)
def test_what_would_take_minutes_is_too_large(tmp_path, name, content, what):
    (failure,) = read(tmp_path / name, content, limits=Limits(max_lines=8, max_markdown=50))
    assert failure.code == "too_large"
    assert what in failure.text


@pytest.mark.parametrize("path", ["none.eml", "a\0b.eml", "none/none.eml", "x" * 5_000])
def test_paths_that_lead_nowhere(path):
    (failure,) = read_path(Path(path))
    assert failure.code in ("not_found", "unreadable")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_devices_and_folders_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.eml")
    for path in (tmp_path / "pipe.eml", tmp_path, Path("/dev/zero")):
        (failure,) = read_path(path)
        assert failure.code == "unreadable"


def test_a_file_that_the_system_refuses(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.eml").write_text(COPY)
    monkeypatch.setattr(Path, "open", refuse)
    (failure,) = read_path(tmp_path / "a.eml", name="a.eml")
    assert failure.code == "unreadable"
    assert failure.text == "a.eml: Permission denied; check that you may read it."


def test_foreign_and_guessed_texts_are_told(tmp_path):
    german = "Nur heute gibt es zwanzig Prozent Rabatt auf alle Schuhe für Läufer und Läuferinnen."
    (message,) = read(tmp_path / "a.txt", german.encode("cp1252"))
    assert [notice.code for notice in message.notices] == ["charset_guessed", "not_english"]
    box = f"From jo@example.com Mon Jun  1 10:00:00 2026\n\n{german}"
    (message,) = read(tmp_path / "a.mbox", box)
    assert [notice.code for notice in message.notices] == ["not_english"]


def test_a_page_with_only_a_title_is_told(tmp_path):
    (item,) = read(tmp_path / "a.html", "<title>The June letter</title><img src=a.png>")
    assert getattr(item, "code", None) == "no_text" or [notice.code for notice in item.notices] == ["no_text"]


def test_html_names_its_own_encoding(tmp_path):
    page = '<meta charset="koi8-r"><p>Мы перезвоним вам завтра утром</p>'
    (message,) = read(tmp_path / "a.html", page.encode("koi8-r"))
    assert message.text == "Мы перезвоним вам завтра утром"


def test_bytes_are_told_by_their_beginning():
    assert [message.id for message in read_bytes(MBOX.encode(), name="box")] == ["box#1", "box#2", "box#3"]
    assert first_message(f"<html><p>{COPY}".encode()).format == "html"
    assert first_message(COPY.encode("utf-16")).text == COPY
    assert first_message(b"*We* ring.", format="markdown").text == "We ring."


def test_first_message_raises_what_the_failure_says():
    with pytest.raises(InputError, match="empty") as caught:
        first_message(b"")
    assert caught.value.code == "empty"


def test_strings():
    message = read_text(COPY)
    assert (message.text, message.id, message.format) == (COPY, "<text>", "text")
    assert read_text(f"<p>{COPY}", format="html", name="x").id == "x"
    assert read_text(f"**{COPY}**", format="markdown").text == COPY
    mail = read_text(f"Subject: Café\n\n{COPY}", format="eml")
    assert (mail.subject, mail.format) == ("Café", "eml")


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: read_text("x", format="pdf"), "unknown_format"),
        (lambda: read_text("x", format="mbox"), "unknown_format"),
        (lambda: read_text(b"x"), "not_text"),
        (lambda: read_bytes("x"), "not_bytes"),
        (lambda: read_bytes(b"x", format="pdf"), "unknown_format"),
        (lambda: read_text("", format="eml"), "empty"),
    ],
)
def test_misuse_is_an_error_at_once(call, code):
    with pytest.raises(InputError) as caught:
        call()
    assert caught.value.code == code


def test_limits_are_checked():
    with pytest.raises(ConfigError, match="max_bytes"):
        Limits(max_bytes=0)


@given(st.binary(max_size=300), st.sampled_from([None, "eml", "mbox", "html", "markdown", "text"]))
def test_any_bytes_give_messages_or_failures(data, kind):
    items = list(read_bytes(data, format=kind))
    assert items
    assert len({item.id for item in items}) == len(items)
    for item in items:
        if isinstance(item, Message):
            assert item.blocks
            last = 0
            for block in item.blocks:
                assert last <= block.start < block.end <= len(item.text)
                last = block.end


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"%PDF-1.7 \x00\x01\x02" * 40])
def test_binary_data_that_is_named_a_mail_is_told_as_such(tmp_path, data):
    path = tmp_path / "export.eml"
    path.write_bytes(data)
    (failure,) = read_path(path)
    assert failure.code == "binary"


def test_a_mail_with_a_binary_part_is_still_a_mail(tmp_path):
    path = tmp_path / "mail.eml"
    head = b"Subject: Hello\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nWe ring you first.\n--x\n"
    part = b"Content-Type: image/png\nContent-Transfer-Encoding: binary\n\n"
    path.write_bytes(head + part + bytes(range(256)) * 40 + b"\n--x--\n")
    (message,) = read_path(path)
    assert message.text.endswith("We ring you first.")
