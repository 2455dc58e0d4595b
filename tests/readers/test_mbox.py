import io
import tracemalloc
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers.mail import mbox
from clientvoice.readers.mail.mbox import is_separator, split_mbox

FROM = b"From jo@example.com Mon Jun  1 10:00:00 2026\n"


def split(data, max_bytes=10_000):
    return list(split_mbox(io.BytesIO(data), max_bytes))


@pytest.mark.parametrize(
    "line",
    [
        FROM,
        b"From - Mon Jun 01 10:00:00 2026\r\n",
        b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011\n",
        b"From 1234567@xxx Mon Jun 01 10:00:00 +0000 2026\n",
        b'From "jo baker"@example.com  Tue Aug 20 10:05 PDT 2002\n',
        b"From jo@example.com Mon, 1 Jun 2026 10:00:00 +0000 2026\n",
    ],
)
def test_separators(line):
    assert is_separator(line)


@pytest.mark.parametrize(
    "line",
    [
        b"From the desk of our founder: not a separator\n",
        b"From May 5 at 10:00 the shop is open, since 2026\n",
        b"From now on\n",
        b">" + FROM,
        b" " + FROM,
        b"FROM jo@example.com Mon Jun  1 10:00:00 2026\n",
        b"From " + b"Mon Jun 1 1:1" * 5_000,
    ],
)
def test_lines_of_copy_are_no_separators(line):
    assert not is_separator(line)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_mails_come_one_by_one_unescaped(end):
    one = FROM + b"Subject: a\n\n>From here on\n>>From twice\n> From a quote\n\n"
    mails = split((one + one).replace(b"\n", end))
    expected = b"Subject: a\n\nFrom here on\n>From twice\n> From a quote\n\n".replace(b"\n", end)
    assert [mail.data for mail in mails] == [expected, expected]


def test_what_stands_before_the_first_separator_is_kept():
    assert [mail.data for mail in split(b"Subject: a\n\nwords\n" + FROM + b"b\n")] == [
        b"Subject: a\n\nwords\n",
        b"b\n",
    ]


def test_a_mail_over_the_limit_is_passed_over_and_the_next_is_read():
    big = FROM + b"x" * 50_000 + b"\n"
    mails = split(big + FROM + b"small\n")
    assert mails[0] == (None, 50_001)
    assert mails[1].data == b"small\n"


def test_empty_mailbox():
    assert split(b"") == []


class Endless(io.RawIOBase):
    """A mailbox of many big mails that never exists in memory as a whole."""

    def __init__(self, mails, size):
        line = b"a line of copy that ends here.\n"
        self.pieces = iter(piece for _ in range(mails) for piece in [FROM, *[line] * (size // len(line))])

    def read(self, size=-1):
        return b"".join(islice(self.pieces, max(size // 31, 1)))


def test_memory_is_that_of_one_mail():
    tracemalloc.start()
    count = sum(1 for _ in split_mbox(Endless(40, 300_000), 1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 40
    assert peak < 3_000_000


@pytest.mark.parametrize("size", [1, 2, 7, 40, 1_000])
def test_mails_do_not_depend_on_the_size_of_the_pieces(size, monkeypatch):
    box = (FROM + b"Subject: one\n\nFrom here on\n>From x\n\n") * 3 + FROM.replace(b"\n", b"\r\n") + b"end"
    expected = split(box)
    monkeypatch.setattr(mbox, "_PIECE", size)
    assert split(box) == expected
    assert len(expected) == 4


@given(st.lists(st.text(alphabet="ab >From\n", max_size=30), max_size=6))
def test_what_is_written_is_read_back(bodies):
    texts = [(body + "\n").encode() for body in bodies]
    escaped = [text.replace(b"\nFrom ", b"\n>From ").replace(b"\n>From", b"\n>From") for text in texts]
    mails = split(b"".join(FROM + b"Subject: x\n\n" + text for text in escaped))
    assert len(mails) == len(texts)
