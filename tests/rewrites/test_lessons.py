"""An example teaches what the advice says: the same thing mended, and without the words to take out."""

from __future__ import annotations

import pytest

from clientvoice.rewrites.advice import AdviceBook, Told
from clientvoice.rewrites.facts.lexicon import word_lists
from clientvoice.rewrites.lessons import KIN, OTHER, SAME, SHOWN, SURE, VAGUE, Lessons
from clientvoice.rewrites.pairs import Pair, Pairs, Worth
from clientvoice.rules import RuleBook

CHEAP, PRAISE, FREE = "price.cheap", "self_promotion.praise", "price.free"
BARE = SAME._replace(words=1)


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    return Lessons(AdviceBook.load(), RuleBook.load())


def worth(lessons: Lessons, line: str, before: str, after: str, *cues: str) -> Worth | None:
    return lessons.beside(Told("", line, (before,)))(Pair(f"{before}/{after}", before, after, "any", cues))


@pytest.mark.parametrize(
    ("line", "before", "after", "cue", "expected"),
    [
        (CHEAP, "Soup for only £4!", "A bowl of soup is £4.", "price", SURE),
        (CHEAP, "Soup for only £4!", "Soup is only £4, if you like.", "price", None),
        (CHEAP, "Soup for only £4!", "Soup is yours from as little as £4.", "price", None),
        (PRAISE, "Ours is a superb mill.", "The mill grinds for you on Mondays.", "self_promotion", SAME),
        (PRAISE, "Ours is a superb mill.", "You can grind at a superb mill.", "self_promotion", None),
        (FREE, "The soup is free on Mondays!", "Soup on Mondays is free for you.", "price", BARE),
        ("conditions.penalty", "No dogs in the mill.", "Please leave your dog outside.", "conditions", KIN),
        ("sales_push.command", "Only May has our flour!", "The flour is here in May.", "price", OTHER),
        (PRAISE, "Order your flour by May!", "You can order flour.", "sales_push", None),
        (
            "self_promotion.we",
            "We stand by all bakers.",
            "You can meet bakers.",
            "self_promotion",
            VAGUE,
        ),
        (CHEAP, "Hurry, flour for only £4!", "Flour costs you £4.", "pressure", SHOWN),
    ],
)
def test_what_a_pair_is_worth(
    lessons: Lessons, line: str, before: str, after: str, cue: str, expected: Worth | None
) -> None:
    assert worth(lessons, line, before, after, cue) == expected


def test_the_lines_that_are_named_are_those_of_the_advice() -> None:
    book, told = AdviceBook.load(), word_lists("examples")["lines"]
    lines = {f"{cue}.{kind}" for cue, kinds in book.by_cue.items() for kind in kinds}
    assert {*told["struck"], *told["vague"]} <= lines
    assert set(told["kin"]) <= set(book.by_cue)
    assert set(told["struck"]).isdisjoint(told["vague"])


def test_no_example_keeps_what_the_advice_takes_out(lessons: Lessons) -> None:
    kept = Pair("k", "Bread for only £3!", "Bread is here for only £3", "price", ("price",))
    mended = Pair("m", "Bread rolls for only £5 a bag!", "A bag of rolls is £5.", "price", ("price",))
    beside = lessons.beside(Told("", CHEAP))
    pairs = Pairs((kept, mended))
    sentence = "Bread and butter for only £2!"
    nearest = pairs.example(sentence, ["price"], "only £2")
    found = pairs.example(sentence, ["price"], "only £2", worth=beside)
    assert nearest is not None and nearest.client == kept.client
    assert found is not None and found.client == mended.client
