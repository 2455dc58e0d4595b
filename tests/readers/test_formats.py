from pathlib import PurePath

import pytest

from clientvoice.readers.formats import FORMATS, format_of, remedy_for, sniff


@pytest.mark.parametrize(("ending", "kind"), FORMATS.items())
def test_endings_in_any_case(ending, kind):
    assert format_of(PurePath("a" + ending)) == kind
    assert format_of(PurePath("dir.eml/A.B" + ending.upper())) == kind


def test_known_kinds_that_are_not_read_have_a_remedy():
    assert "clientvoice label" in remedy_for(PurePath("list.CSV"))
    assert ".eml" in remedy_for(PurePath("a.msg"))
    assert remedy_for(PurePath("a.eml")) is None


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"From jo@example.com Mon Jun  1 10:00:00 2026\nSubject: x\n\n", "mbox"),
        (b"\r\nReceived: from a\r\n\tby b\r\nSubject: x\r\n\r\nwords", "eml"),
        (b"From: jo@example.com\nTo: al@example.com\nwords", "eml"),
        (b"X-Mailer: y\n\nwords", "eml"),
        (b"<!DOCTYPE html>", "html"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><html>', "html"),
        (b"<!-- made by hand --><table><tr>", "html"),
        ("<html><p>words".encode("utf-16"), "html"),
        (b"Note: closed on Monday.\n\nWe are back on Tuesday.", "text"),
        (b"Subject: the words of a plain line", "text"),
        (b"To: you\nfrom all of us, thank you", "text"),
        (b"We ring you first.", "text"),
        (b"<3 from all of us", "text"),
        (b"", "text"),
    ],
)
def test_sniff(head, kind):
    assert sniff(head) == kind
