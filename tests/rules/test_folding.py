"""The folded copy of a text and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.rules.folding import LONGEST_RUN, fold, plain
from clientvoice.vectors.masking import mask

ODD = st.text(alphabet=st.sampled_from(list("ab-'’“\" \n\t\u00a0\u00ad\u200b{}%é.!")), max_size=60)


@given(ODD)
def test_every_character_leads_back_to_its_place(text):
    folded = fold(text)
    for place, character in enumerate(folded.text):
        start, end = folded.original(place, place + 1)
        assert end == start + 1
        if character.isalpha() and character != "X":
            assert text[start] == character


@given(ODD)
def test_there_are_no_double_spaces(text):
    assert "  " not in fold(text).text


@given(ODD)
def test_folding_twice_changes_nothing_more(text):
    once = plain(text)
    assert plain(once) == once


@given(st.integers(1, 500), st.sampled_from("a!☃("))
def test_long_runs_are_cut_without_moving_a_character(length, sign):
    folded = fold(sign * length)
    assert len(folded.text) == length
    assert all(len(run) < LONGEST_RUN for run in folded.text.split())


@pytest.mark.parametrize(
    "tag",
    [
        "[[act now date]]",
        "{!act now}",
        "<<act now>>",
        "[% act now %]",
        "[Act now date]",
        "{act_now}",
        "@@act.now@@",
        "{$act now}",
        "<?php act now ?>",
        "{{{act now}}}",
        "{{ name | default: '{act now}' }}",
    ],
)
def test_the_words_of_a_merge_tag_are_none_to_the_rules_as_they_are_none_to_the_model(tag):
    text = f"Hi {tag}, we meet at noon."
    assert mask(text).text == "Hi name, we meet at noon."
    assert fold(text).text == f"Hi {'X' * len(tag)}, we meet at noon."
