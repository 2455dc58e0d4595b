"""What the terminal says of a sentence that has no rewrite."""

from __future__ import annotations

import pytest

from clientvoice.cli.suggested import suggestion_lines, why_none
from clientvoice.records import Framing, Sentence, SentenceAnalysis, Suggestions


def _sentence(text, kind="sentence"):
    framing = Framing("customer", {"client": 0.0, "customer": 1.0, "neutral": 0.0})
    return SentenceAnalysis(
        Sentence(0, len(text), text, kind), framing, suggestions=Suggestions((), "Say less.")
    )


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("The club reserves the right to refuse anybody.", "sentence", "Contract language"),
        ("Half price on all boots!", "picture", "picture"),
        ("Make money from your own kitchen!", "sentence", "not its wording"),
        ("If you fail to reply, your account will be suspended.", "sentence", "not its wording"),
        ("Boots " * 80, "sentence", "400 characters"),
        ("Late boots are forfeited to the club.", "sentence", "None is known for it"),
    ],
)
def test_the_reason_for_no_rewrite_is_the_true_one(text, kind, why):
    sentence = _sentence(text, kind)
    assert why in why_none(sentence)
    assert why in " ".join(line.plain for line in suggestion_lines(sentence, 100))
