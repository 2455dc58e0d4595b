"""Zip archives: every file in its order, nothing written, nothing unbounded."""

import bz2
import io
import time
import tracemalloc
import zipfile
import zlib

import pytest

from clientvoice.readers import Limits, read_bytes, read_path
from clientvoice.readers.archives import unpacking
from clientvoice.readers.archives.archive import _free, inner_name

COPY = "We will ring you on Monday before anything changes."
MAIL = f"Subject: June\n\n{COPY}"
BOX = "".join(f"From a@example.com Mon Jun  1 10:00:0{n} 2026\n{MAIL}\n\n" for n in (1, 2))


def read(data, **options):
    return list(read_bytes(data, format="zip", name="a.zip", **options))


def codes(items):
    return {item.id: getattr(item, "code", "read") for item in items}


def test_every_format_in_its_order(made, tmp_path):
    files = {
        "z.eml": MAIL,
        "in/": b"",
        "in/a.html": f"<p>{COPY}</p>",
        "in/b.csv": f"body\n{COPY}\n",
        "box.mbox": BOX,
        "c.txt.j2": "Hi {{name}}.",
        "d.jsonl": '{"text": "Hello."}',
    }
    expected = ["z.eml", "in/a.html", "in/b.csv#1", "box.mbox#1", "box.mbox#2", "c.txt.j2", "d.jsonl#1"]
    (tmp_path / "a.zip").write_bytes(made.zipped(files))
    items = list(read_path(tmp_path / "a.zip", name="a.zip"))
    assert [item.id for item in items] == [f"a.zip/{name}" for name in expected]
    assert {item.path for item in items} == {"a.zip"}


def test_optional_formats_inside(made):
    pytest.importorskip("mammoth")
    pytest.importorskip("oxmsg")
    files = {"a.docx": made.docx(made.paragraph(COPY)), "b.msg": made.compound(made.msg(text=COPY))}
    assert codes(read(made.zipped(files))) == {"a.zip/a.docx": "read", "a.zip/b.msg": "read"}


def test_what_is_not_read_is_told(made):
    files = {".DS_Store": b"x", "__MACOSX/a.eml": b"x", "logo.png": b"x", "old.doc": b"x", "a.eml": MAIL}
    assert codes(read(made.zipped(files))) == {
        "a.zip/.DS_Store": "skipped_hidden",
        "a.zip/__MACOSX/a.eml": "skipped_hidden",
        "a.zip/logo.png": "skipped_unknown",
        "a.zip/old.doc": "skipped_unknown",
        "a.zip/a.eml": "read",
    }
    assert codes(read(made.zipped({}))) == {"a.zip": "empty"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.eml", "etc/a.eml"),
        ("/etc/a.eml", "etc/a.eml"),
        ("C:\\mail\\a.eml", "mail/a.eml"),
        ("..\\..\\a.eml", "a.eml"),
        ("a\x1b[31m.eml", "a\\x1b[31m.eml"),
        ("..", "unnamed"),
    ],
)
def test_names_lead_nowhere(made, name, shown):
    assert inner_name(name) == shown
    if shown.endswith(".eml"):
        assert codes(read(made.zipped({name: MAIL}))) == {f"a.zip/{shown}": "read"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_ids_stay_unique(made):
    items = read(made.zipped([("a.eml", MAIL), ("a.eml", MAIL), ("./a.eml", MAIL)]))
    assert [item.id for item in items] == ["a.zip/a.eml", "a.zip/a.eml (2)", "a.zip/a.eml (3)"]
    assert {item.subject for item in items} == {"June"}


def test_an_archive_inside_is_read_and_one_deeper_is_not(made):
    once = made.zipped({"a.eml": MAIL})
    twice = made.zipped({"once.zip": once, "b.eml": MAIL})
    assert codes(read(twice)) == {"a.zip/once.zip/a.eml": "read", "a.zip/b.eml": "read"}
    thrice = made.zipped({"twice.zip": twice, "c.eml": MAIL})
    assert codes(read(thrice)) == {
        "a.zip/twice.zip/once.zip": "too_deep",
        "a.zip/twice.zip/b.eml": "read",
        "a.zip/c.eml": "read",
    }


def test_entries_with_a_password_are_failures(made):
    assert codes(read(made.encrypted(made.zipped({"a.eml": MAIL})))) == {"a.zip/a.eml": "encrypted"}


def test_a_damaged_entry_does_not_cost_the_others(made):
    data = bytearray(made.zipped({"a.eml": MAIL * 50, "b.eml": MAIL}))
    at = data.find(b"a.eml") + len(b"a.eml") + 8
    data[at : at + 20] = b"\xff" * 20
    assert codes(read(bytes(data))) == {"a.zip/a.eml": "damaged", "a.zip/b.eml": "read"}


def test_bombs_are_refused(made):
    started = time.process_time()
    bomb = made.zipped({"a.txt": "a" * 50_000_000})
    (failure,) = read(bomb)
    assert (failure.code, "zip bomb" in failure.text) == ("too_large", True)
    (failure,) = read(bomb, limits=Limits(max_ratio=10_000, max_archive=1_000_000))
    assert failure.code == "too_large"
    (failure,) = read(made.zipped({f"{n}.eml": MAIL for n in range(50)}), limits=Limits(max_entries=20))
    assert failure.code == "too_large"
    nest = made.zipped({f"{n}.zip": bomb for n in range(20)})
    assert set(codes(read(nest)).values()) == {"too_large"}
    many = made.zipped({f"{n}.zip": made.zipped({"a.txt": "ab " * 200_000}) for n in range(5)})
    found = codes(read(many, limits=Limits(max_ratio=10_000, max_archive=1_500_000)))
    assert list(found.values()) == ["read", "read", "too_large", "too_large", "too_large"]
    assert time.process_time() - started < 20


def peak_of(read_it):
    tracemalloc.start()
    items = read_it()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return items, peak


def packed_by(method, text, pieces):
    """Pack a text many times over."""
    packer = bz2.BZ2Compressor() if method == zipfile.ZIP_BZIP2 else zlib.compressobj(9, wbits=-15)
    return b"".join(packer.compress(text) for _ in range(pieces)) + packer.flush()


def test_what_cannot_be_unpacked_in_pieces_is_told_and_the_rest_is_read(made):
    said = COPY.encode()
    bomb = made.packed_as(("june.txt", packed_by(zipfile.ZIP_BZIP2, bytes(10_000_000), 10), 12, said))
    assert len(bomb) < 1_000
    (failure,), peak = peak_of(lambda: read(bomb))
    assert (failure.id, failure.code) == ("a.zip/june.txt", "unknown_format")
    assert "packed by bzip2" in failure.text
    assert "Deflate" in failure.text
    assert peak < 10_000_000
    for kind, library in (("xlsx", "openpyxl"), ("docx", "mammoth")):
        pytest.importorskip(library)
        inside = made.packed_as(("a.xml", packed_by(zipfile.ZIP_BZIP2, said, 1), 12, said))
        (failure,) = read_bytes(inside, format=kind, name=f"a.{kind}")
        assert (failure.code, "bzip2" in failure.text) == ("unknown_format", True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, method in enumerate((zipfile.ZIP_STORED, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED)):
            archive.writestr(f"{number}.eml", MAIL, method)
    assert list(codes(read(out.getvalue())).values()) == ["read", "unknown_format", "read"]


def test_an_entry_takes_no_more_memory_than_it_says(made):
    said = COPY.encode() + b" " * (1_000_000 - len(COPY))
    packed = packed_by(zipfile.ZIP_DEFLATED, said, 100)
    (item,), peak = peak_of(lambda: read(made.packed_as(("june.txt", packed, 8, said))))
    assert item.text.strip() == COPY
    assert peak < 40_000_000


class Looked(dict):
    """Counts how often it is looked into."""

    times = 0

    def __contains__(self, key):
        self.times += 1
        return super().__contains__(key)


def test_names_held_many_times_cost_no_more_each():
    taken = Looked()
    names = [_free(name, taken) for name in ["a (2)", *["a"] * 20_000, "a (2)"]]
    assert names[:4] == ["a (2)", "a", "a (3)", "a (4)"]
    assert names[-1] == "a (2) (2)"
    assert len(set(names)) == len(names)
    assert taken.times < 3 * len(names)


@pytest.mark.parametrize("end", [b"", b"PK\6\6" + b"\0" * 60, b"PK\5\6", b"x" * 65_535])
@pytest.mark.parametrize("wide", [False, True])
def test_a_listing_that_fills_the_memory_is_refused(made, monkeypatch, end, wide):
    # Whatever the end of the file says besides: all that counts is what would be read.
    monkeypatch.setattr(unpacking, "_TAIL", 70_000)
    data = made.zipped({f"{number:0200}.eml": "" for number in range(400)})
    data = made.wide(data) if wide else data
    data = data[:-2] + len(end).to_bytes(2, "little") + end
    failure, *_ = read(data, limits=Limits(max_entries=200))
    assert failure.code == ("damaged" if end == b"PK\5\6" else "too_large")
    assert "listing" in failure.text or failure.code == "damaged"
    assert len(read(data)) == (1 if end == b"PK\5\6" else 400)


def test_a_listing_that_is_longer_than_the_file_is_refused(made):
    data = made.zipped({"a.eml": MAIL}) + b"x" * 10
    at = data.rfind(b"PK\x05\x06")
    lie = data[: at + 12] + (0x7FFFFFFF).to_bytes(4, "little") + data[at + 16 :]
    (failure,) = read(lie)
    assert failure.code in ("damaged", "too_large")


@pytest.mark.parametrize(
    "data", [b"", b"words", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"PK\x05\x06" + b"\xff" * 18]
)
def test_what_is_no_archive_is_told(data):
    (failure,) = read(data)
    assert failure.code in ("damaged", "empty", "too_large")


def test_unknown_compression_is_told(made):
    (failure,) = read(made.packed_as(("a.eml", b"...", 97, MAIL.encode())))
    assert (failure.id, failure.code) == ("a.zip/a.eml", "unknown_format")
    assert "method 97" in failure.text
