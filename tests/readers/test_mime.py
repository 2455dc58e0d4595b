import email
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clientvoice.readers.limits import Limits
from clientvoice.readers.mail.mime import split_parts


def multipart(kind, boundary, *parts):
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n{body}--{boundary}--\r\n'


def leaves(data, limits=None):
    found = split_parts(data, limits or Limits())
    return [
        data[part.start : part.end] for part in found.parts if not part.is_multipart and not part.is_message
    ]


def test_nested_parts_keep_their_order_and_parents():
    inner = multipart("alternative", "ab", "\r\nplain", "Content-Type: text/html\r\n\r\n<p>html")
    data = multipart("mixed", "a", inner, "\r\nlast").encode()
    parts = split_parts(data).parts
    assert [part.content.value for part in parts] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/plain",
    ]
    assert [part.parent for part in parts] == [None, 0, 1, 1, 0]
    assert [part.ordinal for part in parts] == [1, 1, 1, 2, 2]
    assert leaves(data) == [b"plain", b"<p>html", b"last"]


def test_an_outer_boundary_ends_inner_parts_that_never_close():
    inner = 'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\n\r\nopen'
    assert leaves(multipart("mixed", "a", inner, "\r\nlast").encode()) == [b"open", b"last"]


def test_the_same_boundary_inside_and_outside():
    inner = multipart("alternative", "x", "\r\none", "\r\ntwo")
    data = multipart("mixed", "x", inner, "\r\nthree").encode()
    assert leaves(data) == [b"one", b"two\r\n"] or leaves(data)[:2] == [b"one", b"two"]
    assert b"three" in leaves(data)[-1]


@pytest.mark.parametrize("declared", ["", "; boundary=", '; boundary=""'])
def test_a_boundary_that_is_not_declared_is_taken_from_the_body(declared):
    data = f"Content-Type: multipart/mixed{declared}\n\n--q\n\none\n--q\n\ntwo\n--q--\n".encode()
    assert leaves(data) == [b"one", b"two"]


def test_a_multipart_without_parts_is_plain_text():
    data = b"Content-Type: multipart/mixed; boundary=zz\n\nJust words."
    part = split_parts(data).parts[0]
    assert (part.content.value, data[part.start : part.end]) == ("text/plain", b"Just words.")


def test_a_boundary_must_be_the_whole_line():
    data = b"Content-Type: multipart/mixed; boundary=a\n\n--a\n\n--ab\n --a\nx--a\n--a--\n"
    assert leaves(data) == [b"--ab\n --a\nx--a"]


def test_a_boundary_with_a_colon_is_no_header():
    data = b'Content-Type: multipart/mixed; boundary="a:b"\n\n--a:b\n--a:b\n\nwords\n--a:b--\n'
    assert leaves(data)[-1] == b"words"


def test_a_mail_inside_a_mail_is_one_part_with_its_own_parts():
    inner = "Content-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\ninner"
    parts = split_parts(multipart("mixed", "m", "\r\nouter", inner).encode()).parts
    assert [part.content.value for part in parts[1:]] == ["text/plain", "message/rfc822", "text/plain"]
    assert parts[3].parent == 2
    assert parts[3].headers == {"subject": b" in"}


def test_digest_parts_are_mails():
    parts = split_parts(multipart("digest", "d", "\r\nSubject: one\r\n\r\nwords").encode()).parts
    assert parts[1].is_message
    assert parts[2].headers["subject"] == b" one"


def test_limits_cut_parts_and_depth_and_say_so():
    many = multipart("mixed", "p", *["\r\nx"] * 50).encode()
    assert not split_parts(many).cut
    few = split_parts(many, Limits(max_parts=10))
    assert few.cut
    assert len(few.parts) == 10
    deep = b"Content-Type: message/rfc822\n\n" * 50 + b"\nwords"
    assert not split_parts(deep).cut
    assert split_parts(deep, Limits(max_depth=20)).cut


@pytest.mark.parametrize(
    "filling",
    [b"x\n", b"\n--", b"--b0", b"-", b"\n--b7", b"\n--b7--", b"\r", b"Content-Type: message/rfc822\n\n"],
)
def test_time_does_not_grow_with_depth(filling):
    layers = "".join(
        f'--b{depth}\r\nContent-Type: multipart/mixed; boundary="b{depth + 1}"\r\n\r\n'
        for depth in range(900)
    )
    head = f'Content-Type: multipart/mixed; boundary="b0"\r\n\r\n{layers}--b900\r\n\r\n'.encode()
    start = time.process_time()
    split_parts(head + filling * (2_000_000 // len(filling)))
    assert time.process_time() - start < 5


LINES = st.sampled_from(
    [
        "--a",
        "--a--",
        "--b",
        "--b--",
        "",
        "words",
        "Content-Type: multipart/mixed; boundary=a",
        "Content-Type: multipart/alternative; boundary=b",
        "Content-Type: text/plain",
        "Subject: x",
    ]
)


@given(st.lists(LINES, max_size=25))
@example(
    [
        "Content-Type: multipart/alternative; boundary=b",
        "--b",
        "Content-Type: multipart/mixed; boundary=a",
        "--a",
        "--b",
    ]
)
def test_structure_is_sound_whatever_the_lines(lines):
    data = "\n".join(lines).encode()
    parts = split_parts(data).parts
    for index, part in enumerate(parts):
        assert 0 <= part.start <= part.end <= len(data)
        if part.parent is not None:
            assert part.parent < index
            holder = parts[part.parent]
            assert holder.start <= part.start
            assert part.end <= holder.end


@given(st.lists(st.text(alphabet="wx yz\n", max_size=20), min_size=1, max_size=5))
def test_sound_mails_split_as_the_standard_library_splits_them(bodies):
    data = multipart("mixed", "bound", *("\r\n" + body.replace("\n", "\r\n") for body in bodies)).encode()
    expected = [part.get_payload().encode() for part in email.message_from_bytes(data).get_payload()]
    assert leaves(data) == expected
