"""The words that a cue points at keep a quotation mark or bracket whose other half is among them."""

import pytest

from clientvoice.explain import _bare


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("“Second to none,” says Mrs Dale.", "“Second to none,” says Mrs Dale"),
        ('"Second to none," says Mrs Dale.', '"Second to none," says Mrs Dale'),
        ("says Mrs Dale, “second to none.”", "says Mrs Dale, “second to none.”"),
        ("“Second to none.”", "Second to none"),
        ("(free) for all,", "(free) for all"),
        ("They're the best!", "They're the best"),
        ("!", "!"),
    ],
)
def test_marks_come_in_pairs(words, bare):
    start, end = _bare(words, 0, len(words))
    assert words[start:end] == bare
