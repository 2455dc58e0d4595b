from pathlib import PurePath

import pytest

from clientvoice.readers.formats import FORMATS, format_of, holds_many, remedy_for, sniff, sniff_template


@pytest.mark.parametrize(("ending", "kind"), FORMATS.items())
def test_endings_in_any_case(ending, kind):
    assert format_of(PurePath("a" + ending)) == kind
    assert format_of(PurePath("dir.eml/A.B" + ending.upper())) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("welcome.html.erb", "html"),
        ("welcome.mjml.hbs", "html"),
        ("welcome.text.liquid", "text"),
        ("welcome.md.j2", "markdown"),
        ("welcome.csv.tmpl", "template"),
        ("welcome.php", "template"),
        ("archive.html.zip", "zip"),
    ],
)
def test_a_template_is_what_its_other_ending_says(name, kind):
    assert format_of(PurePath(name)) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{% if x %}<p>Hello{% endif %}", "html"),
        ("<mj-text>Hello</mj-text>", "html"),
        ("---\nsubject: June\n---\n\nHello", "markdown"),
        ("# June\n\nWe **ring** you.", "markdown"),
        ("Hello {{ name }}, it costs 5 < 6.", "text"),
    ],
)
def test_a_template_without_another_ending_is_what_it_looks_like(text, kind):
    assert sniff_template(text) == kind


def test_which_files_hold_many_messages():
    many = {ending for ending in FORMATS if holds_many(PurePath("a" + ending))}
    assert many == {".mbox", ".mbx", ".csv", ".tsv", ".jsonl", ".ndjson", ".xlsx", ".parquet", ".zip"}


def test_known_kinds_that_are_not_read_have_a_remedy():
    assert ".csv" in remedy_for(PurePath("list.XLS"))
    assert ".eml" in remedy_for(PurePath("a.pst"))
    assert remedy_for(PurePath("a.eml")) is None


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"From jo@example.com Mon Jun  1 10:00:00 2026\nSubject: x\n\n", "mbox"),
        (b"\r\nReceived: from a\r\n\tby b\r\nSubject: x\r\n\r\nwords", "eml"),
        (b"From: jo@example.com\nTo: al@example.com\nwords", "eml"),
        (b"X-Mailer: y\n\nwords", "eml"),
        (b"<!DOCTYPE html>", "html"),
        (b"<h1>Spring sale</h1><p>Buy now!", "html"),
        (b"<style>p{}</style>words", "html"),
        (b"<a href=x>Shop</a> now", "html"),
        (b"{% if vip %}<p>Hello{% endif %}", "html"),
        (b"<b>June</b>\n\n# Hello\n\nWe **ring** you.", "markdown"),
        (b"{{ name }}, we ring you.", "text"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><html>', "html"),
        (b"<!-- made by hand --><table><tr>", "html"),
        ("<html><p>words".encode("utf-16"), "html"),
        (b"Note: closed on Monday.\n\nWe are back on Tuesday.", "text"),
        (b"Subject: the words of a plain line", "text"),
        (b"To: you\nfrom all of us, thank you", "text"),
        (b"We ring you first.", "text"),
        (b"<3 from all of us", "text"),
        (b"", "text"),
        (b"- one\n- two\n\n*Really* good.", "text"),
        (b"# June\n\n[Book a call](https://example.com)", "markdown"),
        (b"---\ntitle: June\n---\nHello", "markdown"),
        (b"PK\x03\x04" + b"." * 26 + b"word/document.xml", "docx"),
        (b"PK\x03\x04" + b"." * 26 + b"xl/workbook.xml", "xlsx"),
        (b"PK\x03\x04" + b"." * 26 + b"june.eml", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "msg"),
        (b"PAR1", "parquet"),
    ],
)
def test_sniff(head, kind):
    assert sniff(head) == kind
