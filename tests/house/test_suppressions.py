from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.framing.model import CUES
from clientvoice.house.suppressions import MOST, find_suppressions
from clientvoice.readers import first_message, read_text

START, END = "<!-- clientvoice: ignore-start price -->", "<!-- clientvoice: ignore-end -->"


def found(source: str, kind: str = "markdown"):
    message = read_text(source, format=kind)
    suppressions, notices = find_suppressions(message, CUES)
    return [message.text[each.start : each.end] for each in suppressions], [notice.text for notice in notices]


@pytest.mark.parametrize(
    ("source", "kind", "texts"),
    [
        ("<!-- clientvoice: ignore price -->\nOne.\n\nTwo.", "markdown", ["One."]),
        ("<!-- clientvoice: ignore price --> One.", "markdown", ["One."]),
        ("# One\n\n<!-- clientvoice: ignore price -->\n\n- Two\n- Three", "markdown", ["Two"]),
        ("One <!-- clientvoice: ignore price --> and on.\n\nTwo.", "markdown", ["One and on."]),
        ("<!-- clientvoice: ignore price -->\n![an image](a.png)\n\nOne.", "markdown", ["One."]),
        ("One.\n\n<!-- clientvoice: ignore price -->", "markdown", [""]),
        ("<p><!-- clientvoice: ignore price -->One.</p><p>Two.</p>", "html", ["One."]),
        ("<!-- clientvoice: ignore price --><title>One</title><p>Two.</p>", "html", ["One"]),
        (
            "<!-- clientvoice: ignore price --><p style='display:none'>Hidden</p><p>One &amp; all.</p>",
            "html",
            ["One & all."],
        ),
        ("A `<!-- clientvoice: ignore price -->` comment", "markdown", []),
        ("<script><!-- clientvoice: ignore price --></script><p>One.</p>", "html", []),
        ("<!-- clientvoice: ignore price -->\nOne.", "text", []),
    ],
)
def test_a_comment_is_for_the_block_with_the_next_text(source: str, kind: str, texts: list[str]) -> None:
    assert found(source, kind) == (texts, [])


def test_a_stretch_is_all_text_between_its_ends() -> None:
    assert found(f"One.\n\n{START}\n# Two\n\nThree.\n{END}\n\nFour.")[0] == ["Two\n\nThree."]
    assert found(f"<p>One {START}two{END} three</p>", "html")[0] == ["two"]
    assert found(f"{START}{END}<p>One</p>", "html")[0] == [""]


def test_stretches_nest_and_end_the_last_or_their_own() -> None:
    inner = START.replace("price", "pressure")
    assert found(f"{START}<p>1</p>{inner}<p>2</p>{END}<p>3</p>{END}", "html")[0] == ["2", "1\n\n2\n\n3"]
    own = END.replace("end", "end price")
    assert found(f"{START}<p>1</p>{inner}<p>2</p>{own}<p>3</p>{END}", "html")[0] == ["1\n\n2", "2\n\n3"]


def test_a_stretch_with_one_end_suppresses_nothing_and_is_told() -> None:
    texts, notices = found(f"One.\n\n{START}\nTwo.")
    assert (
        texts == []
        and "line 3: <!-- clientvoice: ignore-start price -->: no ignore-end follows" in notices[0]
    )
    texts, notices = found(f"One.\n\n{END}\nTwo.")
    assert texts == [] and "no ignore-start is open here" in notices[0]


def test_what_cannot_be_understood_is_told_with_its_line() -> None:
    texts, notices = found("One.\r\n\r\n<!-- clientvoice: ignore\r\n presure -->\r\nTwo.")
    assert texts == []
    assert notices[0].startswith("line 3: <!-- clientvoice: ignore presure -->: no cue is called 'presure'.")
    assert found("<!-- clientvoice: ignore \x1b[31m -->\nTwo.")[1][0].isprintable()


def test_a_mail_tells_the_part_that_the_line_is_in() -> None:
    page = b"<p>One.</p>\n<!-- clientvoice: ignore price -->\n<p>Two.</p>\n"
    message = first_message(b"Subject: Hi\nContent-Type: text/html\n\n" + page)
    ((suppression,), ()) = find_suppressions(message, CUES)
    assert message.text[suppression.start : suppression.end] == "Two."
    assert (suppression.line, suppression.where) == (2, "line 2 of part 1 text/html")


@pytest.mark.parametrize("kind", ["html", "markdown", "text"])
def test_a_comment_of_a_template_asks_as_one_of_html_does(kind: str) -> None:
    texts = ["One.", "Two.", "{# clientvoice: ignore price #}", "Three.", "Four."]
    page = "\n\n".join(f"<p>{text}</p>" if kind == "html" and text[0] != "{" else text for text in texts)
    assert found(page, kind) == (["Three."], [])
    stretch = page.replace("ignore price", "ignore-start price") + "{# clientvoice: ignore-end #}"
    ((text,), ()) = found(stretch, kind)
    assert text.split() == ["Three.", "Four."]
    wrong = page.replace("ignore price", "ignore prize")
    line = wrong[: wrong.index("{#")].count("\n") + 1
    (_, (notice,)) = found(wrong, kind)
    assert notice.startswith(f"line {line}: {{# clientvoice: ignore prize #}}: no cue is called 'prize'")


def test_a_comment_in_the_plain_text_of_a_mail_is_heeded() -> None:
    message = first_message(b"Subject: Hi\n\nOne.\n\n<%# clientvoice: ignore price %>\nTwo.\n\nThree.\n")
    ((suppression,), ()) = find_suppressions(message, CUES)
    assert message.text[suppression.start : suppression.end] == "Two."
    assert suppression.where == "line 3 of part 1 text/plain"


def test_a_page_of_comments_is_cut_short_in_time() -> None:
    started = time.process_time()
    texts, notices = found("<p>One.<!-- clientvoice: ignore price -->" * 3_000, "html")
    assert len(texts) == MOST
    assert notices == [
        "more than 200 comments to clientvoice; only the first 200 are obeyed. Split the page."
    ]
    assert len(found("<!-- clientvoice: ignore prize -->" * 3_000 + "One.", "html")[1]) <= MOST + 2
    assert time.process_time() - started < 5


PIECES = st.sampled_from(
    [
        START,
        END,
        "<!-- clientvoice: ignore all -->",
        "<!-- clientvoice: ignroe -->",
        "<!--",
        "-->",
        "`",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "One. ",
        "<p>",
        "</p>",
        "<title>",
        "</title>",
        "<script>",
        "</script>",
        "{{x}}",
        "{# clientvoice: ignore all #}",
        "{% comment %}",
        "{% endcomment %}",
        "&amp;",
        "---\n",
        "\r\n",
    ]
)


@pytest.mark.parametrize("kind", ["markdown", "html", "text"])
@given(st.lists(PIECES, max_size=20).map("".join))
def test_whatever_the_source_suppressions_are_stretches_of_its_text(kind: str, source: str) -> None:
    message = read_text(source, format=kind)
    suppressions, notices = find_suppressions(message, CUES)
    lines = max(len(source.splitlines()), 1)
    for found in suppressions:
        assert 0 <= found.start <= found.end <= len(message.text)
        assert found.cues and 1 <= found.line <= lines
    assert {notice.code for notice in notices} <= {"bad_suppression"}
