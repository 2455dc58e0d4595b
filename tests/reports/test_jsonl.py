import io
import json
import math
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers import find_files, read_path, read_text
from clientvoice.records import Failure, Message, MessageAnalysis
from clientvoice.reports.jsonl import JsonlWriter, analysis_record, failure_record, json_line

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads(files("clientvoice").joinpath("resources/report/schema.json").read_text("utf-8"))
TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}


def fits(value, rule):
    """Check a value against the part of JSON Schema that ours uses."""
    if "$ref" in rule:
        return fits(value, SCHEMA["$defs"][rule["$ref"].rpartition("/")[2]])
    if "oneOf" in rule:
        return sum(fits(value, each) for each in rule["oneOf"]) == 1
    if "const" in rule:
        return value == rule["const"]
    if "enum" in rule:
        return value in rule["enum"]
    names = [rule["type"]] if isinstance(rule["type"], str) else rule["type"]
    if value is None:
        return "null" in names
    if not any(isinstance(value, TYPES[name]) for name in names if name != "null"):
        return False
    if isinstance(value, bool):
        return "boolean" in names
    if isinstance(value, dict):
        known = rule["properties"]
        return set(value) == set(rule["required"]) == set(known) and all(
            fits(value[key], known[key]) for key in known
        )
    if isinstance(value, list):
        return all(fits(each, rule["items"]) for each in value)
    return isinstance(value, str) or rule.get("minimum", -math.inf) <= value <= rule.get("maximum", math.inf)


def _records(demo):
    return [failure_record(it) if isinstance(it, Failure) else analysis_record(it) for it in demo]


def test_every_record_fits_the_published_schema(demo):
    for record in _records(demo):
        assert fits(record, SCHEMA), record["id"]


def test_the_check_of_the_schema_refuses_what_does_not_fit(demo):
    record = analysis_record(demo[0])
    assert not fits({**record, "score": 101}, SCHEMA)
    assert not fits({**record, "more": 1}, SCHEMA)
    assert not fits({**record, "label": "buyer"}, SCHEMA)
    assert not fits({key: value for key, value in record.items() if key != "path"}, SCHEMA)


def test_jsonschema_agrees(demo):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for record in _records(demo):
        jsonschema.validate(record, SCHEMA)


def _objects(schema):
    """Yield every part of a schema that describes an object."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from _objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _objects(value)


def test_the_schema_leaves_no_room_for_what_it_does_not_describe():
    found = list(_objects(SCHEMA))
    assert len(found) >= 12
    for each in found:
        assert each["additionalProperties"] is False
        assert set(each["required"]) == set(each["properties"])


@pytest.mark.parametrize("suggested", [False, True])
def test_the_samples_fit_the_schema_with_all_that_is_said_of_them(fast, suggested):
    jsonschema = pytest.importorskip("jsonschema")
    check = jsonschema.Draft202012Validator(SCHEMA)
    records = []
    for found in find_files([ROOT / "data" / "newsletters"]):
        for item in [found] if isinstance(found, Failure) else read_path(found.path):
            if isinstance(item, Failure):
                records.append(failure_record(item))
            else:
                analysis = next(fast.pipe([item]))
                records.append(analysis_record(fast.suggest(analysis) if suggested else analysis))
    for record in records:
        line = json.loads(json_line(record))
        assert fits(line, SCHEMA)
        check.validate(line)
    given = [each["suggestions"] for it in records for each in it.get("sentences", [])]
    assert len(records) > 20 and any(given) is suggested


def test_what_its_author_suppressed_and_every_notice_are_told(fast):
    text = "<!-- clientvoice: ignore all --><p>Buy now!</p><!-- clientvoice: ignore prise --><p>It opens.</p>"
    record = analysis_record(fast.analyze(read_text(text, format="html", name="a.html")))
    assert fits(record, SCHEMA)
    assert [(it["suppressed"], it["counted"]) for it in record["sentences"]] == [(True, False), (False, True)]
    assert [notice["code"] for notice in record["notices"]] == ["bad_suppression"]


def test_offsets_lead_back_to_the_words(demo):
    record = analysis_record(demo[1])
    for sentence in record["sentences"]:
        assert record["text"][sentence["start"] : sentence["end"]] == sentence["text"]
        for cue in sentence["cues"]:
            assert sentence["start"] <= cue["start"] < cue["end"] <= sentence["end"]


def test_practices_name_their_evidence_by_place(demo):
    record = analysis_record(demo[1])
    assert len(record["practices"]) == 7
    for practice in record["practices"]:
        assert bool(practice["evidence"]) == (practice["advice"] == "")
        assert all(record["sentences"][at]["counted"] for at in practice["evidence"])


def test_the_subject_of_a_mail_has_no_place_in_its_source(demo):
    subject, body = analysis_record(demo[1])["sentences"][:2]
    assert (subject["source_start"], subject["source_end"]) == (None, None)
    source = demo[1].message.source
    assert source[body["source_start"] : body["source_end"]] == body["text"]


def test_numbers_are_rounded_and_finite(analysis):
    it = replace(analysis(block=[]), score=math.nan, probabilities={"client": 1 / 3})
    record = analysis_record(it)
    assert record["score"] is None
    assert record["probabilities"] == {"client": 0.333333, "customer": None, "mixed": None, "neutral": None}


def test_a_failure_says_what_and_why():
    record = failure_record(Failure("b.bin", "skipped_unknown", "b.bin is no message", "in/b.bin"))
    assert record == {
        "schema": 1,
        "status": "skipped",
        "id": "b.bin",
        "path": "in/b.bin",
        "code": "skipped_unknown",
        "problem": "b.bin is no message",
    }


@given(st.text(st.characters(exclude_categories=())))
def test_one_message_is_one_line_whatever_is_in_it(text):
    out = io.StringIO()
    message = Message(text, text, (), subject=text, sender=text, path=text)
    JsonlWriter(out).write(MessageAnalysis(message, "neutral", 50.0, {"neutral": 1.0}, ()))
    (line,) = out.getvalue().splitlines()
    line.encode("utf-8")
    assert len(json.loads(line)["text"]) == len(text)


def test_text_stays_readable():
    assert json_line({"a": "Zoë – 20 €"}) == '{"a":"Zoë – 20 €"}'
    assert json.loads(json_line({"a": "x\u2028y"})) == {"a": "x\u2028y"}
