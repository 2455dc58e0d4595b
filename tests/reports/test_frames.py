import subprocess
import sys

from clientvoice.records import Failure
from clientvoice.reports.csv import MESSAGE_COLUMNS, SENTENCE_COLUMNS
from clientvoice.reports.frames import messages_frame, sentences_frame


def test_frames_have_the_columns_of_the_csv(demo):
    assert tuple(messages_frame(demo).columns) == MESSAGE_COLUMNS
    assert tuple(sentences_frame(demo).columns) == SENTENCE_COLUMNS


def test_types_are_the_same_for_nothing_failures_and_messages(demo):
    failure = [Failure("a", "empty", "a is empty")]
    for build in (messages_frame, sentences_frame):
        full = build(demo).dtypes.astype(str)
        assert build([]).dtypes.astype(str).equals(full)
        assert build(failure).dtypes.astype(str).equals(full)


def test_types_are_those_that_are_told(demo):
    types = messages_frame(demo).dtypes.astype(str)
    assert types["score"] == types["p_mixed"] == types["share_client"] == "float64"
    assert types["sentences"] == "Int64"
    assert types["subject"].startswith("string")
    types = sentences_frame(demo).dtypes.astype(str)
    assert (types["start"], types["source_start"], types["uncertain"]) == ("int64", "Int64", "bool")


def test_missing_values_are_missing(demo):
    frame = messages_frame(demo).set_index("id")
    failure = frame.loc["old/export.bin"]
    assert failure[["label", "score", "sentences", "subject"]].isna().all()
    assert failure["notices"] == "binary"
    assert frame["problem"].isna().sum() == 16


def test_a_frame_holds_text_as_it_is(analysis):
    frame = sentences_frame([analysis(block=[["paragraph", [["neutral", 0.9, "=1+1"]]]])])
    assert frame["text"].tolist() == ["=1+1"]


def test_an_iterator_will_do(demo):
    assert len(sentences_frame(iter(demo))) == len(sentences_frame(demo))


def test_reports_import_nothing_heavy():
    code = (
        "import sys, clientvoice.reports; print(*{'pandas','jinja2','rich','sklearn'} & sys.modules.keys())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
