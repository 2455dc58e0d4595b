from __future__ import annotations

from pathlib import Path

import pytest

from clientvoice.records import Cue
from clientvoice.rewrites.advice import AdviceBook
from clientvoice.rules import RuleBook, match

BOOK = RuleBook.load()
ADVICE = AdviceBook.load()


@pytest.mark.parametrize("cue", [name for name in BOOK.cues if BOOK.frame_of(name) == "customer"])
def test_every_pushing_cue_and_each_of_its_kinds_has_advice(cue: str) -> None:
    kinds = {kind or "default" for kind in BOOK[cue].margin}
    assert kinds <= set(ADVICE.by_cue[cue])
    for told in ADVICE.by_cue[cue].values():
        assert told.count(" (“{words}”)") == told.count("{words}") == 1  # so that it may be left out


CUES = ("pressure", "price", "self_promotion", "solicitation", "conditions")


@pytest.mark.parametrize(
    ("text", "words", "source", "quoted"),
    [
        ("Order your lamp in oak.", "your", "model", ""),
        ("Order your lamp in oak.", "in", "model", ""),
        ("It’s for you and the lamp.", "for you", "model", ""),
        ("It’s for you and the lamp.", "It’s", "model", ""),
        ("Order your lamp in oak.", "Order your", "model", "“Order your lamp”"),
        ("Guests must sign.", "must", "model", "“must sign”"),
        ("Order your lamp in oak.", "your", "rule", "“your lamp”"),
    ],
)
def test_empty_words_of_the_model_are_not_quoted(text: str, words: str, source: str, quoted: str) -> None:
    start = text.index(words)
    for name in CUES:
        told = ADVICE.advise(text, [Cue(name, start, start + len(words), source)], 0, BOOK)
        assert quoted in told
        assert told and "{" not in told and ("“" in told) is bool(quoted)


def advised(text: str, words: str = "", cue: str = "sales_push", source: str = "model") -> str:
    start = text.index(words)
    return ADVICE.advise(text, [Cue(cue, start, start + len(words or text), source)], 0, BOOK)


def opening(line: str) -> str:
    cue, _, kind = line.partition(".")
    return ADVICE.by_cue[cue][kind].partition(" (“{words}”)")[0]


@pytest.mark.parametrize(
    ("line", "of", "example"),
    [(form.line, min(form.instead_of), text) for form in ADVICE.forms for text in form.examples],
)
def test_each_form_knows_its_examples_before_any_other_does(line: str, of: str, example: str) -> None:
    fitting = [form.line for form in ADVICE.forms if of in form.instead_of and form.spot(example)]
    assert fitting[0] == line


@pytest.mark.parametrize("form", ADVICE.forms, ids=lambda form: form.line)
def test_a_form_has_a_line_to_say_and_lines_to_give_way_to_it(form) -> None:
    kinds = {f"{cue}.{kind}" for cue, told in ADVICE.by_cue.items() for kind in told}
    assert {form.line} | form.instead_of <= kinds
    assert form.examples


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Our kiln dries oak in half the days of the old one.", "sales_push.default"),  # nothing is asked
        ("Keep a boat for £500 a week by the old mill.", "sales_push.ask"),  # a price is no income
        ("Earn a rowing certificate with our coaches on the lake.", "sales_push.ask"),
        ("We cannot guarantee you less rain and more sun in May.", "sales_push.default"),
        ("The board orders oak planks for people who call it home.", "sales_push.default"),
        ("Our most frequently asked planks come in three sizes of oak.", "sales_push.default"),
        ("The oven is the finest one for bread ever built.", "sales_push.measure"),
        ("Call us for the best bread in the valley.", "sales_push.ask"),  # what is asked comes first
        ("We guarantee you a dry cellar or you get your money back.", "sales_push.guarantee"),
        ("Bring home the warm light of our oldest lamps.", "sales_push.ask"),
    ],
)
def test_a_push_is_advised_by_its_form(text: str, line: str) -> None:
    assert advised(text).startswith(opening(line))


def test_the_rules_kind_comes_before_a_form_unless_it_gives_way() -> None:
    assert "Turn the order" in advised("Order now the best lamp of the year.", "Order now", source="rule")
    assert "Leave out the boast (“look no further”)" in advised(
        "If you need a calm lamp for the desk, look no further.", "look no further", source="rule"
    )
    assert "what the guarantee covers" in advised(
        "Here we guarantee you good bread.", "we guarantee you", source="rule"
    )


def test_the_words_that_show_the_form_are_quoted_where_those_of_the_cue_do_not_hold_them() -> None:
    text = (
        "My neighbour can introduce you to a man who makes over $9,000 monthly, in the barn behind his house."
    )
    told = advised(text, "in the barn behind his house")
    assert "(“makes over $9,000 monthly”)" in told
    text = "We mend every pump by hand and stand by it with our ten-year guarantee, as ever."
    assert "(“our ten-year guarantee”)" in advised(text, "mend every pump")
    assert "(“stand by it with our ten-year guarantee”)" in advised(
        text, "stand by it with our ten-year guarantee"
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("You may not copy the plans without the prior written consent of the trust.", "conditions.refusal"),
        ("We may end the loan of a boat without notice to anyone.", "conditions.power"),
        ("Money that can not be told by receipts must be returned to the fund.", "conditions.duty"),
        ("We cannot take parcels at the side door of the mill.", "conditions.refusal"),
    ],
)
def test_a_prohibition_is_a_refusal_and_no_right_of_the_sender(text: str, line: str) -> None:
    hits = [hit for hit in match(BOOK, text) if hit.cue == "conditions"]
    words = text[hits[0].start : hits[0].end] if hits else text
    assert advised(text, words, "conditions", "rule").startswith(opening(line))


def test_an_offer_by_itself_is_no_hurry() -> None:
    assert "hurry" not in advised("This offer is meant for few of our readers.", cue="pressure")
    assert "Take out the hurry" in advised("You should do it today, before the others.", cue="pressure")


def test_a_sentence_quoted_whole_would_point_at_nothing() -> None:
    assert "“" not in advised("Our pumps run on rain and a little sun.", cue="price")
    assert "(“Only 3 pumps left”)" in advised("Only 3 pumps left!", cue="price")


def test_advice_quotes_the_words_and_knows_their_kind() -> None:
    text = "Order now, the sale ends tonight!"
    start = text.index("ends tonight")
    told = ADVICE.advise(text, [Cue("pressure", start, start + 12)], 0, BOOK)
    assert "“ends tonight”" in told
    assert "Keep the date" in told


def test_offsets_are_those_of_the_message() -> None:
    told = ADVICE.advise("Only 3 left!", [Cue("pressure", 100, 111)], 100, BOOK)
    assert "Only 3 left" in told


def test_no_cue_and_odd_cues_still_get_advice() -> None:
    assert ADVICE.advise("Something.", [], 0, BOOK)
    assert ADVICE.advise("x" * 500, [Cue("unheard_of", 0, 1)], 0, BOOK)


def test_a_cue_of_the_house_without_words_of_its_own_gets_advice_as_well(tmp_path: Path) -> None:
    rules = tmp_path / "funnel.toml"
    rules.write_text(
        'frame = "customer"\nsummary = "Speaks of the reader as a lead."\nphrases = ["warm lead"]\n'
        '[examples]\nflag = ["You are a warm lead."]\npass = ["The pipe is made of lead."]\n',
        "utf-8",
    )
    book = RuleBook.load(rules)
    assert "warm lead" in ADVICE.advise("You are a warm lead.", [Cue("funnel", 10, 19)], 0, book)


@pytest.mark.parametrize(
    ("text", "legal"),
    [
        ("You hereby indemnify the Company.", True),
        ("This agreement is governed by the laws of Ohio.", True),
        ("Our house rules are governed by common sense.", False),
        ("Herein the wine tastes best.", True),
    ],
)
def test_contract_language_is_known(text: str, legal: bool) -> None:
    assert ADVICE.is_legal(text) is legal
    assert ADVICE.allows_rewriting(text, BOOK) is not legal
