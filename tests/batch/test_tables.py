from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientvoice.batch import Columns, Row, read_rows
from clientvoice.errors import ConfigError, InputError
from clientvoice.readers.tables import delimited
from clientvoice.readers.tables import lines as table_lines
from clientvoice.records import Failure

RINGING = "We will ring you before anything changes."
ORDERING = "Order tonight; only three are left."


@pytest.fixture
def table(tmp_path):
    def write(name: str, content: str | bytes):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def read(path, columns=Columns()):  # noqa: B008
    return list(read_rows(path, columns))


def test_jsonl_rows_keep_their_ids_and_lines(table):
    path = table(
        "a.jsonl", f'{{"id": 7, "text": "{RINGING}"}}\n\n{{"id": "b", "text": "{ORDERING}", "more": [1]}}'
    )
    assert read(path) == [Row(1, 7, RINGING), Row(3, "b", ORDERING)]


def test_a_subject_is_used_where_asked_for_and_there(table):
    path = table(
        "a.jsonl",
        '{"id":1,"text":"x","subject":"Hello"}\n{"id":2,"text":"x","subject":null}\n{"id":3,"text":"x"}',
    )
    assert [row.subject for row in read(path, Columns(subject="subject"))] == ["Hello", None, None]
    assert [row.subject for row in read(path)] == [None, None, None]


def test_empty_texts_are_rows(table):
    path = table("a.jsonl", '{"id":1,"text":""}\n{"id":2,"text":null}')
    assert [row.text for row in read(path)] == ["", ""]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{oops", "line 2: not JSON (at character 2)"),
        ("[1, 2]", "line 2: a JSON list, expected one object a line"),
        ('{"id": 1}', "line 2: no 'text', expected it in every row"),
        ('{"text": "x"}', "line 2: no 'id'"),
        ('{"id": 1, "text": 5}', "line 2: 'text' is an int, expected a text"),
        ('{"id": [1], "text": "x"}', "line 2: 'id' is a list, expected a text or number"),
        ('{"id": NaN, "text": "x"}', "line 2: 'id' is a float"),
        ("[" * 100_000, "line 2: not JSON"),
        ('{"id": ' + "9" * 5_000 + ', "text": "x"}', "line 2: not JSON"),
    ],
)
def test_a_bad_line_is_told_and_the_rest_goes_on(table, line, told):
    path = table("a.jsonl", f'{{"id": 0, "text": "x"}}\n{line}\n{{"id": 2, "text": "y"}}\n')
    first, bad, last = read(path)
    assert (first.id, last.id, last.line) == (0, 2, 3)
    assert isinstance(bad, Failure)
    assert bad.code == "bad_row"
    assert told in bad.text


def test_a_line_in_another_encoding_is_told(table):
    good = json.dumps({"id": 2, "text": "café"}, ensure_ascii=False).encode()
    path = table("a.jsonl", b'{"id": 1, "text": "caf\xe9"}\n' + good)
    bad, row = read(path)
    assert "line 1: not in UTF-8" in bad.text
    assert row.text == "café"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_of_windows_are_read(table, encoding):
    assert read(table("a.jsonl", '{"id":1,"text":"naïve"}\r\n'.encode(encoding)))[0].text == "naïve"
    assert read(table("a.csv", "id,text\r\n1,naïve\r\n".encode(encoding)))[0].text == "naïve"


def test_damaged_utf16_is_an_input_error(table):
    with pytest.raises(InputError, match="damaged UTF-16"):
        read(table("a.jsonl", b'\xff\xfe{\x00"\x00\x00\xd8\x00\xd8x'))


def test_a_line_without_end_is_refused_in_bounded_memory(table, monkeypatch):
    monkeypatch.setattr(table_lines, "LINE_LIMIT", 100)
    path = table("a.jsonl", "x" * 1_000 + '\n{"id":2,"text":"y"}\n')
    bad, row = read(path)
    assert "longer than 100 characters" in bad.text
    assert (row.line, row.id) == (2, 2)


def test_missing_columns_are_told_with_what_there_is(table):
    path = table("a.jsonl", '{"id": 1, "Body": "x"}')
    with pytest.raises(
        ConfigError, match=r"no column 'body'. Columns: 'id', 'Body'. Did you mean 'Body'\?.*--text-column"
    ):
        read(path, Columns(text="body"))
    with pytest.raises(ConfigError, match=r"no column 'key'.*--id-column"):
        read(table("a.csv", "id,text\n1,x\n"), Columns(id="key"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_brings_out_the_columns(table, delimiter):
    content = (
        delimiter.join(["id", "text", "note, or two; really"])
        + "\n"
        + delimiter.join(["1", "Hello", "x"])
        + "\n"
    )
    assert read(table("a.csv", content)) == [Row(2, "1", "Hello")]


def test_csv_of_a_windows_spreadsheet(table):
    path = table("a.csv", "id;text\r\n1;It’s “free” – 5 €\r\n".encode("cp1252"))
    assert read(path)[0].text == "It’s “free” – 5 €"


def test_lines_inside_quotes_count(table):
    path = table("a.csv", 'id,text\n1,"one\ntwo"\n2,three\n')
    assert read(path) == [Row(2, "1", "one\ntwo"), Row(4, "2", "three")]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1,Order now, or never,x", "line 2: 4 values under 3 columns; is there a delimiter inside a text?"),
        ("1", "line 2: only 1 of 3 columns"),
        ('1,"Say "yes" now",x', "line 2: ',' expected after '\"'. Double the quotes"),
    ],
)
def test_a_ragged_row_is_told_and_the_rest_goes_on(table, row, told):
    bad, good = read(table("a.csv", f"id,text,note\n{row}\n2,fine,x\n"))
    assert told in bad.text
    assert (good.id, good.text) == ("2", "fine")


def test_rows_that_lose_nothing_are_read(table):
    path = table("a.csv", "id,text,note\n1,no note\n2,trailing,x,,\n")
    assert [row.text for row in read(path)] == ["no note", "trailing"]


def test_a_quote_that_is_never_closed_is_told_by_the_line_where_it_opens(table):
    path = table("a.csv", 'id,text\n1,fine\n2,"open\n3,lost\n4,lost\n')
    good, bad = read(path)
    assert good.id == "1"
    assert "line 3: a quote is opened and never closed; lines 4 to 5 are lost in it" in bad.text


def test_an_enormous_quoted_value_is_refused(table, monkeypatch):
    monkeypatch.setattr(delimited, "LINE_LIMIT", 200_000)
    before = csv.field_size_limit(131_072)
    try:
        rows = read(table("a.csv", 'id,text\n1,"' + "x\n" * 150_000))
    finally:
        csv.field_size_limit(before)
    assert all(isinstance(row, Failure) for row in rows)
    assert "longer than 200,000 characters; is a quote never closed?" in rows[0].text


def test_the_first_of_two_columns_with_one_name_counts(table):
    assert read(table("a.csv", "id,text,text\n1,first,second\n"))[0].text == "first"


@pytest.mark.parametrize("name", ["a.xls", "a.json", "table"])
def test_another_kind_of_table_is_wrong_usage(table, name):
    with pytest.raises(ConfigError, match=r"expected one of .jsonl, .ndjson, .csv, .tsv"):
        read(table(name, "id,text\n"))


def test_excel_and_parquet_tables(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    parquet = pytest.importorskip("pyarrow.parquet")
    book = openpyxl.Workbook()
    for row in (["id", "text", "subject"], [7, RINGING, "Monday"], ["b", "=1+1", None]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx", Columns(subject="subject")) == [
        Row(2, 7, RINGING, "Monday"),
        Row(3, "b", "=1+1"),
    ]
    import pyarrow

    parquet.write_table(pyarrow.table({"id": [1, 2], "text": [RINGING, None]}), tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet") == [Row(1, 1, RINGING), Row(2, 2, "")]
    with pytest.raises(ConfigError, match=r"no column 'body'. Columns: 'id', 'text'"):
        read(tmp_path / "a.parquet", Columns(text="body"))


def test_a_file_that_is_not_there_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "none.csv")


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_an_empty_table_has_no_rows(table, name):
    assert read(table(name, "")) == []


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@settings(deadline=None)
@given(st.lists(st.tuples(texts, texts), max_size=8))
def test_what_a_csv_writer_writes_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerows([("id", "text"), *rows])
    expected = [row for row in rows if any(value.strip() for value in row)]
    assert [(row.id, row.text) for row in read(path)] == expected


@settings(deadline=None)
@given(st.lists(st.tuples(texts, texts), max_size=8), st.booleans())
def test_what_json_writes_is_read_back(tmp_path_factory, rows, ascii_only):
    path = tmp_path_factory.mktemp("rows") / "a.jsonl"
    lines = [json.dumps({"id": key, "text": text}, ensure_ascii=ascii_only) + "\n" for key, text in rows]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    assert [(row.id, row.text) for row in read(path)] == rows


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.jsonl", "a.tsv"]))
def test_rubbish_gives_rows_failures_or_a_clear_error(tmp_path_factory, data, name):
    path = tmp_path_factory.mktemp("rows") / name
    path.write_bytes(data)
    try:
        rows = read(path)
    except (ConfigError, InputError) as error:
        assert str(path) in str(error)  # noqa: PT017
    else:
        assert all(isinstance(row, Row | Failure) for row in rows)


def test_a_subject_is_found_where_each_line_has_its_own_names(table):
    path = table("a.jsonl", '{"id":1,"text":"x","Subject":"a"}\n{"id":2,"text":"x","title":"b"}')
    assert [row.subject for row in read(path, Columns(subject="subject"))] == ["a", "b"]
    path = table("b.jsonl", '{"title":"an id","text":"x"}')
    assert [row.subject for row in read(path, Columns(id="title", subject="subject"))] == [None]
