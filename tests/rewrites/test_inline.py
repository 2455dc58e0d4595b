"""Links and bold words come through a rewrite as they were, or the rewrite is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers import first_message
from clientvoice.records import Rewrite
from clientvoice.rewrites.applying.apply import Applied, apply_rewrites
from clientvoice.rewrites.applying.inline import links

WORDS = [
    "come",
    "in",
    "and",
    "see",
    "the",
    "pots",
    "our",
    "kiln",
    "is",
    "hot",
    "you",
    "may",
    "call",
    "us",
    "soon",
]
MARKED = {
    "html": ['<a href="/k">{}</a>', "<b>{}</b>", "<i><a href='/n'>{}</a></i>", "{}", "{}"],
    "markdown": ["[{}](/k)", "**{}**", "*[{}](/n \"a\")*", "{}", "{}"],
}  # fmt: skip


def applied(source: str, before: str, after: str, syntax: str) -> Applied:
    message = first_message(source.encode(), format=syntax)
    start = message.text.index(before)
    change = Rewrite(start, start + len(before), before, after, (), (), "plan", 1, 0.9, 0.1, "neutral", True)
    return apply_rewrites(source.encode(), message, [change])


@pytest.mark.parametrize(
    ("syntax", "source", "before", "after", "expected"),
    [
        ("html", '<p>Quick, <a href="/k">order the kiln</a> now!</p>', "Quick, order the kiln now!",
         "You can order the kiln here.", '<p>You can <a href="/k">order the kiln</a> here.</p>'),
        ("html", '<p><a href="/k">Order the kiln</a> now!</p>', "Order the kiln now!",
         "You can order the kiln here.", '<p>You can <a href="/k">order the kiln</a> here.</p>'),
        ("html", '<p>Quick! <b>The kiln</b> is hot now, so call!</p>', "The kiln is hot now, so call!",
         "You may find that the kiln is hot.", "<p>Quick! You may find that <b>the kiln</b> is hot.</p>"),
        ("html", '<p><a href="/k">Shop pots now</a></p>', "Shop pots now", "See our pots",
         '<p><a href="/k">See our pots</a></p>'),
        ("markdown", "Quick, [order the kiln](/k) now!", "Quick, order the kiln now!",
         "You can order the kiln here.", "You can [order the kiln](/k) here."),
        ("markdown", "[Order the kiln](/k) now!", "Order the kiln now!",
         "You can order the kiln here.", "You can [order the kiln](/k) here."),
        ("markdown", "**The kiln** is hot, so call now!", "The kiln is hot, so call now!",
         "You may find that the kiln is hot.", "You may find that **the kiln** is hot."),
        ("markdown", "[Shop pots now](/k)", "Shop pots now", "See our pots", "[See our pots](/k)"),
    ],
)  # fmt: skip
def test_a_link_keeps_its_words(syntax: str, source: str, before: str, after: str, expected: str) -> None:
    found = applied(source, before, after, syntax)
    assert found.data.decode() == expected, found.refused


@pytest.mark.parametrize(
    ("syntax", "source", "before", "after", "why"),
    [
        ("html", '<p>Quick, <a href="/k">order now</a> and save!</p>', "Quick, order now and save!",
         "The kiln is hot.", "run across the edge"),
        ("html", '<p>See <a href="/k">our big kiln</a> soon.</p>', "See our big kiln soon.",
         "See our kiln soon.", "words of a link"),
        ("html", "<p>Buy a <b>big kiln</b> now!</p>", "Buy a big kiln now!",
         "The kiln is here.", "across the edge"),
        ("markdown", "Quick, [order now](/k) and save!", "Quick, order now and save!",
         "The kiln is hot.", "run across the edge"),
        ("markdown", "See [our big kiln](/k) soon.", "See our big kiln soon.",
         "See our kiln soon.", "words of a link"),
        ("markdown", "Buy a **big kiln** now!", "Buy a big kiln now!",
         "The kiln is here.", "across the edge"),
    ],
)  # fmt: skip
def test_half_a_link_is_refused_with_a_reason(
    syntax: str, source: str, before: str, after: str, why: str
) -> None:
    found = applied(source, before, after, syntax)
    assert found.data.decode() == source
    assert why in found.refused[0].reason


phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@given(
    st.sampled_from(["html", "markdown"]),
    st.lists(st.tuples(phrases, st.integers(0, 4)), min_size=1, max_size=4),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join),
    st.booleans(),
)
def test_the_links_of_a_document_stay_or_the_rewrite_is_refused(
    syntax: str, stretches: list[tuple[str, int]], after: str, keeps: bool
) -> None:
    before = " ".join(words for words, _ in stretches)
    if keeps:  # the words of one stretch stay, the rest is new
        after = f"{after} {stretches[-1][0]} {after}"
    sentence = " ".join(MARKED[syntax][mark].format(words) for words, mark in stretches)
    whole = len(stretches) == 1 and "/" in sentence
    other = {"html": '<a href="/o">More</a> words.', "markdown": "[More](/o) words."}[syntax]
    source = {
        "html": f"<p>{other}</p>\n<p>{sentence}</p>\n<p>{other}</p>",
        "markdown": f"{other}\n\n{sentence}\n\n{other}",
    }[syntax]
    found = applied(source, before, after, syntax)
    data = found.data.decode()
    if found.refused:
        assert data == source
        assert found.refused[0].reason
        return
    assert first_message(data.encode(), format=syntax).text.split("\n\n")[1].split() == after.split()
    old, new = links(source, syntax), links(data, syntax)
    assert [one.target for one in old] == [one.target for one in new]
    if not whole:  # a sentence that is a link from end to end is the link's own text
        assert old == new
    marks = re.compile(r"<[^<>]*>|\]\([^()]*\)|[\[*]")
    assert marks.findall(data) == marks.findall(source)
    head, tail = source.split(sentence, 1)[0], other
    assert data.startswith(head.removesuffix(sentence)) and data.rstrip("</p>").endswith(tail.rstrip("</p>"))
