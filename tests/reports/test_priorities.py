from dataclasses import replace

import pytest

from clientvoice.records import Suggestions
from clientvoice.reports.page.cards import shipped_cards
from clientvoice.reports.page.priorities import OF_A_MESSAGE, SHOWN, Priorities
from clientvoice.reports.page.sections import section

PENALTY = ["customer", 0.95, "Late books will be forfeited to the house.", "conditions=will be forfeited"]
POWER = ["customer", 0.96, "The menu may change at our discretion.", "conditions=at our discretion"]
HURRY = ["customer", 0.97, "Hurry to the counter!", "pressure=Hurry"]
TYPE = ["customer", 0.93, "Dear valued customer,", "depersonalization=valued customer"]
PRAISE = ["customer", 0.99, "We are the finest bakers of the shire.", "self_promotion=finest"]
PRICE = ["customer", 0.99, "Rye loaves are half price.", "price=half price"]


def _first(analyses, **told):
    found = Priorities()
    for number, it in enumerate(analyses, 1):
        found.add(it, section(it, number, shipped_cards(), **told))
    return found.first()


@pytest.fixture
def message(analysis):
    def message(*sentences, advice="Say what is so."):
        it = analysis(block=[["paragraph", [["neutral", 0.9, "Hello."], *sentences]]])
        told = [replace(one, suggestions=Suggestions((), advice)) for one in it.sentences[1:]]
        return replace(it, sentences=(it.sentences[0], *told))

    return message


def test_what_does_most_harm_comes_first_however_sure_the_rest_is(message):
    told = _first([message(one) for one in (PRICE, TYPE, PRAISE, HURRY, POWER, PENALTY)])
    assert [one.sentence for one in told][:4] == [PENALTY[2], POWER[2], HURRY[2], TYPE[2]]
    assert {one.sentence for one in told[4:]} == {PRAISE[2], PRICE[2]}


def test_a_sentence_with_advice_alone_is_told_with_it(message):
    (one,) = _first([message(PENALTY, advice="Say how to keep them.")])
    assert (one.advice, one.rewrite, one.safe, one.note, one.before) == (
        "Say how to keep them.",
        "",
        False,
        1,
        0.95,
    )


def test_only_a_safe_rewrite_is_shown_else_the_advice(message, rewrite):
    for safe in (True, False):
        it = message(HURRY)
        own = it.sentences[1]
        told = Suggestions((rewrite(own.text, "The counter is open.", safe=safe),), "Leave out the hurry.")
        (one,) = _first([replace(it, sentences=(it.sentences[0], replace(own, suggestions=told)))])
        assert (one.rewrite, one.advice) == (
            ("The counter is open.", "") if safe else ("", "Leave out the hurry.")
        )


def test_of_equal_harm_the_surest_comes_first_and_oftener_is_surer(message):
    sure = ["customer", 0.99, "Unpaid rounds will be forfeited.", "conditions=will be forfeited"]
    assert [one.sentence for one in _first([message(PENALTY), message(sure)])] == [sure[2], PENALTY[2]]
    often = [message(PENALTY), message(sure), message([*PENALTY[:2], PENALTY[2].upper()])]
    assert [(one.sentence, one.times) for one in _first(often)] == [(PENALTY[2], 2), (sure[2], 1)]


def test_uncertain_ones_and_those_that_do_not_count_are_never_told(message, analysis):
    assert _first([message(["customer?", *PENALTY[1:]])]) == []
    assert _first([analysis(block=[["footer", [PENALTY]]])]) == []


def test_one_message_gives_two_at_most(message):
    one, other = message(PENALTY, POWER, HURRY, TYPE, PRICE), message(PRAISE)
    told = _first([one, other])
    assert [it.number for it in told] == [1] * OF_A_MESSAGE + [2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Was £24.99, now £17.49.", "Was £26.00, now £18.20."),
        (
            "A deposit of 30% is payable on booking and is non-refundable.",
            "A 20% deposit keeps your table and is strictly non-refundable.",
        ),
        ("Hurry!", "Hurry, the last tables are going!"),
    ],
)
def test_no_two_say_nearly_the_same(message, one, other):
    told = _first([message(["customer", 0.9, one]), message(["customer", 0.8, other])])
    assert [it.sentence for it in told] == [one]


def test_one_of_a_grade_leaves_room_for_others_and_more_only_fill_up(message):
    goods = ("Books", "Coats", "Tents", "Kites", "Drums", "Lamps", "Vases")
    penalties = [
        message(["customer", 0.95, f"{what} will be forfeited.", "conditions=will be forfeited"])
        for what in goods
    ]
    assert len(_first(penalties)) == SHOWN
    told = [one.sentence for one in _first([*penalties, message(POWER), message(PRICE)])]
    assert {POWER[2], PRICE[2]} < set(told) and len(told) == SHOWN
    assert told[-2:] == [POWER[2], PRICE[2]]


def test_what_only_the_model_adds_to_a_cue_weighs_nothing(message):
    sale = ["customer", 0.99, "Half price on all rye today!", "price=Half price;~pressure=today"]
    assert [one.sentence for one in _first([message(sale), message(TYPE)])] == [TYPE[2], sale[2]]


def test_a_cue_of_the_house_comes_before_a_plain_push(message):
    own = ["customer", 0.6, "A warm lead for you.", "our_slang=warm lead"]
    push = ["customer", 0.99, "Order your rye here.", "sales_push=Order"]
    assert [one.sentence for one in _first([message(push), message(own)])] == [own[2], push[2]]


def test_a_message_whose_text_is_not_shown_has_no_note_to_lead_to(message):
    (one,) = _first([message(PENALTY)], shown=False)
    assert one.note == 0


def test_of_very_many_sentences_the_gravest_are_kept(message, monkeypatch):
    monkeypatch.setattr("clientvoice.reports.page.priorities._KEPT", 3)
    words = ("ember", "walnut", "harbour", "lantern", "meadow", "copper", "saddle", "thistle")
    prices = [message(["customer", 0.99, f"{word.title()} price", "price=price"]) for word in words]
    told = _first([*prices[:4], message(PENALTY), *prices[4:]])
    assert told[0].sentence == PENALTY[2] and len(told) <= SHOWN
