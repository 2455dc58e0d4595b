"""The reason must be true of the words that it quotes."""

import pytest

from clientvoice.rules import RuleBook, contrary, margin_note, match

BOOK = RuleBook.load()


def found(text):
    return {hit.cue for hit in match(BOOK, text)}


@pytest.mark.parametrize(
    "text",
    [
        "Our phones are down today!",
        "You do not have to decide today!",
        "Get well soon, from all of us today!",
        "Your refund was paid today!",
        "The class starts now!",
        "Your order ships today!",
        "Add newsletter@x.example to your address book now.",
        "Please put the date in your phone book today!",
        "Track your order now.",
        "You don't need to book now.",
    ],
)
def test_a_day_is_no_order_to_buy(text):
    assert "sales_push" not in found(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Book your FREE, no-obligation valuation today!", "Tells the reader to buy: “Book your FREE"),
        ("Rates rise, so order your boiler now!", "Tells the reader to buy: “order your boiler now!”"),
        ("Call us now!", "Calls on the reader to act: “Call us now!”"),
        ("The invoice remains unpaid.", "Reminds the reader of a debt: “remains unpaid”"),
        ("We are the award-winning agent.", "Praises with an award: “award-winning”"),
        (
            "Newcastle's award-winning No. 1 agent",
            "that the reader cannot check: “award-winning No. 1 agent”",
        ),
    ],
)
def test_the_note_says_what_the_words_do(text, told):
    notes = [
        margin_note(hit.cue, text[hit.start : hit.end], kind=hit.kind, book=BOOK) for hit in match(BOOK, text)
    ]
    assert any(told in note for note in notes)


@pytest.mark.parametrize("text", ["We live at No. 1 Grey Street.", "The No. 1 bus stops here."])
def test_a_number_is_no_rank(text):
    assert found(text) == set()


THREATS = [
    "If you don't pay, your heating will be cut off",
    "If you don't renew, you won't be covered",
    "If you do not upgrade, your data will be deleted",
    "If you don't reply, you will lose your place",
    "Unless you confirm by Friday, you will not be covered",
    "Unless we hear from you, your account will be closed",
    "Your water will be disconnected if you don't pay",
    "Failing to reply will mean that your place is lost",
]


@pytest.mark.parametrize("text", THREATS)
@pytest.mark.parametrize("cue", ["reassurance", "protection", "best_interest", "support"])
def test_a_threat_is_no_care(text, cue):
    assert contrary(BOOK, cue, text).kind == "threat"
    assert margin_note(cue, text, book=BOOK).startswith("Holds a threat over the reader")
    assert cue not in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "If you don't like it, we will refund you in full",
        "If you don't want to decide now, you won't be asked again",
        "If you cancel, you won't be charged",
        "If you miss a payment, nothing will be cut off",
    ],
)
def test_a_condition_with_a_kind_end_is_no_threat(text):
    assert contrary(BOOK, "reassurance", text) is None
    assert "pressure" not in found(text)


@pytest.mark.parametrize(
    ("cue", "text", "told"),
    [
        ("sales_push", "Nothing to do today", "Spares the reader the trouble"),
        ("pressure", "No action is needed today", "Spares the reader the trouble"),
        ("sales_push", "You do not have to decide today", "Leaves the choice with the reader"),
        ("pressure", "Your account is overdrawn by £41.20", "Reminds the reader of a debt"),
    ],
)
def test_what_asks_for_nothing_is_no_push_whatever_the_model_names(cue, text, told):
    assert margin_note(cue, text, book=BOOK).startswith(told)


def test_a_cue_that_no_rule_denies_is_never_contradicted():
    assert contrary(BOOK, "price", THREATS[0]) is None


def test_a_kind_that_is_told_is_not_looked_up():
    assert margin_note("reassurance", THREATS[0], kind="", book=BOOK).startswith("Takes a worry away")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("“Second to none,” says Mrs Dale", "“‘Second to none,’ says Mrs Dale”"),
        ('says "best ever" to all', "“says ‘best ever’ to all”"),
        ("“Second to none.”", "“Second to none”"),
    ],
)
def test_marks_inside_a_quotation_are_single_and_whole(words, told):
    assert told in margin_note("self_promotion", words, kind="", book=BOOK)
