from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers.html.page import html_message
from clientvoice.readers.markdown.document import markdown_message
from clientvoice.readers.plain.text import text_message
from clientvoice.rewrites.applying.edits import CannotSplice, differences, replaced
from clientvoice.rewrites.applying.splice import as_written, source_edits

READ = {"html": html_message, "markdown": markdown_message, "text": text_message}
words = st.lists(
    st.sampled_from(
        ["Buy", "now", "and", "save", "50%", "{{first_name}}", "it’s", "you", "—", "!", "(soon)"]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


def spliced(source, before, after, syntax):
    message = READ[syntax](source, id="a")
    start = message.text.index(before)
    span = start, start + len(before)
    edits = source_edits(message.text, source, message.source_map, span, after, syntax)
    return replaced(source, edits)


@given(words, words)
def test_the_differences_make_one_of_the_other(before, after):
    found = differences(before, after)
    assert replaced(before, found).split() == after.split()
    assert all(a.end < b.start for a, b in pairwise(found))
    assert not differences(before, before)


def test_kinds_of_white_space_are_no_difference():
    assert not differences("We ring\r\n  you first.", "We ring you first.")
    assert differences("{{ a b }} now", "{{ a b }} soon")[0] == (10, 13, "soon")


def test_a_text_of_a_hundred_thousand_words_takes_no_time():
    started = time.process_time()
    assert differences("buy now " * 50_000, "you can " * 50_000)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("source", "before", "after", "expected"),
    [
        (
            "<p>Buy it <b>now</b>!</p>",
            "Buy it now!",
            "Buy it when you like!",
            "<p>Buy it <b>when you like</b>!</p>",
        ),
        (
            "<p><b>Buy now</b></p>",
            "Buy now",
            "Order when it suits you",
            "<p><b>Order when it suits you</b></p>",
        ),
        (
            '<p>Hurry, <a href="https://x.example/?a=1&amp;b=2">order here</a> today.</p>',
            "Hurry, order here today.",
            "You can order here today.",
            '<p>You can <a href="https://x.example/?a=1&amp;b=2">order here</a> today.</p>',
        ),
        (
            "<p>Tea &amp;\n   cake:&nbsp;buy <i>both</i> now!</p>",
            "Tea & cake: buy both now!",
            "Tea & cake: you can buy both.",
            "<p>Tea &amp;\n   cake:&nbsp;you can buy <i>both</i>.</p>",
        ),
        ("<p>Buy now, {{ a<b }}!</p>", "Buy now, {{ a<b }}!", "It is here, {{ a<b }} & you < me.",
         "<p>It is here, {{ a<b }} &amp; you &lt; me.</p>"),
        ("<p>Buy <!-- x -->now!</p>", "Buy now!", "It is here.", "<p>It is here.<!-- x --></p>"),
        ("<p>Ends <b>tonight</b>.</p>", "Ends tonight.", "Ends tonight, if you like.",
         "<p>Ends <b>tonight</b>, if you like.</p>"),
        ("<p>See <b>this</b> now</p>", "See this now", "See all this now", "<p>See all <b>this</b> now</p>"),
        ("<p>One. Buy it now! Two.</p>", "Buy it now!", "It is here.", "<p>One. It is here. Two.</p>"),
    ],
)  # fmt: skip
def test_html_keeps_its_tags(source, before, after, expected):
    assert spliced(source, before, after, "html") == expected


@pytest.mark.parametrize(
    ("source", "before", "after", "why"),
    [
        ("<p><b>Buy</b> or <i>rent</i></p>", "Buy or rent", "What suits you", "run across the edge"),
        ('<p><a href="a">Buy</a> <a href="b">now</a></p>', "Buy now", "Hello", "run across the edge"),
        ("<h1>Big sale<br>ends now</h1>", "Big sale ends now", "It is here", "line break"),
    ],
)
def test_what_would_lose_mark_up_is_refused(source, before, after, why):
    with pytest.raises(CannotSplice, match=why):
        spliced(source, before, after, "html")


@pytest.mark.parametrize(
    ("source", "before", "after", "expected"),
    [
        ("Buy it **now**!", "Buy it now!", "Buy it when you like!", "Buy it **when you like**!"),
        (
            "Hurry, [order here](https://x.example) *now*.",
            "Hurry, order here now.",
            "You can order here *today*.",
            "You can [order here](https://x.example) *\\*today\\**.",
        ),
        ("> Buy it\n> now!", "Buy it now!", "Buy it soon!", "> Buy it\n> soon!"),
        ("- Buy it now!\n- Ring us", "Buy it now!", "See [name] first.", "- See [name] first.\n- Ring us"),
    ],
)
def test_markdown_keeps_its_marks(source, before, after, expected):
    assert spliced(source, before, after, "markdown") == expected


def test_wrapped_text_is_wrapped_again_within_its_width():
    source = "Hello,\r\n\r\nHurry and buy this kettle now before it\r\nis gone for good. Then ring us.\r\n"
    new = spliced(
        source,
        "Hurry and buy this kettle now before it  is gone for good.",
        "The kettle is here for you whenever you would like to look at it.",
        "text",
    )
    assert new.startswith("Hello,\r\n\r\nThe kettle is here") and new.endswith("it. Then ring us.\r\n")
    lines = new.split("\r\n")
    assert max(map(len, lines[2:4])) <= len("Hurry and buy this kettle now before it")
    assert "\n" not in new.replace("\r\n", "")


def test_words_are_written_as_the_source_writes_words():
    assert as_written('a "b" & <c>', "html") == 'a "b" &amp; &lt;c&gt;'
    assert as_written("a_b _c_ [d](e) &amp; <f", "markdown") == r"a_b \_c\_ \[d](e) \&amp; \<f"
    assert as_written("*<&>*", "text") == "*<&>*"


@given(words, words, st.sampled_from(["<b>{}</b>", "<a href='x'>{}</a>", "{}", "<i><u>{}</u></i>"]))
def test_a_sentence_of_any_mark_up_reads_as_it_should_or_is_refused(before, after, wrap):
    tokens = before.split(" ")
    source = "<p>" + " ".join(wrap.format(word) if n % 3 == 1 else word for n, word in enumerate(tokens))
    message = html_message(source, id="a")
    try:
        edits = source_edits(message.text, source, message.source_map, (0, len(message.text)), after, "html")
    except CannotSplice:
        return
    new = replaced(source, edits)
    assert html_message(new, id="a").text.split() == after.split()
    assert new.count("<") - new.count("&lt;") == source.count("<")


CROSSED = [f"<p>Hurry, only {mark} £29.</p>" for mark in (
    "<s>£49</s>", "<del>£49</del>", '<span style="text-decoration:line-through">£49</span>'
)]  # fmt: skip


@pytest.mark.parametrize("source", CROSSED)
def test_what_is_struck_out_stays_so_and_nothing_else_becomes_so(source):
    before = "Hurry, only £49 £29."
    mark = source[source.index("only ") + 5 : source.index(" £29")]
    assert spliced(source, before, "It is £29 (was £49).", "html") == f"<p>It is £29 (was {mark}).</p>"
    with pytest.raises(CannotSplice):
        spliced(source, before, "It is £29.", "html")


@pytest.mark.parametrize(
    ("source", "syntax"),
    [
        ("<p><s>Hurry, buy it!</s></p>", "html"),
        ("~~Hurry, buy it!~~", "markdown"),
        ("<s>Hurry, buy it! Or not.</s>", "html"),
    ],
)
def test_words_that_are_struck_out_are_not_rewritten(source, syntax):
    with pytest.raises(CannotSplice, match="struck out"):
        spliced(source, "Hurry, buy it!", "It is here.", syntax)
