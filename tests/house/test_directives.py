from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.house.directives import Directive, parse_directive

CUES = ("price", "pressure", "sales_push")


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        (" clientvoice: ignore price ", Directive("next", frozenset({"price"}))),
        ("clientvoice:ignore-next price", Directive("next", frozenset({"price"}))),
        ("clientvoice: ignore-block all", Directive("next", frozenset({"all"}))),
        ("\n ClientVoice : Ignore Price,sales-push", Directive("next", frozenset({"price", "sales_push"}))),
        (
            'clientvoice: ignore-start price reason="legal  text"',
            Directive("start", frozenset({"price"}), "legal text"),
        ),
        (
            "clientvoice: ignore reason='it\"s so' price",
            Directive("next", frozenset({"price"}), 'it"s so'),
        ),
        ("clientvoice: ignore price reason=“so”", Directive("next", frozenset({"price"}), "so")),
        ("clientvoice: ignore-end", Directive("end")),
        ("clientvoice: ignore-end price", Directive("end", frozenset({"price"}))),
    ],
)
def test_comments_to_us_are_understood(text: str, directive: Directive) -> None:
    assert parse_directive(text, CUES) == directive


@pytest.mark.parametrize("text", ["", " a note", "clientvoice scores this", "[if mso]>clientvoice: ignore"])
def test_comments_to_others_are_not_ours(text: str) -> None:
    assert parse_directive(text, CUES) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("clientvoice:", "got ''. Allowed: ignore, "),
        ("clientvoice: ignroe price", "Did you mean 'ignore'?"),
        ('clientvoice: reason="x"', "got ''"),
        ("clientvoice: ignore", "no cue is named. Name cues or all"),
        ("clientvoice: ignore presure", "no cue is called 'presure'. Allowed: price, "),
        ("clientvoice: ignore presure", "Did you mean 'pressure'?"),
        ("clientvoice: ignore all price", "'all' stands beside cues"),
        ("clientvoice: ignore price reason=legal", "the reason is not in quotes"),
        ('clientvoice: ignore price reason="legal', "the reason is not in quotes"),
        ("clientvoice ignore price", "no colon"),
        ("clientvoice: ignore price " + "x" * 2_000, "over 2,000"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_remedy(text: str, told: str) -> None:
    assert told in parse_directive(text, CUES).problem


@given(st.text(alphabet=st.sampled_from("reason=\"'“”: ,ignorepc-\n"), max_size=80))
def test_any_text_after_our_name_is_answered(text: str) -> None:
    assert parse_directive(f"clientvoice:{text}", CUES) is not None


def test_a_long_comment_takes_no_time() -> None:
    started = time.process_time()
    for text in ("reason=“" * 100_000, " " * 1_000_000, ",;" * 500_000):
        parse_directive("clientvoice: ignore " + text, CUES)
        parse_directive("clientvoice" + text, CUES)
    assert time.process_time() - started < 2
