import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers.charset import binary_kind, decode, meta_charset, text_codec

COPY = "It’s “yours” – only € 5, café"


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_copy_survives_every_common_encoding_undeclared(codec):
    assert decode(COPY.encode(codec)).text == COPY


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        ("Nous vous rappelons demain, à 9 h.", "iso-8859-1", "iso-8859-1"),
        ("Мы перезвоним вам завтра.", "koi8-r", "koi8-r"),
        ("明日こちらからお電話します。", "shift_jis", "Shift_JIS"),
        ("明日こちらからお電話します。", "iso2022_jp", "ISO-2022-JP"),
        ("我们明天给您打电话。", "gb18030", "gb2312"),
        ("Zadzwonimy jutro, dziękujemy.", "iso-8859-2", "iso-8859-2"),
        ("Total: £5", "utf-7", "utf-7"),
        ("Total: £5", "utf-8", "x-nonsense"),
    ],
)
def test_a_true_declaration_is_believed(text, codec, declared):
    decoded = decode(text.encode(codec), declared)
    assert decoded.text == text
    assert not decoded.guessed


def test_utf8_beats_a_false_declaration():
    assert decode(COPY.encode(), "us-ascii").text == COPY
    assert decode(COPY.encode(), "iso-8859-1").text == COPY


def test_windows_quotes_declared_as_utf8_are_guessed():
    decoded = decode(b"Caf\xe9 \x80 5 \x93quoted\x94", "utf-8")
    assert decoded == ("Café € 5 “quoted”", "windows-1252", True)


def test_the_second_declaration_counts_where_the_first_fails():
    assert decode("Мы звоним".encode("koi8-r"), "us-ascii", "koi8-r").text == "Мы звоним"


def test_a_little_damage_leaves_utf8_standing():
    decoded = decode("Café, déjà vu, naïve".encode() + b" \xff end")
    assert decoded.text == "Café, déjà vu, naïve \ufffd end"
    assert decoded.guessed


def test_a_cut_end_leaves_utf8_standing():
    assert decode(b"50% off \xe2\x82", "utf-8").text == "50% off \ufffd"


def test_halves_of_characters_never_come_out():
    assert decode(b"+2D3eAA- and +2AA-", "utf-7").text == "\U0001f600 and \ufffd"


def test_nul_becomes_a_space_and_offsets_stay():
    assert decode(b"a\0b\0c\0 words to read").text == "a b c  words to read"


@pytest.mark.parametrize(
    "name",
    [
        "zlib",
        "base64",
        "rot13",
        "idna",
        "punycode",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "utf\0-8",
        "../../etc/passwd",
        "x" * 200,
        "",
        " ",
        None,
    ],
)
def test_codecs_that_are_no_text_encodings_are_refused(name):
    assert text_codec(name) is None
    assert decode(b"plain words", name).text == "plain words"


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("UTF8", "utf-8"),
        ('"utf-8;"', "utf-8"),
        ("utf-8*en", "utf-8"),
        ("latin1", "cp1252"),
        ("ks_c_5601-1987", "cp949"),
        ("windows-874", "cp874"),
        ("iso-8859-8-i", "iso8859-8"),
    ],
)
def test_names_mean_what_senders_mean(name, codec):
    assert text_codec(name) == codecs.lookup(codec).name


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"),
        (b"<META http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso-8859-2"),
        (b'<meta charset="utf-16">', None),
        (b"<p>charset=koi8-r</p>", None),
        (b" " * 5_000 + b'<meta charset="koi8-r">', None),
    ],
)
def test_meta_charset(page, name):
    assert meta_charset(page) == name


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (bytes(range(256)) * 4, "binary data"),
        (b"\x89PNG\r\n\x1a\n....", "an image"),
        (b"PK\x03\x04....", "a zip archive or an office document"),
        (b"a\0b words", None),
        ("words".encode("utf-16-le") * 20, None),
        (b"\x1b$B words", None),
        (b"", None),
    ],
)
def test_binary_kind(data, kind):
    assert binary_kind(data) == kind


@given(
    st.binary(max_size=300),
    st.text(max_size=20),
    st.sampled_from(["utf-7", "hz", "utf-16", "big5", "koi8-r"]),
)
def test_any_bytes_decode_to_text_without_nul(data, name, codec):
    for declared in ((), (name,), (codec,), (name, codec)):
        text = decode(data, *declared).text
        assert "\0" not in text
        text.encode()
    binary_kind(data)
    meta_charset(data)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1b\ufeff")))
def test_utf8_comes_back_as_it_was(text):
    decoded = decode(text.encode())
    # Text that is mostly NUL-like padding is the one thing taken for UTF-16; none is made here.
    assert decoded.text == text
