"""Alternative texts of pictures: copy is read, with its way back; names and ornaments are not."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from turbohtml import TokenType, tokenize

from clientvoice.readers import read_bytes, read_text
from clientvoice.readers.html.pictures import alt_of, alt_pieces
from clientvoice.records import Message

COPY = "Save 20% on every coat this week"


def read(source: str) -> Message:
    return read_text(source, format="html")


def told(source: str) -> list[tuple[str, str]]:
    message = read(source)
    return [(message.text[block.start : block.end], block.kind) for block in message.blocks]


def test_a_newsletter_of_pictures_is_read() -> None:
    source = f'<table><tr><td><a href="#"><img src="a.jpg" alt="{COPY}"></a></td></tr></table>'
    assert told(source) == [(COPY, "picture")]
    (message,) = read_bytes(source.encode())
    assert isinstance(message, Message)


@pytest.mark.parametrize(
    "written",
    [
        f'<img alt="{COPY}">',
        f"<IMG src=x ALT = '{COPY}' />",
        f'<mj-image alt="{COPY}" />',
        f'<mj-image alt="{COPY}"></mj-image>',
        f'<input type="image" alt="{COPY}">',
        f'<img/src="x"alt="{COPY}"alt="Another text that no browser reads">',
        f'<img title="alt=" data-alt="No, this is another one" alt="{COPY}">',
        f'<img ="alt" alt="{COPY}">',
    ],
)
def test_it_leads_back_to_the_attribute(written: str) -> None:
    source = f"<p>Hello there.</p>{written}<p>Bye.</p>"
    message = read(source)
    block = next(block for block in message.blocks if block.kind == "picture")
    start, end = message.source_map.to_source(block.start, block.end)
    assert source[start:end] == message.text[block.start : block.end] == COPY


def test_references_merge_tags_and_line_breaks_stay_whole() -> None:
    source = '<img alt="Dear {{name}},\n  we keep &quot;your&quot; seat &amp; ring you">'
    message = read(source)
    assert message.text == 'Dear {{name}}, we keep "your" seat & ring you'
    at = message.text.index('"your"')
    assert source[slice(*message.source_map.to_source(at, at + 6))] == "&quot;your&quot;"


def test_it_follows_the_paragraph_that_it_stands_in() -> None:
    assert told(f'<p>We ring <img alt="{COPY}"> you first.</p><p>Bye now.</p>') == [
        ("We ring you first.", "paragraph"),
        (COPY, "picture"),
        ("Bye now.", "paragraph"),
    ]


def test_what_the_page_says_in_words_is_read_once() -> None:
    again = f'<img alt="{COPY.upper()}.">'
    assert told(f"{again}<p>{COPY}</p>{again}") == [(COPY, "paragraph")]
    assert told(again + again) == [(f"{COPY.upper()}.", "picture")]


@pytest.mark.parametrize(
    "alt",
    ["", "Logo", "Shop now", "Pulse Works Gyms", "The Pulse Works logo", "Icon of a phone",
     "hero-1-final.jpg", "a b.png c d", "see https://example.com for more", "* * *",
     "Header image of spring"],
)  # fmt: skip
def test_names_and_ornaments_are_no_copy(alt: str) -> None:
    assert told(f'<p>Hello there.</p><img alt="{alt}">') == [("Hello there.", "paragraph")]


@pytest.mark.parametrize(
    "alt", ["Ends tonight: two for one", "BUY ONE, GET ONE", "Free Delivery This Weekend"]
)
def test_short_copy_is_read(alt: str) -> None:
    assert told(f'<img alt="{alt}">') == [(alt, "picture")]


@pytest.mark.parametrize(
    "told_by",
    ['style="display:none"', "hidden", 'aria-hidden="true"', 'role="presentation"', 'width="1" height="1"',
     'width="24" height="24px"', 'style="opacity:0"'],
)  # fmt: skip
def test_what_nobody_is_shown_or_told_is_left_out(told_by: str) -> None:
    assert told(f'<p>Hello there.</p><img {told_by} alt="{COPY}">') == [("Hello there.", "paragraph")]


@pytest.mark.parametrize(
    "around", ['<div style="display:none">{}</div>', "<blockquote type=cite>{}</blockquote>", "<!-- {} -->",
               "<script>{}</script>", "<textarea>{}</textarea>", "<title>{}</title>"],
)  # fmt: skip
def test_nor_inside_what_is_hidden_quoted_or_no_markup(around: str) -> None:
    kinds = [kind for _, kind in told("<p>Hello there.</p>" + around.format(f'<img alt="{COPY}">'))]
    assert "picture" not in kinds


@pytest.mark.parametrize(
    "source",
    [
        '<img alt="' + "x " * 400_000,
        '<img alt="' + "we ring you " * 100_000 + '">',
        "<img " + "a " * 200_000 + 'alt="we ring you first">',
        "<img " + "=" * 400_000 + ">",
        "<img " + "a= " * 200_000 + ">",
        '<img alt="we ring ' + "&" * 300_000 + '">',
        f'<img alt="{COPY}">' * 20_000,
    ],
)
def test_hostile_tags_take_linear_time(source: str) -> None:
    started = time.process_time()
    read(source)
    assert time.process_time() - started < 5


def test_markup_in_an_attribute_stays_text() -> None:
    source = '<img alt="Save now <script>alert(1)</script> &lt;b&gt; today">'
    ((text, kind),) = told(source)
    assert (text, kind) == ("Save now <script>alert(1)</script> <b> today", "picture")


@pytest.mark.parametrize(
    "source", [f"Hello there.\n\n![{COPY}](a.png)\n", f'Hello there.\n\n<img alt="{COPY}">\n',
               f"Hello there. [![{COPY}](a.png)](https://example.com)"],
)  # fmt: skip
def test_markdown_has_pictures_too(source: str) -> None:
    message = read_text(source, format="markdown")
    assert [(message.text[b.start : b.end], b.kind) for b in message.blocks][1:] == [(COPY, "picture")]
    block = message.blocks[1]
    assert source[slice(*message.source_map.to_source(block.start, block.end))] == COPY


def test_markdown_has_ornaments_too() -> None:
    assert (
        read_text("Hello.\n\n![Our logo](a.png) ![a](b.png) ![](c.png)", format="markdown").text == "Hello."
    )


@given(
    st.lists(
        st.tuples(st.sampled_from(["alt", "src", "ALT", "title", "="]), st.text(max_size=30)), max_size=4
    )
)
def test_the_pieces_say_what_a_parser_reads(pairs: list[tuple[str, str]]) -> None:
    written = " ".join(f'{name}="{html.escape(value)}"' for name, value in pairs)
    for token in tokenize(f"<img {written}>", resolve_references=False, capture_source=True):
        if token.type is TokenType.START_TAG and token.tag == "img":
            attributes = token.attrs or ()
            value = next((value or "" for name, value in attributes if name == "alt"), "")
            source = token.source or ""
            pieces = list(alt_pieces(source, value))
            assert all(0 < piece.start <= piece.end <= len(source) for piece in pieces)
            said = "".join(source[a:b] if unit is None else unit for a, b, unit in pieces)
            assert said == value
            assert alt_of("img", attributes) in (None, value)
