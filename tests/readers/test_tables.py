"""Tables of messages, as mail services and people export them."""

import io
import json
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers import Limits, TableColumns, read_bytes, read_path
from clientvoice.records import Failure, Message

COPY = "We will ring you on Monday before anything changes."


def read(text, kind="csv", **options):
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_bytes(data, format=kind, name=f"a.{kind}", **options))


def workbook(*sheets):
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra: pip install 'clientvoice[tables]'")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def parquet(columns, **options):
    pyarrow = pytest.importorskip("pyarrow", reason="needs the extra: pip install 'clientvoice[tables]'")
    from pyarrow.parquet import write_table

    file = io.BytesIO()
    write_table(pyarrow.table(columns), file, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Title,Subject,List,Send Date,HTML", f'Internal name,June letter,Main,2026-06-01,"<p>{COPY}</p>"'),
        ("Campaign ID,Subject Line,From Name,Body HTML", f"7,June letter,Dana,<p>{COPY}</p>"),
        ("email_id;email_subject;email_body", f"7;June letter;{COPY}"),
        ("id\tsubject\tplain_text\thtml", f"7\tJune letter\tother words\t<p>{COPY}</p>"),
        ("SUBJECT|Content", f"June letter|{COPY}"),
        ("title,content", f"June letter,{COPY}"),
    ],
)
def test_columns_of_mail_services_are_known(header, row):
    (message,) = read(f"{header}\n{row}\n")
    assert (message.id, message.subject) == ("a.csv#1", "June letter")
    assert message.text == f"June letter\n\n{COPY}"


def test_every_field_is_kept(assert_exact):
    header = "ID,Subject,Preview Text,From Name,Sent At,Body"
    (message,) = read(f'{header}\n42,June,What changes,Dana,2026-06-01 10:00,"Hello.\n\n{COPY}"\n')
    assert [(block.kind, message.text[block.start : block.end]) for block in message.blocks] == [
        ("subject", "June"),
        ("paragraph", "What changes"),
        ("paragraph", "Hello."),
        ("paragraph", COPY),
    ]
    assert (message.sender, message.date) == ("Dana", "2026-06-01T10:00:00")
    assert message.part == "line 2, id 42, column Body"
    assert_exact(message)


def test_html_is_told_from_text(assert_exact):
    html, text, none = read(
        f'body\n"<h1>Hello</h1>{COPY}"\n"5 < 6, {COPY}"\n"{{% if x %}}{COPY}{{% endif %}}"\n'
    )
    assert (html.format, html.blocks[0].kind) == ("html", "heading")
    assert (text.format, text.text) == ("text", f"5 < 6, {COPY}")
    assert none.text == COPY
    for message in (html, text, none):
        assert_exact(message)


def test_a_row_without_html_falls_back_to_its_text():
    messages = read(f"html,text\n,{COPY}\n<p>Hello</p>,other\n")
    assert [message.text for message in messages] == [COPY, "Hello"]


def test_columns_may_be_named():
    table = f"name,what_we_say,head\nx,{COPY},June\n"
    (failure,) = read(table)
    assert failure.code == "unknown_columns"
    assert "'name', 'what_we_say', 'head'" in failure.text
    assert "--column" in failure.text and "--subject-column" in failure.text
    (message,) = read(table, columns=TableColumns(text="What we say", subject="head"))
    assert (message.subject, message.text) == ("June", f"June\n\n{COPY}")
    (failure,) = read(table, columns=TableColumns(text="what_we_sya"))
    assert "Did you mean 'what_we_say'?" in failure.text


def test_a_table_of_subjects_is_read():
    messages = read("subject\nYour June letter\nWe ring you first\n")
    assert [message.text for message in messages] == ["Your June letter", "We ring you first"]


def test_bad_rows_are_told_and_the_rest_is_read():
    items = read(f"subject,body,n\nJune,{COPY},1\na,b,c,d\n,,3\nJuly,{COPY},4\n")
    assert [getattr(item, "code", "read") for item in items] == ["read", "bad_row", "no_text", "read"]
    assert items[1].id == "a.csv#2"
    assert "line 3: 4 values under 3 columns" in items[1].text
    assert items[1].text.startswith("a.csv#2: ")


def test_long_fields_odd_encodings_and_formulas():
    long = f"{COPY} " * 5_000
    (message,) = read(f'body\n"{long}"\n')
    assert len(message.text) > 200_000
    (message,) = read("subject;body\nCafé;It’s on Monday.\n".encode("cp1252"))
    assert message.text == "Café\n\nIt’s on Monday."
    (message,) = read('subject,body\n"=HYPERLINK(""http://example.com"",""x"")","=1+1 is a sum."\n')
    assert message.subject == '=HYPERLINK("http://example.com","x")'


def test_a_damaged_byte_does_not_change_the_encoding_of_a_table():
    data = "subject,body\nJune,It’s on Monday – come in.\n".encode() + b"May,It\xe2 rained.\n"
    first, second = read(data)
    assert "It’s on Monday – come in." in first.text
    assert "It\ufffd rained." in second.text


def test_json_lines(assert_exact):
    rows = [{"subject": "June", "html": f"<p>{COPY}</p>"}, {"text": COPY}, {"text": 5}, {"other": 1}]
    items = read("\n".join(map(json.dumps, rows)) + "\n{oops\n", "jsonl")
    assert [getattr(item, "code", "read") for item in items] == [
        "read",
        "read",
        "bad_row",
        "bad_row",
        "bad_row",
    ]
    assert [item.id for item in items] == [f"a.jsonl#{number}" for number in range(1, 6)]
    assert items[0].subject == "June"
    assert_exact(items[0])


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl"])
@pytest.mark.parametrize("text", ["", "\n\n", "body\n", " "])
def test_tables_without_rows(kind, text):
    items = read(text, kind)
    assert [item.code for item in items] == ["bad_row" if kind == "jsonl" and text.strip() else "empty"]


def test_workbooks(assert_exact):
    rows = [
        ["Subject", "Body", "Sent"],
        [None, None, None],
        ["June", f"<p>{COPY}</p>", "2026-06-01"],
        ["=1+1", COPY],
    ]
    items = read(
        workbook(("Mails", rows), ("Notes", [["a", "b"], [1, 2]]), ("More", rows[:1] + rows[2:3])), "xlsx"
    )
    assert [item.id for item in items] == ["a.xlsx#1", "a.xlsx#2", "a.xlsx#More!1"]
    assert items[0].text == f"June\n\n{COPY}"
    assert items[1].subject == "=1+1"
    assert_exact(items[0])
    (failure,) = read(workbook(("Notes", [["a", "b"], [1, 2]])), "xlsx")
    assert failure.code == "unknown_columns"
    (failure,) = read(workbook(("Notes", [])), "xlsx")
    assert failure.code == "empty"


def test_workbook_bombs(made):
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    wide = head + "<row>" + "<c/>" * 3_000_000 + "</row></sheetData></worksheet>"
    files = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": "<workbook/>",
        "xl/worksheets/sheet1.xml": wide,
    }
    (failure,) = read(made.zipped(files), "xlsx", limits=Limits(max_ratio=100_000))
    assert failure.code == "too_large"
    (failure,) = read(made.zipped(files), "xlsx")
    assert "zip bomb" in failure.text
    for data in (b"PK\x03\x04", b"words", b"", b"\xd0\xcf\x11\xe0"):
        (failure,) = read(data, "xlsx")
        assert failure.code == "damaged"


def with_parts(data, changed):
    """Put other parts into a workbook; a callable makes the new part of the old."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            part = changed.get(name) or old.read(name)
            new.writestr(name, part(old.read(name)) if callable(part) else part)
    return out.getvalue()


def test_what_becomes_a_tree_is_small_whatever_it_is_called():
    plain = workbook(("Mails", [["body"], [COPY]]))
    tree = b"<x>" + b"<a/>" * 2_000 + b"</x>"
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + tree
        + b"</worksheet>"
    )

    def renamed(part):
        return part.replace(b"/xl/workbook.xml", b"/xl/worksheets/sheet9.xml")

    for changed in (
        {"docProps/core.xml": tree},
        {"xl/styles.xml": tree},
        {"[Content_Types].xml": renamed, "xl/worksheets/sheet9.xml": sheet},  # the workbook, called a sheet
    ):
        data = with_parts(plain, changed)
        (failure,) = read(data, "xlsx", limits=Limits(max_lines=1_000))
        assert (failure.code, "max_lines" in failure.text) == ("too_large", True)
    data = with_parts(plain, {"docProps/unread.xml": tree})
    (message,) = read(data, "xlsx", limits=Limits(max_lines=1_000))
    assert message.text == COPY


def test_sheets_may_be_called_anything():
    plain = workbook(("Mails", [["body"], *[[COPY]] * 500]))

    def renamed(part):
        return part.replace(b"worksheets/sheet1.xml", b"mails.data")

    with zipfile.ZipFile(io.BytesIO(plain)) as old:
        sheet = old.read("xl/worksheets/sheet1.xml")
    names = ("[Content_Types].xml", "xl/_rels/workbook.xml.rels")
    data = with_parts(plain, {**dict.fromkeys(names, renamed), "xl/mails.data": sheet})
    assert len(read(data, "xlsx", limits=Limits(max_lines=1_000))) == 500
    wide = sheet.replace(b"</sheetData>", b"<row>" + b"<c/>" * 600_000 + b"</row></sheetData>")
    data = with_parts(plain, {**dict.fromkeys(names, renamed), "xl/mails.data": wide})
    (failure,) = read(data, "xlsx", limits=Limits(max_ratio=100_000))
    assert (failure.code, "xl/mails.data with a row" in failure.text) == ("too_large", True)


def test_names_of_parts_are_safe_to_print():
    data = with_parts(workbook(("Mails", [["body"], [COPY]])), {"\x1b[31mred.xml": b"<x>" + b"<a>" * 300_000})
    (failure,) = read(data, "xlsx", limits=Limits(max_ratio=100_000))
    assert (failure.code, "\\x1b[31mred.xml" in failure.text) == ("too_large", True)
    assert failure.text.isprintable()


def test_charts_are_passed_over():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["body"])
    book.active.append([COPY])
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(book.active, min_col=1, min_row=1))
    book.create_chartsheet("Chart").add_chart(chart)
    file = io.BytesIO()
    book.save(file)
    (message,) = read(file.getvalue(), "xlsx")
    assert message.text == COPY


def test_a_sheet_that_claims_to_be_vast_takes_no_time():
    data = workbook(("Mails", [["body"], [COPY]]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry, part.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"'))
    (message,) = read(out.getvalue(), "xlsx")
    assert message.text == COPY


def test_parquet(assert_exact):
    table = {"subject": ["June", None], "html": [f"<p>{COPY}</p>", b"Hello."], "other": [1, 2]}
    table["html"] = [f"<p>{COPY}</p>", "Hello."]
    items = read(parquet(table), "parquet")
    assert [(item.id, item.text) for item in items] == [
        ("a.parquet#1", f"June\n\n{COPY}"),
        ("a.parquet#2", "Hello."),
    ]
    assert_exact(items[0])
    (failure,) = read(parquet({"a": [1]}), "parquet")
    assert failure.code == "unknown_columns"
    for data in (b"PAR1", b"PAR1" * 20, b"words"):
        (failure,) = read(data, "parquet")
        assert failure.code == "damaged"


def test_memory_does_not_grow_with_the_rows(tmp_path):
    path = tmp_path / "a.csv"

    def peak(rows):
        with path.open("w") as file:
            file.write("subject,body\n")
            file.writelines(f"June {number},{COPY}\n" for number in range(rows))
        tracemalloc.start()
        count = sum(isinstance(item, Message) for item in read_path(path))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == rows
        return found

    peak(10)
    assert peak(4_000) < peak(500) + 300_000


OWN = [
    {"id": "a", "label": "client", "probabilities": {"client": 1.0}, "score": 50.0},
    {
        "schema": 1,
        "status": "scored",
        "id": "a",
        "path": "a",
        "label": "client",
        "sentences": [],
        "text": COPY,
    },
    {"schema": 1, "status": "failed", "id": "a", "path": "a", "code": "empty", "problem": "x"},
]


@pytest.mark.parametrize("record", OWN)
def test_own_json_lines_are_passed_over(record):
    (failure,) = read(json.dumps(record) + "\n" + json.dumps(record), "jsonl")
    assert failure.code == "skipped_own"


def test_own_results_are_passed_over(tmp_path, fast):
    from clientvoice.cli.suggest_labels import COLUMNS
    from clientvoice.readers.own_output import is_own_table
    from clientvoice.reports.csv import MESSAGE_COLUMNS, SENTENCE_COLUMNS
    from clientvoice.reports.jsonl import analysis_record, failure_record

    assert is_own_table(MESSAGE_COLUMNS)
    assert is_own_table(SENTENCE_COLUMNS)
    assert is_own_table(COLUMNS)
    assert is_own_table(analysis_record(fast.analyze(COPY)))
    assert is_own_table(failure_record(Failure("a", "empty", "a")))
    assert not is_own_table(["id", "path", "label", "text"])
    page = b'<html><head><meta name="generator" content="clientvoice"></head><p>Buy now'
    (failure,) = read_bytes(page, format="html")
    assert failure.code == "skipped_own"


@given(
    st.binary(max_size=200) | st.text(alphabet='subject,body\n\t;"{}[]:x5', max_size=80).map(str.encode),
    st.sampled_from(["csv", "tsv", "jsonl"]),
)
def test_any_bytes_give_messages_or_failures(data, kind):
    items = list(read_bytes(b"subject,body\n" + data, format=kind, name="a"))
    assert items
    assert len({item.id for item in items}) == len(items)
