from dataclasses import replace

from clientvoice.records import Suggestions
from clientvoice.reports.page.cards import shipped_cards
from clientvoice.reports.page.priorities import Priorities
from clientvoice.reports.page.sections import section


def _first(analyses):
    found = Priorities()
    for number, it in enumerate(analyses, 1):
        found.add(it, section(it, number, shipped_cards()))
    return found.first()


def _message(analysis, rewrite, *told):
    it = analysis(
        block=[["paragraph", [["neutral", 0.9, "Hello."], *([["customer", 0.9, t] for t, *_ in told])]]]
    )
    sentences = [it.sentences[0]]
    for sentence, (text, new, safe, before) in zip(it.sentences[1:], told, strict=True):
        one = rewrite(text, new, safe=safe, before=before)
        sentences.append(replace(sentence, suggestions=Suggestions((one,), "Say less.")))
    return replace(it, sentences=tuple(sentences))


def test_the_largest_fall_comes_first_and_points_at_its_note(analysis, rewrite):
    it = _message(
        analysis, rewrite, ("Buy now.", "See it.", True, 0.6), ("Act now!", "Take time.", True, 0.95)
    )
    assert [(one.sentence, one.note) for one in _first([it])] == [("Act now!", 2), ("Buy now.", 1)]


def test_a_sentence_counts_as_often_as_messages_have_it(analysis, rewrite):
    often = [_message(analysis, rewrite, (text, "See it.", True, 0.5)) for text in ("Buy now.", "BUY  now.")]
    once = _message(analysis, rewrite, ("Act now!", "Take time.", True, 0.8))
    assert [(one.sentence, one.times) for one in _first([once, *often])] == [("Buy now.", 2), ("Act now!", 1)]


def test_what_must_be_read_first_counts_half(analysis, rewrite):
    it = _message(
        analysis, rewrite, ("Buy now.", "See it.", True, 0.6), ("Act now!", "Take time.", False, 0.9)
    )
    assert [one.sentence for one in _first([it])] == ["Buy now.", "Act now!"]


def test_a_sentence_without_rewrite_is_not_there(analysis):
    assert _first([analysis(block=[["paragraph", [["customer", 0.9, "Buy now."]]]])]) == []
