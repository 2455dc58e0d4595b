"""HTML as a reader of the mail sees it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers.html.page import html_message
from clientvoice.records import Message


def lines(source: str) -> list[tuple[str, str]]:
    """Return kind and text of each block."""
    message = html_message(source, id="x")
    return [(block.kind, message.text[block.start : block.end]) for block in message.blocks]


def shown(source: str) -> str:
    return html_message(source, id="x").text


def test_blocks_by_element():
    source = "<h2>News</h2><p>One<p>Two<ul><li>x<li>y</ul><table><tr><td>c1<td>c2</table>Tail"
    assert lines(source) == [
        ("heading", "News"),
        ("paragraph", "One"),
        ("paragraph", "Two"),
        ("bullet", "x"),
        ("bullet", "y"),
        ("paragraph", "c1"),
        ("paragraph", "c2"),
        ("paragraph", "Tail"),
    ]


def test_inline_elements_do_not_part_words():
    assert shown("Pri<b>ce</b>: <span>$5</span><span>.99</span>, no<wbr>break<!-- c --> soft&shy;ly") == (
        "Price: $5.99, nobreak softly"
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<del>£49</del>£29 a month", "£49 £29 a month"),
        ("<s>&pound;49</s>&pound;29", "£49 £29"),
        ("<strike>4</strike>5 seats", "4 5 seats"),
        ("£29<span style='text-decoration: line-through'>£49</span>.", "£29 £49."),
        ("colo<s>u</s>r", "colour"),
        ("<s>£49</s>.", "£49."),
        ("<b>£4</b>9", "£49"),
    ],
)
def test_a_struck_price_is_parted_from_the_one_beside_it(source, text):
    assert shown(f"<p>{source}</p>") == text


@pytest.mark.parametrize(
    "mark", ["<!--[if !mso]><!-->", "<!--[if !mso]><!-- -->", "<!--[if !mso]>-->", "<![if !mso]>"]
)
def test_a_button_drawn_once_more_for_outlook_is_read_once(mark):
    outlook = "<!--[if mso]><v:roundrect><center>Book a visit</center></v:roundrect><![endif]-->"
    assert lines(f"{outlook}{mark}<a class=button href=#>Book a visit</a><!--<![endif]-->") == [
        ("button", "Book a visit")
    ]


def test_pictures_and_inline_boxes_part_words():
    assert (
        shown('One<img alt="no">two<span style="display:inline-block">three</span>four')
        == "One two three four"
    )


def test_references_are_resolved_as_units():
    message = html_message("<p>Fish &amp; chips&nbsp;for &pound;5 &fjlig; &#x80; &notit;</p>", id="x")
    assert message.text == "Fish & chips for £5 fj € ¬it;"
    start = message.text.index("£")
    first, last = message.source_map.to_source(start, start + 1)
    assert message.source[first:last] == "&pound;"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_offsets_hold_with_any_newline(newline, assert_exact):
    source = newline.join(["<p", ">One", "two</p>", "", "<p>😀 Three</p>"])
    message = html_message(source, id="x")
    assert message.text == "One two\n\n😀 Three"
    first, last = message.source_map.to_source(message.text.index("Three"), len(message.text))
    assert source[first:last] == "Three"
    assert_exact(message)


def test_an_empty_end_tag_does_not_shift_offsets(assert_exact):
    message = html_message("a</>b </ >c", id="x")
    assert message.text == "ab c"
    assert message.source_map.to_source(3, 4) == (10, 11)
    assert_exact(message)


@pytest.mark.parametrize(
    "source",
    [
        '<div style="display:none">x</div>',
        '<div style="DISPLAY : NONE !important">x</div>',
        '<div style="visibility:hidden">x</div>',
        '<div style="max-height:0;overflow:hidden">x</div>',
        '<div style="font-size:0px">x</div>',
        '<div style="font-size:1px;color:#ffffff">x</div>',
        '<div style="color:#fff;background:#ffffff">x</div>',
        '<div style="opacity:0">x</div>',
        "<div hidden>x</div>",
        '<div style="position:absolute;left:-9999px">x</div>',
        '<div style="text-indent:-9999px">x</div>',
        '<style>.h{display:none!important}</style><div class="a h">x</div>',
        '<style>.h{font-size:0;line-height:0}</style><div class="h">x</div>',
        "<style>@media screen{td .h{display:none}}</style><table><td><b class=h>x</b></table>",
        "<style>.a .h{opacity:0}</style><div class=a><p><span class=h>x</span></div>",
        "<!--[if mso]><p>x</p><![endif]-->",
        "<template><p>x</p></template>",
        "<script>x</script><style>x</style><textarea>x</textarea>",
        "<p style='display:none'>x<p style='display:none'>x",
        "<span style='display:none'>x<p>x</p></span>",
        "<mj-preview>x</mj-preview>",
    ],
)
def test_hidden_text_is_left_out(source):
    assert shown(source + "<p>Seen</p>") == "Seen"


@pytest.mark.parametrize(
    "source",
    [
        "<![if !mso]><p>Seen</p><![endif]>",
        "<noscript><p>Seen</p></noscript>",
        '<p data-x="display:none">Seen</p>',
        "<style>@media(max-width:600px){.m{display:none}}</style><p class=m>Seen</p>",
        "<!--[if mso]><style>.m{display:none}</style><![endif]--><p class=m>Seen</p>",
        '<style>.m{display:none}.m{display:block}</style><p class="m">Seen</p>',
        '<style>.m{display:none}</style><p class="m" style="display:block">Seen</p>',
        '<td style="font-size:0"><div style="font-size:14px">Seen</div></td>',
        '<div style="visibility:hidden"><p style="visibility:visible">Seen</p></div>',
        '<p style="max-height:0">Seen</p>',
        "<style>p:hover{display:none} p[x]{display:none} p+p{display:none}</style><p>Seen</p>",
        "<head><p>Seen",
    ],
)
def test_visible_text_stays(source):
    assert shown(source) == "Seen"


def test_the_title_is_the_subject_unless_one_is_given():
    source = "<title> June  letter</title><p>Hello"
    message = html_message(source, id="x")
    assert (message.subject, message.text) == ("June letter", "June letter\n\nHello")
    assert message.blocks[0].kind == "subject"
    assert html_message(source, id="x", subject="Other").text == "Other\n\nHello"
    assert html_message("<svg><title>Icon</title></svg><p>Hello", id="x").subject is None


@pytest.mark.parametrize("title", ["", "Untitled Document", "*|MC:SUBJECT|*", "{{ subject }} - "])
def test_a_title_that_says_nothing_is_no_subject(title):
    assert html_message(f"<title>{title}</title>x", id="x").subject is None


def test_a_title_leads_back_to_the_source():
    message = html_message("<head><title>June letter</title></head><p>Hello", id="x")
    assert message.source_map.to_source(0, 11) == (13, 24)


@pytest.mark.parametrize(
    "source",
    [
        '<a href="#" class="btn">Shop the range</a>',
        "<button>Shop the range</button>",
        '<td class="mcnButton"><a href="#">Shop the range</a></td>',
        '<td><a href="#">Shop the range</a></td>',
        '<p>See: <a role="button" href="#">Shop the range</a></p>',
        '<a href="#" style="background:#000;padding:9px">Shop the range</a>',
        '<mj-button href="#">Shop<br>the range</mj-button>',
    ],
)
def test_buttons(source):
    assert ("button", "Shop the range") in lines(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p>You can <a href="#">shop the range</a> here.</p>',
        '<p><a href="#">The spring catalogue</a></p>',
        '<p><a href="#">Shop</a> <a href="#">Help</a></p>',
        '<p><a href="#">Visit https://example.com/a</a></p>',
        '<p class="button">A paragraph in a box that a tool called a button, with many words in it.</p>',
    ],
)
def test_links_that_are_no_buttons(source):
    assert [kind for kind, _ in lines(source)] == ["paragraph"]


def test_an_emphasised_line_is_a_heading():
    source = "<p><b>What is</b> <b>new</b></p><p><b>Note:</b> ring us.</p>"
    large = "<div style='font-size:24px'>Our promise</div>"
    assert [kind for kind, _ in lines(source + large)] == ["heading", "paragraph", "heading"]


def test_line_breaks_wrap_or_end_a_line():
    source = (
        "Hello Sam,<br><br>We watch over the three plants that you<br>brought in, and Dana will ring you.<br>"
        "Kind regards,<br>Dana<br>12 Mill Lane<br>Leeds"
    )
    assert [text for _, text in lines(source)] == [
        "Hello Sam,",
        "We watch over the three plants that you brought in, and Dana will ring you.",
        "Kind regards,",
        "Dana",
        "12 Mill Lane",
        "Leeds",
    ]


def test_a_line_break_in_a_heading_only_wraps():
    assert lines("<h1>The Spring<br>Catalogue</h1>") == [("heading", "The Spring Catalogue")]


def test_bullets_drawn_by_hand():
    assert lines("<p>• One<br>• Two</p><table><td>•</td><td>Three</td></table><p>|</p>") == [
        ("bullet", "One"),
        ("bullet", "Two"),
        ("bullet", "Three"),
    ]


def test_quoted_mails():
    source = (
        "<p>Thank you.</p><div class=gmail_quote><p>On 1 June Bo wrote:<blockquote>Hello</blockquote></div>"
    )
    assert [kind for kind, _ in lines(source)] == ["paragraph", "quote", "quote"]
    source = "<p>Thank you.<p>-----Original Message-----<p>From: Bo<p>Hello"
    assert [kind for kind, _ in lines(source)] == ["paragraph", "quote", "quote", "quote"]


GMAIL = (
    "<div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>"
    "From: Oak &lt;oak@example.com&gt;<br>Subject: June<br></div><p>The shop is open.</div>"
)
APPLE = (
    "Begin forwarded message:<br><blockquote type=cite><div><b>From: </b>Oak &lt;oak@example.com&gt;</div>"
    "<div><b>Subject: </b>June</div><p>The shop is open.</blockquote>"
)


@pytest.mark.parametrize("forwarded", [GMAIL, APPLE])
def test_a_mail_that_is_only_forwarded_is_what_there_is_to_read(forwarded):
    assert lines(forwarded)[-1] == ("paragraph", "The shop is open.")
    assert lines("<p>Is this for us?</p>" + forwarded)[-1] == ("quote", "The shop is open.")


def test_a_colour_that_is_taken_over_hides_nothing():
    for word in ("inherit", "initial", "currentcolor"):
        source = f'<span style="color:{word};background-color:{word}">Open till five.</span>'
        assert lines(source) == [("paragraph", "Open till five.")]


def test_a_blockquote_is_a_quote_unless_it_holds_the_message():
    assert lines("<p>What Sam says of our help line:</p><blockquote>They rang.</blockquote>")[1][0] == "quote"
    assert (
        lines("<p>Hello</p><blockquote>The whole of this letter stands indented.</blockquote>")[1][0]
        == "paragraph"
    )


def test_merge_tags_survive_and_do_not_break_the_page():
    tagged = '<a href="{{#if x}}a>b{{/if}}">Buy {{x}}</a>{% if y %}<tr>{% endif %}'
    assert lines(f"<p>{{{{ a<b }}}} and <?php echo $x; ?>, *|FNAME|*</p>{tagged}<p>End") == [
        ("paragraph", "{{ a<b }} and <?php echo $x; ?>, *|FNAME|*"),
        ("button", "Buy {{x}}"),
        ("paragraph", "End"),
    ]


def test_mjml():
    source = (
        "<mjml><mj-head><mj-title>June</mj-title><mj-style>.a{}</mj-style></mj-head><mj-body>"
        '<mj-text>One</mj-text><mj-spacer height="3px"/><mj-text>Two</mj-text>'
        '<mj-button href="#">Talk to us</mj-button>'
        "</mj-body></mjml>"
    )
    assert lines(source) == [
        ("subject", "June"),
        ("paragraph", "One"),
        ("paragraph", "Two"),
        ("button", "Talk to us"),
    ]


def test_fields_are_handed_through():
    message = html_message(
        "<p>x", id="i", subject="s", sender="a", date="2026-06-01", path="p", part="1 text/html", format="eml"
    )
    assert (message.id, message.sender, message.date, message.path) == ("i", "a", "2026-06-01", "p")
    assert (message.part, message.format, message.source) == ("1 text/html", "eml", "<p>x")


@pytest.mark.parametrize("joiner", ["\u200d", "&zwj;", "&#x200d;", "&#8205;", "<b>&zwj;</b>"])
@pytest.mark.parametrize("mother", ["👩", "👩🏽", "&#x1f469;"])
def test_an_emoji_of_several_stays_one(assert_exact, mother, joiner):
    source = f"<title>{mother}{joiner}👧 Hello</title><p>Hi {mother}{joiner}👧 &amp; you</p>"
    message = html_message(source.replace("<b>", "", 1).replace("</b>", "", 1), id="x")
    family = f"{mother.replace('&#x1f469;', '👩')}\u200d👧"
    assert message.text == f"{family} Hello\n\nHi {family} & you"
    start = message.text.rindex(family)
    first, last = message.source_map.to_source(start, start + len(family))
    assert message.source[first:last] == f"{mother}{joiner}👧"
    assert_exact(message)


@pytest.mark.parametrize("source", ["", " ", "<img alt=x>", "<!-- x -->", "&nbsp;\u200b", "<p>|</p>"])
def test_nothing_to_read_makes_no_block(source):
    assert html_message(source, id="x").blocks == ()


MARK = "VISIBLEMARKER"
LARGE = {
    "deep": "<div>" * 20_000 + MARK,
    "bold": "<b>" * 20_000 + MARK,
    "tables": "<table><tr><td>" * 10_000 + MARK,
    "fonts": "".join(f"<font size={size}><p>" for size in range(4_000)) + MARK,
    "links": "<a href=x><p>" * 20_000 + MARK,
    "references": "&amp;" * 20_000 + MARK,
    "less": "< " * 100_000 + MARK,
    "tag": "<p " + "style=x " * 50_000 + ">" + MARK,
    "breaks": "<a href=x>x</a><br>" * 5_000 + MARK,
    "rules": "<style>" + ".b .a{font-size:3px}" * 20_000 + "</style>" + "<p class=a>x" * 2_000 + MARK,
    "media": "<style>" + "@media{" * 50_000 + "</style>" + MARK,
    "styles": "".join(f'<p style="color:{n}">x' for n in range(5_000)) + MARK,
    "tags": "{% if x %}<p>" * 20_000 + MARK,
}


@pytest.mark.parametrize("name", LARGE)
def test_large_and_broken_pages_are_read_in_time(name):
    started = time.process_time()
    assert MARK in shown(LARGE[name])
    assert time.process_time() - started < 15


TAGS = "<p> </p> <b> </b> <td> <table> </table> <br> <a> </a> <h1> </h1> <li> <div> <blockquote> <pre> <svg>"
ODDS = "<style> </style> <title> </title> <script> </script> <!-- --> </> </ <! <? ?> {{ }} *|X|* {% %}"
WORDS = "word &amp; &nbsp; & &#0; \u2022 | \U0001f600 &zwj; \u200b \u00ad \ud800 \x00"
PIECES = st.sampled_from([piece for pieces in (TAGS, ODDS, WORDS) for piece in pieces.split(" ")])
SPACES = st.sampled_from(["", "", " ", "\n", "\r\n", "\r", "\u00a0"])


@given(st.lists(st.tuples(PIECES, SPACES), max_size=30))
def test_any_page_keeps_exact_offsets(assert_exact, pieces):
    message: Message = html_message("".join(piece + space for piece, space in pieces), id="x")
    assert_exact(message)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Only £4<sup>99</sup> a month", "Only £4 99 a month"),
        ("<p>The 5<sup>th</sup> of May", "The 5th of May"),
        ("<p>20 m<sup>2</sup>", "20 m2"),
        ("<sup>1</sup> Per night", "1 Per night"),
    ],
)
def test_raised_digits_do_not_join_a_number(source: str, text: str) -> None:
    assert shown(source) == text
