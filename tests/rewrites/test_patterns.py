"""The pattern language: what it meets, what it refuses, and that hostile text costs little."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientvoice.rewrites.candidates.patterns import compile_pattern
from clientvoice.rewrites.candidates.reading import MOST_TOKENS, read
from clientvoice.rewrites.candidates.sentence import calm_tokens


def gaps(pattern, text):
    calm, tokens = calm_tokens(text)
    found = compile_pattern(pattern).whole(tokens)
    if found is None:
        return None
    return {
        name: calm[tokens[a].start : tokens[b - 1].end] if b > a else ""
        for name, (a, b) in found.gaps.items()
    }


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("do not miss {thing}", "Don’t miss our bread fair!!!", {"thing": "our bread fair"}),
        ("we are {rest}", "We're open, and warm.", {"rest": "open, and warm"}),
        ("(buy|order) {thing} (<now>)?", "ORDER THE SEEDS RIGHT AWAY!", {"thing": "the seeds"}),
        (
            "save {percent} on {thing}",
            "Save 10-15 % on all boots",
            {"percent": "10-15 %", "thing": "all boots"},
        ),
        ("only {amount}", "==> Only $1,299.50!! 🎉", {"amount": "$1,299.50"}),
        ("only {amount}", "only 40 dollars", {"amount": "40 dollars"}),
        ("ends {date}", "Ends Sunday, 4 May at 6pm!", {"date": "Sunday, 4 May at 6pm"}),
        (
            "call {phone} {rest}",
            "Call (330) 555-0142 for help",
            {"phone": "(330) 555-0142", "rest": "for help"},
        ),
        ("visit {link}", "Visit www.example.org/a today"[:-6], {"link": "www.example.org/a"}),
        ("hello {tag}", "Hello {{first_name}}!", {"tag": "{{first_name}}"}),
        ("ask {name} (<now>)?", "Ask Dana Reed today", {"name": "Dana Reed"}),
        ("only {number} {thing} left", "Only three rooms left!", {"number": "three", "thing": "rooms"}),
        ("{pick:get|earn up to} {amount}", "Earn up to $5", {"pick": "Earn up to", "amount": "$5"}),
        (
            "{thing} {does} your {rest}",
            "This felt protects your floor",
            {"thing": "This felt", "does": "protects", "rest": "floor"},
        ),
        ("want to {verb} {rest} ?", "Want to grow more beans?", {"verb": "grow", "rest": "more beans"}),
        ("(a|b c) d", "B c d", {}),
    ],
)
def test_a_pattern_meets(pattern, text, expected):
    assert gaps(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("save {thing:1-2}", "save the old stone bridge"),
        ("buy {thing}", "buy bread, and go"),
        ("{verb} {thing}", "Book club news"),
        ("buy now", "buy now or later"),
    ],
)
def test_a_pattern_leaves_alone(pattern, text):
    assert gaps(pattern, text) is None


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("buy {thnig}", "Did you mean 'thing'"),
        ("buy {thing:5-2}", "least-most"),
        ("buy {thing:1-99}", "with 1 to 40 words"),
        ("{amount:1-2}", "only {thing}"),
        ("{thing} {thing}", "call the second one {thing2}"),
        ("{pick:a||b}", "a choice is empty"),
        ("buy <nwo>", "Did you mean 'now'"),
        ("(a|b", "never closed"),
        ("a) b", "closes nothing"),
        ("a | b", "outside brackets"),
        ("(a|) b", "a choice is empty"),
        ("a {", "a lone {"),
        (" ", "the pattern is empty"),
        ("((((((a))))))", "nested more than"),
    ],
)
def test_a_wrong_pattern_says_what_is_wrong(pattern, told):
    with pytest.raises(ValueError, match=r"\w") as caught:
        compile_pattern(pattern)
    assert told in str(caught.value)


def test_search_finds_disjoint_stretches_from_left_to_right():
    found = list(compile_pattern("call (us)? <now>").search(read("Call us now, or call today.")))
    assert [(one.first, one.last) for one in found] == [(0, 3), (5, 7)]


def test_hostile_text_is_bounded():
    pattern = compile_pattern("({rest})? ({thing:1-40})? ({thing2:1-40})? a ({rest2})? b")
    started = time.process_time()
    for text in (
        "a " * 80,
        "a, " * 44,
        "((((" * 20,
        "a" * 100_000,
        "{{" * 50_000,
        "$" * 5_000,
        "1-" * 40_000,
    ):
        assert pattern.whole(read(text)) is None
    assert time.process_time() - started < 2


def test_a_text_of_many_words_is_not_read():
    assert read("word " * (MOST_TOKENS + 1)) == ()


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_tokens_lie_in_the_text_in_order(text):
    last = 0
    for token in read(text):
        assert last <= token.start < token.end <= len(text)
        assert text[token.start : token.end] == token.text
        last = token.end


@given(st.lists(st.sampled_from(["save", "on", "20%", "all", "boots", ",", "now", "!", "$5"]), max_size=12))
@settings(max_examples=150, deadline=None)
def test_gaps_of_a_match_are_disjoint_and_inside(words):
    tokens = read(" ".join(words))
    found = compile_pattern("{thing} (save)? {percent} ({rest})?").whole(tokens)
    if found is not None:
        last = 0
        for first, end in found.gaps.values():
            assert last <= first <= end <= len(tokens)
            last = end
