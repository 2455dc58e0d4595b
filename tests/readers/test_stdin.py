"""Standard input: one file of any format that cannot go back."""

import io

import pytest

from clientvoice.errors import InputError
from clientvoice.readers import Limits, TableColumns, read_stdin

COPY = "We will ring you on Monday before anything changes."


class Pipe(io.RawIOBase):
    """A stream that gives a few bytes at a time and cannot seek."""

    def __init__(self, data):
        self._data = io.BytesIO(data)

    def readable(self):
        return True

    def read(self, size=-1):
        return self._data.read(min(size, 7) if size >= 0 else 7)

    def seek(self, *_):
        raise OSError("cannot seek")


def read(data, **options):
    return list(read_stdin(Pipe(data), **options))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (f"Subject: Hi\nFrom: a@example.com\n\n{COPY}", "eml"),
        (f"<!doctype html><p>{COPY}", "html"),
        (f"# June\n\nWe **do**. {COPY}", "markdown"),
        (COPY, "text"),
        (f"From a@example.com Mon Jun  1 10:00:00 2026\nSubject: Hi\n\n{COPY}", "eml"),
    ],
)
def test_bytes_are_told_by_their_beginning(data, kind):
    (message,) = read(data.encode())
    assert message.format == kind
    assert COPY in message.text
    assert message.id.startswith("standard input")
    assert message.path is None


def test_a_format_may_be_named(made):
    (message,) = read(f"subject,body\nJune,{COPY}\n".encode(), format="csv")
    assert message.id == "standard input#1"
    (message,) = read(f"a,b\nJune,{COPY}\n".encode(), format="csv", columns=TableColumns("b"))
    assert message.text == COPY
    (message,) = read(made.zipped({"a.txt": COPY}))
    assert message.id == "standard input/a.txt"
    (message,) = read(f"<p>{COPY}".encode(), format="text")
    assert message.text.startswith("<p>")
    with pytest.raises(InputError, match="expected one of eml"):
        read_stdin(Pipe(b""), format="pdf")


def test_limits_hold():
    (failure,) = read(b"x" * 1_000, limits=Limits(max_bytes=500))
    assert (failure.code, failure.id) == ("too_large", "standard input")
    (failure,) = read(b"body\n" * 500, format="csv", limits=Limits(max_archive=500))
    assert "max_archive" in failure.text
    (failure,) = read(b"")
    assert failure.code == "empty"
