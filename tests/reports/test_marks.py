from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from clientvoice.records import (
    Block,
    Cue,
    Framing,
    Message,
    MessageAnalysis,
    Precedent,
    Sentence,
    SentenceAnalysis,
    Suggestions,
)
from clientvoice.reports.inert import visible
from clientvoice.reports.page.cards import shipped_cards
from clientvoice.reports.page.marks import SHOWN_CHARACTERS, SHOWN_SENTENCES, groups
from clientvoice.reports.page.suggested import suggested
from clientvoice.reports.page.template import template

CARDS = shipped_cards()
CUSTOMER = Framing("customer", {"client": 0.0, "customer": 0.9, "neutral": 0.1})


def _text(block):
    return "".join(piece.text for stretch in block.stretches for piece in stretch.pieces)


def _only(analysis):
    ((block,),) = (group.blocks for group in groups(analysis, CARDS))
    return block


def test_all_the_text_of_a_block_is_shown_in_order(analysis):
    it = analysis(block=[["paragraph", [["customer", 0.9, "Buy now."], ["neutral", 0.9, "It is blue."]]]])
    assert _text(_only(it)) == "Buy now. It is blue."


def test_only_flagged_sentences_are_marked_and_numbered_through_the_message(analysis):
    it = analysis(
        subject=["customer", 0.9, "Sale"],
        block=[["paragraph", [["neutral", 0.9, "Hello."], ["client", 0.8, "We ring you."]]]],
    )
    found = [s for group in groups(it, CARDS) for block in group.blocks for s in block.stretches]
    assert [(s.frame, s.note) for s in found if s.title] == [("customer", 1), ("", 0), ("client", 2)]


def test_footers_and_quotes_carry_no_mark_and_no_note(analysis):
    it = analysis(
        block=[["footer", [["customer", 0.9, "No refunds."]]], ["quote", [["client", 0.9, "You wrote."]]]]
    )
    for group in groups(it, CARDS):
        assert group.kind in {"footer", "quote"}
        assert not group.blocks[0].notes
        assert not group.blocks[0].stretches[0].frame


def test_bullets_that_follow_each_other_are_one_group(analysis):
    bullets = [["bullet", [["neutral", 0.9, words]]] for words in ("One", "Two")]
    it = analysis(block=[*bullets, ["paragraph", [["neutral", 0.9, "Text."]]], bullets[0]])
    assert [(g.kind, len(g.blocks)) for g in groups(it, CARDS)] == [
        ("bullet", 2),
        ("paragraph", 1),
        ("bullet", 1),
    ]


def test_the_sign_of_a_bullet_is_left_to_the_list():
    sentence = SentenceAnalysis(Sentence(2, 6, "Soap", "bullet"), CUSTOMER)
    message = Message("m", "- Soap", (Block(0, 6, "bullet"),))
    assert _text(_only(MessageAnalysis(message, "neutral", 50.0, {}, (sentence,)))) == "Soap"


def test_cues_cut_a_sentence_and_name_themselves(analysis):
    it = analysis(
        block=[["paragraph", [["customer", 0.9, "Save 20% by Friday.", "price=20%;~pressure=by Friday"]]]]
    )
    pieces = _only(it).stretches[0].pieces
    assert [(p.text, p.cue, p.source) for p in pieces] == [
        ("Save ", "", ""),
        ("20%", "Price", "rule"),
        (" ", "", ""),
        ("by Friday", "Pressure", "model"),
        (".", "", ""),
    ]


def test_cues_that_overlap_are_both_named(analysis):
    it = analysis(
        block=[["paragraph", [["customer", 0.9, "Save 20% now, today.", "price=Save 20%;pressure=20% now"]]]]
    )
    pieces = _only(it).stretches[0].pieces
    assert [(p.text, p.cue) for p in pieces][:3] == [
        ("Save ", "Price"),
        ("20%", "Price, Pressure"),
        (" now", "Pressure"),
    ]


def test_a_cue_of_the_whole_sentence_marks_no_words(analysis):
    block = _only(analysis(block=[["button", [["customer", 0.9, "Buy now", "sales_push=Buy now"]]]]))
    assert [p.cue for p in block.stretches[0].pieces] == [""]
    assert [(r.card.title, r.words) for r in block.notes[0].reasons] == [("Sales push", ())]


def test_a_note_says_no_words_twice(analysis):
    told = ["customer", 0.9, "Save 20% by Friday.", "price=20%;pressure=by Friday", "Presses: “by Friday”."]
    note = _only(analysis(block=[["paragraph", [told]]])).notes[0]
    assert [(r.card.name, r.words) for r in note.reasons] == [("pressure", ()), ("price", ("20%",))]
    assert (note.why, note.probability, note.suggested) == ("Presses: “by Friday”.", 0.9, None)


def test_a_sentence_in_no_block_is_shown_all_the_same():
    sentences = tuple(SentenceAnalysis(Sentence(a, a + 3, "abc"), CUSTOMER) for a in (0, 4, 8))
    message = Message("m", "abc abc abc", (Block(4, 7, "heading"),))
    found = groups(MessageAnalysis(message, "neutral", 50.0, {}, sentences), CARDS)
    assert [(group.kind, _text(group.blocks[0])) for group in found] == [
        ("paragraph", "abc"),
        ("heading", "abc"),
        ("paragraph", "abc"),
    ]


def test_text_in_no_sentence_is_shown_without_a_mark():
    message = Message("m", "nothing was cut here", (Block(0, 20, "paragraph"),))
    (stretch,) = _only(MessageAnalysis(message, "neutral", 50.0, {}, ())).stretches
    assert (stretch.pieces[0].text, stretch.title) == ("nothing was cut here", "")


def test_a_megabyte_is_cut_and_the_rest_is_told():
    word = "x" * 1_000_000
    message = Message("m", word, (Block(0, len(word), "paragraph"),))
    sentence = SentenceAnalysis(Sentence(0, len(word), word), CUSTOMER, (Cue("price", 10, 20),))
    shown = _text(_only(MessageAnalysis(message, "neutral", 50.0, {}, (sentence,))))
    assert shown.startswith("x" * SHOWN_CHARACTERS + " … [995,000 more characters")
    assert len(shown) < SHOWN_CHARACTERS + 100


def test_a_very_long_message_is_cut():
    text = "a. " * 4_000
    sentences = tuple(SentenceAnalysis(Sentence(at, at + 2, "a."), CUSTOMER) for at in range(0, len(text), 3))
    message = Message("m", text, (Block(0, len(text), "paragraph"),))
    block = _only(MessageAnalysis(message, "neutral", 50.0, {}, sentences))
    assert len(block.notes) == SHOWN_SENTENCES
    assert len(_text(block)) <= 3 * SHOWN_SENTENCES


def test_lines_of_a_narrow_editor_flow_and_short_lines_stay():
    wrapped = "These lines were broken by an editor at seventy columns or so,\nnot by the writer."
    for text, reflow in ((wrapped, True), ("Roses are red,\nviolets are blue.", False)):
        message = Message("m", text, (Block(0, len(text), "paragraph"),))
        assert _only(MessageAnalysis(message, "neutral", 50.0, {}, ())).reflow is reflow
    page = Message("m", wrapped, (Block(0, len(wrapped), "paragraph"),), format="html")
    assert not _only(MessageAnalysis(page, "neutral", 50.0, {}, ())).reflow


@given(st.data())
def test_pieces_join_to_the_text_wherever_cues_stand(data):
    text = data.draw(st.text(st.characters(exclude_categories=()), min_size=1, max_size=80))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    names = st.sampled_from([*CARDS, "house_cue"])
    cues = tuple(Cue(name, a, b) for name, (a, b) in data.draw(st.lists(st.tuples(names, ends), max_size=6)))
    sentence = SentenceAnalysis(Sentence(0, len(text), text), CUSTOMER, cues)
    message = Message("m", text, (Block(0, len(text), "paragraph"),))
    assert _text(_only(MessageAnalysis(message, "neutral", 50.0, {}, (sentence,)))) == visible(text)


def test_suggestions_have_a_place_in_the_note(analysis):
    block = _only(analysis(block=[["button", [["customer", 0.9, "Buy now"]]]]))
    notes = template("marks.html").module.notes
    assert "rewrites" not in notes(block, "m1")
    told = suggested(Suggestions((), "Say what <it> costs.", Precedent("Buy!", "Look.")))
    mended = replace(block, notes=(replace(block.notes[0], suggested=told),))
    assert "Say what &lt;it&gt; costs." in notes(mended, "m1")
    assert "<button" not in notes(mended, "m1")
