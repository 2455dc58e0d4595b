import re
from importlib.resources import files

from clientvoice.reports.page.cards import card, shipped_cards

GUIDE_CUES = (
    "protection best_interest relationship support reassurance candour appreciation price pressure "
    "sales_push self_promotion depersonalization conditions solicitation"
)


def test_the_cues_of_the_guide_have_cards():
    cards = shipped_cards()
    assert list(cards) == GUIDE_CUES.split()
    assert all(each.title and each.about for each in cards.values())


def test_a_cue_of_the_house_is_named_after_itself():
    house = card("our_slang", shipped_cards())
    assert (house.family, house.title) == ("house", "Our slang")


def test_a_shape_in_the_styles_goes_with_each_family():
    styles = files("clientvoice").joinpath("resources/report/text.css").read_text("utf-8")
    assert {"client", "customer"} <= set(re.findall(r"\.chip\.(\w+)::before", styles))
