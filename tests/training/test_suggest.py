from __future__ import annotations

from collections import Counter

import pytest

from clientvoice.readers import read_text
from clientvoice.training.suggest import EACH_MESSAGE, Candidate, candidates_in, suggest

VERBS = ["mend", "paint", "move", "check", "weigh", "sort", "label", "pack"]
THINGS = ["chairs", "lamps", "boats", "maps", "coats", "drums", "clocks", "pipes"]


@pytest.fixture(scope="module")
def many():
    return [
        Candidate(f"{verb.title()} all {thing} before the {verb}ing of {thing} begins", f"s{i}", f"{i}.txt")
        for i, verb in enumerate(VERBS)
        for thing in THINGS
    ]


def test_as_many_as_wanted_a_tenth_blindly_none_twice(fast, many):
    found = suggest(fast.model.sentences, many, count=20)
    assert len({one.candidate.text for one in found}) == len(found) <= 20
    assert [one.why for one in found][-2:] == ["random", "random"]
    assert Counter(one.why for one in found)["random"] == 2
    assert all(0 < one.probability <= 1 for one in found)
    chosen = Counter(one.candidate.file for one in found if one.why != "random")
    assert max(chosen.values()) <= EACH_MESSAGE


def test_the_same_input_gives_the_same_choice_another_seed_another_random_part(fast, many):
    first, again, other = (suggest(fast.model.sentences, many, count=20, seed=seed) for seed in (0, 0, 1))
    assert first == again
    assert [one for one in first if one.why == "random"] != [one for one in other if one.why == "random"]


def test_near_copies_are_proposed_once(fast):
    copies = [Candidate(f"Save {n}% on all garden chairs until Friday!", "a", f"{n}.txt") for n in range(40)]
    found = suggest(fast.model.sentences, copies, count=10)
    assert len(found) <= 3 and found[-1].why == "random"


def test_progress_is_told_and_nothing_gives_nothing(fast, many):
    told: list[int] = []
    suggest(fast.model.sentences, many, count=10, on_scored=told.append)
    assert sum(told) == len(many)
    assert suggest(fast.model.sentences, [], count=10) == []


def test_footers_and_single_words_are_no_candidates():
    message = read_text("Hello\n\nWe mend your kettle on Monday.\n\nUnsubscribe from this list")
    assert [one.text for one in candidates_in(message)] == ["We mend your kettle on Monday."]
