"""GitHub, Checkstyle, JUnit, Markdown, text and JSON; SARIF has a file of its own."""
# ruff: noqa: S314 - what is parsed was written a line before

from __future__ import annotations

import importlib.util
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clientvoice.reports.checks.checkstyle import checkstyle_xml
from clientvoice.reports.checks.github import github_lines
from clientvoice.reports.checks.junit import junit_xml
from clientvoice.reports.checks.listing import check_record
from clientvoice.reports.checks.markdown import escaped, markdown_summary
from clientvoice.reports.checks.text import detail_lines, text_line
from clientvoice.reports.checks.xml import element, xml_text

SPEC = importlib.util.spec_from_file_location("checks", Path(__file__).with_name("checks.py"))
checks = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(checks)
checked = checks.checked

LAWLESS = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


def test_annotations_stand_at_their_line():
    lines = list(github_lines(checked("50% off: a,\nb")))
    assert lines[0].startswith(
        "::warning file=mails/june.md,line=3,endLine=3,col=5,endColumn=14,title=clientvoice price::"
    )
    assert "50%25 off: a,%0Ab" in lines[0]
    assert lines[1].startswith("::notice file=mails/june.md,line=4,title=")
    assert lines[2].startswith("::warning file=mails/june.md.mbox,title=")
    assert "line 2, column 1 of part 1" in lines[2]
    assert lines[4].startswith("::notice file=mails/june.md,title=clientvoice unused_suppression::")
    assert lines[5] == (
        "::notice file=juli.md,title=clientvoice not_english::The text reads as 'de'. It was not judged."
    )
    assert lines[6].startswith("::error file=a.bin,title=clientvoice binary::") and len(lines) == 7


@given(ANYTHING)
def test_no_text_begins_a_command_of_its_own(text):
    for line in github_lines(checked(text, path=f"m/{text}x".replace("\0", ""))):
        assert not {"\n", "\r", "\x1b", "\x9b"} & set(line)
        kind, properties, message = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line, re.S).groups()
        assert kind in {"warning", "notice", "error"}
        assert all(part.count("=") >= 1 for part in properties.split(","))
        assert "%" not in re.sub("%(?:25|0A|0D|3A|2C)", "", message)


@given(ANYTHING)
def test_xml_holds_any_text(text):
    for document in (checkstyle_xml(checked(text)), junit_xml(checked(text))):
        ET.fromstring(document.encode("utf-8"))
    (read,) = ET.fromstring(element("a", {}, [element("b", {"c": text})]).encode())
    assert read.get("c") == LAWLESS.sub("", text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", xml_text(text))


def test_checkstyle_has_a_file_for_each_file():
    root = ET.fromstring(checkstyle_xml(checked()))
    files = {file.get("name"): [error.attrib for error in file] for file in root}
    assert list(files) == ["mails/june.md", "mails/june.md.mbox", "a.bin"]
    assert files["mails/june.md"][0]["line"] == "3" and files["mails/june.md"][0]["severity"] == "warning"
    assert files["mails/june.md"][1]["severity"] == "info"
    assert "line" not in files["mails/june.md.mbox"][0]
    assert files["a.bin"][0]["severity"] == "error"


def test_each_message_is_a_test():
    root = ET.fromstring(junit_xml(checked()))
    suite = root.find("testsuite")
    assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["7", "2", "1", "3"]
    cases = {case.get("name"): [child.tag for child in case] for case in suite}
    assert cases == {
        "mails/june.md": ["failure", "system-out"],
        "mails/june.md.mbox#1": ["failure"],
        "july.md": [],
        "juli.md": ["skipped"],
        "a.bin": ["error"],
        "empty.md": ["skipped"],
        "x.png": ["skipped"],
    }
    assert "mails/june.md:3:5: price:" in suite[0][0].text


def test_junit_is_read_by_a_reader_of_others():
    junitparser = pytest.importorskip("junitparser")
    suites = junitparser.JUnitXml.fromstring(junit_xml(checked()).encode())
    assert [(suite.tests, suite.failures, suite.errors, suite.skipped) for suite in suites] == [(7, 2, 1, 3)]


def test_the_summary_is_a_table():
    page = markdown_summary(checked())
    assert page.startswith("## clientvoice: failed\n") and "| mails/june.md:3 | price | Save now! |" in page
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert len(rows) == 5 and all(row.count("|") == 5 for row in rows)
    assert "2 entries" in page and "Could not be read" in page
    assert "### Not judged\n\n- juli.md: The text reads as 'de'. It was not judged.\n" in page
    assert "in 3 messages; 1 of them only noted" in page and "; 1 in another language not judged;" in page


@given(ANYTHING)
@example("__0__")
def test_no_text_is_mark_up_in_the_summary(text):
    shown = escaped(text)
    assert not set("\\`*[]<>|~@$\n\r") & set(shown) and "://" not in shown
    markdown = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False})
    kinds = {token.type for token in markdown.parseInline(f"a {shown}")[0].children}
    assert kinds <= {"text", "text_special"}


def test_a_line_of_something_decoded_is_no_line_of_the_file_in_the_table():
    assert "| mails/june.md.mbox |" in markdown_summary(checked())


def test_a_line_of_text_is_clickable_and_says_what_else_there_is():
    lines = [text_line(found) for found in checked().told]
    assert lines[0] == "mails/june.md:3:5: price: Leads: “Save now!”. (also pressure)"
    assert lines[1].startswith("mails/june.md:4:1: pressure: Presses. (unsure)")
    assert lines[2].endswith(".mbox: price: In a mail. (line 2, column 1 of part 1, decoded)")
    assert lines[3].endswith(".mbox: conditions: In a subject. (in the subject of mails/june.md.mbox#1)")
    details = [line.strip()[:8] for line in detail_lines(checked().told[0])]
    assert details == ["“Save no", "advice: ", "instead:"]


@given(ANYTHING)
def test_text_is_one_inert_line(text):
    for found in checked(text).told:
        for line in (text_line(found), *detail_lines(found)):
            assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line)


@given(ANYTHING)
def test_json_holds_any_text(text):
    record = check_record(checked(text))
    json.dumps(record, ensure_ascii=False).encode("utf-8")
    assert record["counts"] == {
        "messages": 4, "findings": 4, "failing": 3, "known": 1, "ignored": 1, "not_judged": 1,
        "unread": 1, "stale": 2,
    }  # fmt: skip
    assert [it["judged"] for it in record["messages"]] == [True, True, True, False]
    assert not record["passed"]
