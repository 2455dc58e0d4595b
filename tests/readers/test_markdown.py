"""Markdown, with the way back from every word."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers.markdown.document import markdown_message


def lines(source: str) -> list[tuple[str, str]]:
    """Return kind and text of each block."""
    message = markdown_message(source, id="x")
    return [(block.kind, message.text[block.start : block.end]) for block in message.blocks]


def origins(source: str) -> list[str]:
    """Return the stretch of source that each block leads back to."""
    message = markdown_message(source, id="x")
    spans = [message.source_map.to_source(block.start, block.end) for block in message.blocks]
    return [source[slice(*span)] for span in spans if span]


LETTER = """\
---
subject: "June: what we watch"
from: Dana Reyes
date: 2026-06-01
---
# Hello & **welcome** #

We keep an eye on `your file`, [every *single* week](https://example.com "t")
and on *|FNAME|* &amp; co\\*.

- one
  more
- two

1. three

> What Sam says
> of us

```js
code();
```

| Plan | Price |
|------|-------|
| a \\| b | **5** |

![picture](x.png)

<!-- note to self -->
<div style="display:none">hidden</div>
<p>Raw <b>HTML</b>
&amp; more</p>

Title
=====

    indented text

[Book a call](https://example.com)

Ends with [a call](x){.button}
"""


def test_a_whole_letter(assert_exact):
    message = markdown_message(LETTER, id="x", path="a.md")
    assert (message.subject, message.sender, message.date) == (
        "June: what we watch",
        "Dana Reyes",
        "2026-06-01",
    )
    assert (message.format, message.path, message.source) == ("markdown", "a.md", LETTER)
    assert lines(LETTER) == [
        ("subject", "June: what we watch"),
        ("heading", "Hello & welcome"),
        ("paragraph", "We keep an eye on your file, every single week and on *|FNAME|* & co*."),
        ("bullet", "one more"),
        ("bullet", "two"),
        ("bullet", "three"),
        ("quote", "What Sam says of us"),
        ("heading", "Plan"),
        ("heading", "Price"),
        ("paragraph", "a | b"),
        ("paragraph", "5"),
        ("paragraph", "Raw HTML & more"),
        ("heading", "Title"),
        ("paragraph", "indented text"),
        ("button", "Book a call"),
        ("paragraph", "Ends with"),
        ("button", "a call"),
    ]
    assert_exact(message)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_block_leads_back(newline, assert_exact):
    source = LETTER[LETTER.index("# Hello") :].replace("\n", newline)
    message = markdown_message(source, id="x")
    assert_exact(message)
    for block in message.blocks:
        first, last = message.source_map.to_source(block.start, block.end)
        words = re.findall(r"\w+", message.text[block.start : block.end])
        assert source[first:last].startswith(words[0])
        assert re.sub(r"\W+$", "", source[first:last]).endswith(words[-1])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**bold** and _soft_", "bold and soft"),
        ("a * b and 2*3*4", "a * b and 234"),
        ("snake_case_word", "snake_case_word"),
        ("[text](target text) text", "[text](target text) text"),
        ("[text](target) target", "text target"),
        ("see [a][1] b\n\n[1]: http://x.y", "see a b"),
        ("<https://example.com/a%20b> ok", "https://example.com/a b ok"),
        ("`` a`b `` c", "a`b c"),
        ("`two\nlines` here", "two lines here"),
        ("~~old~~ new", "old new"),
        ("wrapped\nline", "wrapped line"),
        ("Sam  \nDana", "Sam\nDana"),
        ("a <!-- no --> b", "a b"),
        ("a <span style='display:none'>no</span> b", "a b"),
        ("*|IF:VIP|*Gold*|END:IF|*", "Gold"),
        ("{{ first_name }} and {{ last_name }}", "{{ first_name }} and {{ last_name }}"),
        ("![alt](x.png) text", "text"),
        ("&copy; 2026", "© 2026"),
        ("\\# no heading", "# no heading"),
        ("👩\u200d👧 and 👩&zwj;👧", "👩\u200d👧 and 👩\u200d👧"),
        ("*👩🏽*&#x200d;🚀 a &zwj; b", "👩🏽\u200d🚀 a b"),
        ("- [ ] Order today", "Order today"),
        ("* [X]\t*Order*\n  today", "Order today"),
        ("> 1. [x] Order [ ] &amp; [go](x)", "Order [ ] & go"),
        ("- one\n- [ ] two\n\n  [ ] three", "one\n\ntwo\n\n[ ] three"),
        ("- [x] two\n\n[x]: http://x.y", "two"),
        ("- two [x] three", "two [x] three"),
        ("- [ ](x) three", "three"),
        ("- # [ ] Heading", "[ ] Heading"),
        ("- \\[ ] two", "[ ] two"),
        ("- `[ ] two`", "[ ] two"),
        ("[ ] two", "[ ] two"),
        ("foo[^1], *bar[^One]*.\n\n[^1]: Buy now!\n[^one]: *Or* not.", "foo, bar.\n\nBuy now!\n\nOr not."),
        ("foo\n[^a-b]: Buy[^a-b]\n  now\n\n    # And\n\nbar", "foo\n\nBuy now\n\nAnd\n\nbar"),
        ("foo[^1]\n\n[^1]: http://x.y", "foo\n\nhttp://x.y"),
        ("[see[^1] it](x)[^1]\n\n[^1]: two", "see it\n\ntwo"),
        ("![Ends soon[^1] for all](x)\n\n[^1]: two", "Ends soon[^1] for all\n\ntwo"),
        ("|a[^1]|b|\n|-|-|\n|c|d[^1]|\n\n[^1]: e", "a\n\nb\n\nc\n\nd\n\ne"),
        ("`[^1]` and \\[^1] or [^2][^]\n\n[^1]: two", "[^1] and [^1] or [^2][^]\n\ntwo"),
        ("foo[^1] and ^[bar]", "foo[^1] and ^[bar]"),
        ("foo[^1]\n\n```\n[^1]: two\n```", "foo[^1]"),
        ("* * *", ""),
        ("```\ncode\n```", ""),
        ("", ""),
    ],
)
def test_inline_markup(source, text, assert_exact):
    message = markdown_message(source, id="x")
    assert message.text == text
    assert_exact(message)


def test_a_link_target_is_not_taken_for_the_words_behind_it():
    source = "[ring](ring) ring"
    message = markdown_message(source, id="x")
    assert message.source_map.to_source(5, 9) == (13, 17)


def test_escapes_and_references_are_units():
    source = "a \\* b &amp; c"
    message = markdown_message(source, id="x")
    assert message.text == "a * b & c"
    assert message.source_map.to_source(2, 3) == (2, 4)
    assert message.source_map.to_source(6, 7) == (7, 12)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_words_behind_marks_lead_back(newline, assert_exact):
    source = newline.join(
        [
            "- [ ] Order[^1] *today*",
            "  or [x] later",
            "",
            "[^1]: Ring 👩&zwj;👧",
            "    first.",
            "",
            "End[^1].",
        ]
    )
    assert origins(source) == [
        f"Order[^1] *today*{newline}  or [x] later",
        f"Ring 👩&zwj;👧{newline}    first.",
        "End[^1].",
    ]
    assert lines(source) == [
        ("bullet", "Order today or [x] later"),
        ("paragraph", "Ring 👩\u200d👧 first."),
        ("paragraph", "End."),
    ]
    assert_exact(markdown_message(source, id="x"))


def test_hidden_html_blocks_reach_to_their_end():
    source = '<div style="display:none">\n\nnot shown\n\n</div>\n\nshown'
    assert lines(source) == [("paragraph", "shown")]


def test_lists_and_quotes_in_one_another(assert_exact):
    source = "> - one\n>   more *words*\n> - two\n\nThat is what Sam wrote to us."
    assert lines(source)[:2] == [("quote", "one more words"), ("quote", "two")]
    assert origins(source)[:2] == ["one\n>   more *words", "two"]
    assert_exact(markdown_message(source, id="x"))


def test_the_subject_leads_back_into_the_front_matter():
    message = markdown_message("---\nsubject: Hello you\n---\nBody", id="x")
    assert message.text == "Hello you\n\nBody"
    assert message.source_map.to_source(0, 9) == (13, 22)


def test_broken_front_matter_is_a_notice_and_the_body_is_read():
    message = markdown_message("---\nsubject: Hi: you\n  x: - [\n---\nBody", id="x")
    assert message.text == "Hi: you\n\nBody"
    assert [notice.code for notice in message.notices] == ["front_matter"]


MARK = "VISIBLEMARKER"
LARGE = {
    "quotes": ">" * 20_000 + " " + MARK,
    "lists": "".join("  " * n + "- a\n" for n in range(500)) + MARK,
    "markers": "- " * 5_000 + MARK,
    "brackets": "[" * 5_000 + MARK,
    "open brackets": "[ab " * 20_000 + MARK,
    "bracket pairs": "[" * 5_000 + MARK + "]" * 5_000,
    "pictures": "![" * 2_000 + MARK,
    "links": "[a](" * 5_000 + MARK,
    "emphasis": "*a **a " * 2_000 + MARK,
    "ticks": "".join("e" + "`" * n for n in range(300)) + MARK,
    "html": "<a " * 10_000 + MARK,
    "notes": "[^a]: " * 5_000 + MARK,
    "odd notes": "[^[]:" * 5_000 + MARK,
    "notes in notes": "".join("    " * n + "[^a]: b\n\n" for n in range(300)) + MARK,
    "marks of notes": "[^a]: b\n\n" + "c[^a] " * 5_000 + MARK,
    "open marks of notes": "[^a]: b\n\n" + "[^" * 400 + "c" * 100_000 + " " + MARK,
    "boxes": "- [ ] a\n" * 5_000 + MARK,
    "columns": "|".join("a" * 1_000) + "\n" + "|".join("-" * 1_000) + "\n" + MARK,
    "indent": " " * 50_000 + MARK,
    "rows": "|a|b|\n|-|-|\n" + "|c|d|\n" * 2_000 + MARK,
}


@pytest.mark.parametrize("name", LARGE)
def test_deep_and_large_sources_lose_nothing(name, assert_exact):
    started = time.process_time()
    message = markdown_message(LARGE[name], id="x")
    assert MARK in message.text
    assert_exact(message)
    assert time.process_time() - started < 15


MARKS = "*it **b ` `` [ ] (x) ![ < > </b> <b> <div> </div> <!-- --> # == -- --- > - 1. | ~~ \\ {.btn}"
NOTES = "[^1] [^1]: [x]"
WORDS = "word & &amp; &nbsp; {{x}} *|X|* \u00e9 \U0001f600 &zwj; \u200b \ud800 \x00 <http://a.b/%20>"
PIECES = st.sampled_from([piece for pieces in (MARKS, NOTES, WORDS) for piece in pieces.split(" ")])
SPACES = st.sampled_from(["", " ", " ", "\n", "\n\n", "  \n", "\r\n", "\t", "    ", "\u00a0"])


@given(st.lists(st.tuples(PIECES, SPACES), max_size=25))
def test_any_source_keeps_exact_offsets(assert_exact, pieces):
    assert_exact(markdown_message("".join(piece + space for piece, space in pieces), id="x"))
