import tomllib

import pytest

from clientvoice.reports.page.severity import HOUSE, grade, gravest, last
from clientvoice.reports.page.template import resource
from clientvoice.rules import RuleBook

NAMED = [cue for one in tomllib.loads(resource("severity.toml"))["grade"] for cue in one["cues"]]


def test_every_customer_cue_has_a_grade_and_every_name_is_one_of_a_cue_or_its_kind():
    book = RuleBook.load()
    pushing = {name for name in book.cues if book.frame_of(name) == "customer"}
    assert len(NAMED) == len(set(NAMED))
    assert pushing | {HOUSE} == {name for name in NAMED if "." not in name}
    for name in NAMED:
        cue, _, kind = name.partition(".")
        assert not kind or kind in book[cue].margin


def test_each_grade_says_why():
    assert all(one["why"] and one["cues"] for one in tomllib.loads(resource("severity.toml"))["grade"])


@pytest.mark.parametrize(
    ("graver", "lighter"),
    [
        (("conditions", "will be forfeited"), ("conditions", "at our discretion")),
        (("conditions", "at our discretion"), ("conditions", "non-refundable")),
        (("conditions", "non-refundable"), ("pressure", "Hurry")),
        (("pressure", "Hurry"), ("depersonalization", "valued customer")),
        (("depersonalization", "valued customer"), ("sales_push", "Buy now")),
        (("sales_push", "Buy now"), ("price", "50% off")),
        (("price", "50% off"), ("no_such_cue", "")),
    ],
)
def test_the_words_tell_how_grave_a_cue_is(graver, lighter):
    assert grade(*graver) < grade(*lighter) <= last()
    assert gravest(graver[0]) <= grade(*graver)
