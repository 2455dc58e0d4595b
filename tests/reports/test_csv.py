import csv
import io

import pytest

from clientvoice.records import Failure, Message, MessageAnalysis
from clientvoice.reports.csv import MESSAGE_COLUMNS, SENTENCE_COLUMNS, MessagesWriter, SentencesWriter


def _rows(writer, items):
    out = io.StringIO(newline="")
    it = writer(out)
    for item in items:
        it.write(item)
    out.getvalue().encode("utf-8")
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_one_row_a_message_or_failure(demo):
    rows = _rows(MessagesWriter, demo)
    assert len(rows) == len(demo)
    assert tuple(rows[0]) == MESSAGE_COLUMNS
    assert rows[0]["score"] == "6.2"
    assert (rows[0]["sentences"], rows[0]["share_customer"]) == ("12", "0.75")
    assert (rows[0]["practices"], rows[1]["practices"], rows[-1]["practices"]) == ("0", "5", "")
    assert rows[9]["notices"] == "merge_tags"
    assert (rows[-1]["status"], rows[-1]["notices"], rows[-1]["score"]) == ("skipped", "skipped_hidden", "")
    assert rows[-2]["problem"].startswith("old/export.bin is binary")


def test_one_row_a_sentence(demo):
    rows = _rows(SentencesWriter, demo)
    assert len(rows) == sum(len(item.sentences) for item in demo if not isinstance(item, Failure))
    assert tuple(rows[0]) == SENTENCE_COLUMNS
    assert rows[0]["cues"] == "pressure; price"
    assert (rows[0]["counted"], rows[0]["source_start"]) == ("true", "")
    assert [row["counted"] for row in rows if row["kind"] == "footer"][:1] == ["false"]
    assert [row["number"] for row in rows if row["id"] == "charity/appeal.html"] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_a_formula_becomes_text(start):
    message = Message("m", "", (), subject=f"{start}HYPERLINK(1)", sender=f"{start}1")
    (row,) = _rows(MessagesWriter, [MessageAnalysis(message, "neutral", 50.0, {"neutral": 1.0}, ())])
    assert row["subject"] == f"'{start}HYPERLINK(1)"
    assert row["sender"] == f"'{start}1"


def test_a_formula_in_a_sentence_becomes_text(analysis):
    (row,) = _rows(SentencesWriter, [analysis(block=[["paragraph", [["neutral", 0.9, "=1+1"]]]])])
    assert row["text"] == "'=1+1"
    assert row["p_neutral"] == "0.9"


def test_quotes_line_breaks_nul_and_surrogates_survive_as_one_cell():
    message = Message("m", "", (), subject='a "b", c\r\nd\0e\ud800')
    (row,) = _rows(MessagesWriter, [MessageAnalysis(message, "neutral", 50.0, {"neutral": 1.0}, ())])
    assert row["subject"] == 'a "b", c\r\nd\ufffde\ufffd'


def test_rows_are_written_as_they_come(analysis):
    out = io.StringIO(newline="")
    writer = MessagesWriter(out)
    lengths = [len(out.getvalue())]
    for place in range(3):
        writer.write(analysis(id=f"m{place}"))
        lengths.append(len(out.getvalue()))
    assert lengths == sorted(set(lengths))
