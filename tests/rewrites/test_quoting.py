from __future__ import annotations

import pytest

from clientvoice.rewrites.advice import AdviceBook

QUOTING = AdviceBook.load().quoting


def quoted(text: str, words: str, *, grow: bool = False) -> str:
    start = text.index(words)
    return QUOTING.quote(text, start, start + len(words), grow=grow)


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        # widened back to where its phrase opens
        (
            "After May your use of such tools is a sign that all is well.",
            "of such tools",
            "your use of such tools",
        ),
        (
            "It is a plain, yet bold way to bake the bread of the town.",
            "bold way to bake",
            "bold way to bake the bread of the town",
        ),
        # not in the middle of whose it is
        ("Ask the smith to mend your barn's oak door.", "mend your barn's", "mend your barn's oak door"),
        # or without the word that joins it to the rest
        ("Now the village has lamps at low prices on all days.", "at low prices", "low prices"),
        (
            "We stand by it with our garden promise, as you can read.",
            "with our garden promise",
            "our garden promise",
        ),
        ("We bake, and you'll get bread each day of the year.", "and you'll get bread", "you'll get bread"),
        (
            "Each letter that leaves the name in full will go back.",
            "in full will go",
            "the name in full will go back",
        ),
        ("You can see the lamp from anywhere in the valley.", "from anywhere in", "anywhere in the valley"),
        ("Get all of the bread for only $9 at the mill.", "only $9", "only $9"),
        # or none
        ("See all that the great old mill has to show with us!", "to show with us", ""),
        # widened on to where its phrase ends
        ("Please fill out our free paper form and send it to us.", "our free", "our free paper form"),
        (
            "Have our complimentary tea with the bread of the day.",
            "our complimentary",
            "our complimentary tea",
        ),
        ("Some nights you may call the", "you may call the", "you may call the"),
        # or cut back to it, if something is left
        (
            "Our bakers and our millers work together to find and keep old seed.",
            "our millers work together to find",
            "our millers work together to find and keep old seed",
        ),
        (
            "If so we promise you will surely bake good bread in that room.",
            "promise you",
            "promise you will surely bake good bread",
        ),
        ("Pay for it by 3 May and you may keep the lamp at home.", "by 3 May", "3 May"),
        (
            "The loss of the key may cost each of us a lamp there.",
            "loss of the key may",
            "loss of the key",
        ),
        # not all of it
        ("Our lamps will light up all of your house.", "Our lamps will light up all of your house", ""),
        ("Lamps for all!", "Lamps for all", "Lamps for all"),
        # what is no part of the words
        ("1.5 loaves for the price of one are for you at the mill.", "1.5 loaves", "1.5 loaves"),
        (
            "P.S. Our bread is free if you ask the baker for it at noon.",
            "P.S. Our bread is free",
            "Our bread is free",
        ),
        (
            "~Halve your bills for heat* if you ask the baker at noon.",
            "~Halve your bills for heat*",
            "Halve your bills for heat",
        ),
        (
            "you can bake the loaves you want at home.=A0 So the baker says.",
            "the loaves you want at home.=A0",
            "the loaves you want at home",
        ),
        (
            "See our “old oak” mill, our pond and a lane of tall elms.",
            "our “old oak” mill",
            "our ‘old oak’ mill",
        ),
        ("A loaf ($2.00 off) for you and for your friend at home.", "($2.00 off)", "$2.00 off"),
        (
            "The mill (on the hill is open again for the whole village.",
            "The mill (on the hill",
            "The mill on the hill",
        ),
        ("No words at all in the part of this that was found - at all", "-", ""),
        ("", "", ""),
    ],
)
def test_a_quote_is_a_phrase_of_the_sentence_or_nothing(text: str, words: str, quote: str) -> None:
    assert quoted(text, words) == quote


def test_a_long_quote_is_shown_whole_or_not_at_all() -> None:
    rest = " if the weather in the valley holds as long as the old people in the mill say that it will."
    spared = "bread of old wheat from the upper valley, baked by hand every day"
    assert quoted("We have " + spared + rest, spared) == spared
    long = "bread of old wheat and rye of the upper valley, baked by hand in the oven of the mill every day"
    assert quoted("We have " + long + rest, long) == ""


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        # the end of the phrase is not found, so that the quote would be half of it
        ("It comes with our oak lamp rye red loft old six tea ash mill there.", "our oak", ""),
        # “of” parts no phrase
        ("There waits a sack of old seed for all at the mill.", "a sack", "a sack of old seed"),
        # a phrase ends before its verb
        (
            "All who ask by 3 June can take a seed home, or two.",
            "3 June",
            "3 June",
        ),
        # what stands before a verb is another phrase
        (
            "Boats left by the old weir will be taken away, as the rule says.",
            "will be taken",
            "will be taken away",
        ),
        ("Seed from our old shed gives you peas, and a good deal of beans.", "gives you", "gives you peas"),
    ],
)
def test_the_phrase_of_words_that_show_a_form_is_whole(text: str, words: str, quote: str) -> None:
    assert quoted(text, words, grow=True) == quote


def test_words_that_show_a_form_are_quoted_with_their_phrase_and_never_alone() -> None:
    text = "We back it up with our ten-year guarantee, and the mill stands."
    assert quoted(text, "guarantee", grow=True) == "our ten-year guarantee"
    assert quoted("All our lamps are guaranteed, even in the rain.", "guaranteed", grow=True) == ""


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        # what “and” joins is taken in whole, unless another clause or a verb follows
        ("The barn sells tea & cider to all who come by on Sunday.", "sells tea", "sells tea & cider"),
        (
            "Our smith forges an honest and lasting gate for each old garden wall.",
            "forges an honest",
            "forges an honest and lasting gate",
        ),
        (
            "We lend you a ladder and you bring it back by noon on Sunday.",
            "lend you a ladder",
            "lend you a ladder",
        ),
        ("Bring the key and open the shed by noon on any Sunday.", "Bring the key", "Bring the key"),
        # words of a kind before their noun, with a comma too
        (
            "The mill keeps our wish for a generous, open-handed and lively village in winter as in summer.",
            "our wish for a generous",
            "our wish for a generous, open-handed and lively village",
        ),
        # words that lead to the next
        (
            "On Sunday the baker is glad, as we rely on seed from the old shed.",
            "we rely",
            "we rely on seed",
        ),
        (
            "Members store the tools needed in the shed until May.",
            "store the tools needed",
            "store the tools needed in the shed",
        ),
        # the subject is whole
        (
            "Nearly half of our seed comes from old sheds, as the list shows.",
            "our seed comes from old sheds",
            "Nearly half of our seed comes from old sheds",
        ),
        (
            "In the village what are you hoping for, and who bakes it?",
            "you hoping",
            "what are you hoping for",
        ),
        # not from the middle of what “or” joins
        (
            "The guild may take hold of barns or sheds left open where no fee is paid.",
            "sheds left open where no fee is paid",
            "hold of barns or sheds left open where no fee is paid",
        ),
        # nor from a year
        (
            "The mill, built in 1805, gives you bread at dawn on any day.",
            "1805, gives you bread",
            "gives you bread",
        ),
    ],
)
def test_a_quote_is_not_cut_in_mid_phrase(text: str, words: str, quote: str) -> None:
    assert quoted(text, words) == quote


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        # not over dots, semicolons or dashes into what comes next
        (
            "Lamps for the loft only..Bring your own rope.",
            "Lamps for the loft only..Bring",
            "Lamps for the loft only",
        ),
        (
            "They lend barrows to each new lane; they are glad old men who sing.",
            "each new lane; they are glad old men",
            "they are glad old men",
        ),
        # a list is whole, where it is short
        (
            "Roast pears, plums and quinces in the old oven on any day of the week.",
            "Roast pears",
            "Roast pears, plums and quinces",
        ),
        (
            "The hall has a stove for bread, buns and cakes if you ask the baker.",
            "buns and cakes",
            "bread, buns and cakes",
        ),
        # “off” belongs to its number
        ("Take 20% off a rake from the shed in the month of June.", "20%", "20% off a rake"),
        # the name of a thing keeps its article, its number and its “as”
        (
            "Here are 2 months free of rent for you in the old mill.",
            "months free of rent",
            "2 months free of rent",
        ),
        ("We sell oak for as low as $9 at the gate of the mill.", "low as $9", "as low as $9"),
        # a clause after “that” has its verb
        (
            "Rowing here you freely agree that the old club and its many new and old friends of it may ring.",
            "you freely agree that the old club",
            "you freely agree",
        ),
        # a verb in -ing its object
        (
            "Our wish is to lead smiths in forging and mending the gates that will stand.",
            "lead smiths in forging",
            "lead smiths in forging and mending the gates",
        ),
        # its “but”
        (
            "The loft was made to let you not just sleep in peace, but sing, at any hour.",
            "let you not just sleep",
            "let you not just sleep in peace, but sing",
        ),
        # where the subject is too far away, the verb begins
        (
            "All notes or other slips sent from you to us by the mill gate will not be kept for you.",
            "from you to us by the mill gate will not be kept",
            "will not be kept",
        ),
        # a question with its “what”
        (
            "Ask the smith what you need to mend your gate at home.",
            "you need to mend",
            "what you need to mend",
        ),
    ],
)
def test_a_quote_is_parted_and_joined_where_its_sentence_is(text: str, words: str, quote: str) -> None:
    assert quoted(text, words) == quote


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        (
            "The rule says that no boat can be moored here on any day of May.",
            "can be moored",
            "no boat can be moored",
        ),
        (
            "A fine oak stove will not heat you a barn of this size at night.",
            "heat you a barn",
            "will not heat you a barn",
        ),
        (
            "Why not lend us a ladder for the day, as the smith did in May?",
            "lend us a ladder",
            "lend us a ladder",
        ),
    ],
)
def test_a_quote_never_says_the_contrary(text: str, words: str, quote: str) -> None:
    assert quoted(text, words, grow=True).startswith(quote)


@pytest.mark.parametrize(
    ("text", "words", "quote"),
    [
        # who does it is not the point, but what is told of them
        (
            "Our smiths can forge a gate by noon, as the whole lane knows.",
            "Our smiths",
            "Our smiths can forge a gate",
        ),
        # unless they are praised
        ("Our skilful smiths can forge a gate by noon, as the lane knows.", "smiths", "Our skilful smiths"),
        # a heading before it is none of its words
        (
            "Anna Reed, Your Baker Taste a loaf of the old wheat at dawn!",
            "Taste a loaf",
            "Taste a loaf of the old wheat",
        ),
        # another clause is none either
        (
            "And with our ten-year lamp pledge you have nothing to fear at all by night.",
            "pledge",
            "our ten-year lamp pledge",
        ),
        # nor is the verb behind it
        (
            "This old free lamp has been lent to you by all your friends at the mill.",
            "free lamp has been",
            "This old free lamp",
        ),
    ],
)
def test_words_that_show_a_form_are_quoted_with_what_tells_most(text: str, words: str, quote: str) -> None:
    assert quoted(text, words, grow=True).startswith(quote)


def test_a_mark_that_needs_its_noun_is_shown_with_it() -> None:
    assert QUOTING.marked("We mend all your old lamps by noon.", "all your") == "all your old lamps"
    assert QUOTING.marked("We mend old lamps at once by noon.", "at once") == "at once"
    assert QUOTING.marked("Our lamps always last for a long time.", "always") == "always"


@pytest.mark.parametrize("mark", ["\u00a0", "\u200b", "…", "🎉", "((", "”“", "=A0=A0"])
def test_marks_by_themselves_are_no_quote(mark: str) -> None:
    assert QUOTING.quote(f"{mark} {mark}", 0, 2 * len(mark) + 1) == ""
