"""Word documents: what a reader of the page sees, and everything that must not be opened."""

import time
import tracemalloc
import zlib

import pytest

from clientvoice.readers import Limits, read_bytes
from clientvoice.records import Message

pytest.importorskip("mammoth", reason="needs the extra: pip install 'clientvoice[docx]'")
COPY = "We will ring you on Monday before anything changes."


def read(data, **options):
    (item,) = read_bytes(data, format="docx", name="a.docx", **options)
    return item


def blocks(message):
    return [(block.kind, message.text[block.start : block.end]) for block in message.blocks]


def test_headings_paragraphs_and_tables(made, assert_exact):
    cell = f"<w:tbl><w:tr><w:tc>{made.paragraph('In a cell.')}</w:tc></w:tr></w:tbl>"
    body = made.paragraph("June", "Heading1") + made.paragraph(f"{COPY} &amp; more") + cell
    message = read(made.docx(body, made.heading_styles()))
    assert blocks(message) == [
        ("heading", "June"),
        ("paragraph", f"{COPY} & more"),
        ("paragraph", "In a cell."),
    ]
    assert (message.format, message.id) == ("docx", "a.docx")
    assert message.source.startswith("<h1>")
    assert_exact(message)


def test_a_first_line_may_be_the_subject(made, assert_exact):
    message = read(made.docx(made.paragraph("Subject line: June letter") + made.paragraph(COPY)))
    assert message.subject == "June letter"
    assert blocks(message) == [("subject", "June letter"), ("paragraph", COPY)]
    assert_exact(message)
    message = read(made.docx(made.paragraph("Subject: only this")))
    assert message.subject is None


def test_insertions_are_read_and_deletions_are_not(made):
    inserted = '<w:p><w:ins w:id="1"><w:r><w:t>We ring you</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText> or not</w:delText></w:r></w:del><w:r><w:t>.</w:t></w:r></w:p>'
    assert read(made.docx(inserted + deleted)).text == "We ring you."


def test_a_document_without_words(made):
    assert read(made.docx("<w:p/>")).code == "no_text"


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (b"PK\x03\x04 not really", "damaged", "save it again"),
        (b"words", "damaged", "not a Word document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
            "password",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "unknown_format", ".docx"),
    ],
)
def test_what_is_no_document_says_why(data, code, told):
    failure = read(data)
    assert failure.code == code
    assert told in failure.text
    assert failure.text.startswith("a.docx: ")


def test_an_archive_with_a_password_is_told(made):
    assert read(made.encrypted(made.docx(made.paragraph(COPY)))).code == "encrypted"


def test_a_bomb_is_refused_before_it_is_unpacked(made):
    bomb = made.docx(made.paragraph("a" * 30_000_000))
    assert len(bomb) < 100_000
    started = time.process_time()
    failure = read(bomb)
    assert failure.code == "too_large"
    assert "zip bomb" in failure.text
    assert read(made.docx("<w:p/>" * 300_000)).code == "too_large"
    assert read(bomb, limits=Limits(max_ratio=10_000, max_unpacked=1_000_000)).code == "too_large"
    assert time.process_time() - started < 8


def test_tags_are_counted_whatever_a_part_is_called(made):
    relations = made.RELATIONS.replace("word/document.xml", "word/main.xml")
    many = "<w:p/>" * 4_000 + made.paragraph(COPY)
    document = f'<?xml version="1.0"?><w:document {made.W}><w:body>{many}</w:body></w:document>'
    data = made.docx("", {"_rels/.rels": relations, "word/main.xml": document})
    assert read(data).text == COPY
    for kind in (data, made.docx("<w:p a='' b='' c='' d='' e='' f='' g='' h=''/>" * 900)):
        failure = read(kind, limits=Limits(max_lines=3_000))
        assert (failure.code, "3,000 tags" in failure.text) == ("too_large", True)
    image = {"word/media/image1.png": b"\x89PNG" + b"<" * 10_000}
    assert read(made.docx(made.paragraph(COPY), image), limits=Limits(max_lines=1_000)).text == COPY


def test_a_part_takes_no_more_memory_than_it_says(made):
    document = f"<w:document {made.W}><w:body>{made.paragraph(COPY)}</w:body></w:document>".encode()
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(document) + b"".join(packer.compress(bytes(1_000_000)) for _ in range(100))
    packed += packer.flush()
    relations = made.RELATIONS.encode()
    data = made.packed_as(
        ("_rels/.rels", relations, 0, relations), ("word/document.xml", packed, 8, document)
    )
    tracemalloc.start()
    message = read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert message.text == COPY
    assert peak < 40_000_000


def test_nothing_outside_is_opened_and_its_own_rules_are_not_obeyed(made):
    entity = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    body = f"<w:body>{made.paragraph('a&x;b')}</w:body>"
    document = f'<?xml version="1.0"?>{entity}<w:document {made.W}>{body}</w:document>'
    style_map = "p => script"
    item = read(made.docx("", {"word/document.xml": document, "mammoth/style-map": style_map}))
    assert isinstance(item, Message)
    assert "ab" in item.text
    deep = "<w:tbl><w:tr><w:tc>" * 2_000 + made.paragraph(COPY) + "</w:tc></w:tr></w:tbl>" * 2_000
    message = read(made.docx(deep))
    assert (message.text, [notice.code for notice in message.notices]) == (COPY, ["flattened"])


def test_laughs_are_not_multiplied(made):
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{entities}]>'
    document = f"{head}<w:document {made.W}><w:body>{made.paragraph('&j;')}</w:body></w:document>"
    assert read(made.docx("", {"word/document.xml": document})).code == "damaged"


def test_without_the_extra_the_failure_names_it(made, monkeypatch):
    from clientvoice.readers.archives import foreign

    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(foreign, "import_module", missing)
    for kind, extra in (("docx", "docx"), ("msg", "msg"), ("xlsx", "tables"), ("parquet", "tables")):
        (failure,) = read_bytes(b"PK\x03\x04", format=kind, name="a")
        assert failure.code == "not_installed"
        assert f"pip install 'clientvoice[{extra}]'" in failure.text
