import pytest

from clientvoice.care import practice_rules
from clientvoice.care.signs import signs_of
from clientvoice.records import CUES_OF

KEYS = [
    "under_care",
    "best_interest",
    "relationship",
    "service",
    "peace_of_mind",
    "honest_personable",
    "whom_to_depend_on",
]
SIGNS = {"person", "role", "path", "any_question", "free_help", "first_person", "signature"}


def test_the_seven_practices_are_asked_in_a_fixed_order():
    assert [rule.key for rule in practice_rules()] == KEYS


@pytest.mark.parametrize("rule", practice_rules(), ids=lambda rule: rule.key)
def test_a_practice_is_whole(rule):
    assert rule.question.endswith("?")
    assert rule.advice.endswith(".")
    assert "\n" not in rule.advice + rule.question + rule.title
    assert rule.cues.keys() <= set(CUES_OF["client"])
    assert rule.signs.keys() <= SIGNS
    assert rule.cues or rule.signs
    assert all(0 < weight <= 1 for weight in (*rule.cues.values(), *rule.signs.values()))


def test_every_client_cue_and_every_sign_is_evidence_of_something():
    assert {cue for rule in practice_rules() for cue in rule.cues} == set(CUES_OF["client"])
    assert {sign for rule in practice_rules() for sign in rule.signs} == SIGNS


def test_the_signs_that_are_told_are_the_signs_there_are():
    told = {line.split("``")[1] for line in signs_of.__globals__["__doc__"].splitlines() if line[:2] == "``"}
    assert told == SIGNS
