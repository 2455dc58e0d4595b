from dataclasses import replace

import pytest

from clientvoice.records import Failure, Notice
from clientvoice.reports.page.cards import shipped_cards
from clientvoice.reports.page.overview import ENDS, SHOWN_PROBLEMS, Overview
from clientvoice.reports.page.sections import section


def _overview(items):
    overview = Overview(shipped_cards())
    for number, item in enumerate(items, 1):
        if isinstance(item, Failure):
            overview.fail(item)
        else:
            overview.add(item, section(item, number, overview.cards))
    return overview


def test_the_ends_of_the_scale_quote_the_sentence_that_tells_most(demo):
    overview = _overview(demo)
    pushing = overview.ends("customer")
    assert [end.score for end in pushing] == [6.2, 11.9, 17.8, 29.5, 38.2]
    assert pushing[0].quote.startswith("Our biggest sale of the season")
    assert pushing[0].why == "Presses with a deadline: “ends at midnight”."
    assert [end.score for end in overview.ends("client")] == [91.4, 88.7, 84.0, 78.3, 72.6]


def test_a_message_stands_at_one_end_only(analysis):
    both = [["paragraph", [["customer", 0.9, "Buy now."], ["client", 0.9, "We ring you."]]]]
    overview = _overview(
        [analysis(id=name, score=score, block=both) for name, score in (("a", 80.0), ("b", 50.0))]
    )
    assert not overview.ends("customer")
    assert [end.number for end in overview.ends("client")] == [1]


def test_a_message_without_a_sentence_of_that_side_stands_at_no_end(analysis):
    plain = [["paragraph", [["neutral", 0.9, "It is blue."]]]]
    told = [["heading", [["customer", 0.9, "Buy now."]]]]
    items = [analysis(score=5.0 + n, block=plain) for n in range(ENDS)]
    items += [analysis(score=40.0, block=told), analysis(score=90.0, block=plain)]
    overview = _overview(items)
    assert [(end.number, end.quote) for end in overview.ends("customer")] == [(ENDS + 1, "Buy now.")]
    assert overview.ends("client") == []


def test_messages_with_the_same_id_do_not_push_each_other_out(analysis):
    told = [["paragraph", [["customer", 0.9, "Buy now."]]]]
    overview = _overview([analysis(id="same", score=float(score), block=told) for score in range(20)])
    assert [end.number for end in overview.ends("customer")] == list(range(1, ENDS + 1))


def test_cues_are_counted_by_sentence_with_their_words_as_written(demo):
    overview = _overview(demo)
    cues = {cue.card.name: cue for cue in overview.cues("customer")}
    assert cues["pressure"].words[0] == ("before midnight", 2)
    assert [cue.sentences for cue in overview.cues("customer")] == sorted(
        (cue.sentences for cue in cues.values()), reverse=True
    )
    assert overview.most == max(cue.sentences for cue in cues.values())


def test_a_cue_of_the_house_has_a_place_of_its_own(analysis):
    overview = _overview([analysis(block=[["paragraph", [["customer", 0.9, "So blue.", "slang=blue"]]]])])
    assert [cue.card.title for cue in overview.cues("house")] == ["Slang"]


def test_notices_and_failures_are_told_in_order(demo):
    overview = _overview(demo)
    assert [(it.code, it.number, it.status) for it in overview.problems] == [
        ("merge_tags", 10, "scored"),
        ("unreadable", 0, "failed"),
        ("binary", 0, "failed"),
        ("skipped_hidden", 0, "skipped"),
    ]
    assert (
        overview.unread
        == "Of the files and messages found, 2 could not be read and 1 was left out on purpose."
    )


def test_a_thousand_problems_are_shown_and_the_rest_is_counted():
    overview = _overview(Failure(str(n), "empty", f"{n} is empty") for n in range(SHOWN_PROBLEMS + 7))
    assert len(overview.problems) == SHOWN_PROBLEMS
    assert overview.problems_hidden == 7


def test_what_failed_inside_an_archive_is_named_whole():
    overview = _overview([Failure("old.zip/a.pdf", "skipped_unknown", "a.pdf is no message", "old.zip")])
    assert [it.place for it in overview.problems] == ["old.zip/a.pdf"]


def _german(item):
    notice = Notice("not_english", "The text reads as 'de'.")
    return replace(item, message=replace(item.message, notices=(notice,)))


def test_a_message_in_another_language_stands_in_no_count(demo):
    messages = [item for item in demo if not isinstance(item, Failure)]
    few, all_of_them = _overview(messages[:4]), _overview([*messages[:4], *map(_german, messages[4:])])
    assert all_of_them.lead == few.lead.replace("4 messages", "4 messages in English")
    assert all_of_them.foreign.startswith("Left out of all counts: 12 messages in another language.")
    assert not few.foreign
    for told in ("cues", "ends"):
        assert [getattr(all_of_them, told)(frame) for frame in ("customer", "client")] == [
            getattr(few, told)(frame) for frame in ("customer", "client")
        ]
    assert all_of_them.origins.boards() == few.origins.boards()
    assert (all_of_them.practices, all_of_them.changes()) == (few.practices, few.changes())
    assert all_of_them.priorities.first() == few.priorities.first()
    assert all_of_them.tally.bins == few.tally.bins


@pytest.mark.parametrize(
    ("labels", "lead"),
    [
        ([], "No message was scored."),
        (["client"], "The one message, read as a whole, speaks to a client."),
        (["mixed", "mixed"], "All 2 messages, each read as a whole, mix the two."),
        (
            ["customer", "neutral"],
            "Of 2 messages, each read as a whole, 1 speaks to a customer and 1 does neither.",
        ),
        (
            ["customer", "client", "client", "neutral", "mixed", "mixed"],
            "Of 6 messages, each read as a whole, 1 speaks to a customer, 2 speak to a client, "
            "2 mix the two and 1 does neither.",
        ),
    ],
)
def test_the_lead_is_a_sentence(analysis, labels, lead):
    items = [replace(analysis(id=str(place)), label=label) for place, label in enumerate(labels)]
    assert _overview(items).lead == lead
