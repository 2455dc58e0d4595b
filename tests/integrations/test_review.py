from __future__ import annotations

from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientvoice.errors import ConfigError, InputError
from clientvoice.integrations.review import LARGEST, read_document, review, syntax_of
from clientvoice.integrations.voices import KEPT, Voices
from clientvoice.records import UNCOUNTED
from clientvoice.rewrites.applying.edits import replaced

SALES = (
    "Hurry, buy your copy now and save 50%!",
    "Buy now and save 50% on every plan!",
    "Hurry, only 3 left!",
    "Act now, shop the sale before midnight!",
)


@pytest.fixture(scope="module")
def sales(fast):
    """Sentences that the rewriter has something for, as things stand."""
    found = fast.suggest(next(fast.pipe(["\n\n".join(SALES)]))).sentences
    able = [one.text for one in found if one.rewrites]
    assert able, "the rewriter has nothing for any of these; add a sentence"
    return able


@pytest.mark.parametrize(
    ("name", "language", "text", "syntax"),
    [
        ("a.md", "markdown", "", "markdown"),
        ("a.MARKDOWN", "", "", "markdown"),
        ("a.htm", "plaintext", "", "html"),
        ("a.txt", "", "", "text"),
        ("a.liquid", "liquid", "<p>Hi</p>", "html"),
        ("a.liquid", "liquid", "Hi {{name}}", "text"),
        ("notes", "markdown", "", "markdown"),
        ("notes", "Handlebars", "<p>Hi</p>", "html"),
        ("a.eml", "plaintext", "", None),
        ("a.csv", "plaintext", "", None),
        ("a.py", "python", "", None),
        ("notes", "", "", None),
    ],
)
def test_a_document_is_told_by_its_name_and_language(name, language, text, syntax):
    assert syntax_of(PurePath(name), language, text) == syntax


def test_marks_are_what_a_check_finds(fast):
    text = f"# Hello\n\n{SALES[0]} We **ring** you first.\n\n> {SALES[1]}\n\n"
    text += f"<!-- clientvoice: ignore all -->\n{SALES[2]}\n"
    found = review(text, "markdown", "june.md", fast)
    assert [text[mark.start : mark.end] for mark in found.marks] == [SALES[0]]
    (mark,) = found.marks
    assert mark.finding.reason and mark.finding.advice
    assert mark.finding.reason in mark.finding.message and mark.finding.advice in mark.finding.message


def test_a_document_in_another_language_has_no_marks(fast):
    text = "Nur heute 20 % Rabatt auf alle Kuchen! Bestellen Sie sofort, nur noch drei Torten sind da.\n"
    found = review(text, "markdown", "juni.md", fast)
    assert any(one.label == "customer" for one in found.analysis.sentences)
    assert (found.marks, list(found.fixes(0, len(text)))) == ((), [])


def test_a_hover_tells_label_chances_reason_and_why(fast):
    text = f"<p>{SALES[0]} <b>We *ring*</b> you first.</p>"
    found = review(text, "html", "june.html", fast)
    start, end, told = found.hover(5)
    assert text[start:end] == SALES[0]
    assert told.startswith("**customer**") and "customer " in told and "neutral " in told
    assert found.analysis.sentences[0].reason in told
    assert " ".join(fast.book[found.marks[0].finding.rule].why.split()) in told
    assert found.hover(0) is None


def test_fixes_keep_all_mark_up(fast, sales):
    for text, syntax in (
        (f"<p class=x>{sales[0]} <a href='#'>We ring you first.</a></p>", "html"),
        (f"<div>{sales[0].replace(' ', ' <b>', 1)}</b></div>", "html"),
        (f"- {sales[0]}\n- [{sales[0]}](https://example.com)\n", "markdown"),
        (f"---\nsubject: {sales[0]}\n---\n\n{sales[0]}\n", "markdown"),
        (f"Dear reader,\n\n{sales[0].replace(' ', chr(10), 2)}\n", "text"),
    ):
        found = review(text, syntax, "june", fast)
        fixes = list(found.fixes(0, len(text)))
        assert fixes
        for fix in fixes:
            new = replaced(text, fix.edits)
            assert fix.mark.sentence.kind != "subject"
            assert [new.count(sign) for sign in ("<", ">", "](", "---")] == [
                text.count(sign) for sign in ("<", ">", "](", "---")
            ]
            assert all(fix.mark.start <= edit.start <= edit.end <= fix.mark.end for edit in fix.edits)
            assert fix.title.startswith("Say: “")
        for mark in {fix.mark[:2] for fix in fixes}:
            assert sum(fix.preferred for fix in fixes if fix.mark[:2] == mark) <= 1


def test_a_sentence_across_a_picture_or_line_break_is_left_to_its_author(fast, sales):
    words = sales[0].split()
    text = "<p>" + "<br><img src=x>".join(words) + "</p>"
    assert list(review(text, "html", "june.html", fast).fixes(0, len(text))) == []


def test_what_is_too_large_says_so():
    with pytest.raises(InputError, match=f"june.md: more than {LARGEST:,} characters"):
        read_document("a " * LARGEST, "markdown", "june.md")


@settings(max_examples=60)
@given(
    st.text(alphabet="aB .!\r\n<>/p&;#*_[]()`-\u2028\ufeff\0😀\ud800{}", max_size=80),
    st.sampled_from(["text", "html", "markdown"]),
)
def test_any_document_is_reviewed_at_its_own_offsets(fast, text, syntax):
    found = review(f"{text}\n\n{SALES[0]}", syntax, "any", fast)
    assert found.analysis.message.source == f"{text}\n\n{SALES[0]}"
    for mark in found.marks:
        assert 0 <= mark.start <= mark.end <= len(found.analysis.message.source)
        assert mark.sentence.kind not in UNCOUNTED
    for offset in (0, len(text) // 2, len(text) + 4):
        found.hover(offset)


def test_an_edited_rule_is_followed_at_once(tmp_path: Path):
    rule = (
        'frame = "customer"\nsummary = "Ours."\nphrases = ["{0}"]\n[examples]\nflag = ["{0}"]\npass = ["a"]\n'
    )
    (tmp_path / "rules").mkdir()
    own = tmp_path / "rules" / "our_tone.toml"
    own.write_text(rule.format("warm lead"))
    (tmp_path / "clientvoice.toml").write_text('rules = "rules"\n')
    for voices, place in ((Voices("fast", own.parent), None), (Voices("fast"), tmp_path / "june.md")):
        own.write_text(rule.format("warm lead"))
        first = voices.at(place)
        assert voices.at(place) is first
        own.write_text(rule.format("cold call"))
        assert [it.text for it in voices.at(place).book["our_tone"].phrases] == ["cold call"]


def test_each_house_has_its_voice(tmp_path: Path):
    voices = Voices("fast")
    plain = voices.at(None)
    assert voices.at(tmp_path / "june.md").name == "fast"
    (tmp_path / "clientvoice.toml").write_text('disable = ["price"]\nexclude = ["drafts"]\n')
    own = voices.at(tmp_path / "june.md")
    assert own is not plain and own.house.disable == ("price",)
    assert voices.at(tmp_path / "july.md") is own
    assert voices.wants(tmp_path / "july.md") and not voices.wants(tmp_path / "drafts" / "july.md")
    (tmp_path / "clientvoice.toml").write_text('disable = ["pressure"]\n')
    assert voices.at(tmp_path / "june.md").house.disable == ("pressure",)
    for number in range(KEPT + 1):
        (tmp_path / "clientvoice.toml").write_text(f'reader_nouns = ["guest{number}"]\n')
        voices.at(tmp_path / "june.md")
    assert len(voices._kept) == KEPT
    (tmp_path / "clientvoice.toml").write_text("disabled = []\n")
    with pytest.raises(ConfigError, match=r"clientvoice\.toml:1"):
        voices.at(tmp_path / "june.md")
