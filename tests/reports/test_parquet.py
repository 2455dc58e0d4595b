from __future__ import annotations

import sys

import pytest

from clientvoice.errors import ConfigError
from clientvoice.reports import parquet
from clientvoice.reports.csv import MESSAGE_COLUMNS, SENTENCE_COLUMNS
from clientvoice.reports.parquet import MessagesParquet, SentencesParquet

pq = pytest.importorskip("pyarrow.parquet")


def _written(folder, items):
    paths = folder / "m.parquet", folder / "s.parquet"
    with MessagesParquet(paths[0]) as messages, SentencesParquet(paths[1]) as sentences:
        for item in items:
            messages.write(item)
            sentences.write(item)
    return pq.read_table(folder / "m.parquet"), pq.read_table(folder / "s.parquet")


def test_the_schema_is_the_documented_one(tmp_path, demo):
    messages, sentences = _written(tmp_path, demo)
    empty, none = _written(tmp_path, [])
    assert messages.schema.equals(empty.schema) and sentences.schema.equals(none.schema)
    assert tuple(messages.column_names) == MESSAGE_COLUMNS
    assert tuple(sentences.column_names) == SENTENCE_COLUMNS
    assert messages.schema.metadata[b"clientvoice.schema"] == b"1"
    types = {field.name: str(field.type) for table in (messages, sentences) for field in table.schema}
    assert types["score"] == types["p_client"] == types["share_neutral"] == "double"
    assert types["start"] == types["sentences"] == types["practices"] == "int64"
    assert types["counted"] == "bool" and types["text"] == "string"
    assert types["cues"] == types["notices"] == "list<element: string>"


def test_rows_are_those_of_the_results(tmp_path, demo, monkeypatch):
    monkeypatch.setattr(parquet, "ROWS", 3)
    messages, sentences = _written(tmp_path, demo)
    assert messages.num_rows == len(demo)
    scored = [item for item in demo if hasattr(item, "sentences")]
    assert sentences.num_rows == sum(len(item.sentences) for item in scored)
    assert sentences["text"].to_pylist() == [one.text for item in scored for one in item.sentences]
    cues = [cue.name for cue in scored[0].sentences[0].cues]
    assert sentences["cues"].to_pylist()[0] == list(dict.fromkeys(cues))
    assert messages["status"].to_pylist().count("scored") == len(scored)


def test_hostile_text_is_kept_and_nothing_is_left_of_a_run_that_failed(tmp_path, analysis, hostile):
    messages, _ = _written(tmp_path, [analysis(id=hostile, path=hostile, block=[])])
    assert messages["id"].to_pylist()[0] == hostile.replace("\ud800", "\ufffd")
    with pytest.raises(RuntimeError), SentencesParquet(tmp_path / "x.parquet"):
        raise RuntimeError
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.parquet", "s.parquet"]


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"clientvoice\[tables\]"):
        MessagesParquet(tmp_path / "m.parquet")
