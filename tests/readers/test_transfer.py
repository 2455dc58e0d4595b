import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers.mail.transfer import decode_base64, decode_transfer, unwrap_flowed


@given(st.binary(), st.integers(min_value=0, max_value=3))
def test_base64_cut_short_gives_what_is_there(data, cut):
    encoded = base64.encodebytes(data)
    kept = decode_base64(encoded[: len(encoded) - cut])
    assert data.startswith(kept)
    assert len(data) - len(kept) <= 3


@given(st.binary(max_size=100))
def test_any_bytes_decode(data):
    for encoding in (b"base64", b" Quoted-Printable ", b"8bit", b"no-such"):
        assert isinstance(decode_transfer(data, encoding), bytes)


def test_junk_inside_base64_is_passed_over():
    encoded = base64.b64encode(b"We ring you first.")
    assert decode_base64(encoded[:8] + b"!!*\r\n\xa0" + encoded[8:]) == b"We ring you first."


def test_text_after_base64_padding_is_not_decoded():
    assert decode_base64(base64.b64encode(b"We ring.") + b"\n\nlist footer") == b"We ring."


def test_broken_quoted_printable_is_kept_as_written():
    assert decode_transfer(b"=ZZ 50=25 off=\r\n! =", b"quoted-printable") == b"=ZZ 50% off! "


def test_uuencoded_parts_are_files():
    assert decode_transfer(b"begin 600 a.png", b"x-uuencode") is None


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("We ring you \nfirst.\nThen we start.\n", "We ring you first.\nThen we start.\n"),
        ("one \r\ntwo\r\n", "one two\r\n"),
        (" stuffed\n", "stuffed\n"),
        ("soft \n-- \nDana\n", "soft \n-- \nDana\n"),
        ("> quoted \n> on\nanswer\n", "> quoted on\nanswer\n"),
        ("> quoted \nanswer\n", "> quoted \nanswer\n"),
        ("soft at the end ", "soft at the end "),
        ("", ""),
    ],
)
def test_unwrap_flowed(flowed, text):
    assert unwrap_flowed(flowed) == text


def test_delsp_takes_the_space_away():
    assert unwrap_flowed("ab \ncd\n", delete_space=True) == "abcd\n"


@given(st.text(alphabet="ab >\n-"))
def test_unwrapping_loses_no_letter(text):
    letters = [char for char in text if char in "ab"]
    assert [char for char in unwrap_flowed(text) if char in "ab"] == letters
