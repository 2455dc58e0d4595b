"""The preheader of a page: hidden there, read in the list of mails; other hidden text stays hidden."""

from __future__ import annotations

import pytest

from clientvoice.readers import read_text
from clientvoice.readers.html.page import html_message
from clientvoice.records import Message

LINE = "Only today: ring us for half price"
DOUBLY = "display:none;max-height:0;overflow:hidden"


def blocks(source: str) -> list[tuple[str, str]]:
    message = html_message(source, id="x")
    return [(message.text[block.start : block.end], block.kind) for block in message.blocks]


@pytest.mark.parametrize(
    "source",
    [
        f'<div style="{DOUBLY}">{LINE}</div>',
        f'<div style="font-size:1px;color:#fff;max-height:0;opacity:0;overflow:hidden">{LINE}</div>',
        f'<div style="display:none;height:0;width:0">{LINE}</div>',
        f'<div style="display:none;mso-hide:all;max-height:0;width:0;font-size:0">{LINE}</div>',
        f'<div style="display:none;mso-hide:all">{LINE}&nbsp;&zwnj;&nbsp;&#847;&nbsp;</div>',
        f'<span class="mcnPreviewText" style="display:none !important">{LINE}</span>',
        f'<span class="preheader" style="display:none"><p>{LINE}</span>',
        f"<style>.pre-header{{display:none}}</style><p class=pre-header>{LINE}</p>",
        f"<mjml><mj-head><mj-preview>{LINE}</mj-preview></mj-head><mj-body><mj-text>",
        f'<table><tr><td style="{DOUBLY}">Only <b>today</b>: ring us<i style="display:none">not this</i>'
        " for half price</td></tr></table>",
        f'<div style="{DOUBLY}"> &#847; </div><div style="{DOUBLY}">{LINE}</div>',
    ],
)
def test_it_is_read_as_the_first_paragraph(source: str) -> None:
    told = blocks(f"{source}<p>Dear Ann,</p>")
    assert told == [(LINE, "paragraph"), ("Dear Ann,", "paragraph")]


def test_it_stands_behind_the_subject_and_leads_back_to_the_source() -> None:
    source = f'<title>June</title><div style="{DOUBLY}">Save 20&#37; &amp; more today</div><p>Dear Ann,</p>'
    message = html_message(source, id="x")
    assert message.text == "June\n\nSave 20% & more today\n\nDear Ann,"
    start = message.text.index("more today")
    first, last = message.source_map.to_source(start, start + len("more today"))
    assert source[first:last] == "more today"


@pytest.mark.parametrize(
    "source",
    [
        f'<div style="display:none">{LINE}</div>',  # one way only: it may wait for a click
        f'<div style="visibility:hidden;opacity:0">{LINE}</div>',  # as what fades in on a click is
        f'<div style="{DOUBLY}">Menu</div>',
        f'<div style="{DOUBLY}">{"many words " * 60}</div>',
        f'<div style="{DOUBLY}">We use cookies. <button>Accept all</button></div>',
        f'<div style="{DOUBLY}"><a href="#">Shop women</a><a href="#">Shop men</a></div>',
        f'<label style="{DOUBLY}">Leave this field empty <input></label>',
        f'<noscript style="{DOUBLY}">Please enable scripts</noscript>',
        f'<select style="{DOUBLY}"><option>Small size<option>Large size</select>',
        f'<div id="image-preview" style="display:none">{LINE}</div>',
        f'<div style="{DOUBLY}"><img alt="Save 20% on every coat this week"></div>',
        f'<script class="preheader">{LINE}</script>',
        f'<div class="preheader" style="display:none">{{{{ preheader_text | default("{LINE}") }}}}</div>',
        '<div id="preview_text" style="display:none">{% text "preview_text" label="Preview Text" %}</div>',
        f'<div style="{DOUBLY}">{{{{ preheader }}}}</div><div style="{DOUBLY}">{LINE}</div>',
    ],
)
def test_other_hidden_text_is_none(source: str) -> None:
    assert blocks(f"{source}<p>Dear</p><p>Dear Ann,</p>") == [
        ("Dear", "paragraph"),
        ("Dear Ann,", "paragraph"),
    ]


@pytest.mark.parametrize("style", ["font-size:0", "font-size:0;max-width:0", "visibility:hidden"])
def test_what_shows_itself_again_is_read_as_it_stands(style: str) -> None:
    shown = '<p style="font-size:14px;visibility:visible">'
    inner = f"{shown}Dear Ann,</p>{shown}"
    told = blocks(
        f'<div class="preheader" style="{style}">{inner}<a href="#">View in browser</a></p></div><p>Bye'
    )
    assert told == [("Dear Ann,", "paragraph"), ("View in browser", "button"), ("Bye", "paragraph")]


def test_words_and_prices_stay_apart() -> None:
    hidden = f'<div style="{DOUBLY}">Save today<br>Now £4<sup>99</sup> only<p>Ring us soon</p></div>'
    assert blocks(f"{hidden}<p>Dear Ann,</p>") == [
        ("Save today", "paragraph"),
        ("Now £4 99 only", "paragraph"),
        ("Ring us soon", "paragraph"),
        ("Dear Ann,", "paragraph"),
    ]


@pytest.mark.parametrize(
    "padding",
    [
        "&#847;&zwnj;&nbsp;&#8199;&shy;",
        "&#10240;&nbsp;",
        "&#12644;&nbsp;",
        "&#65039;&nbsp;",
        "&#4447;&nbsp;",
        "&zwj;&nbsp;",
        "\u200d\u200c ",
        " . ",
    ],
)
def test_padding_is_no_text(padding: str) -> None:
    source = f'<div style="{DOUBLY}">{LINE}. {padding * 150}</div><p>Dear Ann,</p>'
    assert blocks(source) == [(f"{LINE}.", "paragraph"), ("Dear Ann,", "paragraph")]


def test_padding_parts_emoji_and_what_joins_them_does_not() -> None:
    hidden = f'<div style="{DOUBLY}">👩&zwj;👧 Ring us&zwnj;&nbsp;&zwj;&nbsp;👋 today&zwj;&nbsp;👋</div>'
    assert blocks(f"{hidden}<p>Dear Ann,</p>")[0] == ("👩\u200d👧 Ring us 👋 today", "paragraph")


def test_a_template_says_less_than_its_tags() -> None:
    source = (
        f'<div style="{DOUBLY}">{{% assign a = "{"b" * 400}" %}}{LINE}, {{{{ name }}}}</div><p>Dear Ann,</p>'
    )
    assert blocks(source)[0] == (f"{LINE}, {{{{ name }}}}", "paragraph")


def test_only_the_first_text_of_a_page_is_one() -> None:
    hidden = f'<div style="{DOUBLY}">{LINE}</div>'
    assert blocks(f"<p>Dear Ann,</p>{hidden}") == [("Dear Ann,", "paragraph")]
    assert blocks(f'{hidden}<div style="{DOUBLY}">And this one too</div><p>Dear Ann,</p>') == [
        (LINE, "paragraph"),
        ("Dear Ann,", "paragraph"),
    ]


def test_what_the_subject_says_too_is_read_once() -> None:
    source = f'<title>{LINE}!</title><div style="{DOUBLY}">{LINE}…</div><p>Dear Ann,</p>'
    assert [text for text, _ in blocks(source)] == [f"{LINE}!", "Dear Ann,"]


def test_what_only_a_quotation_says_too_is_read() -> None:
    hidden = f'<div style="{DOUBLY}">{LINE}</div>'
    quote = f'<blockquote type="cite"><p>{LINE}</p></blockquote>'
    assert (LINE, "paragraph") in blocks(f"{hidden}<p>Dear Ann,</p>{quote}")


def test_what_the_body_says_too_is_read_once() -> None:
    hidden = f'<div style="{DOUBLY}">{LINE}</div>'
    assert blocks(f"{hidden}<h1>Hello</h1><p>{LINE}! We close at six.</p>") == [
        ("Hello", "heading"),
        (f"{LINE}! We close at six.", "paragraph"),
    ]


def test_one_that_never_ends_is_read_at_the_end_of_the_page() -> None:
    assert blocks(f'<div style="{DOUBLY}">{LINE}') == [(LINE, "paragraph")]


def test_a_shown_preview_stays_where_it_is() -> None:
    message = read_text(f"<div class=preview>{LINE}</div><p>Dear Ann,</p>", format="html")
    assert isinstance(message, Message)
    assert message.text == f"{LINE}\n\nDear Ann,"
