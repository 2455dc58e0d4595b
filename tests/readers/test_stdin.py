"""Standard input: a stream that cannot go back, kept as a file and read as one."""

import io

import pytest

from clientvoice.readers import Limits, kept_stdin, read_path

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
def test_what_is_kept_is_told_by_its_beginning(tmp_path, data, kind):
    kept = kept_stdin(Pipe(data.encode()), tmp_path / "standard input")
    assert kept.read_bytes() == data.encode()
    (message,) = read_path(kept)
    assert message.format == kind
    assert COPY in message.text


def test_no_more_is_kept_than_is_needed_to_tell_that_it_is_too_much(tmp_path):
    limits = Limits(max_bytes=400, max_archive=500)
    kept = kept_stdin(Pipe(b"x" * 10_000), tmp_path / "standard input", limits)
    assert 500 < kept.stat().st_size <= 507
    (failure,) = read_path(kept, limits=limits)
    assert failure.code == "too_large"


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    (tmp_path / "kept").write_text(COPY, "utf-8")
    with pytest.raises(FileExistsError):
        kept_stdin(Pipe(b"other"), tmp_path / "kept")
