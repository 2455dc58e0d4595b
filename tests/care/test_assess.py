from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.care import assess
from clientvoice.care.assess import MOST_EVIDENCE
from clientvoice.care.signs import without_formula
from clientvoice.records import CUES_OF

CUES = (*CUES_OF["client"], *CUES_OF["customer"])
KINDS = ("subject", "heading", "sentence", "bullet", "button", "footer", "quote")
TEXTS = st.sampled_from(
    ["Ring us if it hurts.", "I will call you.", "Kind regards,", "Imogen Vale", "Buy now.", "", "{{x}}"]
) | st.text(max_size=30)
FRAMES = st.sampled_from(["client", "customer", "neutral"])
TOLD = st.lists(
    st.tuples(
        FRAMES,
        TEXTS,
        st.lists(st.sampled_from(CUES), max_size=3),
        st.floats(0.34, 1.0),
        st.sampled_from(KINDS),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def said(say):
    """Return what makes sentences of what hypothesis tells."""
    return lambda told: [say(frame, text, *cues, p=p, kind=kind) for frame, text, cues, p, kind in told]


def _by_key(sentences):
    return {practice.key: practice for practice in assess(sentences)}


@pytest.mark.parametrize(
    "text",
    ["I hope this email finds you well.", "I look forward to hearing from you.", "Thank you for your order."],
)
def test_stock_lines_are_evidence_of_nothing(say, text):
    found = assess([say("client", text, *CUES), *[say("neutral", "It rains.")] * 8])
    assert [practice.key for practice in found if practice.evidence] == []


def test_stock_lines_are_looked_for_once_in_the_same_words(say):
    without_formula.cache_clear()
    assess([say("client", text, *CUES) for text in ("We put it right.", "All the best!", "We put it right.")])
    assert without_formula.cache_info().misses == 2


def test_a_sentence_with_the_cue_is_evidence(say):
    found = _by_key([say("neutral", "Hello."), say("client", "We checked the file twice.", "protection")])
    care = found["under_care"]
    assert (care.evidence, care.advice) == ((1,), "")
    assert 0.6 < care.strength < 0.7
    assert found["best_interest"].evidence == ()
    assert found["best_interest"].advice.startswith("Say for whom")


def test_care_that_is_told_in_order_to_sell_is_no_evidence(say):
    found = assess([say("customer", "We care, so order now!", "protection", "relationship", "support")])
    assert not any(practice.evidence or practice.strength for practice in found)


def test_footers_quotes_and_suppressed_sentences_do_not_count(say):
    kept = say("client", "We checked the file twice.", "protection")
    others = [replace(kept, sentence=replace(kept.sentence, kind=kind)) for kind in ("footer", "quote")]
    assert not any(practice.evidence for practice in assess([*others, replace(kept, suppressed=True)]))


def test_the_best_evidence_stands_first_and_a_neutral_sentence_tells_less(say):
    sentences = [
        say("neutral", "There is no hurry.", "reassurance"),
        say("client", "Nothing will be charged.", "reassurance", p=0.6),
        say("client", "You are safe here.", "reassurance", p=0.95),
    ]
    found = _by_key(sentences)["peace_of_mind"]
    assert found.evidence == (2, 1, 0)
    assert _by_key(sentences[:1])["peace_of_mind"].strength < _by_key(sentences[2:])["peace_of_mind"].strength


def test_the_same_words_twice_are_one_piece_of_evidence(say):
    once = say("client", "We put it right.", "candour")
    again = say("client", "We  put it RIGHT.", "candour", kind="heading")
    assert _by_key([once, again])["honest_personable"].evidence == (0,)
    assert assess([once, again])[5].strength == assess([once])[5].strength


def test_at_most_five_sentences_are_named_and_all_add_to_the_strength(say):
    many = [say("client", f"We checked file {n}.", "protection") for n in range(9)]
    care = _by_key(many)["under_care"]
    assert care.evidence == (0, 1, 2, 3, 4)
    assert care.strength > _by_key(many[:5])["under_care"].strength


def test_a_named_person_answers_whom_to_depend_on_without_any_cue(say):
    found = _by_key([say("neutral", "Dana, your account manager, will answer on Mondays.")])
    assert found["whom_to_depend_on"].evidence == (0,)
    assert found["service"].evidence == ()


@given(TOLD)
def test_what_is_named_is_there(said, told):
    sentences = said(told)
    for practice in assess(sentences):
        assert 0 <= practice.strength <= 1
        assert bool(practice.evidence) == (practice.strength > 0) == (not practice.advice)
        assert len(set(practice.evidence)) == len(practice.evidence) <= MOST_EVIDENCE
        for place in practice.evidence:
            assert sentences[place].counted
            assert sentences[place].label != "customer"


@given(TOLD)
def test_a_sentence_that_sells_adds_nothing(said, say, told):
    sentences = said(told)
    pitch = say("customer", "Order now and save!", *CUES_OF["client"])
    assert [it.strength for it in assess([pitch, *sentences])] == [it.strength for it in assess(sentences)]


@given(TOLD)
def test_more_evidence_is_never_weaker(said, say, told):
    sentences = said(told)
    more = [say("client", "A sentence of its own, with every cue.", *CUES_OF["client"]), *sentences]
    for before, after in zip(assess(sentences), assess(more), strict=True):
        assert after.strength >= before.strength
