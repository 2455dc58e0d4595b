"""Where a phrase ends: at a pause or before another phrase, never in the middle of a name."""

from __future__ import annotations

import pytest

from clientvoice.rewrites.advice import AdviceBook
from clientvoice.rewrites.joints import BAD, FAIR, GOOD
from clientvoice.rewrites.tokens import Word

JOINTS = AdviceBook.load().quoting.joints


def words(text: str) -> list[Word]:
    """Return the words of a text, a comma or stop being a pause; a bar only marks where a phrase is cut."""
    found: list[Word] = []
    pause = True
    for chunk in text.split():
        key = chunk.strip(".,").lower()
        closes = chunk[-1] in ".,"
        start = found[-1].end + 1 if found else 0
        found.append(Word(start, start + len(chunk), key, pause, closes, comma=chunk.endswith(",")))
        pause = closes
    last = found[-1]
    found[-1] = Word(last.start, last.end, last.key, last.opens, closes=True)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the old mill | by the river", GOOD),
        ("the old mill, | which grinds rye", GOOD),
        ("the mill grinds | and you bake", GOOD),
        ("the loaves | and cakes of ours", FAIR),
        ("an open | and honest baker", BAD),
        ("the old | mill by the river", BAD),
        ("a baker of | rye bread", BAD),
        ("the ability | to bake", BAD),
        ("looking | for bread", BAD),
        ("all your | bread", BAD),
        ("rye, | wheat and oats", FAIR),
        ("rye, | and we bake it", GOOD),
        ("an hour | not just for you", GOOD),
        ("the smith offers | the gate", BAD),
        ("the smith | offers the gate", GOOD),
        ("it allows us | to bake", BAD),
    ],
)
def test_how_well_a_phrase_ends(text: str, expected: int) -> None:
    row = len(text.partition("|")[0].split()) - 1
    assert JOINTS.ends(words(text.replace("| ", "")), row, 0) == expected


@pytest.mark.parametrize(("text", "told"), [("we bake rye", True), ("the old mill of rye", False)])
def test_a_clause_has_a_verb(text: str, told: bool) -> None:
    found = words(text)
    assert JOINTS.is_clause(found, 0, len(found) - 1) is told
