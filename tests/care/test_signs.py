import time

import pytest

from clientvoice.care.signs import signs_of

# Each sentence with the signs that a careful reader would find in it.
CASES = [
    ("Dana, your account manager, will answer by noon.", {"person"}),
    ("Ask Imogen to go through it with you.", {"person"}),
    ("Our nurse will answer anything until eight.", {"person"}),
    ("I'll ring you before anything changes.", {"person", "first_person"}),
    ("If you only want the ending, see Nour; she will tell you.", {"person"}),
    ("Dr Lindqvist can see you on Tuesday.", set()),
    ("Sam Adeyinka joins us as a second nurse.", {"role"}),
    ("Jim Smith, director of sales, said profits rose.", set()),
    ("The manager of the fund changed in May.", set()),
    ("Mark your diary for the ninth.", set()),
    ("If you find a sore lump, ring us the same day.", {"path"}),
    ("Reply to this mail when the parcel is late.", {"path"}),
    ("Tell the desk if stairs are hard for you.", {"path"}),
    ("Nights and Sundays: 01632 960 114", {"path"}),
    ("Order number: 0163 2960 114", set()),
    ("Contact us.", set()),
    ("Call us to order yours before Friday.", set()),
    ("Let us know what you think of the new site.", set()),
    ("If you do not wish to hear from us, reply to this message to be removed.", set()),
    ("There is no need to reply to us if all is well.", set()),
    ("Contact us with any questions.", {"any_question"}),
    ("We will amend it without charge.", {"free_help"}),
    ("It has been put right.", {"free_help"}),
    ("Free of charge with your next order.", set()),
    ("I would take the second one.", {"first_person"}),
    ("How do I change my plan?", set()),
    ("“I love it,” she told us.", set()),
    ("Phase I begins in May.", set()),
    ("The clock shows ten.", set()),
    ("I hope this email finds you well.", set()),
    ("Hello again, I hope you are well, and I look forward to hearing from you.", set()),
    ("I hope you’re keeping well; I would take the second one.", {"first_person"}),
    ("I hope your knee is better.", {"first_person"}),
]


@pytest.mark.parametrize(("text", "signs"), CASES, ids=[text for text, _ in CASES])
def test_signs_of_one_sentence(say, text, signs):
    # Other lines follow, so that none of these is the end of a letter.
    rest = [say("neutral", "The doors open at nine.")] * 8
    assert set(signs_of([say("neutral", text), *rest]).get(0, ())) == signs


def test_curly_apostrophes_are_the_same(say):
    assert signs_of([say("client", "I’ll ring you tomorrow.")]) == {0: ("person", "first_person")}


def test_who_sells_shows_no_sign(say):
    text = "Dana, your account manager, will call you if you reply to this mail."
    assert signs_of([say("client", text)])
    assert not signs_of([say("customer", text)])
    for kind in ("button", "footer", "quote"):
        assert not signs_of([say("client", text, kind=kind)])


def test_where_help_is_offered_a_way_needs_no_purpose(say):
    text = "Just hit reply, it comes straight to us."
    assert not signs_of([say("client", text)])
    assert signs_of([say("client", text, "support")]) == {0: ("path",)}


def test_a_name_signs_only_at_the_end(say):
    name, line = say("neutral", "Imogen Tarrant"), say("neutral", "The doors open at nine.")
    assert signs_of([line, name]) == {1: ("signature",)}
    assert not signs_of([name, *[line] * 8])


def test_after_a_closing_any_name_will_do(say):
    closing, name = say("neutral", "With kind regards,"), say("neutral", "Odalys Brümmerhoff")
    assert signs_of([closing, name]) == {1: ("signature",)}
    assert not signs_of([say("neutral", "See you in May."), name])


@pytest.mark.parametrize(
    "text",
    [
        "I " * 50_000,
        "Dr " * 50_000,
        "A" * 100_000,
        "call " * 30_000,
        "0 " * 60_000,
        "Anna she " * 20_000,
        "(" * 99_999,
    ],
)
def test_hostile_text_takes_no_time(say, text):
    started = time.process_time()
    signs_of([say("neutral", text)] * 20)
    assert time.process_time() - started < 2
