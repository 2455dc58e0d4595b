from hypothesis import given
from hypothesis import strategies as st

from clientvoice.records import Change, Precedent, Suggestions
from clientvoice.reports.inert import visible
from clientvoice.reports.page.suggested import LONGEST, MOST, diff, suggested
from clientvoice.rewrites.changes import changes

words = st.text(st.sampled_from("ab .!\n") | st.characters(), max_size=40)


def _joined(parts, without):
    return "".join(part.text for part in parts if part.kind != without)


def test_nobody_asked_and_nothing_found():
    assert suggested(None) is None
    assert suggested(Suggestions((), "Say less.")).proposals == ()


def test_a_suggestion_tells_gain_safety_and_what_to_check(rewrite):
    one = rewrite("Buy it now!", "You can buy it.", safe=False)
    told = suggested(Suggestions((one,), "Say less.", Precedent("Shop", "Look"))).proposals[0]
    assert (told.before, told.after, told.safe) == (0.9, 0.1, False)
    assert told.warnings == ("It promises [name].",)
    assert told.text == "You can buy it."


def test_only_the_first_are_shown_and_none_that_nobody_reads(rewrite):
    short, long = rewrite("Buy.", "See it."), rewrite("Buy.", "x" * (LONGEST + 1))
    told = suggested(Suggestions((short, long, *[short] * 5), ""))
    assert (len(told.proposals), told.unshown) == (MOST - 1, 1)


def test_a_small_change_is_a_diff_and_a_large_one_stands_whole():
    small = diff("Buy it now!", "Buy it.", changes("Buy it now!", "Buy it."))
    assert [part.kind for part in small] == ["same", "gone", "come"]
    large = diff(
        "Shop now.", "If you need one, it is here.", changes("Shop now.", "If you need one, it is here.")
    )
    assert [part.kind for part in large] == ["gone", "same", "come"]


def test_changes_that_do_not_fit_are_not_believed():
    parts = diff("Buy it now, it is the best.", "Look.", (Change(0, 3, "Buy", "See"),))
    assert _joined(parts, "gone").strip() == "Look."


@given(words, words)
def test_the_parts_join_to_both_sentences(before, after):
    parts = diff(before, after, changes(before, after))
    assert _joined(parts, "gone").strip() == visible(after).replace("\n", " ").strip()
    assert _joined(parts, "come").strip() == visible(before).replace("\n", " ").strip()
