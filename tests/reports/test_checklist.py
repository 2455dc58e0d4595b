from dataclasses import replace

from clientvoice.records import Practice
from clientvoice.reports.page.cards import shipped_cards
from clientvoice.reports.page.checklist import checklist
from clientvoice.reports.page.marks import groups


def _items(analysis):
    return checklist(analysis, groups(analysis, shipped_cards()))


def test_evidence_points_at_its_mark_and_what_is_missing_says_what_to_add(demo):
    items = {item.title: item for item in _items(demo[1])}
    care = items["Under your care"]
    assert care.level == "clearly"
    assert (care.proofs[0].target, care.proofs[0].note) == ("s2", 2)
    assert care.proofs[0].quote.startswith("Last night somebody tried")
    missing = items["Best interest first"]
    assert (missing.level, missing.proofs) == ("", ())
    assert missing.advice.startswith("Say for whom")


def test_a_neutral_sentence_is_pointed_at_without_a_note(analysis):
    it = analysis(
        assessed=True,
        block=[["paragraph", [["neutral", 0.9, "Nights and Sundays: 01632 960 114"]]]],
    )
    (proof,) = _items(it)[-1].proofs
    assert (proof.target, proof.note) == ("e0", 0)


def test_the_third_proof_is_a_number_where_there_is_one(analysis):
    said = [["client", 0.9, f"We checked file {n} twice.", f"protection=file {n}"] for n in range(4)]
    proofs = _items(analysis(assessed=True, block=[["paragraph", said]]))[0].proofs
    assert [bool(proof.quote) for proof in proofs] == [True, True, False, False]
    assert [proof.note for proof in proofs] == [1, 2, 3, 4]


def test_evidence_that_is_not_shown_is_quoted_without_a_link(analysis):
    said = [["client", 0.9, "We checked it.", "protection=checked"]]
    it = analysis(assessed=True, block=[["paragraph", said]])
    (proof,) = checklist(it, ())[0].proofs
    assert (proof.quote, proof.target, proof.note) == ("We checked it.", "", 0)


def test_a_message_that_nobody_assessed_has_no_checklist(analysis):
    assert _items(analysis(block=[["paragraph", [["client", 0.9, "We checked it."]]]])) == ()


def test_a_practice_that_is_not_ours_is_shown_by_its_key(analysis):
    it = replace(analysis(), practices=(Practice("humour", "Is it funny?", (), 0.0, "Tell a joke."),))
    assert [(item.title, item.advice) for item in _items(it)] == [("humour", "Tell a joke.")]
