"""Inputs that are made to break readers: ours always, the shared ones where they are at hand."""

import importlib.util
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clientvoice.readers import read_bytes, read_path
from clientvoice.records import Failure, Message

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
MAKER = SHARED / "hostile" / "make_hostile.py"
MARK = "VISIBLEMARKER"
SECONDS = 30
# Here the HTML standard itself swallows the copy, or there is none.
SWALLOWED = {
    "bogus_comment_x200k.html",
    "cdata_x100k.html",
    "deep_svg_100k.html",
    "deep_template_100k.html",
    "lt_slash_x200k.html",
    "lt_x1m.html",
    "open_a_attr_x100k.html",
    "open_a_space_x100k.html",
    "pi_x200k.html",
    "script_unclosed.html",
    "title_unclosed.html",
    "unclosed_comment_x200k.html",
    "unclosed_quote_x50k.html",
    "binary.txt",
    "empty.eml",
    "empty.mbox",
    "only_newlines.eml",
    "mailchimp_like.csv",
    # Told as failures: no known columns, a row that is no row, no document.
    "formula.csv",
    "huge_field.csv",
    "ragged.csv",
    "billion_laughs.docx",
    "missing_document.docx",
    "not_a_zip.docx",
}

HEAD = "From: dana@example.com\r\nSubject: Monday\r\n"
MIXED = HEAD + "Content-Type: multipart/mixed; boundary="
ALTERNATIVE = HEAD + "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
FROM = "From a@example.com Mon Jun  1 10:00:00 2026\n"
OURS = {
    "boundary_is_a_pattern.eml": f'{MIXED}"(a+)+$"\r\n\r\n--(a+)+$\r\n\r\n{MARK}',
    "boundary_of_dashes.eml": f'{MIXED}"--"\r\n\r\n----\r\n\r\n{MARK}\r\n------',
    "dashes.eml": f"{MIXED}b\r\n\r\n--b\r\n\r\n{MARK}\r\n" + "--\r\n" * 20_000,
    "rfc822_deep.eml": "Content-Type: message/rfc822\r\n\r\n" * 2_400 + f"Subject: in\r\n\r\n{MARK}",
    "flowed.eml": f"Content-Type: text/plain; format=flowed\r\n\r\n{MARK} " + "word \r\n" * 100_000,
    "folds.eml": "Subject:" + "\r\n " * 200_000 + f"\r\n\r\n{MARK}",
    "spaces.eml": "From:" + " " * 1_000_000 + f"x\r\n\r\n{MARK}",
    "words.eml": "Subject: " + "=?utf-8?q?" * 50_000 + f"\r\n\r\n{MARK}",
    "codecs.eml": f"{MIXED}b\r\n\r\n"
    + "".join(f"--b\r\nContent-Type: text/plain; charset=c{n}\r\n\r\n\xe9 {MARK}\r\n" for n in range(2_000)),
    "tags.eml": f"{ALTERNATIVE}--b\r\n\r\n{MARK}\r\n--b\r\nContent-Type: text/html\r\n\r\n" + "<" * 500_000,
    "almost_from.mbox": f"{FROM}\n{MARK}\n" + "From Mon Jun 1 1:1\n" * 100_000,
    "one_line.mbox": f"{FROM}\n{MARK}" + "x" * 3_000_000,
    "escapes.mbox": f"{FROM}\n{MARK}\n" + ">" * 1_000_000 + "From \n",
    "tags.html": f"<p>{MARK}" + "<p>x" * 50_000,
    "lines.text": f"{MARK}\n" + "x\n\n" * 50_000,
    "lines.markdown": f"{MARK}\n" + "- x\n" * 20_000,
}


def assert_read(items, seconds):
    assert seconds < SECONDS
    assert items
    for item in items:
        assert isinstance(item, Message | Failure)
        if isinstance(item, Failure):
            assert item.code
            assert item.text.startswith(item.id)


@pytest.mark.parametrize("name", OURS)
def test_our_own(name):
    start = time.process_time()
    items = list(read_bytes(OURS[name].encode(), format=name.rsplit(".", 1)[-1], name=name))
    assert_read(items, time.process_time() - start)
    assert any(MARK in item.text for item in items if isinstance(item, Message))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    if not MAKER.exists():
        pytest.skip("needs ../shared/hostile/make_hostile.py, which is not part of the project")
    folder = tmp_path_factory.mktemp("hostile")
    subprocess.run([sys.executable, str(MAKER), str(folder)], check=True, capture_output=True)
    return folder


def test_the_shared_ones(hostile):
    for path in sorted(hostile.iterdir()):
        start = time.process_time()
        items = list(read_path(path, name=path.name))
        assert_read(items, time.process_time() - start)
        readable = path.name not in SWALLOWED
        if path.suffix == ".docx" and not importlib.util.find_spec("mammoth"):
            continue
        marked = any(MARK in item.text for item in items if isinstance(item, Message))
        assert marked or not readable, f"{path.name}: the copy is lost"


def test_the_shared_mails():
    folder = SHARED / "mail"
    if not folder.exists():
        pytest.skip("needs ../shared/mail, which is not part of the project")
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in (".eml", ".html")]
    failures = 0
    for path in paths:
        start = time.process_time()
        items = list(read_path(path, name=path.name))
        assert_read(items, time.process_time() - start)
        failures += any(isinstance(item, Failure) for item in items)
    assert len(paths) == 422
    assert failures < 10
