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
        assert told.count(" (“{words}”)") == told.count("{words}") <= 1  # so that it may be left out


CUES = ("pressure", "price", "solicitation")


@pytest.mark.parametrize(
    ("text", "words", "source", "quoted"),
    [
        ("Order your lamp in oak.", "your", "model", ""),
        ("Order your lamp in oak.", "in", "model", ""),
        ("It’s for you and the lamp.", "for you", "model", ""),
        ("It’s for you and the lamp.", "It’s", "model", ""),
        ("Order your lamp in oak.", "Order your", "model", "“Order your lamp”"),
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
        (
            "The board orders oak planks for people who call it home.",
            "sales_push.default",
        ),  # nothing is asked
        ("Our kiln dries oak in half the days of the old one.", "sales_push.terms"),
        ("Keep a boat for £500 a week by the old mill.", "sales_push.can"),  # a price is no income
        ("Earn a rowing certificate with our coaches on the lake.", "sales_push.can"),
        ("Do not spend the day on a saw of your own.", "sales_push.dont"),
        ("You can make thousands while the loom runs.", "sales_push.income"),
        ("We cannot guarantee you less rain and more sun in May.", "sales_push.terms"),
        ("The oven is the finest one for bread ever built.", "sales_push.measure"),
        ("Call us for the best bread in the valley.", "sales_push.ring"),  # what is asked comes first
        ("Call the mill now for the best bread.", "sales_push.rush"),  # and the hurry before it
        ("We guarantee you a dry cellar or you get your money back.", "sales_push.guarantee"),
        ("To guarantee your seat, sign up now: the barn will be sold out.", "pressure.scarcity"),
        ("Bring home the warm light of our oldest lamps.", "sales_push.mood"),
        ("Why dry oak in the sun?", "sales_push.riddle"),
        ("Do you dry oak in the sun?", "sales_push.question"),
        ("A free lamp waits for all who sign up.", "price.free"),
        ("Feel free to walk on the grass, which is easily reached.", "sales_push.ease"),
        ("It is easy to see the weir from the gate of the barn.", "sales_push.default"),
        ("You earn $3 for every lamp that a friend takes.", "sales_push.commission"),
        ("This tea will relieve your back pain after a day of mowing.", "sales_push.effect"),
        ("A perfect, superb loom in oak.", "sales_push.words"),
        ("Weaving by hand is hard work for old hands.", "sales_push.trouble"),
        ("Cross the weir worry-free in May.", "sales_push.calm"),  # “free” is no price here
        ("Re: the bread of your youth!!", "sales_push.subject"),
        ("We post all rakes within 48 hours.", "sales_push.within"),  # a fact to be kept
        ("Our new oven is now open!", "sales_push.news"),
        ("By June we could have as many as 900 looms in two to three months.", "sales_push.forecast"),
        ("Why not add your own loaf to the shelf.", "sales_push.step"),
        ("Start my lesson", "sales_push.step"),
        ("Email campaigns are held in the barn.", "sales_push.default"),  # asks for no mail
        ("There is no kiln to buy.", "sales_push.ease"),  # and no order
        ("It needs no smith, so do not leave your oak to just anyone.", "sales_push.default"),  # no promise
        ("The hoe that doesn't guarantee a dry bed is oak.", "sales_push.default"),
        ("You get all that is needed to right away cut oak.", "sales_push.speed"),  # no hurry
        ("Bulk email for bakers, with no hidden cost.", "sales_push.trade"),
        ("This will never be an MLM, but without MLM you could make $900 a month.", "sales_push.income"),
        ("If you can row, the mill has a boat.", "sales_push.default"),  # holds out nothing
        ("Oats are made to order by the mill on Mondays.", "sales_push.default"),  # and orders nothing
        ("The loom takes phone numbers, fax and post.", "sales_push.default"),
        ("Hay lies in one of our old barns by the weir.", "sales_push.default"),
        ("The mill has a one-click lamp by the gate.", "sales_push.ease"),
        ("Call the mill on 01234 55500.", "sales_push.dial"),  # the number is there
        ("You will save thousands of pounds on oak.", "sales_push.saving"),  # and earn none
        ("See which looms are making you money.", "sales_push.can"),
        ("A bigger oven will not make you money.", "sales_push.denial"),
        ("Did you get a chance to see the loom?", "sales_push.question"),
    ],
)
def test_a_push_is_advised_by_its_form(text: str, line: str) -> None:
    assert advised(text).startswith(opening(line))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Our graduates are at home in any forge.", "self_promotion.graduates"),
        ("Our school meets in any forge.", "self_promotion.school"),
        ("Our forge has seen sixteen summers of rust.", "self_promotion.we"),
        ("Hanna taught me to prune in one afternoon.", "sales_push.testimonial"),
        ("He was great to work with in the orchard.", "sales_push.testimonial"),
        ("Our smith has thirty-one years of experience with gates.", "self_promotion.credential"),
        ("We graduate in four years.", "self_promotion.we"),
        ("We strive to forge the finest gates.", "sales_push.measure"),
        ("We strive to forge for all of the valley.", "self_promotion.intent"),
        ("The mill was voted the village's favourite.", "self_promotion.award"),
        ("The forge boasts a superb anvil.", "self_promotion.praise"),
        ("They are caring and patient smiths.", "self_promotion.virtue"),
        ("Iron rests in the yard by the gate.", "self_promotion.default"),
        ("We hold an awards ceremony in the barn.", "self_promotion.we"),  # that is none of their own
        ("We wouldn't have it any other way.", "self_promotion.we"),  # nobody else's words
        ('"It hums like a hive." Hanna, Larchdale', "sales_push.voice"),
        ("Our school lends pupils the IB diploma.", "self_promotion.school"),  # nobody's training
        ("At the heart of everything we do is oak.", "self_promotion.intent"),  # no place
        ("Our rooms smell of oak and are a delight to sleep in.", "sales_push.rooms"),
        ("Our tour of the inn ends at this well-known old market.", "sales_push.landmark"),
        ("The mill has ground over $9 million worth of flour.", "self_promotion.sum"),
        ("It is the friendliest mill in the valley.", "sales_push.feeling"),
        ("All of our pupils are bound for a guild.", "self_promotion.bound"),
    ],
)
def test_praise_is_advised_by_its_form(text: str, line: str) -> None:
    assert advised(text, cue="self_promotion").startswith(opening(line))


@pytest.mark.parametrize(
    ("text", "cue", "line"),
    [
        ("Our rates are fair.", "price", "price.unsaid"),
        ("Our rates are from £4.", "price", "price.lowest"),  # a sum is named
        ("Take 10% off a hoe by Sunday.", "price", "price.dated"),  # its end is told
        ("We take 10% off every hoe to thank you.", "price", "price.thanks"),
        ("Book your boat by 9 May.", "pressure", "pressure.date"),  # a plain date
        ("Come today, before 9 May.", "pressure", "pressure.time"),
        ("Perhaps we can help!", "solicitation", "sales_push.help"),  # the sender's help
    ],
)
def test_what_is_told_already_is_not_asked_for(text: str, cue: str, line: str) -> None:
    assert advised(text, cue=cue).startswith(opening(line))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Saws shall be carried unloaded, in a box that cannot be readily opened.", "conditions.duty"),
        ("The leaf may not be made whole again by any smith.", "conditions.default"),
        ("No dogs are allowed in the barn.", "conditions.refusal"),
        ("The mill is not responsible for coats.", "conditions.liability"),
        ("The loan of a boat may be suspended in a flood.", "conditions.consequence"),
        ("A fee of £9 is due for each key.", "conditions.penalty"),
        ("By entering the barn you agree to be filmed.", "conditions.consent"),
    ],
)
def test_a_condition_is_advised_by_what_it_does(text: str, line: str) -> None:
    assert advised(text, cue="conditions").startswith(opening(line))


def test_the_words_that_are_the_trouble_are_quoted_and_no_facts_beside_them() -> None:
    told = advised("Our superb oak loom, a PERFECT tool, weighs 40 kg.", "loom, a PERFECT tool", "sales_push")
    assert "(“superb”, “PERFECT”)" in told
    assert "“" not in advised("Iron rests in the yard by the gate.", "in the yard", "self_promotion")


def test_a_sentence_that_asks_nothing_is_no_question_though_a_rule_says_so() -> None:
    text = "Looking for a calm loom, many come to the mill."
    assert "waits for a yes" not in advised(text, "Looking for a", source="rule")
    assert "waits for a yes" in advised("Looking for a calm loom?", "Looking for a", source="rule")


def test_a_claim_beyond_wording_is_quoted() -> None:
    assert "(“get rich in May”)" in advised("Our looms will make you get rich in May.")


def test_a_trade_is_no_claim_but_is_not_reworded() -> None:
    text = "The leads come from a list of business opportunity seekers."
    assert "Name the thing plainly (“business opportunity”)" in advised(text)
    assert not ADVICE.allows_rewriting(text, BOOK)
    assert "Name the thing" not in advised("It is an old mill, and no MLM.")


def test_what_can_be_ordered_as_well_is_no_order() -> None:
    text = "You can also upgrade to an oak hoe."
    assert "theirs to choose" in advised(text, "upgrade to an oak hoe", source="rule")


def test_praise_by_others_is_not_taken_for_the_senders_own() -> None:
    told = advised("Guests praise the calm of Hanna's mill.", cue="self_promotion")
    assert told.startswith("Name who says so")


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
