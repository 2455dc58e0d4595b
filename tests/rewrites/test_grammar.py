"""Grammar: calm case, forms of words, and mending after words have moved; with spaCy and without."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientvoice.rewrites.candidates import grammar
from clientvoice.rewrites.candidates.casing import calm, lower_first
from clientvoice.rewrites.candidates.grammar import has_model, mend, mend_like, opens_with_verb
from clientvoice.rewrites.candidates.inflection import article, is_plural
from clientvoice.rewrites.candidates.reading import read


@pytest.fixture
def without_model(monkeypatch):
    grammar._tagged_as_verb.cache_clear()
    monkeypatch.setattr(grammar, "_pipeline", lambda: None)
    yield
    grammar._tagged_as_verb.cache_clear()


@pytest.mark.parametrize(
    ("text", "kind", "mended"),
    [
        ("the inn is an great place , by the sea !!", "sentence", "The inn is a great place, by the sea."),
        ("see the  price.", "button", "See the price"),
        ("a hour at the the mill", "sentence", "An hour at the mill."),
        (", and so it rains", "sentence", "And so it rains."),
        ("is it open?", "sentence", "Is it open?"),
        ("www.example.org is open", "sentence", "www.example.org is open."),
        ("{{name}}, you can come", "sentence", "{{name}}, you can come."),
        ("wait ... and see", "sentence", "Wait... and see."),
        ("Dear [name],", "sentence", "Dear [name],"),
        ("is a, quiet inn", "sentence", "Is a quiet inn."),
    ],
)
def test_mending(text, kind, mended):
    assert mend(text, kind) == mended


@given(st.text(alphabet="ab ,.!?A1'é-", max_size=60), st.sampled_from(["sentence", "button", "heading"]))
@settings(max_examples=200, deadline=None)
def test_mending_again_changes_nothing(text, kind):
    once = mend(text, kind)
    assert mend(once, kind) == once


@pytest.mark.parametrize(
    ("text", "calmed"),
    [
        ("SAVE BIG ON DVDS TODAY!!!", "Save big on DVDs today!"),
        ("Get Your Free Guide To Lisbon", "Get your free guide to Lisbon"),
        ("Visit New York With Us Today", "Visit New York with us today"),
        ("Call Dana NOW", "Call Dana now"),
        ("ACT NOW! IT ENDS ON SUNDAY!", "Act now! It ends on Sunday!"),
        ("EVEN Hotels in the city", "EVEN Hotels in the city"),
        ("SEE {{LINK}} OR WWW.EXAMPLE.ORG NOW", "See {{LINK}} or WWW.EXAMPLE.ORG now"),
        ("I AM HERE", "I am here"),
        ("The inn is open.", "The inn is open."),
        ("Save Time", "Save time"),
        ("Ask Grace", "Ask Grace"),
        ("You can earn Income at home", "You can earn income at home"),
        ("Get a FREE Map Of Every Garden", "Get a free map of every garden"),
        ("THE RENT IS DUE ON MAY 28", "The rent is due on May 28"),
        ("A loan (ARM) FOR YOU", "A loan (ARM) for you"),
        ("The .NET domain costs MORE", "The .NET domain costs more"),
        ("ASK FOR THE UNBLOCKED WORKBOOK", "Ask for the unblocked workbook"),
        ("Order The Old Lisbon Kit For Your Desk", "Order the Old Lisbon Kit for your desk"),
        ("GET IT NOW", "Get it now"),
        ("Sign up for Harbour Garden Plus.", "Sign up for Harbour Garden Plus."),
        ("Sign Up For A Free Plan", "Sign up for a free plan"),
        ("OUR IT TEAM FIXES LAPTOPS", "Our IT team fixes laptops"),
        ("Get IT Support For Your Shop", "Get IT support for your shop"),
        ("DO IT. IT HELPS.", "Do it. It helps."),
        ("JOIN US", "Join us"),
        ("SHIPPED FROM THE US", "Shipped from the US"),
        ("YOU MAY PAY BY 3 MAY", "You may pay by 3 May"),
        ("OPEN MON-FRI IN MARCH, SUN 5 OCT ONLY", "Open Mon-Fri in March, Sun 5 Oct only"),
        ("NEW IPHONE AND EBAY COURSES", "New iPhone and eBay courses"),
        ("WE FIX TVS, SUVS AND WI-FI", "We fix TVs, SUVs and Wi-Fi"),
        ("LED LAMPS, LED BY SAM", "LED lamps, LED by SAM"),
        ("RSVP FOR NEW YEAR'S EVE IN LONDON", "RSVP for New Year's Eve in London"),
        ("THE FAIR IS ON JULY 4TH", "The fair is on July 4th"),
        ("FREE A/C CHECK AND GDPR COURSE", "Free A/C check and GDPR course"),
        ("LOWEST APR ON ACCOUNTS", "Lowest APR on accounts"),
        ("I'M HERE TODAY", "I'm here today"),
        ("AMAZON'S NEW SHOP", "Amazon's new shop"),
        ("Our IT is slow and it may be late in May.", "Our IT is slow and it may be late in May."),
        ("Swap your ARM for a fixed rate", "Swap your ARM for a fixed rate"),
        ("SWAP YOUR ARM LOAN, REST YOUR ARM", "Swap your ARM loan, rest your arm"),
        (
            "See Garden Notebook now to learn how roses grow",
            "See Garden Notebook now to learn how roses grow",
        ),
        ("Stop Root Damage From Excessive Winter Rain", "Stop root damage from excessive winter rain"),
        ("Bake With E-cards", "Bake with E-cards"),
        ("Free Chairs on Orders over $9", "Free chairs on orders over $9"),
        ("Start Planting to Start Harvesting Copiers", "Start planting to start harvesting copiers"),
        ("Sow a row with One easy pull", "Sow a row with one easy pull"),
        ("Come here, One of us is in", "Come here, One of us is in"),
        ("Ask here for your FREE Quote", "Ask here for your free quote"),
        ("Ask for our FREE Seed and Bulb Book", "Ask for our free Seed and Bulb Book"),
        ("Please CLICK to hear it", "Please click to hear it"),
        ("You can Grow herbs at home", "You can grow herbs at home"),
        ("Walk to Express and back", "Walk to Express and back"),
        ("Make $5 A DAY from old jars", "Make $5 a day from old jars"),
        ("Ask HOST_NAME for it", "Ask HOST_NAME for it"),
        ("Our P-TECH class is here", "Our P-TECH class is here"),
        ("Visit BREW YOUR OWN!", "Visit BREW YOUR OWN!"),
        ("Visit OUR NEW SHOP!", "Visit our new shop!"),
        ("Find the Voyage of a Lifetime", "Find the Voyage of a lifetime"),
        (
            "Please Come in to Learn how to Bake our Cakes with Care",
            "Please come in to learn how to bake our cakes with care",
        ),
        ("Open your Harvest Kettle", "Open your Harvest Kettle"),
        ("A CAFE, the CAFE project", "A CAFE, the CAFE project"),
        ("Please note: Your card is here", "Please note: Your card is here"),
    ],
)
def test_shouting_and_title_case_are_calmed(text, calmed):
    assert calm(text) == calmed


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_calm_keeps_every_letter(text):
    def letters(told):
        return [c for c in told.casefold() if c.isalnum() and c.isascii()]

    assert letters(calm(text)) == letters(text)


@pytest.mark.parametrize(
    ("text", "lowered"),
    [
        ("Our boots", "our boots"),
        ("Focus Groups", "Focus Groups"),
        ("I am", "I am"),
        ("A day", "a day"),
        ("Rich brings a lamp", "Rich brings a lamp"),
        ("Mark your day", "mark your day"),
        ("May we help", "may we help"),
        ("May is mild", "May is mild"),
        ("Monday is fine", "Monday is fine"),
        ("Fireworks are out", "fireworks are out"),
    ],
)
def test_a_first_word_is_lowered_unless_it_is_a_name(text, lowered):
    assert lower_first(text) == lowered


@pytest.mark.parametrize(
    ("text", "original", "mended"),
    [
        ("the boots", "Amazing boots", "The boots"),
        ("we sell:", "We proudly sell:", "We sell:"),
        ("boots for $5", "boots for only $5", "boots for $5"),
        ("the boots are here", "The great boots are here!", "The boots are here."),
    ],
)
def test_an_end_and_a_start_stay_as_they_were(text, original, mended):
    assert mend_like(text, "sentence", original) == mended


def test_articles_and_agreement():
    assert [article(word) for word in ("hour", "unit", "11", "8", "SMS", "euro")] == [
        "an",
        "a",
        "an",
        "an",
        "an",
        "a",
    ]
    told = ("these boots", "a pair of boots", "tea and cake", "every room", "the news", "people")
    assert [is_plural(text) for text in told] == [True, False, True, False, False, True]


@pytest.mark.parametrize(
    ("text", "verb"),
    [("Book your table", True), ("Enjoy the tea", True), ("Book club news", False), ("Boots for all", False)],
)
def test_a_verb_is_told_from_a_noun_by_rule(text, verb, without_model):
    assert opens_with_verb(read(text), 0) is verb


def test_a_rule_fallback_is_careful_where_a_model_knows(without_model):
    assert opens_with_verb(read("Visit gardens across the country"), 0) is False


@pytest.mark.skipif(
    not has_model(), reason="en_core_web_sm is not installed: pip install 'clientvoice[grammar]'"
)
def test_spacy_tells_a_verb_where_the_rule_cannot():
    grammar._tagged_as_verb.cache_clear()
    assert opens_with_verb(read("Visit gardens across the country"), 0) is True
    assert opens_with_verb(read("Book club news from June"), 0) is False


def test_the_room_is_imported_without_spacy():
    code = (
        "import sys; import clientvoice.rewrites.candidates.source, clientvoice.rewrites.candidates.grammar; "
        "sys.exit(any(name in sys.modules for name in ('spacy', 'sklearn', 'pandas')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
